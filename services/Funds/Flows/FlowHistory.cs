using JasperFx.Events;
using Luodi.Contracts.Funds;
using Marten.Events.Projections;

namespace Luodi.Funds.Flows;

/// <summary>What a partner subscribed, or took over from another, as figures need it.</summary>
/// <param name="PartnerId">Who subscribed it, or took it over.</param>
/// <param name="FromPartnerId">Who handed it over; null for what was subscribed anew.</param>
/// <param name="Amount">In the currency of the fund.</param>
/// <inheritdoc cref="Flow"/>
public sealed record Subscription(Guid Id, Guid FundId, Guid PartnerId, Guid? FromPartnerId, DateOnly On, decimal Amount, long Since, DateTimeOffset KnownFrom, long? Until = null, DateTimeOffset? KnownUntil = null)
{
    /// <summary>Of one that was handed over: what had been called of it, and went with it. The flows stay those of who paid.</summary>
    public decimal Called { get; init; }

    /// <inheritdoc cref="Called"/>
    public decimal PaidIn { get; init; }

    /// <inheritdoc cref="Called"/>
    public decimal Distributed { get; init; }

    /// <summary>Of what may still be called back.</summary>
    public decimal Recallable { get; init; }

    /// <inheritdoc cref="Called"/>
    public decimal Recalled { get; init; }
}

/// <summary>Flows and subscriptions one by one, from when until when they counted.</summary>
public static class FlowHistory
{
    public static Flow? Evolve(Flow? flow, object fact, long version, DateTimeOffset at) => (flow, fact) switch
    {
        (null, FlowConfirmed e) => new(e.FlowId, e.FundId, e.Kind, e.On, e.Amount.Value, e.PartnerId, e.DealId, e.Cost, e.Recallable, version, at),
        (null, StakePaid e) => new(e.MovementId, e.FundId, FlowKinds.StakePaid, e.On, e.Amount.Value, null, e.InFundId, 0, Recallable: false, version, at) { With = e.FlowId },
        (null, StakeReturned e) => new(e.MovementId, e.FundId, FlowKinds.StakeReturned, e.On, e.Amount.Value, null, e.InFundId, e.Cost, Recallable: false, version, at) { With = e.FlowId },
        ({ Until: null } counts, FlowReversed or StakeReversed) => counts with { Until = version, KnownUntil = at },
        _ => flow,
    };

    public static Subscription? Evolve(Subscription? subscription, object fact, long version, DateTimeOffset at) => (subscription, fact) switch
    {
        (null, SubscriptionConfirmed e) => new(e.SubscriptionId, e.FundId, e.PartnerId, null, e.On, e.Amount.Value, version, at),
        (null, TransferConfirmed e) => new(e.TransferId, e.FundId, e.ToPartnerId, e.FromPartnerId, e.On, e.Amount.Value, version, at) { Called = e.Called, PaidIn = e.PaidIn, Distributed = e.Distributed, Recallable = e.Recallable, Recalled = e.Recalled },
        ({ Until: null } counts, SubscriptionRevoked or TransferReversed) => counts with { Until = version, KnownUntil = at },
        _ => subscription,
    };
}

public sealed partial class FlowProjection : MultiStreamProjection<Flow, Guid>
{
    public FlowProjection()
    {
        Identity<FlowConfirmed>(e => e.FlowId);
        Identity<FlowReversed>(e => e.FlowId);
        Identity<StakePaid>(e => e.MovementId);
        Identity<StakeReturned>(e => e.MovementId);
        Identity<StakeReversed>(e => e.MovementId);
    }

    /// <summary>Of which flow an event tells.</summary>
    internal static Guid? IdOf(object fact) => fact switch
    {
        FlowConfirmed e => e.FlowId,
        FlowReversed e => e.FlowId,
        StakePaid e => e.MovementId,
        StakeReturned e => e.MovementId,
        StakeReversed e => e.MovementId,
        _ => null,
    };

    public override Flow? Evolve(Flow? snapshot, Guid id, IEvent e) => FlowHistory.Evolve(snapshot, e.Data, e.Version, e.Timestamp);
}

public sealed partial class SubscriptionProjection : MultiStreamProjection<Subscription, Guid>
{
    public SubscriptionProjection()
    {
        Identity<SubscriptionConfirmed>(e => e.SubscriptionId);
        Identity<TransferConfirmed>(e => e.TransferId);
        Identity<SubscriptionRevoked>(e => e.SubscriptionId);
        Identity<TransferReversed>(e => e.TransferId);
    }

    /// <summary>Of which subscription an event tells.</summary>
    internal static Guid? IdOf(object fact) => fact switch
    {
        SubscriptionConfirmed e => e.SubscriptionId,
        TransferConfirmed e => e.TransferId,
        SubscriptionRevoked e => e.SubscriptionId,
        TransferReversed e => e.TransferId,
        _ => null,
    };

    public override Subscription? Evolve(Subscription? snapshot, Guid id, IEvent e) => FlowHistory.Evolve(snapshot, e.Data, e.Version, e.Timestamp);
}
