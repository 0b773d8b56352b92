using System.Data.Common;
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
public sealed class Rows(NpgsqlDataSource database, IDocumentStore store)
{
    /// <summary>The longest part of a list that is given at once.</summary>
    public const int Limit = 200;

    /// <summary>How far a list is counted that may have a million rows: what makes it longer is of no use to a reader and takes longer than all the rest.</summary>
    public const int CountedTo = 5_000;

    /// <summary>The same of what somebody looks for by a word, who narrows it down rather than turn twenty pages.</summary>
    public const int FoundCountedTo = 300;

    /// <param name="columns">What <paramref name="read"/> takes, from 0 on.</param>
    /// <param name="after">Where the part begins; it belongs to the place in the list and does not make the list shorter. None where its value is null.</param>
    public async Task<Part<T>> Part<T>(string columns, string from, Conditions where, string order, int skip, int limit, Func<DbDataReader, T> read, CancellationToken ct, (string Condition, object? Value) after = default, int? countTo = null)
    {
        var (size, begin) = (Math.Clamp(limit, 1, Limit), Math.Max(skip, 0));
        var total = Command(countTo is null ? $"select count(*) from {from} where {where.Text}" : $"select count(*) from (select 1 from {from} where {where.Text} limit {countTo + 1}) counted", where);
        if (after is { Condition: not null, Value: not null }) where = where.And(after.Condition, after.Value);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                total,
                Command($"select {columns} from {from} where {where.Text} order by {order} offset {begin} limit {size + 1}", where),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var count = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var items = new List<T>();
        while (await reader.ReadAsync(ct)) items.Add(read(reader));
        return new([.. items.Take(size)], Math.Min(count, countTo ?? count), items.Count > size, items.Count > size ? begin + size : null, count > countTo);
    }

    public async Task<long> Count(string from, Conditions where, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select count(*) from {from} where {where.Text}");
        where.BindTo(command.Parameters);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>All of a list, for a file.</summary>
    public async Task<IReadOnlyList<T>> All<T>(string columns, string from, Conditions where, string order, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {columns} from {from} where {where.Text} order by {order}");
        where.BindTo(command.Parameters);
        var items = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) items.Add(read(reader));
        return items;
    }

    /// <summary>A document, as its store wrote it.</summary>
    public T Document<T>(DbDataReader row, int column) => store.Options.Serializer().FromJson<T>(row, column);

    private static NpgsqlBatchCommand Command(string text, Conditions where)
    {
        var command = new NpgsqlBatchCommand(text);
        where.BindTo(command.Parameters);
        return command;
    }
}
