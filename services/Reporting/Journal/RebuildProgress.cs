using System.Diagnostics;
using System.Globalization;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Identity;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>How far making the ledger anew has come: on the console, and for <c>GET /api/reporting/rebuild</c>.</summary>
internal sealed class RebuildProgress(NpgsqlConnection connection, string verb)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private long _total;
    private long _differences;
    private long _told = Stopwatch.GetTimestamp();

    public async Task Begin(CancellationToken ct)
    {
        _total = await Entries(ct);
        await Write("""
            insert into reporting.ledger_rebuild (one, verb, began_at, told_at, done, total, switched) values (true, $1, now(), now(), 0, $2, false)
            on conflict (one) do update set verb = $1, began_at = now(), told_at = now(), ended_at = null, done = 0, total = $2, differences = null, switched = false
            """, ct, verb, _total);
        Say($"{verb}: {_total} entries of the journal");
    }

    public async Task Tell(long done, CancellationToken ct)
    {
        // The service hears on meanwhile.
        if (done > _total) _total = await Entries(ct);
        await Write("update reporting.ledger_rebuild set told_at = now(), done = $1, total = $2", ct, done, _total);
        if (Stopwatch.GetElapsedTime(_told) < BetweenLines) return;
        _told = Stopwatch.GetTimestamp();
        Say(string.Create(CultureInfo.InvariantCulture, $"{verb}: {done} of {_total}"));
    }

    public void Found(long count, IReadOnlyList<Difference> first)
    {
        _differences = count;
        Say(count == 0 ? $"{verb}: equal, row by row" : $"{verb}: {count} rows differ from what the journal gives");
        foreach (var difference in first) Say($"  {difference}");
    }

    public async Task End(bool switched, CancellationToken ct)
    {
        await Write("update reporting.ledger_rebuild set told_at = now(), ended_at = now(), differences = $1, switched = $2", ct, _differences, switched);
        if (switched) Say($"{verb}: the ledger made anew is in its place");
    }

    private async Task<long> Entries(CancellationToken ct) => await RebuildLedger.One<long>(connection, $"select count(*) from {LedgerTables.Schema}.mt_events where type = '{Journaled.Name}'", ct);

    private async Task Write(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Say(string line) => Console.WriteLine(line);
}

/// <summary>Making the ledger anew, or comparing it: under way, or the last time.</summary>
/// <param name="Verb">rebuild, verify or migrate.</param>
/// <param name="ToldAt">When it last said how far it was: one that stopped says nothing any more.</param>
/// <param name="EndedAt">Null while it is under way.</param>
/// <param name="Done">So many entries of the journal are posted.</param>
/// <param name="Differences">Rows that differed from what the journal gives; null as long as it has not compared.</param>
/// <param name="Switched">The ledger that was made is the one that is read.</param>
public sealed record Rebuild(string Verb, DateTimeOffset BeganAt, DateTimeOffset ToldAt, DateTimeOffset? EndedAt, long Done, long Total, long? Differences, bool Switched);

public static class ReadRebuildFeature
{
    public static void MapReadRebuild(this IEndpointRouteBuilder api) => api
        .MapGet("rebuild", async (NpgsqlDataSource store, CancellationToken ct) =>
        {
            await using var command = store.CreateCommand("select verb, began_at, told_at, ended_at, done, total, differences, switched from reporting.ledger_rebuild");
            await using var row = await command.ExecuteReaderAsync(ct);
            return await row.ReadAsync(ct)
                ? Results.Ok(new
                {
                    last = new Rebuild(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3),
                        row.GetInt64(4), row.GetInt64(5), row.IsDBNull(6) ? null : row.GetInt64(6), row.GetBoolean(7)),
                })
                : Results.Ok(new { last = (Rebuild?)null });
        })
        .WithTags("Journal")
        .WithSummary("How far making the ledger anew has come (`rebuild`, `verify`), or how the last one ended")
        .RequireAuthorization(Policies.Feed);
}
