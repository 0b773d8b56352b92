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

    private static readonly TimeSpan BeforeWrittenAgain = TimeSpan.FromSeconds(5);

    private readonly Channel<Reconciliation> _asked = Channel.CreateBounded<Reconciliation>(1);
    private readonly Lock _gate = new();
    private Reconciliation? _running;

    /// <summary>How much time is between two.</summary>
    public TimeSpan Every { get; } = configuration.GetValue("Audit:ReconcileEvery", TimeSpan.FromDays(1));

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
            string? problem;
            try
            {
                problem = await Compare(findings, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                problem = failure.Message;
            }
            if (problem is not null) NotFinished(log, problem);
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
                if (await reader.Size(ct) > 0 && (await EarlierRuns.Read(store, ct)).Due(clock.GetUtcNow(), Every)) Begin("service:audit");
            }
            catch (Exception away) when (away is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                NotFinished(log, away.Message);
            }
        }
    }

    // Why it could not be done to the end; null where it was.
    private async Task<string?> Compare(List<Finding> findings, CancellationToken ct)
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
        var heard = await HeardByReporting(ct);
        var behind = await Behind(heads, heard, ct);
        findings.AddRange(await CompareJournal(heads, heard, ct));
        // Where something differs that is what is told: a log with a changed place is ahead of everybody.
        return behind.Count == 0 || findings.Count > 0 ? null : $"Reporting has not heard all yet of {string.Join(", ", behind)}";
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

    // The journal must have what Reporting says that it has heard: what it has yet to hear is missing nowhere, however long ago the log heard it.
    private async Task<IReadOnlyDictionary<string, long>> HeardByReporting(CancellationToken ct)
    {
        var intake = await clients.CreateClient(Journal).GetFromJsonAsync<Intake>("api/reporting/intake", WireJson.Options, ct);
        return (intake?.Heads ?? []).ToDictionary(head => head.Source, head => head.Sequence, StringComparer.Ordinal);
    }

    // Or who keeps the journal could hold it back and have nothing compared.
    private async Task<IReadOnlyList<string>> Behind(IReadOnlyDictionary<string, long> heads, IReadOnlyDictionary<string, long> heard, CancellationToken ct)
    {
        var (before, behind) = (clock.GetUtcNow() - OnItsWay, new List<string>());
        foreach (var (source, head) in heads)
        {
            if (await reader.OfSource(source, heard.GetValueOrDefault(source), 1, ct) is [var next] && next.Sequence <= head && next.HeardAt < before) behind.Add(source);
        }
        return behind;
    }

    private async Task<IReadOnlyList<Finding>> CompareJournal(IReadOnlyDictionary<string, long> heads, IReadOnlyDictionary<string, long> heardTo, CancellationToken ct)
    {
        var erasures = await Erasures(ct);
        var comparisons = heads.ToDictionary(head => head.Key, head => new Comparison(
            Places.Journal, head.Key, head.Value, (after, token) => reader.OfSource(head.Key, after, 500, token), entry => entry.Sequence <= heardTo.GetValueOrDefault(head.Key), linksFollow: false, erasures), StringComparer.Ordinal);
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
        if (findings.Count > 0) Differ(log, findings.Count, findings[0].ToString());
        await UntilWritten(() => Save(ended, kept, ct), ct);
        if (problem is null || findings.Count > 0) await UntilWritten(() => diary.Reconciled(ended, kept, ct), ct);
        lock (_gate) _running = null;
    }

    // What was found must not be lost because the database was away just then, or somebody else wrote into the diary.
    private async Task UntilWritten(Func<Task> write, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception away) when (away is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                Unwritten(log, away.Message);
            }
            await Task.Delay(BeforeWrittenAgain, clock, ct);
        }
    }

    private async Task Save(Reconciliation ended, IReadOnlyList<Finding> kept, CancellationToken ct)
    {
        // Perhaps once more after one whose answer was lost.
        await using var save = store.CreateCommand("""
            with run as (insert into audit.reconciliation (id, started_at, finished_at, by, done, total, findings, problem) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing)
            insert into audit.finding (reconciliation, line, place, source, sequence, index, kind, fields)
              select $1, row_number() over (), f.* from unnest($9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::text[]) f on conflict do nothing
            """);
        object?[] values =
        [
            ended.Id, ended.StartedAt.UtcDateTime, ended.FinishedAt!.Value.UtcDateTime, ended.By, ended.Done, ended.Total, ended.FindingCount, ended.Problem,
            kept.Select(finding => finding.Place).ToArray(), kept.Select(finding => finding.Source).ToArray(), kept.Select(finding => finding.Sequence).ToArray(), kept.Select(finding => finding.Index).ToArray(),
            kept.Select(finding => finding.Kind).ToArray(), kept.Select(finding => finding.Fields).ToArray(),
        ];
        foreach (var value in values) save.Parameters.Add(new() { Value = value ?? DBNull.Value });
        save.Parameters[7].NpgsqlDbType = NpgsqlDbType.Text;
        await save.ExecuteNonQueryAsync(ct);
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

    private sealed record Intake(IReadOnlyList<IntakeHead> Heads);

    private sealed record IntakeHead(string Source, long Sequence);

    [LoggerMessage(1, LogLevel.Warning, "A comparison of stores, journal and log was not finished: {Problem}")]
    private static partial void NotFinished(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Critical, "{Count} findings: stores, journal and log differ. The first: {First}")]
    private static partial void Differ(ILogger logger, int count, string first);

    [LoggerMessage(3, LogLevel.Warning, "What a comparison found could not be written down yet: {Problem}")]
    private static partial void Unwritten(ILogger logger, string problem);
}
