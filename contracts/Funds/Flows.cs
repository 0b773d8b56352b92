namespace Luodi.Contracts.Funds;

/// <summary>A flow of the fund was logged, which waits for a second person.</summary>
/// <param name="Kind">called, paid-in, fee, expense, disbursed, valued, income, exited, distributed or recalled.</param>
/// <param name="On">The day on which it took effect; of a call the day on which it is due.</param>
/// <param name="PartnerId">Whose money it is: called, paid in, distributed, recalled.</param>
/// <param name="DealId">The deal: disbursed, valued, exited, and income of a deal.</param>
/// <param name="Cost">Exited: the part of the deal's cost that left with it. Distributed: the part that returns capital. In the fund's currency.</param>
/// <param name="Recallable">Whether the fund may call back what it distributed.</param>
[EventName("flow_logged")]
public sealed record FlowLogged(Guid FlowId, Guid FundId, string Kind, DateOnly On, Money Amount, Guid? PartnerId, Guid? DealId, decimal Cost, bool Recallable);

/// <summary>A second person confirmed it: it counts.</summary>
[EventName("flow_confirmed")]
public sealed record FlowConfirmed(Guid FlowId, Guid FundId, string Kind, DateOnly On, Money Amount, Guid? PartnerId, Guid? DealId, decimal Cost, bool Recallable);

/// <summary>A confirmed flow was wrong and counts no more.</summary>
[EventName("flow_reversed")]
public sealed record FlowReversed(Guid FlowId, Guid FundId, string Kind, DateOnly On, Money Amount, Guid? PartnerId, Guid? DealId, decimal Cost, bool Recallable);
