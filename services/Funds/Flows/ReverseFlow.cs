using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Flows;

public sealed record ReverseFlow(Guid? FlowId, string? Reason);

/// <summary>A confirmed flow that was wrong: a manager takes it back, as with capital in place, and it is logged anew where something else is right.</summary>
public static class ReverseFlowFeature
{
    public sealed record FlowUnknown() : Refusal("The fund has no such flow that counts.", "flowId");

    public sealed record WouldLeaveCashShort(decimal Short) : Refusal("Without this flow the fund would have paid out {Short} more than it had: reverse that first.");

    public sealed record OthersRestOnIt() : Refusal("Other flows rest on this one: reverse those first.");

    public static void MapReverseFlow(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/reverse-flow", (Guid id, ReverseFlow command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Decide(state, command, command.FlowId is { } flow ? await facts.Load<Flow>(flow) : null), ct))
        .WithSummary("Takes a confirmed flow back, with the reason; history shows that it counted")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Fund fund, ReverseFlow command, Flow? flow)
    {
        var wrong = Check.All(
            Fields.Present(command.FlowId, "flowId") ?? (flow is { Until: null } && flow.FundId == fund.Id ? null : new FlowUnknown()),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var reversed = new FlowReversed(flow!.Id, fund.Id, flow.Kind, flow.On, new Money(flow.Amount, fund.Currency), flow.PartnerId, flow.DealId, flow.Cost, flow.Recallable);
        var without = FundHistory.Evolve(fund, reversed)!;
        if (without.Cash < 0) return new WouldLeaveCashShort(-without.Cash);
        var (partner, deal) = (without.PartnerOf(flow.PartnerId), without.DealOf(flow.DealId));
        var broken = partner is { Called: < 0 } or { Due: < 0 } or { PaidIn: < 0 } or { Distributed: < 0 } or { Recallable: < 0 } or { Recalled: < 0 } || partner?.Recallable > partner?.Distributed
            || deal is { CostLeft: < 0 } or { Disbursed: < 0 }
            // Capital that came back by a recall may have been committed anew.
            || (without.Uncommitted < 0 && without.Uncommitted < fund.Uncommitted);
        return broken ? new OthersRestOnIt() : Decision.Accept(reversed).Because(command.Reason!.Trim()).Effective(flow.On);
    }
}
