using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>One sum: the values of the dimensions that were asked for, in their order.</summary>
public sealed record Sum(IReadOnlyList<string> Keys, Figure Figure);

/// <summary>
/// Figures by any dimensions, as of a position: from sealed sums and the postings behind them where sums are sealed by what is asked for, else from
/// the postings alone. Both answer the same: a sealed sum is of postings that never change.
/// </summary>
/// <param name="sealedSums">false: from the postings alone.</param>
public sealed class Sums(NpgsqlDataSource store, SegmentSize size, bool sealedSums = true)
{
    /// <param name="filter">Which postings.</param>
    /// <param name="by">The dimensions; none for one sum of all.</param>
    /// <param name="expression">Another value of a dimension than its own, with its parameters; for what no sum is sealed by.</param>
    public async Task<(long Position, IReadOnlyList<Sum> Sums)> Read(PostingFilter filter, IReadOnlyList<Dimension> by, CancellationToken ct, Func<Conditions, Dimension, string?>? expression = null)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        while (true)
        {
            var (position, sealedTo) = await Head(connection, filter, ct);
            var conditions = filter.ToSql(by, position);
            string Key(Dimension dimension) => expression?.Invoke(conditions, dimension) ?? dimension.Sql;
            var (segments, covered) = Sealing.Cover(position, sealedTo, size.Postings);
            var plan = sealedSums && segments.Count > 0 && expression is null ? Plan.Of(filter, by) : null;
            List<string> parts = plan is null
                ? [$"select {Keys(by, Key)}delta_count as n, delta_amount as a, delta_upgrades as u from reporting.posting where {conditions.Text}"]
                : [.. plan.Parts(filter, by, segments, covered, conditions)];
            await using var command = new NpgsqlCommand($"""
                select (select position from reporting.ledger_sealed) as sealed, c.* from (select 1) one left join (
                  select {string.Concat(by.Select((_, place) => $"k{place}, "))}sum(n)::int as n, sum(a) as a, sum(u)::int as u from ({string.Join("\n union all ", parts)}) behind
                  {(by.Count > 0 ? $"group by {string.Join(", ", by.Select((_, place) => $"k{place}"))}" : "")} having sum(n) <> 0 or sum(a) <> 0 or sum(u) <> 0) c on true
                {(by.Count > 0 ? $"order by {string.Join(", ", by.Select((_, place) => $"k{place}"))}" : "")}
                """, connection);
            conditions.BindTo(command.Parameters);
            var (sums, whole) = (new List<Sum>(), true);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                // The ledger was made anew between the two statements: its sums are not sealed that far again.
                whole = plan is null || (!reader.IsDBNull(0) && reader.GetInt64(0) >= covered);
                if (reader.IsDBNull(by.Count + 1)) continue;
                sums.Add(new([.. by.Select((_, place) => reader.GetString(place + 1))], new(reader.GetInt32(by.Count + 1), new Money(reader.GetDecimal(by.Count + 2), filter.Currency ?? PostingFilter.Yuan), reader.GetInt32(by.Count + 3))));
            }
            if (whole) return (position, sums);
        }
    }

    private static async Task<(long Position, long SealedTo)> Head(NpgsqlConnection connection, PostingFilter filter, CancellationToken ct)
    {
        var conditions = new Conditions();
        await using var command = new NpgsqlCommand($"select coalesce({filter.Known(conditions)}, 0), coalesce((select position from reporting.ledger_sealed), 0)", connection);
        conditions.BindTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string Keys(IReadOnlyList<Dimension> by, Func<Dimension, string> sql) => string.Concat(by.Select((dimension, place) => $"{sql(dimension)} as k{place}, "));

    /// <summary>Where sealed sums answer.</summary>
    /// <param name="Dims">The place of the set of dimensions among <see cref="Sealing.Sets"/>.</param>
    private sealed record Plan(int Dims, Finest Finest, IReadOnlyList<(DateOnly? From, DateOnly? To)> Periods)
    {
        /// <summary>None where no sums are sealed by all that is asked for.</summary>
        public static Plan? Of(PostingFilter filter, IReadOnlyList<Dimension> by)
        {
            if (filter.Project is not null || filter.Agreement is not null || filter.Cohort is not null || filter.Since is not null || filter.Currency is not null) return null;
            var asked = Dimensions.All.Where(dimension => dimension.Of(filter) is not null).Concat(by).Where(dimension => !dimension.IsSeries && !dimension.IsPeriod).Select(dimension => dimension.Name).ToHashSet(StringComparer.Ordinal);
            var dims = Sealing.Sets.Index().Where(set => asked.IsSubsetOf([set.Item.First, set.Item.Second ?? ""])).Select(set => (int?)set.Index).FirstOrDefault();
            return dims is null || filter.Periods() is not { } periods ? null : new(dims.Value, by.Select(dimension => dimension.Finest).Append(Finest.Whole).Max(), periods);
        }

        public IEnumerable<string> Parts(PostingFilter filter, IReadOnlyList<Dimension> by, IReadOnlyList<int> segments, long covered, Conditions conditions)
        {
            var (set, text) = (Sealing.Sets[Dims], conditions.Text);
            string Place(string name) => name == set.First ? "first" : "second";
            string AnyOf(Dimension dimension) => $"any({conditions.Parameter(dimension.Of(filter)!.Split(','))})";
            var narrowed = Dimensions.All.Append(Dimensions.Status).Where(dimension => dimension.Of(filter) is not null).ToList();
            var keys = Keys(by, dimension => dimension.IsSeries ? dimension.Sql : dimension.OfBucket ?? $"s.{Place(dimension.Name)}");
            var days = Periods.SelectMany(period => Sealing.Split(period.From, period.To, Finest).Days).ToList();
            foreach (var level in segments.ToLookup(Sealing.OfMonths))
            {
                var buckets = Periods.SelectMany(period => Sealing.Split(period.From, period.To, level.Key ? Finest.Month : Finest).Buckets).ToList();
                if (buckets.Count == 0) continue;
                var series = string.Concat(narrowed.Where(dimension => dimension.IsSeries).Select(dimension => $" and {dimension.Sql} = {AnyOf(dimension)}"));
                var places = string.Concat(narrowed.Where(dimension => dimension.Name == set.First || dimension.Name == set.Second).Select(dimension => $" and s.{Place(dimension.Name)} = {AnyOf(dimension)}"));
                var (measure, among) = (conditions.Parameter(filter.Measure ?? Measures.AgreedInvestment), conditions.Parameter(level.ToArray()));
                foreach (var (first, last) in buckets)
                {
                    yield return $"""
                        select {keys}s.count as n, s.amount as a, s.upgrades as u from reporting.ledger_sum s join reporting.ledger_series x using (series)
                        where s.dims = {Dims} and s.series = any(array(select series from reporting.ledger_series where measure = {measure}{series})) and s.segment = any({among}) and s.bucket between {first} and {last}{places}
                        """;
                }
            }
            // What came after the sealed sums, and the days before and after whole months.
            var own = $"select {Keys(by, dimension => dimension.Sql)}delta_count as n, delta_amount as a, delta_upgrades as u from reporting.posting where {text}";
            yield return $"{own} and position > {covered}";
            foreach (var (from, to) in days)
            {
                yield return $"{own} and position <= {covered} and effective_on between {conditions.Parameter(from)} and {conditions.Parameter(to)}";
            }
        }
    }
}
