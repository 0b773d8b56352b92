using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Funds.Partners;

/// <summary>What a mother fund has in another fund of the family, in its currency.</summary>
/// <param name="Cost">The part of what was paid that has come back.</param>
public sealed record StakeIn(Guid FundId, decimal Paid, decimal Returned, decimal Cost)
{
    public decimal CostLeft => Paid - Cost;
}

/// <summary>The mother funds among a fund's partners as they stand, whose money moves with the fund's flows.</summary>
/// <param name="NewId">Of a mother's own flow.</param>
public sealed record Mothers(IReadOnlyDictionary<Guid, Fund> Funds, Func<Guid> NewId)
{
    public static Mothers None { get; } = new(new Dictionary<Guid, Fund>(), Guid.CreateVersion7);

    /// <summary>The mother that a partner is, where she is kept in the same currency: money of another one is no money of hers until it was exchanged.</summary>
    public Fund? Of(Fund fund, Guid? partner) => fund.PartnerOf(partner)?.MotherFundId is { } id && Funds.GetValueOrDefault(id) is { } mother && mother.Currency == fund.Currency ? mother : null;

    internal Mothers With(Fund mother) => this with { Funds = new Dictionary<Guid, Fund>(Funds) { [mother.Id] = mother } };

    /// <param name="alone">Nothing of them changes until the decision is committed: of two funds that are paid at once, each sees what the other left.</param>
    internal static async ValueTask<Mothers> Of(Fund fund, IEnumerable<Guid?> partners, Facts facts, bool alone)
    {
        var found = new Dictionary<Guid, Fund>();
        // In one order, so that two who need the same ones do not wait for each other.
        foreach (var id in partners.Select(partner => fund.PartnerOf(partner)?.MotherFundId).OfType<Guid>().Distinct().Order())
        {
            if (alone) await facts.Alone(id);
            if (await facts.Load<Fund>(id) is { } mother) found[id] = mother;
        }
        return None with { Funds = found };
    }
}

/// <summary>A partner that is a fund of the family pays with its own money: its flow is recorded with that of the fund, in the same transaction.</summary>
public static class Stakes
{
    public sealed record MotherCashShort(string Partner) : Refusal("{Partner} is a fund of the family and has less than this at hand: what it pays here leaves its own account.", "amount")
    {
        public override int Status => 409;
    }

    /// <summary>What a flow of a fund is to the mother who is its partner; null where none of her money moves.</summary>
    /// <param name="cost">The part of a distribution that returns capital.</param>
    internal static object? Moved(Fund mother, Guid movementId, Guid fundId, Guid flowId, string kind, decimal amount, decimal cost, DateOnly on) => kind switch
    {
        FlowKinds.PaidIn or FlowKinds.Recalled => new StakePaid(movementId, mother.Id, fundId, flowId, new Money(amount, mother.Currency), on),
        FlowKinds.Distributed => new StakeReturned(movementId, mother.Id, fundId, flowId, new Money(amount, mother.Currency), Amounts.Kept(Math.Min(cost, mother.StakeIn(fundId)?.CostLeft ?? 0)), on),
        _ => null,
    };

    /// <summary>What was recorded of a flow is taken back with it.</summary>
    /// <param name="movement">The mother's own flow.</param>
    internal static StakeReversed Reversed(Fund mother, Flow movement, Guid flowId) =>
        new(movement.Id, mother.Id, movement.DealId!.Value, flowId, movement.Kind, new Money(movement.Amount, mother.Currency), movement.Cost, movement.On);

    /// <summary>What stands in the way at the mother, without telling of her more than the partner's name.</summary>
    internal static Refusal? Obstacle(Fund mother, string partner, string kind, decimal amount, DateOnly on) =>
        kind is not (FlowKinds.PaidIn or FlowKinds.Recalled or FlowKinds.Distributed) ? null
        : mother.WoundUp ? new WindUpFeature.FundIsWoundUp()
        : ClosePeriodFeature.Obstacle(mother, on, "on")
            ?? (kind is not FlowKinds.Distributed && amount > mother.Cash ? new MotherCashShort(partner) : null);
}
