using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;
using Npgsql;

namespace Luodi.Audit.Log;

/// <summary>An entry as it is kept.</summary>
/// <param name="Index">Its place in the log, from 0.</param>
/// <param name="Header">The entry: the event's canonical header.</param>
/// <param name="Payload">The canonical bytes of what the event says; null where they were erased by law.</param>
public sealed record LogEntry(long Index, Guid EventId, string Source, long Sequence, DateTimeOffset HeardAt, byte[] Header, byte[]? Payload)
{
    internal const string Columns = "index, event_id, source, sequence, heard_at, header, payload";

    internal static LogEntry Of(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<byte[]>(5), row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6));
}

/// <summary>A checkpoint as it was signed.</summary>
/// <param name="Note">With the cosignatures that came in.</param>
/// <param name="Cosigned">By how many witnesses.</param>
public sealed record SignedCheckpoint(long Size, DateTimeOffset SignedAt, string Note, int Cosigned)
{
    internal static SignedCheckpoint Of(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetInt32(3));

    /// <summary>The text that was signed.</summary>
    public Checkpoint Read() => Checkpoint.Parse(ReadNote().Text);

    /// <summary>As it is kept: nothing is verified.</summary>
    public Note ReadNote() => Proof.Notes.Note.Parse(System.Text.Encoding.UTF8.GetBytes(Note));
}

/// <summary>Reads the log: entries, tiles, checkpoints, and proofs computed from tiles.</summary>
public sealed class LogReader(NpgsqlDataSource store)
{
    /// <summary>How many entries the log has; the newest checkpoint may have fewer.</summary>
    public async Task<long> Size(CancellationToken ct)
    {
        await using var command = store.CreateCommand("select coalesce((select size from audit.log_head), 0)");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<LogEntry?> Entry(Guid eventId, CancellationToken ct)
    {
        await using var command = store.CreateCommand($"select {LogEntry.Columns} from audit.log_entry where event_id = $1 order by index limit 1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        return await Entries(command, ct) is [var entry] ? entry : null;
    }

    /// <summary>The entries of these events, those that there are.</summary>
    public async Task<IReadOnlyList<LogEntry>> Entries(IReadOnlyList<Guid> eventIds, CancellationToken ct)
    {
        await using var command = store.CreateCommand($"select {LogEntry.Columns} from audit.log_entry where event_id = any($1)");
        command.Parameters.Add(new() { Value = eventIds.ToArray() });
        return await Entries(command, ct);
    }

    /// <summary>The entries about these records, and those of these types: of each source up to a place of its store.</summary>
    /// <param name="upTo">Where it is null, those about the records up to now, and none of the types.</param>
    public async Task<IReadOnlyList<LogEntry>> Entries(IReadOnlyList<Guid> subjects, IReadOnlyList<string> types, IReadOnlyDictionary<string, long>? upTo, int count, CancellationToken ct)
    {
        if (subjects.Count + types.Count == 0) return [];
        var which = upTo is null
            ? "where subject = any($1) and $2::text[] is not null"
            // A header is canonical JSON, and says of what type its event is.
            : "join unnest($4::text[], $5::bigint[]) place(of_source, last) on of_source = source and sequence <= last where subject = any($1) or (cardinality($2::text[]) > 0 and convert_from(header, 'UTF8')::json->>'type' = any($2))";
        await using var command = store.CreateCommand($"select {LogEntry.Columns} from audit.log_entry {which} order by index limit $3");
        command.Parameters.Add(new() { Value = subjects.ToArray() });
        command.Parameters.Add(new() { Value = types.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        if (upTo is not null)
        {
            command.Parameters.Add(new() { Value = upTo.Keys.ToArray() });
            command.Parameters.Add(new() { Value = upTo.Values.ToArray() });
        }
        return await Entries(command, ct);
    }

    /// <summary>The index of the last of these places; null where one of them is not in the log, and -1 where none is named.</summary>
    public async Task<long?> Reached(IReadOnlyDictionary<string, long>? places, CancellationToken ct)
    {
        if (places is not { Count: > 0 }) return -1;
        if (places.Keys.Any(source => source.Contains('\0'))) return null;
        await using var command = store.CreateCommand("select count(*), max(index) from audit.log_entry join unnest($1::text[], $2::bigint[]) place(of_source, at) on of_source = source and at = sequence");
        command.Parameters.Add(new() { Value = places.Keys.ToArray() });
        command.Parameters.Add(new() { Value = places.Values.ToArray() });
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return row.GetInt64(0) == places.Count ? row.GetInt64(1) : null;
    }

    /// <summary>Entries from this one on.</summary>
    public async Task<IReadOnlyList<LogEntry>> Entries(long from, int count, CancellationToken ct)
    {
        await using var command = store.CreateCommand($"select {LogEntry.Columns} from audit.log_entry where index >= $1 and index < $2 order by index");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from + count });
        return await Entries(command, ct);
    }

    /// <summary>The entries of one source after a place of its store.</summary>
    public async Task<IReadOnlyList<LogEntry>> OfSource(string source, long after, int count, CancellationToken ct)
    {
        await using var command = store.CreateCommand($"select {LogEntry.Columns} from audit.log_entry where source = $1 and sequence > $2 order by sequence limit $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        return await Entries(command, ct);
    }

    /// <summary>All checkpoints from this size on, the smallest first.</summary>
    public Task<IReadOnlyList<SignedCheckpoint>> CheckpointsAfter(long size, int count, CancellationToken ct) =>
        Checkpoints("where size > $1 order by size limit $2", [new NpgsqlParameter<long> { TypedValue = size }, new NpgsqlParameter<int> { TypedValue = count }], ct);

    /// <summary>The newest checkpoint; null before the first.</summary>
    public Task<SignedCheckpoint?> Newest(CancellationToken ct) => One("order by size desc limit 1", [], ct);

    /// <summary>The newest checkpoint of a log that has more entries than this; one with cosignatures where there is one.</summary>
    public Task<SignedCheckpoint?> Covering(long index, CancellationToken ct) =>
        One("where size > $1 order by cosigned > 0 desc, size desc limit 1", [new NpgsqlParameter<long> { TypedValue = index }], ct);

    /// <summary>The checkpoint of exactly this size.</summary>
    public Task<SignedCheckpoint?> Checkpoint(long size, CancellationToken ct) => One("where size = $1", [new NpgsqlParameter<long> { TypedValue = size }], ct);

    /// <summary>The last checkpoint of each day of the bureau, the newest first.</summary>
    /// <param name="cosigned">By so many witnesses at least.</param>
    public Task<IReadOnlyList<SignedCheckpoint>> Daily(int days, CancellationToken ct, int cosigned = 0) => Checkpoints(
        "where size in (select max(size) from audit.log_checkpoint where cosigned >= $2 group by (signed_at at time zone 'Asia/Shanghai')::date order by 1 desc limit $1) order by size desc",
        [new NpgsqlParameter<int> { TypedValue = days }, new NpgsqlParameter<int> { TypedValue = cosigned }], ct);

    /// <summary>The hashes of a proof.</summary>
    public async Task<IReadOnlyList<Digest>> Compute(ProofPlan plan, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return plan.Compute(await Tiles(connection, plan.Tiles(), ct));
    }

    /// <summary>The root of the tree of the first so many entries.</summary>
    public async Task<Digest> Root(long size, CancellationToken ct) => size == 0 ? MerkleTree.EmptyRoot : (await Compute(ProofPlan.Root(size), ct))[0];

    /// <summary>Tiles of hashes as they are served; those that the log does not reach are left out.</summary>
    public async Task<IReadOnlyList<Tile>> Tiles(IReadOnlyList<TileName> names, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await Tiles(connection, names, ct);
    }

    /// <summary>Tiles as they were when they were this wide; those that the log does not reach are left out.</summary>
    internal static async Task<IReadOnlyList<Tile>> Tiles(NpgsqlConnection connection, IEnumerable<TileName> names, CancellationToken ct)
    {
        var wanted = names.ToList();
        if (wanted.Count == 0) return [];
        await using var command = new NpgsqlCommand("select level, index, hashes from audit.log_tile where (level, index) in (select * from unnest($1::smallint[], $2::bigint[]))", connection)
        {
            Parameters = { new() { Value = wanted.Select(name => (short)name.Level!.Value).ToArray() }, new() { Value = wanted.Select(name => name.Index).ToArray() } },
        };
        var kept = new Dictionary<(int?, long), byte[]>();
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct)) kept[(row.GetInt16(0), row.GetInt64(1))] = row.GetFieldValue<byte[]>(2);
        }
        return [.. wanted.Where(name => kept.TryGetValue((name.Level, name.Index), out var hashes) && hashes.Length >= name.Width * Digest.Length)
            .Select(name => Tile.Read(name, kept[(name.Level, name.Index)].AsSpan(0, name.Width * Digest.Length)))];
    }

    private static async Task<IReadOnlyList<LogEntry>> Entries(NpgsqlCommand command, CancellationToken ct)
    {
        var entries = new List<LogEntry>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) entries.Add(LogEntry.Of(row));
        return entries;
    }

    private async Task<SignedCheckpoint?> One(string which, NpgsqlParameter[] values, CancellationToken ct) => await Checkpoints(which, values, ct) is [var checkpoint] ? checkpoint : null;

    private async Task<IReadOnlyList<SignedCheckpoint>> Checkpoints(string which, NpgsqlParameter[] values, CancellationToken ct)
    {
        await using var command = store.CreateCommand($"select size, signed_at, note, cosigned from audit.log_checkpoint {which}");
        command.Parameters.AddRange(values);
        var checkpoints = new List<SignedCheckpoint>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) checkpoints.Add(SignedCheckpoint.Of(row));
        return checkpoints;
    }
}
