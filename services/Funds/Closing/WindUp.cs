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

    public sealed record StakesAreLeft() : Refusal("It is a partner of another fund of the family: that one is wound up first, or the subscription handed over.");

    public sealed record EntriesWait() : Refusal("Something still waits to be confirmed or returned.");

    public static void MapWindUp(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/wind-up", (Guid id, WindUp command, Deciding<Fund> fund, CancellationToken ct) => fund.Decide(id, async (state, facts) =>
            Decide(state, command, (await facts.Where<Fund>(other => !other.WoundUp && other.Partners.Any(partner => partner.MotherFundId == id && partner.Subscribed > 0))).Count > 0), ct))
        .WithSummary("Winds the fund up, once nothing is left in it")
        .RequireAuthorization(Policies.Manage);

    /// <param name="holdsStakes">It is a partner of another fund of the family, which may still distribute to it.</param>
    public static Decision Decide(Fund fund, WindUp command, bool holdsStakes = false)
    {
        if (Fields.Text(command.Reason, "reason") is { } wrong) return wrong;
        if (fund.Pending.Count > 0) return new EntriesWait();
        if (holdsStakes) return new StakesAreLeft();
        if (fund.Deals.Any(deal => deal.CostLeft > 0 || deal.Undisbursed > 0)) return new DealsAreLeft();
        return fund.Cash > 0 ? new CashIsLeft(fund.Cash) : Decision.Accept(new FundWoundUp(fund.Id)).Because(command.Reason!.Trim());
    }
}
