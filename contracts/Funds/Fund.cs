using System.Text.Json.Serialization;

namespace Luodi.Contracts.Funds;

/// <summary>A fund of the family was established.</summary>
/// <param name="Kind">One of <see cref="FundKinds"/>.</param>
/// <param name="TargetSize">What it is meant to raise; its currency is the fund's.</param>
/// <param name="Department">The code of the department that looks after it; left out where who logged it has none, and by events older than departments.</param>
[EventName("fund_established")]
public sealed record FundEstablished(
    Guid FundId, string Name, string Kind, Money TargetSize, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department = null);

/// <summary>The fund committed capital to a project, out of its target size: how it was logged before funds kept partners, and is for those that keep none.</summary>
[EventName("commitment_recorded")]
public sealed record CommitmentRecorded(Guid CommitmentId, Guid FundId, Guid ProjectId, Money Amount);

/// <summary>What the fund's agreement says, all of it: set for the first time, or amended, which has a reason. What is null it does not say.</summary>
/// <param name="Manager">The company that manages it.</param>
/// <param name="Vintage">The year of its first closing.</param>
/// <param name="InvestmentUntil">The end of its investment period.</param>
/// <param name="TermUntil">The end of its term.</param>
/// <param name="FeeBasis">What the management fee is a part of, one of <see cref="FeeBases"/>.</param>
/// <param name="FeeRate">Percent a year: 2 is 2 %.</param>
/// <param name="HurdleRate">Percent a year.</param>
/// <param name="CarryRate">Percent of the gain.</param>
/// <param name="Recycling">It may call back what it distributed as recallable.</param>
[EventName("fund_terms_set")]
public sealed record FundTermsSet(
    Guid FundId, string? Manager, int? Vintage, DateOnly? InvestmentUntil, DateOnly? TermUntil, string? FeeBasis, decimal? FeeRate, decimal? HurdleRate, decimal? CarryRate, bool Recycling);

/// <summary>Somebody published how large the fund is: a claim, which stands beside the sum of what its partners subscribed.</summary>
[EventName("fund_size_claimed")]
public sealed record FundSizeClaimed(Guid ClaimId, Guid FundId, string Source, DateOnly StatedOn, Money Size);

/// <summary>Raising ended: no partner subscribes any more.</summary>
/// <param name="FinalSize">The sum of what its partners have subscribed.</param>
[EventName("raising_closed")]
public sealed record RaisingClosed(Guid FundId, Money FinalSize);

/// <summary>The fund ended: nothing is left in it.</summary>
[EventName("fund_wound_up")]
public sealed record FundWoundUp(Guid FundId);

/// <summary>What waited for a second person (a subscription, a transfer, a deal, a flow) was returned to who logged it.</summary>
[EventName("fund_entry_returned")]
public sealed record FundEntryReturned(Guid EntryId, Guid FundId);

/// <summary>The kinds of fund in the family.</summary>
public static class FundKinds
{
    /// <summary>直投型天使投资基金</summary>
    public const string DirectAngel = "direct-angel";

    /// <summary>主导产业基金</summary>
    public const string LeadingIndustry = "leading-industry";

    /// <summary>市场化基金</summary>
    public const string Market = "market";

    /// <summary>自有品牌基金</summary>
    public const string OwnBrand = "own-brand";

    public static IReadOnlyList<string> All { get; } = [DirectAngel, LeadingIndustry, Market, OwnBrand];
}

/// <summary>What a management fee is a part of.</summary>
public static class FeeBases
{
    public const string Committed = "committed";
    public const string Invested = "invested";
    public const string NetAssetValue = "net-asset-value";

    public static IReadOnlyList<string> All { get; } = [Committed, Invested, NetAssetValue];
}

/// <summary>Somebody published how large the whole family of funds is: a claim, which stands beside the sum of what was subscribed from outside the family.</summary>
/// <param name="AtLeast">Published as "above".</param>
[EventName("family_size_claimed")]
public sealed record FamilySizeClaimed(Guid ClaimId, Guid FamilyId, string Source, DateOnly StatedOn, Money Size, bool AtLeast);
