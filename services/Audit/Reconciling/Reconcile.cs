using System.Security.Claims;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Luodi.Audit.Reconciling;

/// <summary>A comparison and what it found.</summary>
public sealed record ReconciliationReport(Reconciliation Reconciliation, IReadOnlyList<Finding> Findings);

public static class ReconcileFeature
{
    public static void MapReconcile(this IEndpointRouteBuilder api)
    {
        var reconciliations = api.MapGroup("reconciliations").WithTags("Reconciliation");

        reconciliations.MapPost("", (HttpContext http, Reconciler reconciler) =>
        {
            var begun = reconciler.Begin(http.User.FindFirstValue("sub")!);
            return Results.Accepted($"{http.Request.Path.Value!.TrimEnd('/')}/{begun.Id}", begun);
        })
        .WithSummary("Compares each source's store, the journal and the log with one another; or names the comparison that is under way")
        .Produces<Reconciliation>(StatusCodes.Status202Accepted)
        .RequireAuthorization(Policies.Examine);

        reconciliations.MapGet("", async (Reconciler reconciler, NpgsqlDataSource store, CancellationToken ct, int limit = 50) =>
        {
            await using var command = store.CreateCommand($"select {Columns} from audit.reconciliation order by started_at desc limit $1");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Clamp(limit, 1, 200) });
            return (IReadOnlyList<Reconciliation>)[.. reconciler.Running is { } running ? [running] : Array.Empty<Reconciliation>(), .. await Read(command, ct)];
        })
        .WithSummary("Comparisons, the newest first, with the one under way")
        .RequireAuthorization(Policies.Administration);

        reconciliations.MapGet("{id:guid}", async (Guid id, Reconciler reconciler, NpgsqlDataSource store, CancellationToken ct) =>
        {
            if (reconciler.Running is { } running && running.Id == id) return Results.Ok(new ReconciliationReport(running, []));
            await using var command = store.CreateCommand($"select {Columns} from audit.reconciliation where id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            if (await Read(command, ct) is not [var found]) return Problems.Of(new NotFound());
            await using var lines = store.CreateCommand("select place, source, sequence, index, kind, fields from audit.finding where reconciliation = $1 order by line");
            lines.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            var findings = new List<Finding>();
            await using var row = await lines.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                findings.Add(new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)));
            }
            return Results.Ok(new ReconciliationReport(found, findings));
        })
        .WithSummary("A comparison: how far it is, and what it found")
        .Produces<ReconciliationReport>()
        .RequireAuthorization(Policies.Administration);
    }

    private const string Columns = "id, started_at, finished_at, by, done, total, findings, problem";

    private static async Task<IReadOnlyList<Reconciliation>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        var read = new List<Reconciliation>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            read.Add(new(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetString(7)));
        }
        return read;
    }
}

/// <summary>Whether the last comparison found anything, and whether there was one lately.</summary>
internal sealed class ReconciliationCheck(NpgsqlDataSource store, Reconciler reconciler, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await EarlierRuns.Read(store, cancellationToken)).Problem(clock.GetUtcNow(), reconciler.Every) is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy();
        }
        catch (NpgsqlException away)
        {
            return HealthCheckResult.Unhealthy("the database cannot be reached", away);
        }
    }
}
