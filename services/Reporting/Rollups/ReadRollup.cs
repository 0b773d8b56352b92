using Luodi.Contracts;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Reporting.Rollups;

/// <param name="Key">The industry, the size band or the month.</param>
/// <param name="Postings">Where the postings behind the row are.</param>
public sealed record RollupRow(string Key, int Signings, Money Amount, string Postings);

public sealed record Rollup(string By, string Measure, IReadOnlyList<RollupRow> Rows, Figure Total, string Postings, long Position);

public static class ReadRollupFeature
{
    public sealed record DimensionUnknown() : Refusal("Roll up by industry, sizeBand or month.", "by");

    public sealed record MeasureUnknown() : Refusal("The measure is agreed-investment.", "measure");

    public static void MapReadRollup(this IEndpointRouteBuilder api) => api
        .MapGet("rollups", async (Figures figures, string? by, string? measure, CancellationToken ct, Guid? ceremony = null, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null) =>
        {
            var filter = new PostingFilter(Ceremony: ceremony, Status: PostingStatus.Confirmed, Position: position, KnownAt: knownAt, EffectiveBy: effectiveBy);
            return measure is not (null or Measures.AgreedInvestment) ? Problems.Of(new MeasureUnknown())
                : by is not ("industry" or "sizeBand" or "month") ? Problems.Of(new DimensionUnknown())
                : Results.Ok(Of(by, filter, await figures.Read(filter, ct)));
        })
        .WithTags("Rollups")
        .WithSummary("Confirmed figures by industry, sizeBand or month, as known and as effective at any time")
        .Produces<Rollup>()
        .RequireAuthorization(Policies.Read);

    public static Rollup Of(string by, PostingFilter filter, Cells cells) =>
        new(by, Measures.AgreedInvestment, Rows(by, filter, cells, PostingStatus.Confirmed), cells.Sum(cell => cell.Status == PostingStatus.Confirmed), filter.Link(), cells.Position);

    /// <summary>The rows of one dimension in the order of every report; a row whose postings cancel out is left out.</summary>
    public static IReadOnlyList<RollupRow> Rows(string by, PostingFilter filter, Cells cells, string status)
    {
        string KeyOf(Cell cell) => by switch { "industry" => cell.Industry, "sizeBand" => cell.SizeBand, _ => cell.Month };
        PostingFilter Narrowed(string key) => by switch
        {
            "industry" => filter with { Industry = key },
            "sizeBand" => filter with { SizeBand = key },
            _ => filter with { Month = key },
        };
        var keys = by switch
        {
            "industry" => Industries.All,
            "sizeBand" => SizeBands.All.Select(band => band.Name),
            _ => cells.Items.Select(cell => cell.Month).Distinct().Order(StringComparer.Ordinal),
        };
        return [.. keys
            .Select(each => (Key: each, Figure: cells.Sum(cell => cell.Status == status && KeyOf(cell) == each)))
            .Where(row => row.Figure != Figure.Zero)
            .Select(row => new RollupRow(row.Key, row.Figure.Signings, row.Figure.Amount, (Narrowed(row.Key) with { Status = status }).Link()))];
    }
}
