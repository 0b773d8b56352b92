using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>
/// The quantities that rates divide, by cohort. Each is a sum over projects of what was posted about that project alone: what was summed at one position needs, at a
/// later one, only the projects that were posted about in between. So the newest answer of every grouping is kept; older positions are summed whole.
/// </summary>
public sealed class RateSums(NpgsqlDataSource store)
{
    /// <summary>In front of quantities of all projects, apart from those of the cohort.</summary>
    public const string Known = "known-";

    // Beyond so many postings the whole is summed as quickly.
    private const long MostBehind = 20_000;

    private readonly Dictionary<string, Newest> _newest = ReadRatesFeature.Cohorts.ToDictionary(by => by, _ => new Newest());

    /// <param name="days">Of each cohort the last day that counts; without it all count to the same day.</param>
    /// <returns>The position at which the sums stand, and they by cohort.</returns>
    public async Task<(long Position, ILookup<string, (string Quantity, decimal Value)> Sums)> Read(PostingFilter filter, string by, IReadOnlyDictionary<string, DateOnly>? days, CancellationToken ct)
    {
        var (position, sums) = days is null && filter is { Position: null, KnownAt: null, EffectiveBy: null } ? await Follow(filter, by, ct) : await Sum(filter, by, days, null, ct);
        return (position, sums.ToLookup(sum => sum.Key.Cohort, sum => (sum.Key.Quantity, Plain(sum.Value)), StringComparer.Ordinal));
    }

    private async Task<(long Position, Dictionary<(string Cohort, string Quantity), decimal> Sums)> Follow(PostingFilter filter, string by, CancellationToken ct)
    {
        var newest = _newest[by];
        await newest.Turn.WaitAsync(ct);
        try
        {
            var (head, ledger) = await Head(ct);
            if (newest.Sums is null || newest.Ledger != ledger || head < newest.Position || head - newest.Position > MostBehind)
            {
                (newest.Position, newest.Sums) = await Sum(filter, by, null, null, ct);
                newest.Ledger = ledger;
            }
            else if (head > newest.Position)
            {
                var changed = (newest.Position, head);
                var (_, before) = await Sum(filter with { Position = newest.Position }, by, null, changed, ct);
                var (_, now) = await Sum(filter with { Position = head }, by, null, changed, ct);
                var sums = new Dictionary<(string, string), decimal>(newest.Sums);
                foreach (var (key, value) in now) sums[key] = sums.GetValueOrDefault(key) + value;
                foreach (var (key, value) in before) sums[key] = sums.GetValueOrDefault(key) - value;
                (newest.Position, newest.Sums) = (head, sums);
            }
            return (newest.Position, newest.Sums);
        }
        finally
        {
            newest.Turn.Release();
        }
    }

    // The place, and in which ledger: one that was made anew has other tables.
    private async Task<(long Position, long Ledger)> Head(CancellationToken ct)
    {
        await using var command = store.CreateCommand("select coalesce((select position from reporting.ledger_head), 0), 'reporting.posting'::regclass::oid::bigint");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>One statement for all quantities, so that they stand at one position.</summary>
    /// <param name="changed">Only of projects that were posted about after the first position and up to the second.</param>
    private async Task<(long Position, Dictionary<(string Cohort, string Quantity), decimal> Sums)> Sum(PostingFilter filter, string by, IReadOnlyDictionary<string, DateOnly>? days, (long After, long UpTo)? changed, CancellationToken ct)
    {
        var conditions = new Conditions();
        var known = filter.Known(conditions);
        var key = by is ReadRatesFeature.Everything ? $"'{ReadRatesFeature.Everything}'" : Dimensions.ByName[by].Sql;
        var of = changed is var (after, upTo) ? $" and project = any(array(select distinct c.project from reporting.posting c where c.position > {conditions.Parameter(after)} and c.position <= {conditions.Parameter(upTo)}))" : "";
        var facts = $"status = '{PostingStatus.Confirmed}' and currency = 'CNY' and position <= {known}{(filter.EffectiveBy is { } day ? $" and effective_on <= {conditions.Parameter(day)}" : "")}{of}";
        var leads = ReadRatesFeature.OfSignings.Contains(by) ? "" : $"""
            union all select {key}, case stage when '{Stages.Lead}' then '{Known}{Quantities.Leads}' else '{Known}{Quantities.Negotiated}' end, sum(delta_count)::numeric
              from reporting.posting where {facts} and measure = '{Measures.StagesReached}' and stage in ('{Stages.Lead}', '{Stages.Negotiating}') group by 1, 2
            """;
        var measured = days is null ? "" : $"measured as (select * from unnest({conditions.Parameter(days.Keys.ToArray())}, {conditions.Parameter(days.Values.ToArray())}) m (key, day)),";
        string Until(string cohort) => days is null ? "" : $" and effective_on <= (select m.day from measured m where m.key = {cohort})";
        await using var command = store.CreateCommand($"""
            with {measured} signed as (
              select {key} as key, project, tier, sum(delta_count) as n from reporting.posting where {facts} and measure = '{Measures.AgreedInvestment}' and tier in ('{Contracts.Tiers.Official}', '{Contracts.Tiers.Contract}'){Until(key)} group by 1, 2, 3),
            cohort as (select key, project from signed where n > 0 and tier = '{Contracts.Tiers.Official}'),
            contracted as (select key, project from signed where n > 0 and tier = '{Contracts.Tiers.Contract}')
            select {known}, s.* from (select 1) one left join (
              select {key} as key, case tier when '{Contracts.Tiers.Official}' then '{Quantities.Agreed}' else '{Quantities.Contracted}' end as quantity, sum(delta_amount) as value from reporting.posting
                where {facts} and measure = '{Measures.AgreedInvestment}' and tier in ('{Contracts.Tiers.Official}', '{Contracts.Tiers.Contract}'){Until(key)} group by 1, 2
              union all select c.key, p.stage, sum(p.delta_count)::numeric from cohort c join reporting.posting p using (project) where p.measure = '{Measures.StagesReached}' and {facts}{Until("c.key")} group by 1, 2
              union all select c.key, p.money_origin, sum(p.delta_amount) from cohort c join reporting.posting p using (project) where p.measure = '{Measures.CapitalInPlace}' and {facts}{Until("c.key")} group by 1, 2
              union all select c.key, '{Quantities.ContractCapital}', sum(p.delta_amount) from contracted c join reporting.posting p using (project) where p.measure = '{Measures.CapitalInPlace}' and {facts}{Until("c.key")} group by 1
              {leads}) s on true
            """);
        conditions.BindTo(command.Parameters);
        var sums = new Dictionary<(string, string), decimal>();
        var position = 0L;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            position = reader.IsDBNull(0) ? 0 : reader.GetInt64(0);
            if (!reader.IsDBNull(1)) sums[(reader.GetString(1), reader.GetString(2))] = reader.GetDecimal(3);
        }
        return (position, sums);
    }

    // A sum says the same digits, whichever way it was come by.
    private static decimal Plain(decimal value) => decimal.Truncate(value) == value ? decimal.Truncate(value) : value;

    private sealed class Newest
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public long Ledger { get; set; }

        public long Position { get; set; }

        public Dictionary<(string Cohort, string Quantity), decimal>? Sums { get; set; }
    }
}

/// <summary>Sums the rates that the overview shows before somebody asks: whole, they take seconds in a large ledger.</summary>
internal sealed class RatesAtStart(RateSums rates, ILogger<RatesAtStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var by in (string[])[ReadRatesFeature.Everything, "ceremony"]) await rates.Read(ReadRatesFeature.Newest, by, null, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whoever asks first waits instead.
            log.LogWarning(e, "The rates were not summed at the start.");
        }
    }
}
