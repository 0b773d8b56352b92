namespace Luodi.Contracts.Funds;

/// <summary>The fund's books were closed up to a day: what is effective until then is neither logged nor confirmed any more.</summary>
[EventName("period_closed")]
public sealed record PeriodClosed(Guid FundId, DateOnly Through);

/// <summary>Periods that were closed were opened again, the reason beside the event.</summary>
/// <param name="From">The first day that is open again.</param>
/// <param name="Through">The day up to which the books had been closed.</param>
[EventName("period_reopened")]
public sealed record PeriodReopened(Guid FundId, DateOnly From, DateOnly Through);
