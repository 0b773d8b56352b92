using System.Data.Common;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Recall;
using Marten;
using Npgsql;

namespace Luodi.ServiceDefaults.Lists;

/// <summary>A part of a list.</summary>
/// <param name="Total">How long the whole list is, as far as it was counted.</param>
/// <param name="More">Something comes after this part.</param>
/// <param name="Next">Where the part after this one begins; null where nothing comes.</param>
/// <param name="TotalAtLeast">It is longer than it was counted.</param>
public sealed record Part<T>(IReadOnlyList<T> Items, long Total, bool More, int? Next, bool TotalAtLeast = false);

/// <summary>Reads rows of this service's documents by SQL, where a query asks for what LINQ has no words for.</summary>
/// <param name="then">Where in the history they are read; null for as they stand.</param>
public sealed class Rows(NpgsqlDataSource database, IDocumentStore store, Pasts pasts, TimeProvider clock, Moment? then = null)
{
    /// <summary>The longest part of a list that is given at once.</summary>
    public const int Limit = 200;

    /// <summary>How far a list is counted that may have a million rows: what makes it longer is of no use to a reader and takes longer than all the rest.</summary>
    public const int CountedTo = 5_000;

    /// <summary>The same of what somebody looks for by a word, who narrows it down rather than turn twenty pages.</summary>
    public const int FoundCountedTo = 300;

    /// <summary>The rows as they were known, and as they hold. Where nothing is asked these ones.</summary>
    public async Task<Rows> At(AsOf asOf, CancellationToken ct) => asOf.IsNow ? this : new(database, store, pasts, clock, await pasts.Find(asOf, ct));

    /// <summary>The bureau's day by which terms are told.</summary>
    public DateOnly Today => then?.Day ?? clock.Today();

    /// <summary>They are of an earlier time, or of what holds by a day.</summary>
    public bool OfThePast => then is not null;

    /// <param name="columns">What <paramref name="read"/> takes, from 0 on.</param>
    /// <param name="after">Where the part begins; it belongs to the place in the list and does not make the list shorter. None where its value is null.</param>
    public async Task<Part<T>> Part<T>(string columns, string from, Conditions where, string order, int skip, int limit, Func<DbDataReader, T> read, CancellationToken ct, (string Condition, object? Value) after = default, int? countTo = null)
    {
        var (size, begin) = (Math.Clamp(limit, 1, Limit), Math.Max(skip, 0));
        var (total, bound) = (countTo is null ? $"select count(*) from {from} where {where.Text}" : $"select count(*) from (select 1 from {from} where {where.Text} limit {countTo + 1}) counted", where.Parameters.ToList());
        if (after is { Condition: not null, Value: not null }) where = where.And(after.Condition, after.Value);
        return await Read($"select {columns} from {from} where {where.Text} order by {order} offset {begin} limit {size + 1}", async (connection, items) =>
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(items.Of(total)), new(items.Text) } };
            foreach (var parameter in bound) batch.BatchCommands[0].Parameters.Add(parameter);
            where.BindTo(batch.BatchCommands[1].Parameters);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var count = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            var found = await All(reader, read, ct);
            return new Part<T>([.. found.Take(size)], Math.Min(count, countTo ?? count), found.Count > size, found.Count > size ? begin + size : null, count > countTo);
        }, ct);
    }

    public Task<long> Count(string from, Conditions where, CancellationToken ct) => Read($"select count(*) from {from} where {where.Text}", async (connection, statement) =>
    {
        await using var command = new NpgsqlCommand(statement.Text, connection);
        where.BindTo(command.Parameters);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }, ct);

    /// <summary>All of a list, for a file.</summary>
    public Task<IReadOnlyList<T>> All<T>(string columns, string from, Conditions where, string order, Func<DbDataReader, T> read, CancellationToken ct) =>
        Read($"select {columns} from {from} where {where.Text} order by {order}", async (connection, statement) =>
        {
            await using var command = new NpgsqlCommand(statement.Text, connection);
            where.BindTo(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await All(reader, read, ct);
        }, ct);

    /// <summary>A document, as its store wrote it.</summary>
    public T Document<T>(DbDataReader row, int column) => store.Options.Serializer().FromJson<T>(row, column);

    private static async Task<IReadOnlyList<T>> All<T>(DbDataReader reader, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var items = new List<T>();
        while (await reader.ReadAsync(ct)) items.Add(read(reader));
        return items;
    }

    private sealed record Statement(string Text, Func<string, string> Of);

    private async Task<T> Read<T>(string text, Func<NpgsqlConnection, Statement, Task<T>> read, CancellationToken ct)
    {
        var documents = then is null ? null : await pasts.Of(then, text, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        if (documents is null) return await read(connection, new(text, same => same));
        // The documents of then go with it.
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await documents.Into(connection, ct);
        return await read(connection, new(documents.Statement(text), documents.Statement));
    }
}
