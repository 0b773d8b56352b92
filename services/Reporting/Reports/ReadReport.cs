using Luodi.Reporting.Journal;
using Luodi.Reporting.Records;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Relay;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Reports;

/// <summary>A report in a list.</summary>
/// <param name="Definitions">Of every rate in it the name and the version.</param>
/// <param name="Because">Why it stands in the place of another one.</param>
/// <param name="Why">Why it was withdrawn or superseded.</param>
public sealed record ReportItem(
    Guid Id, string Kind, string? Period, Guid? CeremonyId, string? Ceremony, DateOnly On, long Position, DateTimeOffset KnownAt, string Sha256, IReadOnlyList<string> Definitions, string Status, string? PublishedBy,
    DateTimeOffset PublishedAt, Guid? Supersedes, string? Because, Guid? SupersededBy, string? Why);

/// <summary>The figures of a report computed anew from the ledger, as they were known when it was published.</summary>
/// <param name="Equal">Whether they are the same bytes.</param>
/// <param name="Sha256">Of the figures as they come out now.</param>
/// <param name="Position">Where in the ledger they were read.</param>
public sealed record Reprint(bool Equal, string Sha256, long Position);

/// <param name="Figures">As they were published.</param>
public sealed record PublishedReport(ReportItem Report, ReportFigures Figures, Reprint Reprint);

/// <param name="Published">As it was published; null for a row that is new.</param>
public sealed record RowDifference(string Key, Figure Published, Figure Now, Figure Difference);

/// <summary>By how much an event changed a row.</summary>
public sealed record RowChange(string Key, Figure Figure);

/// <summary>An event that became known after the report, and what it changed in a table.</summary>
/// <param name="Event">Null for what is added up in one line.</param>
/// <param name="Because">The event's reason, or that of the change which it confirms.</param>
/// <param name="Left"><c>hidden</c> for events of records that the reader may not see, <c>others</c> for those beyond the first 500; null for one event.</param>
public sealed record Explanation(EventItem? Event, string? Because, string? Left, IReadOnlyList<RowChange> Changes);

/// <summary>What differs in a table, and the events whose changes add up to it, row by row.</summary>
/// <param name="Postings">Where all postings behind the difference are.</param>
public sealed record TableDifference(string Measure, string Status, string By, IReadOnlyList<RowDifference> Rows, IReadOnlyList<Explanation> Events, string Postings);

/// <param name="Defined">The event that defined the version in force now, where it is another one than the report's.</param>
public sealed record RateDifference(string Rate, ReportRate? Published, ReportRate? Now, int? VersionPublished, int? VersionNow, Guid? Defined);

/// <summary>What was published beside what is known now about the same days.</summary>
/// <param name="Claims">Those that were stated, or heard of, since.</param>
public sealed record ReportBesideNow(
    ReportItem Report, ReportFigures Published, ReportFigures Now, bool Equal, string Sha256Now, long Position, DateTimeOffset KnownAt,
    IReadOnlyList<TableDifference> Tables, IReadOnlyList<RateDifference> Rates, IReadOnlyList<ReportClaim> Claims);

public static class ReadReportFeature
{
    private const int MostExplained = 500;

    private const int MostListed = 200;

    public static void MapReadReports(this IEndpointRouteBuilder reports)
    {
        reports.MapGet("", async (IReports store, CancellationToken ct, string? kind = null, string? status = null, int skip = 0, int limit = 50) =>
        {
            await using var session = store.QuerySession();
            var (size, begin) = (Math.Clamp(limit, 1, MostListed), Math.Max(skip, 0));
            var fitting = session.Query<Report>().Where(report => (kind == null || report.Kind == kind) && (status == null || report.Status == status));
            var total = await fitting.CountAsync(ct);
            var found = await fitting.OrderByDescending(report => report.PublishedAt).ThenByDescending(report => report.Id).Skip(begin).Take(size).ToListAsync(ct);
            return new { items = found.Select(Item), total, next = begin + size < total ? begin + size : (int?)null };
        })
        .WithSummary("Published reports, the newest first; also those that were withdrawn or superseded")
        .RequireAuthorization(Policies.Figures);

        reports.MapGet("preview", async (ReportReader reader, TimeProvider clock, CancellationToken ct, string? kind = null, string? period = null, Guid? ceremonyId = null, long? position = null, DateTimeOffset? knownAt = null, DateOnly? on = null) =>
        {
            var (scope, wrong) = ReportScope.Of(kind, period, ceremonyId, clock.Today());
            return scope is null ? Problems.Of(wrong)
                : await reader.Read(scope, position, knownAt, on, ct) is not { } draft ? Problems.Of(new PublishReportFeature.ReportOfNoCeremony())
                : Results.Json(new { draft.Position, draft.KnownAt, draft.Sha256, draft.Figures }, Luodi.Contracts.Wire.WireJson.Options);
        })
        .WithSummary("The figures that would be published, with their hash")
        .RequireAuthorization(Policies.Figures);

        reports.MapGet("{id:guid}", async (Guid id, IReports store, ReportReader reader, CancellationToken ct) =>
        {
            await using var session = store.QuerySession();
            if (await session.LoadAsync<Report>(id, ct) is not { } report) return Problems.Of(new NotFound());
            var again = await reader.Reprint(report, ct);
            return Json(new PublishedReport(Item(report), ReportFigures.Read(report.Figures), new(again?.Sha256 == report.Sha256, again?.Sha256 ?? "", again?.Position ?? 0)));
        })
        .WithSummary("A report as it was published, and whether its figures come out of the ledger again as they were, with both hashes")
        .Produces<PublishedReport>()
        .RequireAuthorization(Policies.Figures);

        reports.MapGet("{id:guid}/now", async (Guid id, IReports store, ReportReader reader, NpgsqlDataSource ledger, IQuerySession journal, Sight sight, CancellationToken ct) =>
        {
            await using var session = store.QuerySession();
            if (await session.LoadAsync<Report>(id, ct) is not { } report) return Problems.Of(new NotFound());
            var (then, now) = (await reader.Reprint(report, ct), await reader.Now(report, ct));
            if (then is null || now is null) return Problems.Of(new NotFound());
            var published = ReportFigures.Read(report.Figures);
            var tables = new List<TableDifference>();
            foreach (var (before, after) in published.Tables.Zip(now.Figures.Tables))
            {
                if (Rows(before, after) is not { Count: > 0 } rows) continue;
                var filter = ReportReader.ScopeOf(report, published).FilterOf(before, now.Position, report.On) with { Since = then.Position };
                tables.Add(new(before.Measure, before.Status, before.By, rows, await Explain(ledger, filter, Dimensions.ByName[before.By], sight, ct), filter.Link()));
            }
            var book = await journal.Query<Definitions.RateBook>().FirstOrDefaultAsync(ct) ?? Definitions.RateBook.Usual;
            return Json(new ReportBesideNow(
                Item(report), published, now.Figures, now.Sha256 == report.Sha256, now.Sha256, now.Position, now.KnownAt, tables, Rates(published, now.Figures, book),
                [.. now.Figures.Claims.ExceptBy(published.Claims.Select(claim => claim.Id), claim => claim.Id)]));
        })
        .WithSummary("What was published beside what is known now about the same days, and the events that explain each difference: their changes add up to it, row by row")
        .Produces<ReportBesideNow>()
        .RequireAuthorization(Policies.Read);

        reports.MapHistory(Policies.Figures);
    }

    // Amounts digit for digit as they were published.
    private static IResult Json<T>(T answer) => Results.Json(answer, Luodi.Contracts.Wire.WireJson.Options);

    private static ReportItem Item(Report report) => new(
        report.Id, report.Kind, report.Period, report.CeremonyId, report.CeremonyId is null ? null : ReportFigures.Read(report.Figures).Ceremony?.Name, report.On, report.Position, report.KnownAt, report.Sha256, report.Definitions,
        report.Status, report.PublishedBy, report.PublishedAt, report.Supersedes, report.PublishedBecause, report.SupersededBy, report.Why);

    /// <summary>The rows that differ, in the order of the table.</summary>
    public static IReadOnlyList<RowDifference> Rows(ReportTable published, ReportTable now)
    {
        Figure Of(ReportTable table, string key) => table.Rows.FirstOrDefault(row => row.Key == key)?.Figure ?? Figure.Zero;
        return [.. now.Rows.Select(row => row.Key).Union(published.Rows.Select(row => row.Key))
            .Select(key => new RowDifference(key, Of(published, key), Of(now, key), Of(now, key) - Of(published, key)))
            .Where(row => row.Difference != Figure.Zero)];
    }

    private static IReadOnlyList<RateDifference> Rates(ReportFigures published, ReportFigures now, Definitions.RateBook book) =>
    [
        .. published.Rates.Select(rate => rate.Rate).Union(now.Rates.Select(rate => rate.Rate)).Select(rate =>
        {
            int? Version(ReportFigures figures) => figures.Definitions.FirstOrDefault(definition => definition.Rate == rate)?.Version;
            var (then, since) = (Version(published), Version(now));
            return new RateDifference(rate, published.Rates.FirstOrDefault(each => each.Rate == rate), now.Rates.FirstOrDefault(each => each.Rate == rate), then, since,
                then == since ? null : book.Rates.FirstOrDefault(each => each.Rate == rate && each.Version == since)?.Event);
        }).Where(difference => difference.Published != difference.Now || difference.VersionPublished != difference.VersionNow),
    ];

    /// <summary>What the postings of a filter come to, event by event and row by row.</summary>
    private static async Task<IReadOnlyList<Explanation>> Explain(NpgsqlDataSource store, PostingFilter filter, Dimension by, Sight sight, CancellationToken ct)
    {
        var conditions = filter.ToSql([by], filter.Position);
        await using var command = store.CreateCommand($"""
            with behind as (
              select {by.Sql} as key, case when {sight.In(conditions, "department", KnownRecord.SharesPosting) ?? "true"} then event_id end as event, delta_count, delta_amount, delta_upgrades, position from reporting.posting where {conditions.Text}),
            named as (select event, dense_rank() over (order by first) as place from (select event, min(position) as first from behind where event is not null group by event) events)
            select case when b.event is null then 'hidden' when n.place > {MostExplained} then 'others' else '' end as left_out, case when n.place <= {MostExplained} then n.place else {MostExplained} + 1 end as place, b.key,
              sum(delta_count)::int, sum(delta_amount), sum(delta_upgrades)::int,
              coalesce({SearchEventsFeature.Event}->>'reason', (select l.data->'event'->>'reason' from reporting.mt_events l where l.stream_id = e.stream_id and l.seq_id < e.seq_id
                and l.data->'event'->>'type' = case {SearchEventsFeature.Event}->>'type' when 'amendment_confirmed' then 'agreement_amended' when 'termination_confirmed' then 'agreement_terminated' end
                order by l.seq_id desc limit 1)), {SearchEventsFeature.Columns}
            from behind b left join named n using (event) left join reporting.mt_events e on e.id = b.event and n.place <= {MostExplained}
            group by 1, 2, 3, e.seq_id, e.stream_id, e.data having sum(delta_count) <> 0 or sum(delta_amount) <> 0 or sum(delta_upgrades) <> 0
            order by 1, 2, 3
            """);
        conditions.BindTo(command.Parameters);
        var found = new List<(string Left, long Place, RowChange Change, EventItem? Event, string? Because)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add((reader.GetString(0), reader.GetInt64(1), new(reader.GetString(2), new(reader.GetInt32(3), new(reader.GetDecimal(4), filter.Currency ?? PostingFilter.Yuan), reader.GetInt32(5))),
                reader.IsDBNull(7) ? null : SearchEventsFeature.Item(reader, 7), reader.IsDBNull(6) ? null : reader.GetString(6)));
        }
        return [.. found.GroupBy(each => (each.Left, each.Place)).Select(same => new Explanation(same.First().Event, same.First().Because, same.Key.Left is "" ? null : same.Key.Left, [.. same.Select(each => each.Change)]))];
    }
}
