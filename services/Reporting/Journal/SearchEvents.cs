using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Luodi.ServiceDefaults;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>Which events a search shows.</summary>
/// <param name="From">From when on: a day of the bureau, or an instant.</param>
/// <param name="To">Until when: the whole of a day of the bureau, or up to an instant.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Type">The stored name; several with commas between.</param>
/// <param name="Source">A service, or the <c>source</c> of its events.</param>
/// <param name="Subject">The record.</param>
/// <param name="Q">A part of who, why or what.</param>
/// <param name="Project">Of the project, its papers, obligations, capital and enterprises, and of the records that it stands for: its whole story across the services.</param>
/// <param name="Data">true: with what each event says.</param>
/// <param name="Position">Only what stood in the journal up to this place of its own.</param>
/// <param name="KnownAt">Only what was known at this instant.</param>
/// <param name="EffectiveBy">Only what holds by this day.</param>
/// <param name="Correlation">Of what belongs together: the <c>X-Correlation-Id</c> of the requests, such as all those of one import.</param>
public sealed record EventFilter(string? From = null, string? To = null, string? Actor = null, string? Type = null, string? Source = null, Guid? Subject = null, string? Q = null, Guid? Project = null, bool Data = false,
    long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? EffectiveBy = null, string? Correlation = null);

/// <summary>An event in a list.</summary>
public sealed record EventItem(Guid Id, string Source, long Sequence, string Type, string Subject, DateTimeOffset Time, string? Actor, string? Reason, DateOnly? EffectiveOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Data = null);

public static class SearchEventsFeature
{
    public sealed record TimeUnreadable(string Name) : Refusal("Give a day (2023-09-28) or an instant (2023-09-28T08:00:00Z).", Name)
    {
        public override int Status => 400;
    }

    internal const string Event = "e.data->'event'";

    internal const string Columns = $"{Event}->>'id', {Event}->>'source', {Event}->>'sequence', {Event}->>'type', {Event}->>'subject', {Event}->>'time', {Event}->>'actor', {Event}->>'reason', {Event}->>'effectiveon'";

    // Whose the record is, and whose the project is that it is about.
    private const string From = $"""
        reporting.mt_events e
        left join reporting.mt_doc_knownrecord k on k.id = ({Event}->>'subject')::uuid
        left join reporting.mt_doc_knownrecord r on r.id = (k.data->>'projectId')::uuid
        """;

    // The instants of the wire are of one form and length: as bytes they are in the order of time.
    private const string Time = $"({Event}->>'time') collate \"C\"";

    public static void MapSearchEvents(this IEndpointRouteBuilder api) => api
        .MapGet("events", async ([AsParameters] EventFilter filter, ServiceIdentity service, Sight sight, Rows rows, NpgsqlDataSource store, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            var (from, to) = (Instant(filter.From, dayAfter: false), Instant(filter.To, dayAfter: true));
            var wrong = Check.All(
                filter.From is { Length: > 0 } && from is null ? new TimeUnreadable("from") : null,
                filter.To is { Length: > 0 } && to is null ? new TimeUnreadable("to") : null);
            if (wrong.Count > 0) return Problems.Of(wrong);
            var position = await PositionOf(filter, store, ct);
            var conditions = new Conditions();
            conditions
                .And("e.type = {0}", Journaled.Name)
                .And("e.seq_id <= {0}", position)
                .And($"({Event}->>'effectiveon')::date <= {{0}}", filter.EffectiveBy)
                .And(sight.In(conditions, "k.data->>'department'", "r.data->>'department' = {0}", "r.data->'sharedWith' @> to_jsonb({0}::text)"))
                .And($"{Event}->>'source' <> {{0}}", sight.Administration ? null : service.SourceOf(EventJournal.Administrators))
                .And($"{Time} >= {{0}}", from)
                .And($"{Time} < {{0}}", to)
                .And($"{Event}->>'actor' = {{0}}", filter.Actor)
                .And($"{Event}->>'type' = any({{0}})", filter.Type?.Split(','))
                .And($"{Event}->>'source' = {{0}}", filter.Source is { } source ? source.StartsWith('/') ? source : service.SourceOf(source) : null)
                .And($"{Event}->>'subject' = {{0}}", filter.Subject?.ToString())
                .And($"{Event}->>'correlationid' = {{0}}", filter.Correlation)
                .And(StreamsOf(service), filter.Project)
                .AndContains(filter.Q, $"{Event}->>'actor'", $"{Event}->>'reason'", $"({Event}->'data')::text");
            var found = await rows.Part(filter.Data ? $"{Columns}, ({Event}->'data')::text" : Columns, From, conditions, $"{Time} desc, e.seq_id desc", skip, limit, Item, ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next, position });
        })
        .WithTags("Journal")
        .WithSummary("Events by time, actor, kind and record, the newest first; as known at any time, by `knownAt` or by the `position` in the journal that an answer names")
        .RequireAuthorization(Policies.Read);

    // The journal has one writer, which also gives the instants: its places are in the order of both.
    private static async Task<long> PositionOf(EventFilter filter, NpgsqlDataSource store, CancellationToken ct)
    {
        var conditions = new Conditions().And("type = {0}", Journaled.Name).And("seq_id <= {0}", filter.Position).And("(data->>'recordedAt')::timestamptz <= {0}", filter.KnownAt?.UtcDateTime);
        await using var command = store.CreateCommand($"select seq_id from reporting.mt_events where {conditions.Text} order by seq_id desc limit 1");
        conditions.BindTo(command.Parameters);
        return await command.ExecuteScalarAsync(ct) as long? ?? 0;
    }

    // The project, and the records that it stands for.
    private const string Records = "array(select {0}::uuid union select p.id from reporting.mt_doc_projectaccount p where p.merged_into = {0}::uuid)";

    // By the journal's streams, which have an index: a project's page asks for them at every opening.
    private static string StreamsOf(ServiceIdentity service) => $"""
        e.stream_id in (select s || '/' || o.id from unnest(array[{string.Join(',', EventJournal.Services.Select(name => $"'{service.SourceOf(name)}'"))}]) s, reporting.mt_doc_knownrecord o
          where o.id = any({Records}) or o.project_id = any({Records}))
        """;

    /// <summary>A day begins and ends at midnight in China; the end of a day is the beginning of the next.</summary>
    internal static string? Instant(string? text, bool dayAfter)
    {
        DateTimeOffset? instant =
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day is { Year: > 1 and < 9999 } ? Midnight(dayAfter ? day.AddDays(1) : day) : null
                : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var given) ? given : null;
        return instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Recording.BureauTime.GetUtcOffset(local));
    }

    private static EventItem Item(System.Data.Common.DbDataReader row) => Item(row, 0);

    /// <param name="at">The first of its columns.</param>
    internal static EventItem Item(System.Data.Common.DbDataReader row, int at)
    {
        string? Text(int column) => row.IsDBNull(at + column) ? null : row.GetString(at + column);
        return new(
            Guid.Parse(Text(0)!), Text(1)!, long.Parse(Text(2)!, CultureInfo.InvariantCulture), Text(3)!, Text(4)!,
            DateTimeOffset.Parse(Text(5)!, CultureInfo.InvariantCulture), Text(6), Text(7), Text(8) is { } on ? DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            row.FieldCount > at + 9 ? JsonElement.Parse(Text(9)!) : null);
    }
}
