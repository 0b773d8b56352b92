using Luodi.Contracts.Signings;

namespace Luodi.Signings.AgreementConditions;

public static class ConditionStates
{
    public const string Open = "open";
    public const string Met = "met";
    public const string Waived = "waived";
    public const string Withdrawn = "withdrawn";
}

/// <summary>A condition of an agreement.</summary>
/// <param name="DueOn">The day by which it has to be met; null for no day.</param>
/// <param name="Status"><c>open</c>, <c>met</c>, <c>waived</c> or <c>withdrawn</c>.</param>
/// <param name="MetOn">The day on which it was met.</param>
/// <param name="Evidence">By what that is seen.</param>
/// <param name="Because">Why it was waived or withdrawn.</param>
/// <param name="SettledBy">Who said that it is no longer open.</param>
public sealed record Condition(
    Guid Id, string Text, DateOnly? DueOn, string Status = ConditionStates.Open, string? NotedBy = null, DateTimeOffset NotedAt = default,
    DateOnly? MetOn = null, string? Evidence = null, string? Because = null, string? SettledBy = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Status is ConditionStates.Open;
}

internal static class ConditionHistory
{
    /// <param name="by">Who said so, when and why.</param>
    public static IReadOnlyList<Condition> After(this IReadOnlyList<Condition> conditions, object fact, string? by = null, DateTimeOffset at = default, string? because = null) => fact switch
    {
        ConditionNoted e => [.. conditions, new(e.ConditionId, e.Text, e.DueOn, NotedBy: by, NotedAt: at)],
        ConditionMet e => conditions.Settle(e.ConditionId, each => each with { Status = ConditionStates.Met, MetOn = e.On, Evidence = e.Evidence, SettledBy = by }),
        ConditionWaived e => conditions.Settle(e.ConditionId, each => each with { Status = ConditionStates.Waived, Because = because, SettledBy = by }),
        ConditionWithdrawn e => conditions.Settle(e.ConditionId, each => each with { Status = ConditionStates.Withdrawn, Because = because, SettledBy = by }),
        _ => conditions,
    };

    private static IReadOnlyList<Condition> Settle(this IReadOnlyList<Condition> conditions, Guid id, Func<Condition, Condition> settle) => [.. conditions.Select(each => each.Id == id ? settle(each) : each)];
}
