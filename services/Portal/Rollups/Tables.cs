using Luodi.Contracts.Funds;
using Luodi.Portal.Figures;

namespace Luodi.Portal.Rollups;

/// <summary>What tables are made of, and the words for their keys.</summary>
public sealed class Tables(Written written)
{
    private const string None = "none";

    // Between funds and their partners, and between funds and projects.
    private static readonly string[] OfPartners = ["fund-committed", "fund-called", "fund-paid-in", "fund-recalled", "fund-distributed"];

    private static readonly string[] OfDeals = ["fund-invested", "fund-proceeds"];

    public static IReadOnlyList<string> Measures { get; } = ["agreed-investment", "capital-in-place", "stages-reached", "enterprises", .. OfPartners, .. OfDeals];

    /// <summary>Those partners whose money comes from outside of the family of funds, as a filter has them; and all of them.</summary>
    public static string OutsideOfFamily { get; } = string.Join(',', PartnerKinds.All);

    /// <inheritdoc cref="OutsideOfFamily"/>
    public static string Everybody { get; } = $"family-fund,{OutsideOfFamily}";

    private static readonly string[] OfAll = ["industry", "year", "quarter", "month", "project", "department", "owner", "block", "origin", "industryCode", "channel", "chain"];

    /// <summary>The dimensions of a measure, the usual one first.</summary>
    public static IReadOnlyList<string> DimensionsOf(string measure) => measure switch
    {
        "stages-reached" => ["stage", .. OfAll],
        "enterprises" => ["designation", "industry", "year", "quarter", "month", "department", "chain"],
        "capital-in-place" => [.. OfAll, "moneyOrigin"],
        _ when IsOfPartners(measure) => ["fund", "fundKind", "vintage", "partnerKind", "year", "quarter", "month", "department"],
        _ when IsOfFunds(measure) => ["fund", "fundKind", "vintage", .. OfAll],
        _ => [.. OfAll, "ceremony", "sizeBand", "tier"],
    };

    /// <summary>The dimension whose values have no sum: a table of the measure is told by it.</summary>
    public static string? Apart(string measure) => measure switch { "stages-reached" => "stage", "enterprises" => "designation", _ => null };

    /// <summary>Money of funds, each in its currency.</summary>
    public static bool IsOfFunds(string? measure) => IsOfPartners(measure) || OfDeals.Contains(measure);

    /// <summary>Money between funds and their partners, of which the family's own funds may be some.</summary>
    public static bool IsOfPartners(string? measure) => OfPartners.Contains(measure);

    /// <summary>Its keys are ids of records.</summary>
    public static bool IsRecord(string dimension) => dimension is "project" or "ceremony" or "fund";

    /// <summary>The page of a row's record; null for a word.</summary>
    public static string? Page(string dimension, string key) => !Guid.TryParse(key, out var id) ? null : dimension switch
    {
        "project" => $"/projects/{id}",
        "ceremony" => $"/ceremonies/{id}",
        "fund" => $"/funds/{id}",
        _ => null,
    };

    /// <summary>A key of a dimension in words.</summary>
    public string Of(string dimension, string key) => key is None or "hidden" ? written.Word("Dimension", key) : dimension switch
    {
        "industry" => written.Word("Industry", key),
        "sizeBand" => written.Word("SizeBand", key),
        "tier" => written.Word("Tier", key),
        "stage" => written.Word(key is "suspended" or "fallen-out" ? "Standing" : "Stage", key),
        "designation" => written.Word("Designation", key),
        "origin" => written.Word("Origin", key),
        "moneyOrigin" => written.Word("MoneyOrigin", key),
        "channel" => written.Word("Channel", key),
        "department" => written.Department(key),
        "fundKind" => written.Word("FundKind", key),
        "partnerKind" when key == OutsideOfFamily || key == Everybody => written.Word("Partners", key == Everybody ? "all" : "outside"),
        "partnerKind" => written.Word("PartnerKind", key),
        "currency" => written.Word("Currency", key),
        "block" => written.Block(key),
        "owner" => written.Actor(key),
        _ => key,
    };
}
