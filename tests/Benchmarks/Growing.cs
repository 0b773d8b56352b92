using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>Rows by the hundred thousand, as a service would have written them.</summary>
internal static class Growing
{
    /// <summary>In one transaction, without the table's indexes but the primary key, which are made anew after it.</summary>
    public static async Task Grow(NpgsqlDataSource store, string schema, string table, params string[] statements)
    {
        await using var connection = await store.OpenConnectionAsync();
        var indexes = new List<(string Name, string Text)>();
        await using (var find = new NpgsqlCommand("select indexname, indexdef from pg_indexes where schemaname = $1 and tablename = $2 and not exists (select from pg_constraint where conname = indexname)", connection) { Parameters = { new() { Value = schema }, new() { Value = table } } })
        {
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) indexes.Add((reader.GetString(0), reader.GetString(1)));
        }
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in indexes.Select(index => $"drop index {schema}.{index.Name}").Concat(statements).Concat(indexes.Select(index => index.Text)))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        await using var analyze = new NpgsqlCommand($"vacuum analyze {schema}.{table}", connection);
        await analyze.ExecuteNonQueryAsync();
    }
}
