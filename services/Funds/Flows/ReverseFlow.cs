using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Flows;

public sealed record ReverseFlow(Guid? FlowId, string? Reason);

/// <summary>A confirmed flow that was wrong: a manager takes it back, as with capital in place, and it is logged anew where something else is right.</summary>
public static class ReverseFlowFeature
{
    public sealed record FlowUnknown() : Refusal("The fund has no such flow that counts.", "flowId");

    public sealed record MovedByAnotherFund() : Refusal("This money moved with a flow of the other fund: reverse that one there.", "flowId")
    {
        public override int Status => 409;
    }

    public sealed record WouldLeaveCashShort(decimal Short) : Refusal("Without this flow the fund would have paid out {Short} more than it had: reverse that first.");

    public sealed record OthersRestOnIt() : Refusal("Other flows rest on this one: reverse those first.");

    public static void MapReverseFlow(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/reverse-flow", (Guid id, ReverseFlow command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) =>
            {
                if (command.FlowId is not { } id || await facts.Load<Flow>(id) is not { } flow) return Decide(state, command, null);
                var mothers = await Mothers.Of(state, [flow.PartnerId], facts, alone: true);
                var movement = mothers.Of(state, flow.PartnerId) is { Id: var mother } ? await facts.Where<Flow>(each => each.FundId == mother && each.With == id && each.Until == null) : [];
                return Decide(state, command, flow, mothers, movement is [var only] ? only : null);
            }, ct))
        .WithSummary("Takes a confirmed flow back, with the reason; history shows that it counted")
        .RequireAuthorization(Policies.Manage);

    /// <param name="movement">The flow of the mother fund that moved this money.</param>
    public static Decision Decide(Fund fund, ReverseFlow command, Flow? flow, Mothers? mothers = null, Flow? movement = null)
    {
        var wrong = Check.All(
            Fields.Present(command.FlowId, "flowId") ?? (flow is { Until: null } && flow.FundId == fund.Id ? null : new FlowUnknown()),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (flow!.With is not null) return new MovedByAnotherFund();
        var reversed = new FlowReversed(flow!.Id, fund.Id, flow.Kind, flow.On, new Money(flow.Amount, fund.Currency), flow.PartnerId, flow.DealId, flow.Cost, flow.Recallable);
        var without = FundHistory.Evolve(fund, reversed)!;
        if (without.Cash < 0) return new WouldLeaveCashShort(-without.Cash);
        var (partner, deal) = (without.PartnerOf(flow.PartnerId), without.DealOf(flow.DealId));
        var broken = partner is { IsBroken: true }
            || deal is { CostLeft: < 0 } or { Disbursed: < 0 }
            // Capital that came back by a recall may have been committed anew.
            || (without.Uncommitted < 0 && without.Uncommitted < fund.Uncommitted);
        if (broken) return new OthersRestOnIt();
        if (ClosePeriodFeature.Obstacle(fund, flow.On, "flowId") is { } closed) return closed;
        var decision = Decision.Accept(reversed).Because(command.Reason!.Trim()).Effective(flow.On);
        // Payments of a time when they were not recorded at the mother are not taken back there.
        if (movement is null || mothers?.Of(fund, flow.PartnerId) is not { } mother) return decision;
        var hers = Stakes.Reversed(mother, movement, flow.Id);
        var after = FundHistory.Evolve(mother, hers)!;
        if (mother.WoundUp) return new WindUpFeature.FundIsWoundUp();
        if (ClosePeriodFeature.Obstacle(mother, flow.On, "flowId") is { } closedThere) return closedThere;
        if (after.Cash < 0 && after.Cash < mother.Cash) return new Stakes.MotherCashShort(partner!.Name);
        return after.StakeIn(fund.Id) is { CostLeft: < 0 } ? new OthersRestOnIt() : decision.AndOf(mother.Id, hers);
    }
}
