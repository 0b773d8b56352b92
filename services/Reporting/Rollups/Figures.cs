using System.Text.Json.Serialization;
using Luodi.Contracts;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>Which postings a figure sums: dimensions, and the two axes of time.</summary>
/// <param name="SizeBand">One, or several with commas between.</param>
/// <param name="Month">yyyy-MM, of the effective day.</param>
/// <param name="Position">Only what stood in the ledger up to this position.</param>
/// <param name="KnownAt">Only what was known at this instant.</param>
/// <param name="EffectiveBy">Only what holds by this day.</param>
/// <param name="EffectiveFrom">Only what holds from this day on.</param>
/// <param name="Tier">intent, framework, agreement or contract.</param>
/// <param name="Since">Only what came into the ledger after this position.</param>
public sealed record PostingFilter(
    Guid? Ceremony = null, Guid? Agreement = null, string? Industry = null, string? SizeBand = null, string? Month = null, string? Status = null,
    long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? EffectiveBy = null, DateOnly? EffectiveFrom = null,
    string? Tier = null, long? Since = null)
{
    /// <summary>The condition in SQL.</summary>
    internal Conditions ToSql() => new Conditions()
        .And("measure = {0}", Measures.AgreedInvestment)
        .And("ceremony = {0}", Ceremony)
        .And("agreement = {0}", Agreement)
        .And("tier = {0}", Tier)
        .And("industry = {0}", Industry)
        .And("size_band = any({0})", SizeBand?.Split(','))
        .And("to_char(effective_on, 'YYYY-MM') = {0}", Month)
        .And("status = {0}", Status)
        .And("position <= {0}", Position)
        .And("position > {0}", Since)
        .And("position <= coalesce((select max(k.position) from reporting.posting k where k.recorded_at <= {0}), 0)", KnownAt?.UtcDateTime)
        .And("effective_on >= {0}", EffectiveFrom)
        .And("effective_on <= {0}", EffectiveBy);

    /// <summary>The link to the postings behind a figure.</summary>
    public string Link()
    {
        var query = new QueryString();
        void Add(string name, string? value) => query = value is null ? query : query.Add(name, value);
        Add("ceremony", Ceremony?.ToString());
        Add("agreement", Agreement?.ToString());
        Add("status", Status);
        Add("tier", Tier);
        Add("industry", Industry);
        Add("sizeBand", SizeBand);
        Add("month", Month);
        Add("since", Since?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("position", Position?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt?.UtcDateTime.ToString("O"));
        Add("effectiveFrom", EffectiveFrom?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Add("effectiveBy", EffectiveBy?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return $"/api/reporting/postings{query}";
    }
}

/// <summary>A figure: how many agreements, how much money, and how many of the papers upgrade an earlier one.</summary>
public sealed record Figure(int Signings, Money Amount, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Upgrades = 0)
{
    public static readonly Figure Zero = new(0, Money.Yuan(0));

    public static Figure operator +(Figure left, Figure right) => new(left.Signings + right.Signings, left.Amount + right.Amount, left.Upgrades + right.Upgrades);

    public static Figure operator -(Figure left, Figure right) => new(left.Signings - right.Signings, left.Amount - right.Amount, left.Upgrades - right.Upgrades);
}

/// <summary>One cell of the sums: a status, a tier, an industry, a size band, a month.</summary>
public sealed record Cell(string Status, string Tier, string Industry, string SizeBand, string Month, bool Illustrative, Figure Figure);

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
    internal static async Task<Cells> Read(NpgsqlConnection connection, PostingFilter filter, CancellationToken ct)
    {
        var conditions = filter.ToSql();
        await using var command = new NpgsqlCommand($"""
            select (select position from reporting.ledger_head), c.*
            from (select 1) one left join (
              select status, tier, industry, size_band, to_char(effective_on, 'YYYY-MM') as month, illustrative,
                     sum(delta_count)::int as signings, sum(delta_amount) as amount, sum(delta_upgrades)::int as upgrades
              from reporting.posting where {conditions.Text} and currency = 'CNY'
              group by 1, 2, 3, 4, 5, 6) c on true
            order by status, tier, industry, size_band, month, illustrative
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
                new(reader.GetInt32(7), Money.Yuan(reader.GetDecimal(8)), reader.GetInt32(9))));
        }
        return new Cells(Math.Min(position, filter.Position ?? position), cells);
    }
}
