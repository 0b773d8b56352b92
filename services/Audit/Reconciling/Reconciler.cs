using System.Threading.Channels;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Audit.Watching;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Relay;
using Npgsql;
using NpgsqlTypes;

namespace Luodi.Audit.Reconciling;

/// <summary>One comparison of stores, journal and log.</summary>
/// <param name="By">Who asked for it: <c>service:audit</c> where it was the time for it.</param>
/// <param name="Total">How many entries are to be compared, in all places together.</param>
/// <param name="FindingCount">How many differ; of them at most two hundred of each kind and source in each place are kept.</param>
/// <param name="Problem">Why it could not be finished.</param>
public sealed record Reconciliation(Guid Id, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string By, long Done, long Total, int FindingCount, string? Problem);

/// <summary>
/// Compares each source's store, Reporting's journal and the log with one another, at set times (<c>Audit:ReconcileEvery</c>, a day) and when an auditor asks.
/// What it found is kept, and how many stands in the log itself.
/// </summary>
internal sealed partial class Reconciler(
    ServiceIdentity service, IHttpClientFactory clients, NpgsqlDataSource store, LogReader reader, LogKeys keys, Diary diary, IConfiguration configuration, TimeProvider clock, ILogger<Reconciler> log) : BackgroundService
{
    /// <summary>The client that reads Reporting's journal.</summary>
    public const string Journal = "reporting";

    // Of each kind and source in each place: one that is empty must not hide what is wrong with another.
    private const int KeptFindings = 200;

    // The journal and the log hear the same page a moment apart.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _every = configuration.GetValue("Audit:ReconcileEvery", TimeSpan.FromDays(1));
    private readonly Channel<Reconciliation> _asked = Channel.CreateBounded<Reconciliation>(1);
    private readonly Lock _gate = new();
    private Reconciliation? _running;

    /// <summary>Begins one, or names the one that is under way.</summary>
    public Reconciliation Begin(string by)
    {
        lock (_gate)
        {
            if (_running is { } already) return already;
            _running = new(Guid.CreateVersion7(), clock.GetUtcNow(), null, by, 0, 0, 0, null);
            _asked.Writer.TryWrite(_running);
            return _running;
        }
    }

    /// <summary>The one under way, how far it is.</summary>
    public Reconciliation? Running
    {
        get
        {
            lock (_gate) return _running;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = Task.Run(() => AtSetTimes(stoppingToken), stoppingToken);
        await foreach (var _ in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            var findings = new List<Finding>();
            string? problem = null;
            try
            {
                await Compare(findings, stoppingToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or NpgsqlException or TimeoutException or Polly.ExecutionRejectedException or System.Text.Json.JsonException)
            {
                problem = failure.Message;
                NotFinished(log, failure.Message);
            }
            await Finish(findings, problem, stoppingToken);
        }
        await schedule;
    }

    private async Task AtSetTimes(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await using var command = store.CreateCommand("select coalesce(max(started_at), '-infinity') < $1 from audit.reconciliation");
                command.Parameters.Add(new() { Value = (clock.GetUtcNow() - _every).UtcDateTime });
                if (await reader.Size(ct) > 0 && await command.ExecuteScalarAsync(ct) is true) Begin("service:audit");
            }
            catch (Exception away) when (away is NpgsqlException or TimeoutException)
            {
                NotFinished(log, away.Message);
            }
        }
    }

    private async Task Compare(List<Finding> findings, CancellationToken ct)
    {
        var heads = await Heads(ct);
        var size = await reader.Size(ct);
        // The log against itself, then the stores, then the journal: each entry is met three times.
        Progress(0, 3 * size);
        findings.AddRange(await new LogCheck(reader, keys, await Erasures(ct), clock).Run(Progressed, ct));
        foreach (var name in LogIntake.Services)
        {
            var source = service.SourceOf(name);
            if (!heads.TryGetValue(source, out var head)) continue;
            findings.AddRange(await CompareStore(name, source, head, ct));
        }
        findings.AddRange(await CompareJournal(heads, ct));
    }

    private async Task<IReadOnlyList<Finding>> CompareStore(string name, string source, long head, CancellationToken ct)
    {
        var comparison = new Comparison(Places.Store, source, head, (after, token) => reader.OfSource(source, after, 500, token), _ => true, linksFollow: true, await Erasures(ct));
        var client = clients.CreateClient(name);
        for (var after = 0L; after < head;)
        {
            var page = await client.GetFromJsonAsync<Page>($"api/{name}/feed?after={after}", WireJson.Options, ct);
            if (page is not { Events.Count: > 0 }) break;
            foreach (var heard in page.Events) await comparison.Take(heard, ct);
            after = page.Events[^1].Sequence;
            Progressed(page.Events.Count);
        }
        await comparison.End(ct);
        var oddities = await clients.CreateClient(ServiceClients.PatientOf(name)).GetFromJsonAsync<IReadOnlyList<Oddity>>($"api/{name}/feed/oddities", WireJson.Options, ct) ?? [];
        return [.. comparison.Findings, .. oddities.Where(odd => odd.Sequence <= head).Select(odd => new Finding(Places.Store, source, odd.Sequence, null, odd.Kind))];
    }

    private async Task<IReadOnlyList<Finding>> CompareJournal(IReadOnlyDictionary<string, long> heads, CancellationToken ct)
    {
        var (before, erasures) = (clock.GetUtcNow() - OnItsWay, await Erasures(ct));
        var comparisons = heads.ToDictionary(head => head.Key, head => new Comparison(
            Places.Journal, head.Key, head.Value, (after, token) => reader.OfSource(head.Key, after, 500, token), entry => entry.HeardAt < before, linksFollow: false, erasures), StringComparer.Ordinal);
        var strangers = new List<Finding>();
        var client = clients.CreateClient(Journal);
        for (long? after = 0; after is not null;)
        {
            var page = await client.GetFromJsonAsync<JournalRows>($"api/reporting/journal?after={after}", WireJson.Options, ct) ?? new([], null);
            foreach (var heard in page.Events)
            {
                if (comparisons.TryGetValue(heard.Source, out var comparison)) await comparison.Take(heard, ct);
                else strangers.Add(new(Places.Journal, heard.Source, heard.Sequence, null, FindingKinds.Inserted));
            }
            after = page.Next;
            Progressed(page.Events.Count);
        }
        foreach (var comparison in comparisons.Values) await comparison.End(ct);
        return [.. comparisons.Values.SelectMany(comparison => comparison.Findings), .. strangers];
    }

    // Before each part anew: texts may be erased while it runs.
    private Task<ApprovedErasures> Erasures(CancellationToken ct) => ApprovedErasures.Read(reader, service.Source, ct);

    private async Task<IReadOnlyDictionary<string, long>> Heads(CancellationToken ct)
    {
        // From the entries, not from the intake's own note of how far it is.
        await using var command = store.CreateCommand("select source, max(sequence) from audit.log_entry group by source");
        var heads = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) heads[row.GetString(0)] = row.GetInt64(1);
        return heads;
    }

    private async Task Finish(List<Finding> findings, string? problem, CancellationToken ct)
    {
        var ended = Running! with { FinishedAt = clock.GetUtcNow(), FindingCount = findings.Count, Problem = problem };
        var kept = findings.GroupBy(finding => (finding.Place, finding.Source, finding.Kind)).SelectMany(same => same.Take(KeptFindings)).ToList();
        await using var save = store.CreateCommand("""
            with run as (insert into audit.reconciliation (id, started_at, finished_at, by, done, total, findings, problem) values ($1, $2, $3, $4, $5, $6, $7, $8))
            insert into audit.finding (reconciliation, line, place, source, sequence, index, kind, fields)
              select $1, row_number() over (), f.* from unnest($9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::text[]) f
            """);
        object?[] values =
        [
            ended.Id, ended.StartedAt.UtcDateTime, ended.FinishedAt.Value.UtcDateTime, ended.By, ended.Done, ended.Total, ended.FindingCount, ended.Problem,
            kept.Select(finding => finding.Place).ToArray(), kept.Select(finding => finding.Source).ToArray(), kept.Select(finding => finding.Sequence).ToArray(), kept.Select(finding => finding.Index).ToArray(),
            kept.Select(finding => finding.Kind).ToArray(), kept.Select(finding => finding.Fields).ToArray(),
        ];
        foreach (var value in values) save.Parameters.Add(new() { Value = value ?? DBNull.Value });
        save.Parameters[7].NpgsqlDbType = NpgsqlDbType.Text;
        await save.ExecuteNonQueryAsync(ct);
        if (problem is null) await diary.Reconciled(ended, kept, ct);
        if (findings.Count > 0) Differ(log, findings.Count, findings[0].ToString());
        lock (_gate) _running = null;
    }

    private void Progress(long done, long total)
    {
        lock (_gate) _running = _running! with { Done = done, Total = total };
    }

    private void Progressed(int count)
    {
        lock (_gate) _running = _running! with { Done = long.Min(_running.Done + count, _running.Total) };
    }

    private sealed record JournalRows(IReadOnlyList<CloudEvent> Events, long? Next);

    [LoggerMessage(1, LogLevel.Warning, "A comparison of stores, journal and log was not finished: {Problem}")]
    private static partial void NotFinished(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Critical, "{Count} findings: stores, journal and log differ. The first: {First}")]
    private static partial void Differ(ILogger logger, int count, string first);
}
