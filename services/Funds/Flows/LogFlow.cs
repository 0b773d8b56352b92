using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Deals;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Flows;

/// <param name="Kind">called, paid-in, fee, expense, disbursed, valued, income, exited, distributed or recalled.</param>
/// <param name="On">The day on which it took effect; of a call the day on which it is due.</param>
/// <param name="PartnerId">Of called, paid-in, distributed and recalled.</param>
/// <param name="DealId">Of disbursed, valued and exited; of income where it is from a deal. Valued: also the fund of the family in which this one has a stake.</param>
/// <param name="Cost">Exited: the part of the deal's cost that left with it. Distributed: the part that returns capital. Nothing where it is left out.</param>
/// <param name="Recallable">The fund may call back what it distributes.</param>
public sealed record LogFlow(string? Kind, DateOnly? On, Money? Amount, Guid? PartnerId = null, Guid? DealId = null, Money? Cost = null, bool Recallable = false);

public static class LogFlowFeature
{
    /// <summary>How far ahead a call may be due.</summary>
    internal const int MostDaysAhead = 366;

    private static readonly string[] OfPartners = [FlowKinds.Called, FlowKinds.PaidIn, FlowKinds.Distributed, FlowKinds.Recalled];
    private static readonly string[] OfDeals = [FlowKinds.Disbursed, FlowKinds.Valued, FlowKinds.Exited];
    private static readonly string[] WithCost = [FlowKinds.Exited, FlowKinds.Distributed];

    public sealed record FlowKindUnknown() : Refusal("The kind is one of called, paid-in, fee, expense, disbursed, valued, income, exited, distributed, recalled.", "kind");

    public sealed record NotOfThisFlow(string Name) : Refusal("A flow of this kind has no such thing.", Name);

    public sealed record FlowInFuture() : Refusal("This day has not come yet: log it when it has happened.", "on");

    public sealed record DueTooFarAhead() : Refusal("A call is due within a year.", "on");

    public sealed record CalledBeyondUnfunded(string Partner, decimal Left) : Refusal("Of what {Partner} subscribed, {Left} can still be called.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record PaidBeyondCalled(decimal Left) : Refusal("Of what was called from this partner, {Left} are not paid.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record CashShort(decimal Cash) : Refusal("The fund has {Cash} at hand.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record DisbursedBeyondCommitment(decimal Left) : Refusal("Of what is committed to this deal, {Left} are not paid out.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record CostBeyondCostLeft(decimal Left) : Refusal("The deal has {Left} of its cost left.", "cost")
    {
        public override int Status => 409;
    }

    public sealed record NothingExited() : Refusal("An exit brings money, or takes cost off, or both.", "amount");

    public sealed record CapitalBeyondDistribution() : Refusal("The part that returns capital cannot be more than all that is distributed.", "cost");

    public sealed record RecyclingNotAgreed() : Refusal("The fund's terms allow no recycling: what it distributes cannot be called back.", "recallable");

    public sealed record RecalledBeyondRecallable(decimal Left) : Refusal("Of what was distributed to this partner, {Left} can be called back.", "amount")
    {
        public override int Status => 409;
    }

    public static void MapLogFlow(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/flows", (Guid id, LogFlow command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Decide(state, Guid.CreateVersion7(), command, clock.Today(), await Mothers.Of(state, [command.PartnerId], facts, alone: false)), ct, StatusCodes.Status201Created))
        .WithSummary("Logs a flow of the fund; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid flowId, LogFlow command, DateOnly today, Mothers? mothers = null)
    {
        var kind = command.Kind ?? "";
        if (command.Kind is null) return new Missing("kind");
        if (!FlowKinds.All.Contains(kind)) return new FlowKindUnknown();
        var ofPartner = OfPartners.Contains(kind);
        var ofDeal = OfDeals.Contains(kind);
        var wrong = Check.All(
            Fields.Date(command.On, "on")
                ?? (kind is FlowKinds.Called && command.On > today.AddDays(MostDaysAhead) ? new DueTooFarAhead() : null)
                ?? (kind is not FlowKinds.Called && command.On > today ? new FlowInFuture() : null)
                ?? ClosePeriodFeature.Obstacle(fund, command.On, "on"),
            kind is FlowKinds.Valued or FlowKinds.Exited ? Amounts.WrongOrZero(command.Amount, "amount", fund) : Amounts.Wrong(command.Amount, "amount", fund),
            !ofPartner ? (command.PartnerId is null ? null : new NotOfThisFlow("partnerId"))
                : Fields.Present(command.PartnerId, "partnerId") ?? (fund.PartnerOf(command.PartnerId) is null ? new SubscribeFeature.PartnerUnknown("partnerId") : null),
            !ofDeal && kind is not FlowKinds.Income ? (command.DealId is null ? null : new NotOfThisFlow("dealId"))
                : (ofDeal ? Fields.Present(command.DealId, "dealId") : null) ?? (command.DealId is not null && fund.DealOf(command.DealId) is null && (kind is not FlowKinds.Valued || fund.StakeIn(command.DealId) is null) ? new CancelDealFeature.DealUnknown() : null),
            command.Cost is null ? null : !WithCost.Contains(kind) ? new NotOfThisFlow("cost") : Amounts.WrongOrZero(command.Cost, "cost", fund),
            command.Recallable && kind is not FlowKinds.Distributed ? new NotOfThisFlow("recallable") : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var (amount, cost) = (command.Amount!, Amounts.Kept(command.Cost?.Value ?? 0));
        if (kind is FlowKinds.Exited && amount.Value == 0 && cost == 0) return new NothingExited();
        if (kind is FlowKinds.Distributed && cost > amount.Value) return new CapitalBeyondDistribution();
        var obstacle = Obstacle(fund, kind, amount.Value, command.PartnerId, command.DealId, cost, command.Recallable)
            ?? (mothers?.Of(fund, command.PartnerId) is { } mother ? Stakes.Obstacle(mother, fund.PartnerOf(command.PartnerId)!.Name, kind, amount.Value, command.On!.Value) : null);
        return obstacle is not null ? obstacle
            : Decision.Accept(new FlowLogged(flowId, fund.Id, kind, command.On!.Value, amount, command.PartnerId, command.DealId, cost, command.Recallable)).Effective(command.On.Value).Answering(new { id = flowId });
    }

    /// <summary>What stands in the way of a flow, when it is logged and again when it is confirmed.</summary>
    internal static Refusal? Obstacle(Fund fund, string kind, decimal amount, Guid? partnerId, Guid? dealId, decimal cost, bool recallable)
    {
        var (partner, deal) = (fund.PartnerOf(partnerId), fund.DealOf(dealId));
        return kind switch
        {
            FlowKinds.Called when amount > partner!.Unfunded => new CalledBeyondUnfunded(partner.Name, partner.Unfunded),
            FlowKinds.PaidIn when amount > partner!.Due => new PaidBeyondCalled(partner.Due),
            FlowKinds.Disbursed when amount > deal!.Undisbursed => new DisbursedBeyondCommitment(deal.Undisbursed),
            FlowKinds.Exited when cost > deal!.CostLeft => new CostBeyondCostLeft(deal.CostLeft),
            FlowKinds.Distributed when recallable && fund.Terms is not { Recycling: true } => new RecyclingNotAgreed(),
            FlowKinds.Recalled when amount > partner!.Recallable => new RecalledBeyondRecallable(partner.Recallable),
            FlowKinds.Fee or FlowKinds.Expense or FlowKinds.Disbursed or FlowKinds.Distributed when amount > fund.Cash => new CashShort(fund.Cash),
            _ => null,
        };
    }
}
