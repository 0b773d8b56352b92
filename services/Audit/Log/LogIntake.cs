using Luodi.Contracts.Wire;
using Luodi.Proof;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Intake;
using Npgsql;
using NpgsqlTypes;

namespace Luodi.Audit.Log;

/// <summary>
/// Hears everything and appends it to the log: entry, payload and tree in the transaction that moves the head, so that none of them is ahead of the others.
/// An event that is no entry (its header is too long for a bundle) stops its source: a log that lacks an event proves nothing about it.
/// </summary>
public sealed class LogIntake(TimeProvider clock) : IHear
{
    /// <summary>Audit hears itself too: what happened to the log stands in the log.</summary>
    public static IReadOnlyList<string> Services { get; } = ["signings", "projects", "funds", "portal", "reporting", "audit"];

    public static bool StopsAtFailure => true;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        var connection = transaction.Connection;
        var size = await Lock(connection, ct);
        var edge = TileEdge.Of(size, await LogReader.Tiles(connection, TileName.Unfinished(size), ct));
        var entries = events.Select(heard => (Heard: heard, Header: EventLeaf.Entry(heard))).ToList();
        await using (var copy = await connection.BeginBinaryImportAsync("copy audit.log_entry (index, source, sequence, event_id, subject, heard_at, header, payload) from stdin (format binary)", ct))
        {
            foreach (var (at, (heard, header)) in entries.Index())
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(size + at, ct);
                await copy.WriteAsync(heard.Source, ct);
                await copy.WriteAsync(heard.Sequence, ct);
                await copy.WriteAsync(heard.Id, ct);
                await copy.WriteAsync(Guid.Parse(heard.Subject), ct);
                await copy.WriteAsync(clock.GetUtcNow().UtcDateTime, ct);
                await copy.WriteAsync(header, ct);
                await copy.WriteAsync(EventLeaf.Payload(heard), ct);
            }
            await copy.CompleteAsync(ct);
        }
        var (grown, written) = edge.Append(entries.Select(entry => MerkleTree.Leaf(entry.Header)));
        await using var save = new NpgsqlCommand("""
            with tiles as (
              insert into audit.log_tile (level, index, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
              on conflict (level, index) do update set hashes = excluded.hashes)
            update audit.log_head set size = $4
            """, connection)
        {
            Parameters =
            {
                new() { Value = written.Select(tile => (short)tile.Name.Level!.Value).ToArray() },
                new() { Value = written.Select(tile => tile.Name.Index).ToArray() },
                new() { Value = written.Select(tile => tile.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = grown.Size },
            },
        };
        await save.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> Lock(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into audit.log_head (one, size) values (true, 0) on conflict (one) do update set one = true returning size", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
