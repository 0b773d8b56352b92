using System.Globalization;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Npgsql;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>
/// Reads committed events as they are stored, with their links. The relay and the feed both read here, so that the broker and
/// HTTP give the same bytes; nothing is deserialised on the way, so an old event needs no current code.
/// </summary>
public sealed class PageReader(ServiceIdentity service, NpgsqlDataSource store)
{
    /// <summary>A page is at most this many events.</summary>
    public const int PageSize = 500;

    // A failed DCB save leaves a 'tombstone' event that marks a burnt place and says nothing.
    private const string Columns = "seq_id, id, stream_id, type, timestamp, user_name, headers->>'reason', headers->>'effectiveon', correlation_id, causation_id, data, version";

    private readonly string _select = $"""
        select {Columns},
               coalesce((select p.seq_id from {service.Events}.mt_events p where p.seq_id <= $1 and p.type <> 'tombstone' order by p.seq_id desc limit 1), 0)
        from {service.Events}.mt_events
        where seq_id > $1 and seq_id <= $2 and type <> 'tombstone'
        order by seq_id limit $3
        """;

    private readonly string _latest = $"select * from (select {Columns} from {service.Events}.mt_events where stream_id = $1 and version < $2 order by version desc limit $3) newest order by version";
    private readonly string _history = $"select {Columns} from {service.Events}.mt_events where stream_id = $1 and version > $2 order by version limit $3";

    private readonly string _highWater = $"""
        select coalesce((select last_seq_id from {service.Events}.mt_event_progression where name = 'HighWaterMark'), 0),
               coalesce((select last_seq_id from {service.Events}.mt_event_progression where name = '{EventRelay.SubscriptionName}:All'), 0)
        """;

    /// <summary>Up to here every event is committed. Beyond it a lower place may still appear: places are not in commit order.</summary>
    /// <returns>That place, and the place up to which the relay has sent.</returns>
    public async Task<(long HighWater, long Relayed)> HighWaterMark(CancellationToken ct)
    {
        await using var command = store.CreateCommand(_highWater);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The events after <paramref name="after"/> up to <paramref name="upTo"/>, at most <paramref name="limit"/>; empty when there are none.</summary>
    public async Task<Page> Read(long after, long upTo, int limit, CancellationToken ct)
    {
        await using var command = store.CreateCommand(_select);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var events = new List<CloudEvent>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            events.Add(new CloudEvent
            {
                Id = reader.GetGuid(1),
                Source = service.Source,
                Type = reader.GetString(3),
                Subject = reader.GetGuid(2).ToString(),
                Time = reader.GetFieldValue<DateTimeOffset>(4),
                Sequence = reader.GetInt64(0),
                Previous = events.Count == 0 ? reader.GetInt64(12) : events[^1].Sequence,
                Actor = Text(reader, 5),
                Reason = Text(reader, 6),
                EffectiveOn = Text(reader, 7) is { } day ? Day(day) : null,
                CorrelationId = Text(reader, 8),
                CausationId = Text(reader, 9),
                Data = JsonElement.Parse(reader.GetString(10)),
            });
        }
        return new Page(events);
    }

    /// <summary>
    /// Where the store contradicts itself. A record's state is made of its events by their versions; versions go with the places, none is left out, none is put away,
    /// and the record's own row says the last.
    /// </summary>
    public async Task<IReadOnlyList<Oddity>> Oddities(CancellationToken ct)
    {
        await using var command = store.CreateCommand($"""
            with placed as (
              select seq_id, stream_id, version, is_archived, row_number() over (partition by stream_id order by seq_id) as nth, count(*) over (partition by stream_id) as of
              from {service.Events}.mt_events where type <> 'tombstone')
            select seq_id, stream_id, case when placed.is_archived or s.is_archived then '{Oddity.PutAway}' when placed.version <> nth then '{Oddity.VersionOutOfOrder}' else '{Oddity.RecordDisagrees}' end
            from placed left join {service.Events}.mt_streams s on s.id = stream_id
            where placed.is_archived or s.is_archived or placed.version <> nth or (nth = of and s.version is distinct from of)
            order by seq_id limit 1000
            """);
        command.CommandTimeout = 300;
        var oddities = new List<Oddity>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) oddities.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        return oddities;
    }

    /// <summary>What happened to one record, in order.</summary>
    public Task<IReadOnlyList<HistoryItem>> History(Guid id, long afterVersion, int limit, CancellationToken ct) => History(_history, id, afterVersion, limit, ct);

    /// <summary>The last of what happened to it before a version, in order.</summary>
    public Task<IReadOnlyList<HistoryItem>> Latest(Guid id, long beforeVersion, int limit, CancellationToken ct) => History(_latest, id, beforeVersion, limit, ct);

    private async Task<IReadOnlyList<HistoryItem>> History(string select, Guid id, long version, int limit, CancellationToken ct)
    {
        await using var command = store.CreateCommand(select);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var items = new List<HistoryItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            items.Add(new(
                reader.GetGuid(1), reader.GetInt64(0), reader.GetInt64(11), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4),
                Text(reader, 7) is { } day ? Day(day) : null, Text(reader, 5), Text(reader, 6), JsonElement.Parse(reader.GetString(10))));
        }
        return items;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <param name="Kind">What is odd about the row.</param>
public sealed record Oddity(long Sequence, Guid Subject, string Kind)
{
    /// <summary>The event is marked as put away: it no longer counts in its record.</summary>
    public const string PutAway = "put-away";

    /// <summary>Its version is not the one of its place.</summary>
    public const string VersionOutOfOrder = "version-out-of-order";

    /// <summary>The row of the record says another number of events than there are.</summary>
    public const string RecordDisagrees = "record-disagrees";
}

/// <summary>One event of a record: what, when recorded, since when it holds, who, why.</summary>
public sealed record HistoryItem(
    Guid EventId, long Sequence, long Version, string Type, DateTimeOffset RecordedAt, DateOnly? EffectiveOn, string? Actor, string? Reason, JsonElement Data);
