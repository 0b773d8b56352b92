using Luodi.Portal.Figures;

namespace Luodi.Portal.Rollups;

/// <summary>What tables are made of, and the words for their keys.</summary>
public sealed class Tables(Written written)
{
    private const string None = "none";

    public static IReadOnlyList<string> Measures { get; } = ["agreed-investment", "capital-in-place", "stages-reached", "enterprises"];

    private static readonly string[] OfAll = ["industry", "year", "quarter", "month", "project", "department", "owner", "block", "origin", "industryCode", "channel", "chain"];

    /// <summary>The dimensions of a measure, the usual one first.</summary>
    public static IReadOnlyList<string> DimensionsOf(string measure) => measure switch
    {
        "stages-reached" => ["stage", .. OfAll],
        "enterprises" => ["designation", "industry", "year", "quarter", "month", "department", "chain"],
        "capital-in-place" => [.. OfAll, "moneyOrigin"],
        _ => [.. OfAll, "ceremony", "sizeBand", "tier"],
    };

    /// <summary>The dimension whose values have no sum: a table of the measure is told by it.</summary>
    public static string? Apart(string measure) => measure switch { "stages-reached" => "stage", "enterprises" => "designation", _ => null };

    /// <summary>Its keys are ids of records.</summary>
    public static bool IsRecord(string dimension) => dimension is "project" or "ceremony";

    /// <summary>The page of a row's record; null for a word.</summary>
    public static string? Page(string dimension, string key) => !Guid.TryParse(key, out var id) ? null : dimension switch
    {
        "project" => $"/projects/{id}",
        "ceremony" => $"/ceremonies/{id}",
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
        "block" => written.Block(key),
        "owner" => written.Actor(key),
        _ => key,
    };
}
