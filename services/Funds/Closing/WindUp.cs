using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Closing;

public sealed record WindUp(string? Reason);

public static class WindUpFeature
{
    public sealed record FundIsWoundUp() : Refusal("The fund is wound up: nothing more is logged of it.");

    public sealed record CashIsLeft(decimal Cash) : Refusal("{Cash} are still in the fund, in its currency: distribute them first.");

    public sealed record DealsAreLeft() : Refusal("A deal has cost left, or capital that is committed and not paid out: exit or cancel it first.");

    public sealed record EntriesWait() : Refusal("Something still waits to be confirmed or returned.");

    public static void MapWindUp(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/wind-up", (Guid id, WindUp command, Deciding<Fund> fund, CancellationToken ct) => fund.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Winds the fund up, once nothing is left in it")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Fund fund, WindUp command)
    {
        if (Fields.Text(command.Reason, "reason") is { } wrong) return wrong;
        if (fund.Pending.Count > 0) return new EntriesWait();
        if (fund.Deals.Any(deal => deal.CostLeft > 0 || deal.Undisbursed > 0)) return new DealsAreLeft();
        return fund.Cash > 0 ? new CashIsLeft(fund.Cash) : Decision.Accept(new FundWoundUp(fund.Id)).Because(command.Reason!.Trim());
    }
}
