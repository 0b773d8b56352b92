using System.Text.Json.Serialization;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Ledger;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>A figure: how many agreements, how much money, and how many of the papers upgrade an earlier one.</summary>
public sealed record Figure(int Signings, Money Amount, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Upgrades = 0)
{
    public static readonly Figure Zero = new(0, Money.Yuan(0));

    /// <summary>Nothing of a currency, to which what is in it can be added.</summary>
    public static Figure Nothing(string? currency) => currency is null ? Zero : new(0, new Money(0, currency));

    public static Figure operator +(Figure left, Figure right) => new(left.Signings + right.Signings, left.Amount + right.Amount, left.Upgrades + right.Upgrades);

    public static Figure operator -(Figure left, Figure right) => new(left.Signings - right.Signings, left.Amount - right.Amount, left.Upgrades - right.Upgrades);
}

/// <summary>One cell of the sums: a status, a tier, an industry, a size band, a month, a stage, whose money.</summary>
public sealed record Cell(string Status, string Tier, string Industry, string SizeBand, string Month, bool Illustrative, Figure Figure, string Stage = Posting.None, string MoneyOrigin = Posting.None);

/// <summary>The cells of a filter, and the position of the ledger at which they were read, in one statement.</summary>
public sealed record Cells(long Position, IReadOnlyList<Cell> Items)
{
    public Figure Sum(Func<Cell, bool> which) => Items.Where(which).Aggregate(Figure.Zero, (sum, cell) => sum + cell.Figure);
}

/// <summary>Sums over postings.</summary>
public sealed class Figures(NpgsqlDataSource store)
{
    public async Task<Cells> Read(PostingFilter filter, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await Read(connection, filter, ct);
    }

    /// <summary>In a transaction that may be under way.</summary>
    /// <param name="schema">Where the ledger stands.</param>
    /// <param name="at">Up to which position, where the head does not say it yet.</param>
    internal static async Task<Cells> Read(NpgsqlConnection connection, PostingFilter filter, CancellationToken ct, string schema = LedgerTables.Schema, long? at = null)
    {
        var conditions = filter.ToSql(at: at);
        await using var command = new NpgsqlCommand($"""
            select {(at is { } found ? conditions.Parameter(found) : filter.Known(conditions))}, c.*
            from (select 1) one left join (
              select status, tier, industry, size_band, to_char(effective_on, 'YYYY-MM') as month, illustrative,
                     sum(delta_count)::int as signings, sum(delta_amount) as amount, sum(delta_upgrades)::int as upgrades, stage, money_origin
              from {schema}.posting where {conditions.Text}
              group by 1, 2, 3, 4, 5, 6, stage, money_origin) c on true
            order by status, tier, industry, size_band, month, illustrative, stage, money_origin
            """, connection);
        conditions.BindTo(command.Parameters);
        var cells = new List<Cell>();
        var position = 0L;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            position = reader.IsDBNull(0) ? 0 : reader.GetInt64(0);
            if (reader.IsDBNull(1)) continue;
            cells.Add(new(
                reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetBoolean(6),
                new(reader.GetInt32(7), Money.Yuan(reader.GetDecimal(8)), reader.GetInt32(9)), reader.GetString(10), reader.GetString(11)));
        }
        return new Cells(position, cells);
    }
}
