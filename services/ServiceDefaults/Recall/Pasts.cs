using System.Text.RegularExpressions;
using JasperFx.Events;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Relay;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Luodi.ServiceDefaults.Recall;

/// <summary>A kind of record whose past can be asked.</summary>
/// <param name="Table">Where its documents are kept.</param>
/// <param name="IdOf">Of which record an event tells; null for one that tells of none.</param>
/// <param name="Effective">From when its events hold.</param>
/// <param name="Columns">What else lists ask of the table, made of the document.</param>
public sealed record Remembered(Type Type, string Table, Func<IEvent, Guid?> IdOf, Func<object?, Guid, IEvent, object?> Evolve, EffectiveRule Effective, string? Columns)
{
    /// <summary>The table where a statement names it.</summary>
    public Regex Named { get; } = new($@"\b{Regex.Escape(Table)}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The documents of the past stand under the same name, for as long as the transaction lasts.</summary>
    public string Temporary { get; } = $"pg_temp.{Table[(Table.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    public object? Fold(Guid id, IReadOnlyList<IEvent> history, DateOnly? effectiveBy) =>
        (effectiveBy is { } day ? Effective.By(day, history) : history).Aggregate((object?)null, (record, told) => Evolve(record, id, told));
}

/// <summary>A record as it stood.</summary>
/// <param name="Day">On which it is looked at: of a version the last day on which it stood so.</param>
/// <param name="At">Where in the history; null for as it stands.</param>
public sealed record Recalled<T>(T Record, DateOnly Day, Moment? At = null);

/// <summary>
/// Records as they were known and as they hold: made of their events by the rule that makes them today, so that nothing has to be kept for it and a changed record changes no past one.
/// Who may see a record is asked before, by the rights of now.
/// </summary>
public sealed class Pasts(IDocumentStore store, PageReader pages, ServiceIdentity service, NpgsqlDataSource database, IEnumerable<Remembered> kinds, IHttpContextAccessor http, TimeProvider clock) : IDisposable
{
    /// <summary>The header in which an answer about the past names its place: asked with it again, the question has the same answer.</summary>
    public const string Header = "Luodi-Position";

    private const int Page = 5_000;
    private const int MostKept = 200_000;

    // Not for ever: what is erased by law is not to be remembered here.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    // The daemon passes a hole after three seconds.
    private static readonly TimeSpan HoleWaited = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HoleLooked = TimeSpan.FromMilliseconds(100);

    // From here on a term may still be counted.
    private static readonly DateOnly LastDay = new(9000, 12, 31);

    private readonly IReadOnlyList<Remembered> _kinds = [.. kinds];
    private readonly Shelf<(Remembered Kind, long Position, DateOnly? EffectiveBy), (Guid Id, string Data)> _made = new(MostKept, KeptFor, clock);

    /// <summary>A record after so many of its events, as it was known, as it holds; null where it has no such event, or none by then.</summary>
    /// <param name="named">The answer names the place.</param>
    public async Task<Recalled<T>?> Find<T>(Guid id, RecordAsOf when, CancellationToken ct, bool named = true) where T : class =>
        await Find<T>(id, when.Version, when.Axes.IsNow ? null : await Find(when.Axes, ct, named), ct);

    /// <summary>A record that somebody sees: as it stands, or as it stood where that is asked.</summary>
    /// <param name="now">As it stands; null where there is none, or none that they see.</param>
    public async Task<T?> Of<T>(T? now, Guid id, RecordAsOf when, CancellationToken ct, bool named = true) where T : class =>
        now is null || when.IsNow ? now : (await Find<T>(id, when, ct, named))?.Record;

    /// <summary>Another record as it stood at the same place.</summary>
    public Task<Recalled<T>?> FindBeside<T>(Guid id, Moment? at, CancellationToken ct) where T : class => Find<T>(id, null, at, ct);

    private async Task<Recalled<T>?> Find<T>(Guid id, long? asked, Moment? moment, CancellationToken ct) where T : class
    {
        await using var session = store.QuerySession();
        var known = (await session.Events.FetchStreamAsync(id, token: ct)).TakeWhile(told => moment is null || told.Sequence <= moment.Position).ToList();
        if (asked is < 1 || asked > known.Count) return null;
        var history = asked is { } version ? known[..(int)version] : known;
        var next = history.Count < known.Count ? known[history.Count] : null;
        if (_kinds.First(kind => kind.Type == typeof(T)).Fold(id, history, moment?.EffectiveBy) is not T record) return null;
        return moment is not null ? new(record, moment.Day, moment)
            : next is null ? new(record, clock.Today())
            : Recording.DayOf(next.Timestamp) is var last ? new(record, last, new(next.Sequence - 1, null, last)) : null;
    }

    /// <summary>The place of a question, which its answer names; one for all that a request asks.</summary>
    internal async Task<Moment> Find(AsOf asOf, CancellationToken ct, bool named = true)
    {
        if (http.HttpContext?.Items[asOf] is Moment already) return already;
        var (position, at) = await Known(asOf, ct);
        var day = asOf.EffectiveBy ?? (asOf is { Position: null, KnownAt: null } ? clock.Today() : Recording.DayOf(asOf.KnownAt ?? at));
        var moment = new Moment(position, asOf.EffectiveBy, day < LastDay ? day : LastDay);
        if (http.HttpContext is { } context)
        {
            context.Items[asOf] = moment;
            if (named) context.Response.Headers[Header] = $"{service.Source}={position}";
        }
        return moment;
    }

    /// <summary>
    /// The last event that is asked for and before which none can appear any more. Who logs something and asks at once finds it: what follows the daemon's mark without a hole is committed
    /// too, and a hole that a rolled-back append left is waited for until the daemon has passed it.
    /// </summary>
    private async Task<(long Position, DateTimeOffset At)> Known(AsOf asOf, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; ; waited += HoleLooked)
        {
            var (highWater, _) = await pages.HighWaterMark(ct);
            await using var command = database.CreateCommand($"""
                with asked as (select seq_id, timestamp from {service.Schema}.mt_events where seq_id <= $2 and type <> 'tombstone' and ($3::timestamptz is null or timestamp <= $3)),
                  following as (select seq_id, row_number() over (order by seq_id) as nth from {service.Schema}.mt_events where seq_id > $1)
                select seq_id, timestamp, (select max(seq_id) from asked) from asked
                where seq_id <= (select coalesce(max(seq_id), $1) from following where seq_id = $1 + nth)
                order by seq_id desc limit 1
                """);
            command.Parameters.Add(new() { Value = highWater });
            command.Parameters.Add(new() { Value = asOf.Position ?? long.MaxValue });
            command.Parameters.Add(new() { Value = (object?)asOf.KnownAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            await using var row = await command.ExecuteReaderAsync(ct);
            if (!await row.ReadAsync(ct)) return (0, DateTimeOffset.UnixEpoch);
            var (position, last) = (row.GetInt64(0), row.GetInt64(2));
            if (position == last || waited >= HoleWaited) return (position, row.GetFieldValue<DateTimeOffset>(1));
            await Task.Delay(HoleLooked, ct);
        }
    }

    /// <summary>The documents of then that a statement reads. Made before a connection is held: whoever makes them needs one.</summary>
    internal async Task<Documents> Of(Moment moment, string statement, CancellationToken ct)
    {
        var asked = _kinds.Where(kind => kind.Named.IsMatch(statement)).ToList();
        // Who turns a page of the past waits for it to be made once.
        var made = await _made.Of([.. asked.Select(Key)], async missing => (await Make([.. missing.Select(key => key.Kind)], moment, ct)).ToDictionary(each => Key(each.Key), each => each.Value), ct);
        return new([.. asked.Select(kind => (kind, made[Key(kind)]))]);

        (Remembered Kind, long Position, DateOnly? EffectiveBy) Key(Remembered kind) => (kind, moment.Position, moment.EffectiveBy);
    }

    private async Task<Dictionary<Remembered, IReadOnlyList<(Guid Id, string Data)>>> Make(IReadOnlyList<Remembered> asked, Moment moment, CancellationToken ct)
    {
        var histories = asked.ToDictionary(kind => kind, _ => new Dictionary<Guid, List<IEvent>?>());
        await using var session = store.QuerySession();
        for (var after = 0L; ;)
        {
            var from = after;
            var read = await session.Events.QueryAllRawEvents().Where(told => told.Sequence > from && told.Sequence <= moment.Position).OrderBy(told => told.Sequence).Take(Page).ToListAsync(ct);
            foreach (var told in read)
            {
                foreach (var (kind, records) in histories)
                {
                    // A burnt place says nothing.
                    if (told.EventTypeName is "tombstone" || kind.IdOf(told) is not { } id) continue;
                    if (records.TryGetValue(id, out var history)) history?.Add(told);
                    // A stream whose first event begins no record of this kind is one of another kind.
                    else records[id] = kind.Evolve(null, id, told) is null ? null : [told];
                }
            }
            if (read.Count < Page) break;
            after = read[^1].Sequence;
        }
        var serializer = store.Options.Serializer();
        return histories.ToDictionary(
            each => each.Key,
            each => (IReadOnlyList<(Guid, string)>)
            [
                .. from record in each.Value
                   where record.Value is not null
                   let folded = each.Key.Fold(record.Key, record.Value!, moment.EffectiveBy)
                   where folded is not null
                   select (record.Key, serializer.ToJson(folded)),
            ]);
    }

    public void Dispose() => _made.Dispose();
}

/// <summary>Documents of a moment, to be read by the SQL that reads those of now.</summary>
internal sealed record Documents(IReadOnlyList<(Remembered Kind, IReadOnlyList<(Guid Id, string Data)> Rows)> Of)
{
    /// <summary>Brings them into tables of the connection's transaction.</summary>
    public async Task Into(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var (kind, rows) in Of)
        {
            await Run($"create temporary table {kind.Temporary} (id uuid primary key, data jsonb not null{(kind.Columns is { } further ? $", {further}" : "")}) on commit drop");
            await using (var copy = await connection.BeginBinaryImportAsync($"copy {kind.Temporary} (id, data) from stdin (format binary)", ct))
            {
                foreach (var (id, data) in rows)
                {
                    await copy.StartRowAsync(ct);
                    await copy.WriteAsync(id, ct);
                    await copy.WriteAsync(data, NpgsqlDbType.Jsonb, ct);
                }
                await copy.CompleteAsync(ct);
            }
            await Run($"analyze {kind.Temporary}");
        }

        async Task Run(string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The statement that reads them.</summary>
    public string Statement(string text) => Of.Aggregate(text, (statement, each) => each.Kind.Named.Replace(statement, each.Kind.Temporary));
}

public static class Remembering
{
    /// <summary>The past of these records can be asked, one by one and in lists.</summary>
    /// <param name="evolve">The rule that makes them.</param>
    /// <param name="effective">From when their events hold; each from its own day where it is left out.</param>
    /// <param name="idOf">Of which record an event tells; of that of its stream where it is left out.</param>
    /// <param name="columns">What lists ask of their table beside <c>id</c> and <c>data</c>.</param>
    public static void Remembers<T>(this WebApplicationBuilder builder, Func<T?, Guid, IEvent, T?> evolve, EffectiveRule? effective = null, Func<object, Guid?>? idOf = null, string? columns = null) where T : class =>
        builder.Services.AddSingleton(provider => new Remembered(
            typeof(T), $"{provider.GetRequiredService<ServiceIdentity>().Schema}.mt_doc_{typeof(T).Name.ToLowerInvariant()}",
            told => idOf is null ? told.StreamId : idOf(told.Data), (record, id, told) => evolve((T?)record, id, told), effective ?? EffectiveRule.FromItsDay, columns));
}
