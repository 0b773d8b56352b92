using System.Text.Json;
using Luodi.Reporting.Ledger;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>A row in which the ledger that is read differs from the one that the journal gives.</summary>
/// <param name="Row">Its table and key.</param>
/// <param name="Kind"><c>changed</c>, <c>missing</c> or <c>inserted</c>.</param>
/// <param name="What">Of a changed one: what stands there, and what follows from the journal.</param>
internal sealed record Difference(string Row, string Kind, string What)
{
    public override string ToString() => What.Length > 0 ? $"{Kind} {Row}: {What}" : $"{Kind} {Row}";
}

/// <summary>Compares both ledgers row by row: postings, accounts, the head, and the sealed sums.</summary>
internal static class LedgerComparison
{
    private const int MostNamed = 20;
    private const int MostShown = 120;

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["posting"] = "position",
        ["ledger_head"] = "one",
        ["ledger_sealed"] = "one",
        ["ledger_series"] = "series",
        ["ledger_sum"] = "dims, series, segment, bucket, first, second",
    };

    // Of a document: when it was written, and by which version of the program, is not of the journal.
    private static readonly string[] NotOfTheJournal = ["mt_last_modified", "mt_version", "mt_dotnet_type"];

    /// <returns>How many rows differ, and the first of them.</returns>
    /// <param name="connection">In a snapshot in which both ledgers stand at the same place.</param>
    /// <param name="documents">Also the accounts, or the rest alone.</param>
    public static async Task<(long Count, IReadOnlyList<Difference> First)> Compare(NpgsqlDataSource database, NpgsqlConnection connection, bool documents, CancellationToken ct)
    {
        // Half of the work on another connection, in the same snapshot.
        await using var other = await database.OpenConnectionAsync(ct);
        await using var same = await other.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await RebuildLedger.Do(other, $"set transaction snapshot '{await RebuildLedger.One<string>(connection, "select pg_export_snapshot()", ct)}'", ct);
        // Sums last: where a posting differs, dozens of them do, and what is named first is what they follow from.
        var tables = (await Tables(connection, ct)).Where(table => documents || !table.StartsWith("mt_", StringComparison.Ordinal)).OrderBy(table => table is "ledger_series" or "ledger_sum").ToLookup(table => table is "posting");
        var found = await Task.WhenAll(Compare(connection, tables[true], ct), Compare(other, tables[false], ct));
        return (found.Sum(each => each.Count), [.. found.SelectMany(each => each.First).Take(MostNamed)]);
    }

    private static async Task<(long Count, IReadOnlyList<Difference> First)> Compare(NpgsqlConnection connection, IEnumerable<string> tables, CancellationToken ct)
    {
        var (count, first) = (0L, new List<Difference>());
        foreach (var table in tables)
        {
            var key = Keys.GetValueOrDefault(table, "id");
            var columns = await Columns(connection, table, ct);
            string Row(string alias) => $"row({string.Join(", ", columns.Select(column => $"{alias}.{column}"))})";
            await using var compare = new NpgsqlCommand($"""
                select count(*) over (), concat_ws(' ', {key}),
                  case when k.tableoid is not null then to_jsonb(k)::text end, case when b.tableoid is not null then to_jsonb(b)::text end
                from {LedgerTables.Schema}.{table} k full join {LedgerTables.Beside}.{table} b using ({key})
                where k.tableoid is null or b.tableoid is null or {Row("k")} is distinct from {Row("b")}
                order by {key} limit {MostNamed}
                """, connection) { CommandTimeout = 0 };
            await using var row = await compare.ExecuteReaderAsync(ct);
            for (var nth = 0; await row.ReadAsync(ct); nth++)
            {
                if (nth == 0) count += row.GetInt64(0);
                if (first.Count < MostNamed) first.Add(Of($"{table} {row.GetString(1)}", Text(row, 2), Text(row, 3)));
            }
        }
        return (count, first);
    }

    /// <summary>All tables of a ledger; first those whose locks are taken first.</summary>
    public static async Task<IReadOnlyList<string>> Tables(NpgsqlConnection connection, CancellationToken ct) => await Names(
        connection, $"select tablename from pg_tables where schemaname = '{LedgerTables.Beside}' order by tablename <> 'ledger_sealed', tablename <> 'ledger_head', tablename <> 'posting', tablename", ct);

    private static async Task<List<string>> Columns(NpgsqlConnection connection, string table, CancellationToken ct) =>
        [.. (await Names(connection, $"select column_name from information_schema.columns where table_schema = '{LedgerTables.Beside}' and table_name = '{table}' order by 1", ct)).Except(NotOfTheJournal, StringComparer.Ordinal)];

    private static async Task<List<string>> Names(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        var names = new List<string>();
        while (await row.ReadAsync(ct)) names.Add(row.GetString(0));
        return names;
    }

    private static Difference Of(string row, string? kept, string? made)
    {
        if (kept is null) return new(row, "missing", "");
        if (made is null) return new(row, "inserted", "");
        var there = Parts(kept).DistinctBy(part => part.Name).ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        var changed = Parts(made).Where(part => there.GetValueOrDefault(part.Name) != part.Value).Select(part => $"{part.Name} {Short(there.GetValueOrDefault(part.Name) ?? "")} instead of {Short(part.Value)}");
        return new(row, "changed", string.Join(", ", changed));
    }

    // Of a document each of its members by itself.
    private static IEnumerable<(string Name, string Value)> Parts(string row) => JsonElement.Parse(row).EnumerateObject().Where(column => !NotOfTheJournal.Contains(column.Name))
        .SelectMany(column => column is { Name: "data", Value.ValueKind: JsonValueKind.Object } ? column.Value.EnumerateObject().Select(member => (member.Name, member.Value.GetRawText())) : [(column.Name, column.Value.GetRawText())]);

    private static string Short(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
