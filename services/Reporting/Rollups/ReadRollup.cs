using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Reporting.Rollups;

/// <param name="Key">The value of the dimension.</param>
/// <param name="Postings">Where the postings behind the row are.</param>
/// <param name="Upgrades">How many of its papers upgrade an earlier one.</param>
public sealed record RollupRow(string Key, int Signings, Money Amount, string Postings, int Upgrades);

/// <param name="Total">Null where the rows are tiers or stages: they have no sum.</param>
/// <param name="Status">Confirmed figures, or pending ones; the two are never added up.</param>
/// <param name="Tier">The tier whose figures these are; null where the rows are tiers.</param>
/// <param name="Position">Where in the ledger they were read; asked for at it, they are the same for ever.</param>
/// <param name="EffectiveBy">The last day that counts; null for all.</param>
public sealed record Rollup(string By, string Measure, IReadOnlyList<RollupRow> Rows, Figure? Total, string Postings, long Position, string Status, string? Tier, DateOnly? EffectiveBy);

public static class ReadRollupFeature
{
    public sealed record DimensionUnknown(string Known, string Field) : Refusal("A dimension is one of: {Known}.", Field);

    public sealed record MeasureUnknown(string Known) : Refusal("A measure is one of: {Known}.", "measure");

    public sealed record StatusUnknown() : Refusal("The status is confirmed or pending.", "status");

    public static void MapReadRollup(this IEndpointRouteBuilder api) => api
        .MapGet("rollups", async (
            Figures figures, Sight sight, Sums sums, Standpoints standpoints, string? by, string? measure, CancellationToken ct, Guid? ceremony = null, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null,
            DateOnly? from = null, DateOnly? to = null, string status = PostingStatus.Confirmed, string? tier = null) =>
        {
            var until = to is null || effectiveBy < to ? effectiveBy : to;
            var (at, filter) = await standpoints.Take(new(Ceremony: ceremony, Status: status, Position: position, KnownAt: knownAt, EffectiveBy: until, EffectiveFrom: from, Tier: tier, Measure: measure), ct);
            var settled = ReadTableFeature.Settled(filter, by, null, at.Day);
            return !Dimensions.ByName.TryGetValue(by ?? "", out var dimension) ? Problems.Of(new DimensionUnknown(string.Join(", ", Dimensions.ByName.Keys), "by"))
                : tier is not null && Fields.Tier(tier) is { } unknown ? Problems.Of(unknown)
                : ReadTableFeature.Unknown(settled, by!, null) is { } wrong ? Problems.Of(wrong)
                : ceremony is not null && measure is null or Measures.AgreedInvestment && OfCells.Contains(by) ? Results.Ok(Of(by!, filter, await figures.Read(filter, ct)))
                : Results.Ok(await Read(dimension, settled, sight, sums, ct));
        })
        .WithTags("Rollups")
        .WithSummary("Confirmed or pending figures of a measure by any one dimension, effective from a day to a day, as known and as effective at any time")
        .Produces<Rollup>()
        .RequireAuthorization(Policies.Figures);

    // What a ceremony's page tells of, read as that page reads it.
    private static readonly string[] OfCells = ["industry", "sizeBand", "month", "tier"];

    private static async Task<Rollup> Read(Dimension by, PostingFilter filter, Sight sight, Sums sums, CancellationToken ct)
    {
        var (position, crossings) = await ReadTableFeature.Read(sums, filter, by, null, sight, ct);
        var table = ReadTableFeature.Of(filter, by, null, position, crossings);
        return new(
            by.Name, table.Measure, [.. table.Items.Select(row => new RollupRow(row.Key, row.Count ?? 0, row.Amount ?? Money.Yuan(0), row.Postings ?? table.Postings, row.Upgrades))],
            table.Total is { Count: { } count, Amount: { } amount } total ? new Figure(count, amount, total.Upgrades) : null, table.Postings, position, table.Status, table.Tier, table.EffectiveBy);
    }

    public static Rollup Of(string by, PostingFilter filter, Cells cells)
    {
        var status = filter.Status ?? PostingStatus.Confirmed;
        if (by is not "tier") filter = filter with { Tier = filter.Tier ?? Tiers.Official };
        return new(by, Measures.AgreedInvestment, Rows(by, filter, cells, status), filter.Tier is { } tier ? cells.Sum(cell => cell.Status == status && cell.Tier == tier) : null, filter.Link(), cells.Position, status, filter.Tier, filter.EffectiveBy);
    }

    /// <summary>The rows of one dimension in the order of every report; a row whose postings cancel out is left out.</summary>
    public static IReadOnlyList<RollupRow> Rows(string by, PostingFilter filter, Cells cells, string status)
    {
        string KeyOf(Cell cell) => by switch { "industry" => cell.Industry, "sizeBand" => cell.SizeBand, "tier" => cell.Tier, _ => cell.Month };
        PostingFilter Narrowed(string key) => by switch
        {
            "industry" => filter with { Industry = key },
            "sizeBand" => filter with { SizeBand = key },
            "tier" => filter with { Tier = key },
            _ => filter with { Month = key },
        };
        var keys = by switch
        {
            "industry" => Industries.All,
            "sizeBand" => SizeBands.All.Select(band => band.Name),
            "tier" => Tiers.All,
            _ => cells.Items.Select(cell => cell.Month).Distinct().Order(StringComparer.Ordinal),
        };
        return [.. keys
            .Select(each => (Key: each, Figure: cells.Sum(cell => cell.Status == status && (filter.Tier is null || cell.Tier == filter.Tier) && KeyOf(cell) == each)))
            .Where(row => row.Figure != Figure.Zero)
            .Select(row => new RollupRow(row.Key, row.Figure.Signings, row.Figure.Amount, (Narrowed(row.Key) with { Status = status }).Link(), row.Figure.Upgrades))];
    }
}
