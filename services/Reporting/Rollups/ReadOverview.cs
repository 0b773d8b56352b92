using System.Globalization;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Reporting.Rollups;

/// <param name="Postings">Where the postings behind the figure are.</param>
public sealed record OverviewFigure(int Signings, Money Amount, string Postings);

public sealed record OverviewTotal(int Signings, Money Amount, int AtLeast100Million, string Postings, string AtLeast100MillionPostings);

/// <summary>The key figures of the bureau, of one tier. A month and a year are those in which a fact holds, by China's calendar: a correction counts in its own month.</summary>
/// <param name="AsOf">When the ledger last learnt of something.</param>
/// <param name="Today">The day of the bureau by which the months are named; <c>on</c> asks for another one.</param>
/// <param name="ByTier">All that counts of each tier; the rows have no sum.</param>
public sealed record Overview(
    DateTimeOffset AsOf, DateOnly Today, OverviewFigure ThisMonth, OverviewFigure LastMonth, OverviewFigure ThisYear, OverviewTotal Total, OverviewFigure Pending, long Position, string Tier, IReadOnlyList<RollupRow> ByTier);

public static class ReadOverviewFeature
{
    public static void MapReadOverview(this IEndpointRouteBuilder api) => api
        .MapGet("overview", async (Sums sums, Standpoints standpoints, CancellationToken ct, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null, DateOnly? on = null) =>
        {
            var (at, filter) = await standpoints.Take(new(Position: position, KnownAt: knownAt, EffectiveBy: effectiveBy), on, ct);
            if (Fields.Date(at.Day, on is null ? "effectiveBy" : "on") is { } wrong) return Problems.Of(wrong);
            var (_, read) = await sums.Read(filter, [Dimensions.Status, Dimensions.ByName["tier"], Dimensions.ByName["sizeBand"], Dimensions.ByName["month"]], ct);
            return Results.Ok(Of(at.RecordedAt, at.Day, new Cells(at.Position, [.. read.Select(sum => new Cell(sum.Keys[0], sum.Keys[1], Posting.None, sum.Keys[2], sum.Keys[3], Illustrative: false, sum.Figure))]), filter));
        })
        .WithTags("Rollups")
        .WithSummary("The key figures: this month, last month, this year, all, and what waits, as known and as effective at any time, the months those of a day (`on`)")
        .Produces<Overview>()
        .RequireAuthorization(Policies.Figures);

    /// <param name="asked">The position and the day by which the cells are effective.</param>
    public static Overview Of(DateTimeOffset asOf, DateOnly today, Cells cells, PostingFilter? asked = null)
    {
        asked ??= new();
        var confirmed = asked with { Status = PostingStatus.Confirmed, Tier = Tiers.Official };
        var endOfYear = new DateOnly(today.Year, 12, 31);
        OverviewFigure Sum(PostingFilter filter, Func<Cell, bool> which)
        {
            var figure = cells.Sum(cell => cell.Status == filter.Status && cell.Tier == filter.Tier && which(cell));
            return new(figure.Signings, figure.Amount, filter.Link());
        }
        OverviewFigure Month(DateOnly day)
        {
            var month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            return Sum(confirmed with { Month = month }, cell => cell.Month == month);
        }
        var year = today.ToString("yyyy", CultureInfo.InvariantCulture);
        var large = confirmed with { SizeBand = string.Join(',', SizeBands.AtLeast100Million) };
        var all = Sum(confirmed, _ => true);
        return new(
            asOf, today, Month(today), Month(today.AddMonths(-1)),
            Sum(confirmed with { EffectiveFrom = new DateOnly(today.Year, 1, 1), EffectiveBy = asked.EffectiveBy < endOfYear ? asked.EffectiveBy : endOfYear }, cell => cell.Month.StartsWith(year, StringComparison.Ordinal)),
            new(all.Signings, all.Amount, Sum(large, cell => SizeBands.AtLeast100Million.Contains(cell.SizeBand)).Signings, all.Postings, large.Link()),
            Sum(confirmed with { Status = PostingStatus.Pending }, _ => true), cells.Position,
            Tiers.Official, ReadRollupFeature.Rows("tier", asked, cells, PostingStatus.Confirmed));
    }
}
