using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Deals;

public sealed record ReverseDeal(Guid? DealId, string? Reason);

/// <summary>A commitment that was never to be: it counts no more. What is given up is cancelled instead, and stays in the list.</summary>
public static class ReverseDealFeature
{
    public sealed record DealInUse() : Refusal("Money of this deal, a valuation, or an entry that waits rests on it: reverse or return that first.")
    {
        public override int Status => 409;
    }

    public static void MapReverseDeal(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/reverse-deal", (Guid id, ReverseDeal command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Decide(state, Guid.CreateVersion7(), command, await IsValued(command.DealId, facts), clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs that a commitment to a deal was wrong, with the reason; once a second person has confirmed it, it counts no more")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="valued">A valuation of the deal counts.</param>
    public static Decision Decide(Fund fund, Guid reversalId, ReverseDeal command, bool valued, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Present(command.DealId, "dealId") ?? (fund.DealOf(command.DealId) is null ? new CancelDealFeature.DealUnknown() : null),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var deal = fund.DealOf(command.DealId)!;
        if (fund.Pending.Any(entry => entry.Reverses == deal.Id)) return new ReverseTransferFeature.ReversalWaits();
        return Obstacle(fund, deal.Id, valued) is { } obstacle ? obstacle
            : Decision.Accept(new DealReversalLogged(reversalId, deal.Id, fund.Id, deal.ProjectId, deal.AgreementId, new Money(deal.Amount, fund.Currency), today)).Because(command.Reason!.Trim()).Answering(new { id = reversalId });
    }

    internal static Refusal? Obstacle(Fund fund, Guid? dealId, bool valued) =>
        fund.DealOf(dealId) is not { } deal ? new CancelDealFeature.DealUnknown()
        : valued || deal is not { Disbursed: 0, Income: 0, Proceeds: 0, CostExited: 0 } || fund.Pending.Any(entry => entry.DealId == dealId && entry.Reverses is null) ? new DealInUse()
        : null;

    internal static async ValueTask<bool> IsValued(Guid? dealId, Facts facts) =>
        dealId is { } deal && (await facts.Where<Flow>(flow => flow.DealId == deal && flow.Until == null)).Count > 0;
}
