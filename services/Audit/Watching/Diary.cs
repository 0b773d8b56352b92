using Luodi.Audit.Reconciling;
using Luodi.Contracts.Audit;
using Luodi.Proof.Notes;
using Luodi.ServiceDefaults.Decisions;
using Marten;

namespace Luodi.Audit.Watching;

/// <summary>Writes down what happens to the log, as events that stand in it like all others.</summary>
public sealed class Diary(IDocumentStore store, TimeProvider clock)
{
    private static readonly Acting Itself = new("service:audit", Guid.CreateVersion7().ToString(), null);

    public Task Started(TimeSpan down, CancellationToken ct) => Write(_ => [new AuditStarted(AuditLog.Only, (int)down.TotalSeconds)], ct);

    public Task Stopped(CancellationToken ct) => Write(_ => [new AuditStopped(AuditLog.Only)], ct);

    /// <summary>Writes down which keys were added and retired, where it does not stand there.</summary>
    public Task NoteKeys(IEnumerable<SignerKey> signing, CancellationToken ct)
    {
        var keys = signing.Select(key => key.Verifier.ToString()).ToList();
        return Write(log => log is null ? [] : Keys(log, keys), ct);
    }

    /// <summary>Writes down that a source fell silent, or is heard again, where that is news.</summary>
    /// <param name="cause">Null while it is heard.</param>
    public Task NoteSource(string source, string? cause, CancellationToken ct) => Write(log => log is null ? [] : Source(log, source, cause), ct);

    public Task Reconciled(Reconciliation run, IReadOnlyList<Finding> findings, CancellationToken ct) => Write(
        log => log is null ? [] : [new ReconciliationFinished(log.Id, run.Id, (int)long.Min(int.MaxValue, run.Done), run.FindingCount, [.. findings.Take(20).Select(finding => finding.ToString())])], ct);

    public static IReadOnlyList<object> Keys(AuditLog log, IReadOnlyList<string> keys) =>
        [.. keys.Except(log.Keys).Select(key => new LogKeyAdded(log.Id, key)), .. log.Keys.Except(keys).Select(key => new LogKeyRetired(log.Id, key))];

    public static IReadOnlyList<object> Source(AuditLog log, string source, string? cause) => (log.Silent.FirstOrDefault(silent => silent.Source == source), cause) switch
    {
        (null, { } why) => [new SourceFellSilent(log.Id, source, why)],
        ({ } before, { } why) when before.Cause != why => [new SourceFellSilent(log.Id, source, why)],
        ({ }, null) => [new SourceHeardAgain(log.Id, source)],
        _ => [],
    };

    private async Task Write(Func<AuditLog?, IReadOnlyList<object>> rule, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<AuditLog>(AuditLog.Only, ct);
        if (rule(stream.Aggregate) is not { Count: > 0 } facts) return;
        stream.AppendMany([.. session.Record(Decision.Accept([.. facts]), Itself, clock.Today())]);
        await session.SaveChangesAsync(ct);
    }
}
