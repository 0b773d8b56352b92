using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Deals;

public sealed record CancelDeal(Guid? DealId, string? Reason);

public static class CancelDealFeature
{
    public sealed record DealUnknown() : Refusal("The fund has no such deal.", "dealId");

    public sealed record AllPaidOut() : Refusal("All of it has been paid out, or the deal is cancelled: nothing is left to give free.");

    public static void MapCancelDeal(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/cancel-deal", (Guid id, CancelDeal command, Deciding<Fund> fund, CancellationToken ct) => fund.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Gives free what was committed to a deal and not paid out, with the reason")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Fund fund, CancelDeal command)
    {
        var wrong = Check.All(
            Fields.Present(command.DealId, "dealId") ?? (fund.DealOf(command.DealId) is null ? new DealUnknown() : null),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return fund.DealOf(command.DealId) is { Undisbursed: > 0 } deal ? Decision.Accept(Freed(fund, deal)).Because(command.Reason!.Trim()) : new AllPaidOut();
    }

    internal static DealCancelled Freed(Fund fund, Deal deal) => new(deal.Id, fund.Id, deal.ProjectId, deal.AgreementId, new Money(deal.Undisbursed, fund.Currency));
}
