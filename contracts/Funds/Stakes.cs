namespace Luodi.Contracts.Funds;

/// <summary>The fund, a mother fund, paid into another fund of the family, of which it is a partner: recorded with the flow of that fund.</summary>
/// <param name="MovementId">The fund's own flow.</param>
/// <param name="InFundId">The fund that it was paid into.</param>
/// <param name="FlowId">The flow of that fund: paid in, or recalled.</param>
[EventName("stake_paid")]
public sealed record StakePaid(Guid MovementId, Guid FundId, Guid InFundId, Guid FlowId, Money Amount, DateOnly On);

/// <summary>Another fund of the family, of which the fund is a partner, distributed to it: recorded with the flow of that fund.</summary>
/// <param name="Cost">The part that returns what was paid in, in the fund's currency.</param>
/// <inheritdoc cref="StakePaid"/>
[EventName("stake_returned")]
public sealed record StakeReturned(Guid MovementId, Guid FundId, Guid InFundId, Guid FlowId, Money Amount, decimal Cost, DateOnly On);

/// <summary>The other fund's flow was reversed: what was paid to it, or came from it, never moved.</summary>
/// <param name="Kind">stake-paid or stake-returned.</param>
/// <inheritdoc cref="StakeReturned"/>
[EventName("stake_reversed")]
public sealed record StakeReversed(Guid MovementId, Guid FundId, Guid InFundId, Guid FlowId, string Kind, Money Amount, decimal Cost, DateOnly On);
