using Luodi.Contracts;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Reporting.Rollups;

/// <param name="Key">The industry, the size band or the month.</param>
/// <param name="Postings">Where the postings behind the row are.</param>
public sealed record RollupRow(string Key, int Signings, Money Amount, string Postings);

/// <param name="Status">Confirmed figures, or pending ones; the two are never added up.</param>
public sealed record Rollup(string By, string Measure, IReadOnlyList<RollupRow> Rows, Figure Total, string Postings, long Position, string Status);

public static class ReadRollupFeature
{
    public sealed record DimensionUnknown() : Refusal("Roll up by industry, sizeBand or month.", "by");

    public sealed record MeasureUnknown() : Refusal("The measure is agreed-investment.", "measure");

    public sealed record StatusUnknown() : Refusal("The status is confirmed or pending.", "status");

    public static void MapReadRollup(this IEndpointRouteBuilder api) => api
        .MapGet("rollups", async (
            Figures figures, string? by, string? measure, CancellationToken ct, Guid? ceremony = null, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null,
            DateOnly? from = null, DateOnly? to = null, string status = PostingStatus.Confirmed) =>
        {
            var until = to is null || effectiveBy < to ? effectiveBy : to;
            var filter = new PostingFilter(Ceremony: ceremony, Status: status, Position: position, KnownAt: knownAt, EffectiveBy: until, EffectiveFrom: from);
            return measure is not (null or Measures.AgreedInvestment) ? Problems.Of(new MeasureUnknown())
                : status is not (PostingStatus.Confirmed or PostingStatus.Pending) ? Problems.Of(new StatusUnknown())
                : by is not ("industry" or "sizeBand" or "month") ? Problems.Of(new DimensionUnknown())
                : Results.Ok(Of(by, filter, await figures.Read(filter, ct)));
        })
        .WithTags("Rollups")
        .WithSummary("Confirmed or pending figures by industry, sizeBand or month, effective from a day to a day, as known and as effective at any time")
        .Produces<Rollup>()
        .RequireAuthorization(Policies.Figures);

    public static Rollup Of(string by, PostingFilter filter, Cells cells)
    {
        var status = filter.Status ?? PostingStatus.Confirmed;
        return new(by, Measures.AgreedInvestment, Rows(by, filter, cells, status), cells.Sum(cell => cell.Status == status), filter.Link(), cells.Position, status);
    }

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
