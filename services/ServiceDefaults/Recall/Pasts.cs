using System.Text.RegularExpressions;
using JasperFx.Events;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Relay;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
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
/// <param name="Position">The last event that was known then; null for all there are.</param>
public sealed record Recalled<T>(T Record, DateOnly Day, long? Position = null);

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

    private readonly IReadOnlyList<Remembered> _kinds = [.. kinds];
    private readonly MemoryCache _made = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim _making = new(1);

    /// <summary>A record after so many of its events, as it was known, as it holds; null where it has no such event, or none by then.</summary>
    public async Task<Recalled<T>?> Find<T>(Guid id, RecordAsOf when, CancellationToken ct) where T : class
    {
        var moment = when.Axes.IsNow ? null : await Find(when.Axes, ct);
        await using var session = store.QuerySession();
        var known = (await session.Events.FetchStreamAsync(id, token: ct)).TakeWhile(told => moment is null || told.Sequence <= moment.Position).ToList();
        if (when.Version is < 1 || when.Version > known.Count) return null;
        var history = when.Version is { } version ? known[..(int)version] : known;
        var next = history.Count < known.Count ? known[history.Count] : null;
        return _kinds.First(kind => kind.Type == typeof(T)).Fold(id, history, moment?.EffectiveBy) is T record
            ? new(record, moment?.Day ?? (next is null ? clock.Today() : Recording.DayOf(next.Timestamp)), moment?.Position ?? (next?.Sequence - 1))
            : null;
    }

    /// <summary>The place of a question, which its answer names.</summary>
    internal async Task<Moment> Find(AsOf asOf, CancellationToken ct)
    {
        var (highWater, _) = await pages.HighWaterMark(ct);
        // What follows the daemon's mark without a hole is committed too: who logs something and asks at once finds it.
        await using var command = database.CreateCommand($"""
            with following as (select seq_id, row_number() over (order by seq_id) as nth from {service.Schema}.mt_events where seq_id > $1)
            select seq_id, timestamp from {service.Schema}.mt_events
            where seq_id <= least($2, (select coalesce(max(seq_id), $1) from following where seq_id = $1 + nth)) and type <> 'tombstone' and ($3::timestamptz is null or timestamp <= $3)
            order by seq_id desc limit 1
            """);
        command.Parameters.Add(new() { Value = highWater });
        command.Parameters.Add(new() { Value = asOf.Position ?? long.MaxValue });
        command.Parameters.Add(new() { Value = (object?)asOf.KnownAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var row = await command.ExecuteReaderAsync(ct);
        var (position, at) = await row.ReadAsync(ct) ? (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)) : (0, DateTimeOffset.UnixEpoch);
        if (http.HttpContext is { } context) context.Response.Headers[Header] = $"{service.Source}={position}";
        return new(position, asOf.EffectiveBy, asOf.EffectiveBy ?? (asOf is { Position: null, KnownAt: null } ? clock.Today() : Recording.DayOf(asOf.KnownAt ?? at)));
    }

    /// <summary>Brings the documents of then that a statement reads, into tables of the connection's transaction, and gives the statement that reads them.</summary>
    internal async Task<Func<string, string>> Bring(NpgsqlConnection connection, Moment moment, string statement, CancellationToken ct)
    {
        var asked = _kinds.Where(kind => kind.Named.IsMatch(statement)).ToList();
        var documents = await Documents(moment, ct);
        foreach (var kind in asked)
        {
            await Run($"create temporary table {kind.Temporary} (id uuid primary key, data jsonb not null{(kind.Columns is { } further ? $", {further}" : "")}) on commit drop");
            await using (var copy = await connection.BeginBinaryImportAsync($"copy {kind.Temporary} (id, data) from stdin (format binary)", ct))
            {
                foreach (var (id, data) in documents[kind])
                {
                    await copy.StartRowAsync(ct);
                    await copy.WriteAsync(id, ct);
                    await copy.WriteAsync(data, NpgsqlDbType.Jsonb, ct);
                }
                await copy.CompleteAsync(ct);
            }
            await Run($"analyze {kind.Temporary}");
        }
        return text => asked.Aggregate(text, (statement, kind) => kind.Named.Replace(statement, kind.Temporary));

        async Task Run(string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task<IReadOnlyDictionary<Remembered, IReadOnlyList<(Guid Id, string Data)>>> Documents(Moment moment, CancellationToken ct)
    {
        var key = (moment.Position, moment.EffectiveBy);
        // One at a time: who turns a page of the past waits for it to be made once.
        await _making.WaitAsync(ct);
        try
        {
            if (_made.Get<IReadOnlyDictionary<Remembered, IReadOnlyList<(Guid, string)>>>(key) is { } kept) return kept;
            var made = await Make(moment, ct);
            return _made.Set(key, made, new MemoryCacheEntryOptions { Size = made.Values.Sum(each => each.Count) + 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task<IReadOnlyDictionary<Remembered, IReadOnlyList<(Guid Id, string Data)>>> Make(Moment moment, CancellationToken ct)
    {
        var histories = _kinds.ToDictionary(kind => kind, _ => new Dictionary<Guid, List<IEvent>>());
        await using var session = store.QuerySession();
        for (var after = 0L; ;)
        {
            var from = after;
            var read = await session.Events.QueryAllRawEvents().Where(told => told.Sequence > from && told.Sequence <= moment.Position).OrderBy(told => told.Sequence).Take(Page).ToListAsync(ct);
            foreach (var told in read)
            {
                foreach (var (kind, records) in histories)
                {
                    if (kind.IdOf(told) is not { } id) continue;
                    if (records.TryGetValue(id, out var history)) history.Add(told);
                    else records[id] = [told];
                }
            }
            if (read.Count < Page) break;
            after = read[^1].Sequence;
        }
        var serializer = store.Options.Serializer();
        return histories.ToDictionary(
            each => each.Key,
            each => (IReadOnlyList<(Guid, string)>)[.. each.Value.Select(record => (record.Key, Data: each.Key.Fold(record.Key, record.Value, moment.EffectiveBy))).Where(record => record.Data is not null).Select(record => (record.Key, serializer.ToJson(record.Data!)))]);
    }

    public void Dispose()
    {
        _made.Dispose();
        _making.Dispose();
    }
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
