using System.Text.Json.Serialization;

namespace Luodi.Contracts.Funds;

/// <summary>A fund of the family was established.</summary>
/// <param name="Kind">One of <see cref="FundKinds"/>.</param>
/// <param name="TargetSize">What it is meant to raise.</param>
/// <param name="Department">The code of the department that looks after it; left out where who logged it has none, and by events older than departments.</param>
[EventName("fund_established")]
public sealed record FundEstablished(
    Guid FundId, string Name, string Kind, Money TargetSize, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department = null);

/// <summary>The fund committed capital to a project.</summary>
[EventName("commitment_recorded")]
public sealed record CommitmentRecorded(Guid CommitmentId, Guid FundId, Guid ProjectId, Money Amount);

/// <summary>The kinds of fund in the family.</summary>
public static class FundKinds
{
    /// <summary>直投型天使投资基金</summary>
    public const string DirectAngel = "direct-angel";

    /// <summary>主导产业基金</summary>
    public const string LeadingIndustry = "leading-industry";

    /// <summary>市场化基金</summary>
    public const string Market = "market";

    public static IReadOnlyList<string> All { get; } = [DirectAngel, LeadingIndustry, Market];
}
