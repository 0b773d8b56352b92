using Npgsql;

namespace Luodi.Audit.Reconciling;

/// <summary>How the comparisons so far ended.</summary>
/// <param name="First">When the first of all began; null where there was none yet.</param>
/// <param name="Whole">When the last one that had no problem began.</param>
/// <param name="Ended">When the last one ended, however it did.</param>
/// <param name="Findings">Of the last one that had no problem, or found something all the same.</param>
public sealed record EarlierRuns(DateTimeOffset? First, DateTimeOffset? Whole, DateTimeOffset? Ended, int Findings)
{
    // What kept one from its end is seldom mended in a minute, and one asks all services for all they have.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    public static async Task<EarlierRuns> Read(NpgsqlDataSource store, CancellationToken ct)
    {
        await using var command = store.CreateCommand("""
            select min(started_at), max(started_at) filter (where problem is null), max(finished_at),
              (select findings from audit.reconciliation where problem is null or findings > 0 order by started_at desc limit 1)
            from audit.reconciliation
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new(At(0), At(1), At(2), row.IsDBNull(3) ? 0 : row.GetInt32(3));

        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>It is time for one: one that was kept from its end is none, and is tried again after a while.</summary>
    public bool Due(DateTimeOffset now, TimeSpan every) => !(now - Whole <= every) && !(now - Ended <= (Again < every ? Again : every));

    /// <summary>What is wrong; null while all is well. That there was none while Audit itself was stopped is no trouble with comparing: one is due then, and starting does not wait for it.</summary>
    public string? Problem(DateTimeOffset now, TimeSpan every) =>
        Findings > 0 ? $"stores, journal and log differ in {Findings} places"
        : now - (Whole ?? First) > 2 * every && now - Ended <= every ? $"stores, journal and log were not compared to the end since {Whole ?? First:u}"
        : null;
}
