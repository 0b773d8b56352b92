using Luodi.Audit.Watching;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Luodi.Audit.Log;

/// <summary>
/// Signs a checkpoint soon after news, and only one that continues the last: a log that was shortened, forked or put back to an earlier day is not signed any more,
/// which health says until somebody has found out why. The newest of each day also stands as a file in <c>Audit:Checkpoints</c>.
/// </summary>
internal sealed partial class CheckpointWriter(NpgsqlDataSource store, LogReader reader, LogKeys keys, Diary diary, Retention retention, IConfiguration configuration, TimeProvider clock, ILogger<CheckpointWriter> log) : BackgroundService
{
    private readonly string? _folder = configuration["Audit:Checkpoints"];
    private readonly TimeSpan _every = configuration.GetValue("Audit:CheckpointEvery", TimeSpan.FromSeconds(5));

    /// <summary>Why nothing is signed; null while all is well.</summary>
    public string? Problem { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every, clock);
        do
        {
            try
            {
                await diary.NoteKeys(keys.Signing(), stoppingToken);
                await Sign(stoppingToken);
                await Keep(stoppingToken);
                Problem = null;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (Problem != failure.Message) Refused(log, failure.Message);
                Problem = failure.Message;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Signs what the log is now, where it is more than the last time.</summary>
    internal async Task Sign(CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // One signs at a time, also among replicas.
        await using (var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('audit.log_checkpoint'))", connection)) await alone.ExecuteNonQueryAsync(ct);
        var newest = await reader.Newest(ct);
        var before = new[] { keys.Last(), newest?.Read() }.OfType<Checkpoint>().MaxBy(checkpoint => checkpoint.Size);
        var size = await reader.Size(ct);
        var root = await reader.Root(size, ct);
        if (newest is not null && size == before?.Size && root == before.Root) return;
        if (before is not null)
        {
            var path = before.Size < size ? await reader.Compute(ProofPlan.Consistency(before.Size, size), ct) : [];
            MerkleTree.CheckConsistency(before.Size, before.Root, size, root, path);
        }
        var checkpoint = new Checkpoint(keys.Origin, size, root);
        keys.Keep(checkpoint);
        var note = new Note(checkpoint.ToString(), keys.Signing().Select(key => key.Sign(checkpoint.ToString())));
        await using var insert = new NpgsqlCommand("insert into audit.log_checkpoint (size, signed_at, note, cosigned) values ($1, $2, $3, 0) on conflict (size) do nothing", connection)
        {
            Parameters = { new() { Value = size }, new() { Value = clock.GetUtcNow().UtcDateTime }, new() { Value = note.ToString() } },
        };
        await insert.ExecuteNonQueryAsync(ct);
        // Of long ago the last of each day are enough: any of them can be shown to continue any other.
        await using var thin = new NpgsqlCommand("""
            delete from audit.log_checkpoint where signed_at < $1 and size not in (select max(size) from audit.log_checkpoint group by (signed_at at time zone 'Asia/Shanghai')::date)
            """, connection) { Parameters = { new() { Value = retention.Before(clock.GetUtcNow()).UtcDateTime } } };
        await thin.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // What is carried elsewhere every day: with it somebody can check later that the log has only grown since.
    private async Task Keep(CancellationToken ct)
    {
        if (_folder is null || await reader.Newest(ct) is not { } newest) return;
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, $"{Recording.DayOf(newest.SignedAt):yyyy-MM-dd}.checkpoint");
        if (!File.Exists(file) || await File.ReadAllTextAsync(file, ct) != newest.Note) await File.WriteAllTextAsync(file, newest.Note, ct);
    }

    [LoggerMessage(1, LogLevel.Error, "No checkpoint is signed: {Problem}")]
    private static partial void Refused(ILogger logger, string problem);
}

/// <summary>Whether the log is being signed.</summary>
internal sealed class CheckpointCheck(CheckpointWriter writer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.Problem is { } problem ? HealthCheckResult.Degraded($"no checkpoint is signed: {problem}") : HealthCheckResult.Healthy());
}
