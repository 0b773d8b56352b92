using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Erasing;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>
/// <c>dotnet Luodi.Reporting.dll rebuild</c>: makes the ledger anew from the journal, beside the one that is read, while the service serves and hears on; compares both, names what differs, and switches.
/// <c>verify</c> does the same without switching, and ends with exit code 1 where a row differs.
/// </summary>
internal static class RebuildLedger
{
    private const string Schema = LedgerTables.Schema;
    private const int Switches = 200;

    // Shorter than the deadlock check of the server: a reader never is the one that is given up.
    private const string LockTimeout = "300ms";

    private static readonly TimeSpan BetweenSwitches = TimeSpan.FromMilliseconds(250);

    public static Task Run(IServiceProvider services, CancellationToken ct) => Run(services, "rebuild", compares: true, switches: true, ct);

    public static Task Verify(IServiceProvider services, CancellationToken ct) => Run(services, "verify", compares: true, switches: false, ct);

    /// <summary>Part of <c>migrate</c>: a ledger of another shape is made anew in its present one. Two of different shapes are not compared.</summary>
    public static async Task RunWhereOlder(IServiceProvider services, CancellationToken ct)
    {
        await using var older = services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"select exists (select from {Schema}.ledger_head where shape <> {LedgerTables.Shape})");
        if (await older.ExecuteScalarAsync(ct) is true) await Run(services, "migrate", compares: false, switches: true, ct);
    }

    /// <summary>
    /// Part of <c>erase</c>: what is made of the journal is made anew of what remains in it. Documents differ by the texts; postings and sums hang on no text that may go, and where they differ nothing is switched.
    /// </summary>
    public static Task RunAfterErasing(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<EraseVerb>().Pending ? Run(services, EraseVerb.Name, compares: true, switches: true, ct, refuses: true) : Task.CompletedTask;

    private static async Task Run(IServiceProvider services, string verb, bool compares, bool switches, CancellationToken ct, bool refuses = false)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using var alone = await database.OpenConnectionAsync(ct);
        if (!await One<bool>(alone, "select pg_try_advisory_lock(hashtext('luodi rebuild'))", ct)) throw new InvalidOperationException("Another rebuild or verify is under way.");
        var progress = new RebuildProgress(alone, verb);
        await using (var beside = await LedgerBeside.Begin(services, await SealedTo(alone, ct), ct))
        {
            await progress.Begin(ct);
            Task Tell() => progress.Tell(beside.Done, ct);
            await beside.CatchUp(Tell, ct);
            await beside.Seal(await SealedTo(alone, ct), ct);
            if (compares)
            {
                var (count, first) = await Compare(database, beside, Tell, documents: !refuses, ct);
                progress.Found(count, first);
                if (count > 0 && refuses)
                {
                    await progress.End(false, ct);
                    throw new InvalidOperationException($"{count} rows of postings and sums differ from what follows from the journal, and none of them hangs on a text: nothing was switched. Find out why, then erase again.");
                }
                if (count > 0 && !switches) Environment.ExitCode = 1;
            }
            if (switches) await Switch(database, beside, Tell, ct);
            await progress.End(switches, ct);
        }
        await LedgerBeside.Drop(database, ct);
    }

    private static async Task<(long, IReadOnlyList<Difference>)> Compare(NpgsqlDataSource database, LedgerBeside beside, Func<Task> tell, bool documents, CancellationToken ct)
    {
        await using var comparing = await database.OpenConnectionAsync(ct);
        await using var snapshot = await comparing.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using (var writing = await database.OpenConnectionAsync(ct))
        {
            // Whoever writes or seals waits until both stand at the same place, and no longer: what is compared is a snapshot of that moment.
            await using var held = await writing.BeginTransactionAsync(ct);
            var sealedTo = await SealedTo(writing, ct, "for update");
            await One<long?>(writing, $"select position from {Schema}.ledger_head for update", ct);
            await beside.CatchUp(tell, ct);
            await beside.Seal(sealedTo, ct);
            await One<int>(comparing, "select 1", ct);
        }
        return await LedgerComparison.Compare(database, comparing, documents, ct);
    }

    private static async Task Switch(NpgsqlDataSource database, LedgerBeside beside, Func<Task> tell, CancellationToken ct)
    {
        for (var nth = 1; ; nth++)
        {
            await beside.CatchUp(tell, ct);
            try
            {
                await SwitchNow(database, beside, tell, ct);
                return;
            }
            // Readers and writers go first: nothing has happened, and it is tried again.
            catch (PostgresException busy) when (nth < Switches && busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(BetweenSwitches, ct);
            }
        }
    }

    private static async Task SwitchNow(NpgsqlDataSource database, LedgerBeside beside, Func<Task> tell, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var tables = await LedgerComparison.Tables(connection, ct);
        await Do(connection, $"set local lock_timeout = '{LockTimeout}'; lock table {string.Join(", ", tables.Select(table => $"{Schema}.{table}"))} in access exclusive mode", ct);
        // Of the moment since it caught up last: nobody writes any more.
        await beside.CatchUp(tell, ct);
        await Do(connection, string.Join('\n', tables.Select(table => $"drop table {Schema}.{table}; alter table {LedgerTables.Beside}.{table} set schema {Schema};")), ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<long> SealedTo(NpgsqlConnection connection, CancellationToken ct, string held = "") => await One<long?>(connection, $"select position from {Schema}.ledger_sealed {held}", ct) ?? 0;

    internal static async Task<T?> One<T>(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    internal static async Task Do(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
