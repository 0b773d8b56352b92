using System.Globalization;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Records;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Marten;

namespace Luodi.Reporting.Rollups;

/// <param name="Postings">Where the postings behind the cell are.</param>
public sealed record TableCell(string Key, int Count, Money Amount, string Postings);

/// <param name="Name">Of a ceremony, a project or a fund; null where the key is a word.</param>
/// <param name="Count">Null, as the amount is, where the cells have no sum.</param>
/// <param name="Postings">Null where the reader may not see them.</param>
public sealed record TableRow(string Key, string? Name, int? Count, Money? Amount, int Upgrades, string? Postings, IReadOnlyList<TableCell> Cells);

/// <param name="Columns">The second dimension; null for one.</param>
/// <param name="Keys">The columns' keys.</param>
/// <param name="Others">Of a top list: what the rows left out come to.</param>
/// <param name="EffectiveBy">The last day that counts; null for all.</param>
/// <param name="Position">Where in the ledger they were read; asked for at it, they are the same for ever, to a reader who may see as much.</param>
/// <param name="Total">Null where there is none: tiers and stages are not added up, nor what funds of the family paid one another to the rest.</param>
public sealed record Table(string Measure, string Status, string? Tier, string Rows, string? Columns, IReadOnlyList<string> Keys, IReadOnlyList<TableRow> Items, TableRow? Others, TableRow? Total, string Postings, DateOnly? EffectiveBy, long Position);

/// <summary>One sum of the table: the keys of its row and column.</summary>
public sealed record Crossing(string Row, string Column, Figure Figure);

/// <summary>Figures of a measure by any dimension, or by two of them.</summary>
public static class ReadTableFeature
{
    /// <summary>The row of what the reader may not see one by one.</summary>
    public const string Hidden = "hidden";

    private const int MostRows = 500;

    public sealed record CohortMalformed() : Refusal("A cohort is a dimension and its value with a colon between, such as year:2023, or all.", "cohort");

    public static void MapReadTable(this IEndpointRouteBuilder api) => api
        .MapGet("rollups/table", async ([AsParameters] PostingFilter filter, Sight sight, Sums sums, IQuerySession session, Standpoints standpoints, CancellationToken ct, string rows = "industry", string? columns = null, int top = MostRows) =>
        {
            (var at, filter) = await standpoints.Take(filter, ct);
            filter = Settled(filter, rows, columns, at.Day);
            if (Unknown(filter, rows, columns) is { } wrong) return Problems.Of(wrong);
            var (row, column) = (Dimensions.ByName[rows], columns is null ? null : Dimensions.ByName[columns]);
            var (position, crossings) = await Read(sums, filter, row, column, sight, ct);
            var table = Of(filter, row, column, position, crossings, top);
            return Results.Ok(await Named(table, row, session, ct));
        })
        .WithTags("Rollups")
        .WithSummary("Confirmed or pending figures of a measure by one dimension, or by two; the largest rows of it with `top`")
        .Produces<Table>()
        .RequireAuthorization(Policies.Figures);

    /// <summary>Official figures where nothing else is asked for: confirmed, and of agreements where tiers are no dimension of the table; of funds what came from outside of the family.</summary>
    public static PostingFilter Settled(PostingFilter filter, string? rows, string? columns, DateOnly today) => filter with
    {
        // A recognition that will expire is posted already.
        EffectiveBy = filter.EffectiveBy ?? (filter.Measure is Measures.Enterprises ? today : null),
        Measure = filter.Measure ?? Measures.AgreedInvestment,
        Status = filter.Status ?? PostingStatus.Confirmed,
        // A yuan that a mother passes on counts where it came into the family.
        PartnerKind = filter.PartnerKind ?? (Measures.OfPartners.Contains(filter.Measure) && filter.Fund is null && rows is not "partnerKind" && columns is not "partnerKind" ? Partners.Outside : null),
        Tier = filter.Tier ?? (filter.Measure is null or Measures.AgreedInvestment && rows is not "tier" && columns is not "tier" ? Tiers.Official : null),
    };

    /// <summary>Whether a sum would count a yuan that funds of the family paid one another at each of them.</summary>
    internal static bool CountsTwice(PostingFilter filter) => Measures.OfPartners.Contains(filter.Measure) && filter.Fund is null && Partners.Mixes(filter.PartnerKind);

    public static Refusal? Unknown(PostingFilter filter, string rows, string? columns) =>
        !Measures.All.Contains(filter.Measure) ? new ReadRollupFeature.MeasureUnknown(string.Join(", ", Measures.All))
        : filter.Status is not (PostingStatus.Confirmed or PostingStatus.Pending) ? new ReadRollupFeature.StatusUnknown()
        : !Dimensions.ByName.ContainsKey(rows) || columns is not null && (!Dimensions.ByName.ContainsKey(columns) || columns == rows) ? new ReadRollupFeature.DimensionUnknown(string.Join(", ", Dimensions.ByName.Keys), columns is null || !Dimensions.ByName.ContainsKey(rows) ? "rows" : "columns")
        : OfCohort(filter);

    internal static Refusal? OfCohort(PostingFilter filter)
    {
        if (filter.Cohort is null) return null;
        var (_, group) = PostingFilter.CohortOf(filter.Cohort);
        return group is ReadRatesFeature.Everything || (group.Split(':', 2) is [var by, _] && Dimensions.ByName.ContainsKey(by)) ? null : new CohortMalformed();
    }

    internal static async Task<(long Position, List<Crossing> Crossings)> Read(Sums sums, PostingFilter filter, Dimension row, Dimension? column, Sight sight, CancellationToken ct)
    {
        // Projects and funds are named one by one only to who may see them.
        string? Seen(Conditions conditions, Dimension dimension) => dimension.Name is "project" or "fund" ? $"case when {sight.In(conditions, "department", KnownRecord.SharesPosting)} then {dimension.Sql} else '{Hidden}' end" : null;
        var (position, read) = await sums.Read(filter, column is null ? [row] : [row, column], ct, row.Name is "project" or "fund" || column?.Name is "project" or "fund" ? Seen : null);
        return (position, [.. read.Select(sum => new Crossing(sum.Keys[0], column is null ? "" : sum.Keys[1], sum.Figure))]);
    }

    /// <summary>The table of the sums: rows in the order of every report, or the largest first; what is beyond <paramref name="top"/> is one row.</summary>
    public static Table Of(PostingFilter filter, Dimension row, Dimension? column, long position, IReadOnlyList<Crossing> crossings, int top = MostRows)
    {
        var keys = column is null ? [] : Ordered(column, crossings, crossing => crossing.Column).ToList();
        var nothing = Figure.Nothing(filter.Currency);
        // Where each sum is of one fund, or of partners of one kind, nothing of the family is in it twice.
        bool Once(IEnumerable<Dimension?> over) => !CountsTwice(filter) || new[] { row, column }.Except(over).Any(dimension => dimension?.Name is "fund" or "partnerKind");
        bool Adds(params IReadOnlyList<Dimension?> over) => !over.Any(dimension => dimension?.Name is "tier" or "stage" or "designation") && Once(over) && filter.Measure switch
        {
            Measures.StagesReached => One(filter.Stage) || row.Name is "stage" || column?.Name is "stage",
            Measures.Enterprises => One(filter.Designation) || row.Name is "designation" || column?.Name is "designation",
            _ => true,
        };
        TableRow Row(string key, PostingFilter of, IReadOnlyCollection<Crossing> sums, bool adds, bool seen = true)
        {
            var sum = sums.Aggregate(nothing, (total, crossing) => total + crossing.Figure);
            return new(key, null, adds ? sum.Signings : null, adds ? sum.Amount : null, adds ? sum.Upgrades : 0, seen ? of.Link() : null,
            [
                .. keys.Select(each => (Key: each, Figure: sums.Where(crossing => crossing.Column == each).Aggregate(nothing, (total, crossing) => total + crossing.Figure)))
                    .Where(cell => cell.Figure != nothing)
                    .Select(cell => new TableCell(cell.Key, cell.Figure.Signings, cell.Figure.Amount, cell.Key is Hidden ? "" : column!.With(of, cell.Key).Link())),
            ]);
        }
        var ordered = Ordered(row, crossings, crossing => crossing.Row).ToList();
        var shown = ordered.Take(Math.Clamp(top, 1, MostRows)).ToList();
        var left = crossings.Where(crossing => !shown.Contains(crossing.Row)).ToList();
        var byRow = crossings.ToLookup(crossing => crossing.Row, StringComparer.Ordinal);
        return new(
            filter.Measure!, filter.Status!, filter.Tier, row.Name, column?.Name, keys,
            [.. shown.Select(key => Row(key, key is Hidden ? filter : row.With(filter, key), [.. byRow[key]], Adds(column) && !(key is Hidden && CountsTwice(filter)), key is not Hidden))],
            left.Count > 0 ? Row("others", filter, left, Adds(row, column), seen: false) : null,
            Adds(row, column) ? Row("total", filter, [.. crossings], adds: true) : null,
            filter.Link(), filter.EffectiveBy, position);
    }

    private static bool One(string? values) => values is not null && !values.Contains(',');

    // Largest first by money, or by number where there is none, then by key, so that an answer repeats itself byte for byte.
    private static IEnumerable<string> Ordered(Dimension dimension, IReadOnlyList<Crossing> crossings, Func<Crossing, string> key)
    {
        var sums = crossings.GroupBy(key).Select(sums => (sums.Key, Figure: sums.Select(crossing => crossing.Figure).Aggregate((total, figure) => total + figure))).ToList();
        return dimension switch
        {
            { Order: { } order } => [.. order.Where(each => sums.Any(sum => sum.Key == each)), .. sums.Select(sum => sum.Key).Except(order).Order(StringComparer.Ordinal)],
            { IsPeriod: true } => sums.Select(sum => sum.Key).Order(StringComparer.Ordinal),
            _ => sums.OrderByDescending(sum => sum.Figure.Amount.Value).ThenByDescending(sum => sum.Figure.Signings).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => sum.Key),
        };
    }

    private static async Task<Table> Named(Table table, Dimension row, IQuerySession session, CancellationToken ct)
    {
        if (!row.IsRecord) return table;
        var names = await NamesOf(row.Name, table.Items.Select(item => item.Key), session, ct);
        return table with { Items = [.. table.Items.Select(item => item with { Name = names.GetValueOrDefault(item.Key) })] };
    }

    /// <summary>The names of ceremonies, projects or funds by their ids.</summary>
    internal static async Task<Dictionary<string, string>> NamesOf(string dimension, IEnumerable<string> keys, IQuerySession session, CancellationToken ct)
    {
        Guid[] ids = [.. keys.Select(key => Guid.TryParse(key, CultureInfo.InvariantCulture, out var id) ? id : (Guid?)null).OfType<Guid>()];
        return dimension switch
        {
            "ceremony" => (await session.LoadManyAsync<CeremonySheet>(ct, ids)).ToDictionary(sheet => sheet.Id.ToString(), sheet => sheet.Name),
            "fund" => (await session.LoadManyAsync<FundAccount>(ct, ids)).ToDictionary(fund => fund.Id.ToString(), fund => fund.Name),
            _ => (await session.LoadManyAsync<ProjectAccount>(ct, ids)).ToDictionary(project => project.Id.ToString(), project => project.Name),
        };
    }
}
