using System.Globalization;
using Luodi.Audit.Log;
using Luodi.Contracts.Audit;
using Luodi.ServiceDefaults;
using Luodi.ServiceDefaults.Intake;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Luodi.Audit.Watching;

/// <summary>
/// Sees whether anything is kept from the log: a source that does not answer, a relay that stands still, a history that was changed, and Audit itself, which was stopped.
/// Each is an event as soon as it has lasted for <c>Audit:SilentAfter</c>; the log shows it when it works again, and health at once.
/// </summary>
internal sealed partial class Watch(ServiceIdentity service, IHttpClientFactory clients, NpgsqlDataSource store, IntakeState intake, Diary diary, IConfiguration configuration, TimeProvider clock, ILogger<Watch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _silentAfter = configuration.GetValue("Audit:SilentAfter", TimeSpan.FromMinutes(1));
    private readonly Dictionary<string, DateTimeOffset> _since = [];
    private readonly Dictionary<string, long> _relayed = [];

    /// <summary>Sources that have been silent for too long.</summary>
    public IReadOnlyCollection<string> Silent { get; private set; } = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await diary.Stopped(cancellationToken);
        }
        catch (Exception away) when (IsAway(away))
        {
            Unwritten(log, away.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var started = false;
        do
        {
            try
            {
                if (!started) await diary.Started(await Down(stoppingToken), stoppingToken);
                started = true;
                await Beat(stoppingToken);
                foreach (var name in LogIntake.Services) await Look(name, stoppingToken);
                Silent = [.. _since.Where(each => clock.GetUtcNow() - each.Value >= _silentAfter).Select(each => each.Key)];
            }
            catch (Exception away) when (away is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Unwritten(log, away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(string name, CancellationToken ct)
    {
        var source = service.SourceOf(name);
        var cause = await Cause(name, source, ct);
        if (cause is null) _since.Remove(source);
        else if (!_since.ContainsKey(source)) _since[source] = clock.GetUtcNow();
        if (cause is null || clock.GetUtcNow() - _since[source] >= _silentAfter) await diary.NoteSource(source, cause, ct);
    }

    private async Task<string?> Cause(string name, string source, CancellationToken ct)
    {
        if (intake.Standings.FirstOrDefault(standing => standing.Source == source)?.Problem is { } problem && problem.Contains("history has changed", StringComparison.Ordinal)) return SilenceCauses.HistoryChanged;
        try
        {
            using var answer = await clients.CreateClient(name).GetAsync(new Uri($"api/{name}/feed?after={long.MaxValue}&limit=1", UriKind.Relative), ct);
            if (!answer.IsSuccessStatusCode) return SilenceCauses.Away;
            var relayed = Place(answer, "Luodi-Relayed");
            var moved = !_relayed.TryGetValue(source, out var before) || before != relayed;
            _relayed[source] = relayed;
            return !moved && relayed < Place(answer, "Luodi-High-Water") ? SilenceCauses.RelayStopped : null;
        }
        // A token that the portal does not give in time is a cancellation, too.
        catch (Exception away) when (away is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return SilenceCauses.Away;
        }
    }

    private static long Place(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;

    private async Task<TimeSpan> Down(CancellationToken ct)
    {
        await using var command = store.CreateCommand("select at from audit.heartbeat");
        return await command.ExecuteScalarAsync(ct) is DateTime last && clock.GetUtcNow().UtcDateTime - last is var down && down > 3 * Every ? down : TimeSpan.Zero;
    }

    private async Task Beat(CancellationToken ct)
    {
        await using var command = store.CreateCommand("insert into audit.heartbeat (one, at) values (true, $1) on conflict (one) do update set at = excluded.at");
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static bool IsAway(Exception exception) => exception is NpgsqlException or TimeoutException or JasperFx.ConcurrencyException or Marten.Exceptions.MartenException or JasperFx.Events.EventStreamUnexpectedMaxEventIdException;

    [LoggerMessage(1, LogLevel.Warning, "What happened to the log could not be written down: {Problem}")]
    private static partial void Unwritten(ILogger logger, string problem);
}

/// <summary>Whether anything is kept from the log.</summary>
internal sealed class WatchCheck(Watch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.Silent.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"nothing comes into the log of {string.Join(", ", watch.Silent)}"));
}
