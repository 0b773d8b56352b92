namespace Luodi.Contracts.Signings;

/// <summary>The agreement has a condition 附带条件: something that has to be so before it takes effect, or has to follow.</summary>
/// <param name="DueOn">The day by which it has to be met; null for no day.</param>
[EventName("condition_noted")]
public sealed record ConditionNoted(Guid AgreementId, Guid ConditionId, string Text, DateOnly? DueOn);

/// <summary>The condition is met.</summary>
/// <param name="Evidence">By what it is seen.</param>
[EventName("condition_met")]
public sealed record ConditionMet(Guid AgreementId, Guid ConditionId, DateOnly On, string Evidence);

/// <summary>The condition need not be met any more; the reason stands beside the event.</summary>
[EventName("condition_waived")]
public sealed record ConditionWaived(Guid AgreementId, Guid ConditionId);

/// <summary>The condition, or what was said of it, was entered in error; the reason stands beside the event.</summary>
[EventName("condition_withdrawn")]
public sealed record ConditionWithdrawn(Guid AgreementId, Guid ConditionId);
