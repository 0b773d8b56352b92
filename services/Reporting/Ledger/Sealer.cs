using System.Runtime.InteropServices;
using Luodi.Reporting.Rollups;
using Npgsql;

namespace Luodi.Reporting.Ledger;

/// <summary>How many postings a sealed segment has.</summary>
public sealed record SegmentSize(int Postings)
{
    public static SegmentSize Configured(IConfiguration configuration) => new(configuration.GetValue("Luodi:LedgerSegment", Sealing.UsualSegment));
}

/// <summary>Seals sums behind the writer's back: what is not sealed yet is read from the postings, only slower.</summary>
internal sealed partial class Sealer(NpgsqlDataSource store, SegmentSize size, ILogger<Sealer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly string Series = string.Join(", ", Sealing.SeriesColumns);

    private static readonly List<string> Summed = [.. Sealing.Sets.SelectMany(set => new[] { set.First, set.Second }).OfType<string>().Distinct()];

    private static readonly List<(short Dims, int First, int? Second, bool OfTraits)> Sets =
        [.. Sealing.Sets.Select((set, dims) => ((short)dims, Summed.IndexOf(set.First), set.Second is null ? (int?)null : Summed.IndexOf(set.Second), Sealing.OfTraits(set)))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                while (await SealNext(stoppingToken)) { }
            }
            // The ledger's own health tells of a database that is away.
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Failed(log, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Seals one segment, where the ledger holds one more.</summary>
    /// <param name="schema">Where the ledger stands.</param>
    /// <param name="upTo">No further than this position.</param>
    internal async Task<bool> SealNext(CancellationToken ct, string schema = LedgerTables.Schema, long upTo = long.MaxValue)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        // Sealed sums by other dimensions, of segments of another size or made by another rule (the first number) are of no use.
        var shape = $"2, {size.Postings}: {string.Join(", ", Sealing.Sets.Select(set => set.Second is null ? set.First : $"{set.First} × {set.Second}"))}";
        if (!await Due(connection, shape, schema, ct)) return false;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var begin = new NpgsqlCommand($"""
            insert into {schema}.ledger_sealed (one, position, shape) values (true, 0, $1) on conflict (one) do update set one = true
            returning position, shape, (select position from {schema}.ledger_head)
            """, connection) { Parameters = { new() { Value = shape } } };
        var (position, before, head) = (0L, "", 0L);
        await using (var row = await begin.ExecuteReaderAsync(ct))
        {
            await row.ReadAsync(ct);
            (position, before, head) = (row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? 0 : row.GetInt64(2));
        }
        if (before != shape)
        {
            await using var anew = new NpgsqlCommand($"truncate {schema}.ledger_sum, {schema}.ledger_series", connection);
            await anew.ExecuteNonQueryAsync(ct);
            position = 0;
        }
        if (position + size.Postings > Math.Min(head, upTo)) return false;
        var sealedTo = position + size.Postings;
        foreach (var (segment, level) in Sealing.EndingAt(sealedTo, size.Postings))
        {
            if (level == 0) await FromPostings(connection, schema, segment, position, sealedTo, ct);
            else await FromParts(connection, schema, segment, ct);
        }
        await using (var end = new NpgsqlCommand($"update {schema}.ledger_sealed set position = $1, shape = $2", connection) { Parameters = { new() { Value = sealedTo }, new() { Value = shape } } })
        {
            await end.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return true;
    }

    // Without a lock, so that a ledger at rest is asked once a second and nothing is written.
    private async Task<bool> Due(NpgsqlConnection connection, string shape, string schema, CancellationToken ct)
    {
        await using var due = new NpgsqlCommand($"""
            select coalesce((select position from {schema}.ledger_head), 0) >= $1 + coalesce((select position from {schema}.ledger_sealed where shape = $2), 0)
            """, connection) { Parameters = { new() { Value = (long)size.Postings }, new() { Value = shape } } };
        return await due.ExecuteScalarAsync(ct) is true;
    }

    private static async Task FromPostings(NpgsqlConnection connection, string schema, int segment, long after, long to, CancellationToken ct)
    {
        await using (var series = new NpgsqlCommand($"""
            insert into {schema}.ledger_series (series, {Series})
              select (select coalesce(max(series), 0) from {schema}.ledger_series) + row_number() over (order by {Series}), {Series} from (
                select distinct {Series} from {schema}.posting where position > {after} and position <= {to} except select {Series} from {schema}.ledger_series) fresh
            """, connection))
        {
            await series.ExecuteNonQueryAsync(ct);
        }
        // Twenty sums for each posting: added up here, for the database would join each with twenty rows and sort them all.
        var sums = new Dictionary<(short Dims, short Series, int Bucket, string First, string Second), (int Count, int Upgrades, decimal Amount)>();
        await using (var postings = new NpgsqlCommand($"""
            select x.series, {Sealing.Months} + (extract(year from effective_on) * 100 + extract(month from effective_on))::int, arranges, delta_count, delta_upgrades, delta_amount, {string.Join(", ", Summed.Select(name => Dimensions.ByName[name].Sql))}
            from {schema}.posting join {schema}.ledger_series x using ({Series}) where position > {after} and position <= {to} and currency = 'CNY'
            """, connection))
        await using (var row = await postings.ExecuteReaderAsync(ct))
        {
            var values = new string[Summed.Count];
            while (await row.ReadAsync(ct))
            {
                var (series, bucket, arranges, count, upgrades, amount) = (row.GetInt16(0), row.GetInt32(1), row.GetBoolean(2), row.GetInt32(3), row.GetInt32(4), row.GetDecimal(5));
                for (var nth = 0; nth < values.Length; nth++) values[nth] = row.GetString(6 + nth);
                foreach (var (dims, first, second, ofTraits) in Sets)
                {
                    if (arranges && !ofTraits) continue;
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (dims, series, bucket, values[first], second is { } also ? values[also] : ""), out _);
                    sum = (sum.Count + count, sum.Upgrades + upgrades, sum.Amount + amount);
                }
            }
        }
        await using var copy = await connection.BeginBinaryImportAsync($"copy {schema}.ledger_sum (dims, series, segment, bucket, first, second, count, upgrades, amount) from stdin (format binary)", ct);
        foreach (var (of, sum) in sums.Where(each => each.Value is not (0, 0, 0)).OrderBy(each => (each.Key.Dims, each.Key.Series, each.Key.Bucket)))
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(of.Dims, ct);
            await copy.WriteAsync(of.Series, ct);
            await copy.WriteAsync(segment, ct);
            await copy.WriteAsync(of.Bucket, ct);
            await copy.WriteAsync(of.First, ct);
            await copy.WriteAsync(of.Second, ct);
            await copy.WriteAsync(sum.Count, ct);
            await copy.WriteAsync(sum.Upgrades, ct);
            await copy.WriteAsync(sum.Amount, ct);
        }
        await copy.CompleteAsync(ct);
    }

    // A segment of postings spans a few months, one of segments many: only there do years and all time have sums of their own.
    private static async Task FromParts(NpgsqlConnection connection, string schema, int segment, CancellationToken ct)
    {
        var (first, last) = Sealing.PartsOf(segment);
        await using var seal = new NpgsqlCommand($"""
            insert into {schema}.ledger_sum (dims, series, segment, bucket, first, second, count, upgrades, amount)
              select dims, series, {segment}, coalesce(bucket, year, 0), first, second, sum(count), sum(upgrades), sum(amount)
              from (select *, bucket % {Sealing.Months} / 100 as year from {schema}.ledger_sum where segment between {first} and {last} and bucket >= {Sealing.Months}) parts
              group by grouping sets ((dims, series, first, second, bucket), (dims, series, first, second, year), (dims, series, first, second))
              having sum(count) <> 0 or sum(upgrades) <> 0 or sum(amount) <> 0 order by 1, 2, 4, 5, 6
            """, connection);
        await seal.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "Sums of the ledger could not be sealed; figures are read from the postings meanwhile.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
