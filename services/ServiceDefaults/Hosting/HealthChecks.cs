using Luodi.ServiceDefaults.Intake;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>The database answers. Without it nothing works.</summary>
internal sealed class StoreCheck(NpgsqlDataSource store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = store.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException away)
        {
            return HealthCheckResult.Unhealthy("the database cannot be reached", away);
        }
    }
}

/// <summary>The daemon moves: events that are committed go out. A relay that stands still is said, the service works on.</summary>
internal sealed class RelayCheck(ServiceIdentity service, NpgsqlDataSource store, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Standstill _standstill = new();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = store.CreateCommand($"""
                select coalesce((select max(seq_id) from {service.Events}.mt_events where type <> 'tombstone'), 0),
                       coalesce((select last_seq_id from {service.Events}.mt_event_progression where name = 'relay:All'), 0)
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var (committed, relayed) = (reader.GetInt64(0), reader.GetInt64(1));
            var now = clock.GetUtcNow();
            var since = _standstill.Since(relayed, committed, now);
            return now - since < Patience
                ? HealthCheckResult.Healthy($"relayed {relayed} of {committed}")
                : HealthCheckResult.Degraded($"the relay stands at {relayed} of {committed} since {since:O}");
        }
        catch (NpgsqlException away)
        {
            return HealthCheckResult.Unhealthy("the database cannot be reached", away);
        }
    }
}

/// <summary>Since when a relay has been seen behind at one place. It may be asked rarely: what it was seen to have caught up with counts for nothing.</summary>
internal sealed class Standstill
{
    private readonly Lock _gate = new();
    private (long? Relayed, DateTimeOffset Since) _behind;

    /// <summary>Now, where it has caught up, has moved, or is seen behind for the first time.</summary>
    public DateTimeOffset Since(long relayed, long committed, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (relayed >= committed) _behind = (null, now);
            else if (relayed != _behind.Relayed) _behind = (relayed, now);
            return _behind.Since;
        }
    }
}

/// <summary>Every source is heard up to its end, through the broker, and nothing of it was set aside.</summary>
internal sealed class IntakeCheck(ServiceIdentity service, NpgsqlDataSource store, IntakeState state) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = state.Standings.Where(standing => standing.Problem is not null).Select(standing => $"{standing.Source} stands at {standing.Sequence}: {standing.Problem}").ToList();
        if (state.FeedInstead is { } why) problems.Insert(0, $"reading the feeds, because {why}");
        try
        {
            await using var command = store.CreateCommand($"select count(*) from {service.Schema}.set_aside");
            if (await command.ExecuteScalarAsync(cancellationToken) is long and > 0 and var aside) problems.Add($"{aside} events could not be digested and were set aside");
        }
        catch (NpgsqlException away)
        {
            return HealthCheckResult.Unhealthy("the database cannot be reached", away);
        }
        return problems.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", problems));
    }
}
