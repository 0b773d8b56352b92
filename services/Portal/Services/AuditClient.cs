using System.Text.Json;

namespace Luodi.Portal.Services;

/// <summary>How the log stands.</summary>
public sealed record LogStanding(
    string Origin, long Size, long Signed, DateTimeOffset? SignedAt, int Cosigned, IReadOnlyList<string> Keys, IReadOnlyList<SourceStanding> Sources, IReadOnlyList<WitnessStanding> Witnesses, string? Problem);

/// <param name="SilentSince">Since when it is not heard.</param>
public sealed record SourceStanding(string Source, long Sequence, DateTimeOffset? SilentSince, string? Problem);

public sealed record WitnessStanding(string Name, string Key, string? Problem);

public sealed record LogCheckpoint(long Size, DateTimeOffset SignedAt, int Cosigned, string Note);

/// <summary>An event as the log has it.</summary>
/// <param name="Data">Null where it was erased by law.</param>
public sealed record LogEntryView(
    long Index, Guid EventId, string Source, long Sequence, DateTimeOffset HeardAt, string LeafHash, JsonElement Header, JsonElement? Data, long? SignedSize, DateTimeOffset? SignedAt, int Cosigned);

public sealed record Reconciliation(Guid Id, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string By, long Done, long Total, int FindingCount, string? Problem);

public sealed record ReconciliationReport(Reconciliation Reconciliation, IReadOnlyList<ReconciliationFinding> Findings);

public sealed record ReconciliationFinding(string Place, string Source, long? Sequence, long? Index, string Kind, string? Fields);

/// <summary>Today's log beside a checkpoint that was kept.</summary>
/// <param name="Flaw">What is wrong; null where today's log continues it.</param>
public sealed record CheckpointComparison(string Origin, long Size, string Root, IReadOnlyList<string> SignedBy, string? Flaw, long NewestSize, DateTimeOffset NewestSignedAt, string? Problem);

/// <summary>That texts of an event are to go by law, and how far it has come.</summary>
/// <param name="Texts">Their paths in the payload.</param>
/// <param name="State">requested, approved, refused, withdrawn or erased.</param>
public sealed record Erasure(
    Guid Id, Guid EventId, string Source, string Sequence, IReadOnlyList<string> Texts, string Basis, string State, string? RequestedBy, DateTimeOffset RequestedAt,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, string? RemainderSha256, DateTimeOffset? ErasedAt)
{
    public string Place => Sequence.TrimStart('0');
}

public sealed record ErasureList(IReadOnlyList<Erasure> Items);

/// <param name="AlsoIn">Other events that say the same texts.</param>
public sealed record ErasureReport(Erasure Erasure, IReadOnlyList<SaysTheSame> AlsoIn);

public sealed record SaysTheSame(Guid EventId, string Type, string Source);

/// <summary>Audit: the log, its proofs, and what was found when all was compared.</summary>
public sealed class AuditClient(HttpClient http)
{
    private const string Root = "/api/audit";

    public Task<Answer<LogStanding>> Standing(CancellationToken ct) => http.Ask<LogStanding>($"{Root}/standing", ct);

    /// <summary>The last of each day, the newest first.</summary>
    public Task<Answer<IReadOnlyList<LogCheckpoint>>> Checkpoints(CancellationToken ct) => http.Ask<IReadOnlyList<LogCheckpoint>>($"{Root}/checkpoints", ct);

    /// <summary>Of exactly this size: one, or none.</summary>
    public Task<Answer<IReadOnlyList<LogCheckpoint>>> Checkpoint(long size, CancellationToken ct) => http.Ask<IReadOnlyList<LogCheckpoint>>($"{Root}/checkpoints?size={size}", ct);

    public Task<Answer<LogEntryView>> Entry(Guid eventId, CancellationToken ct) => http.Ask<LogEntryView>($"{Root}/entries/{eventId}", ct);

    public Task<Answer<IReadOnlyList<Reconciliation>>> Reconciliations(CancellationToken ct) => http.Ask<IReadOnlyList<Reconciliation>>($"{Root}/reconciliations?limit=20", ct);

    public Task<Answer<ReconciliationReport>> Report(Guid id, CancellationToken ct) => http.Ask<ReconciliationReport>($"{Root}/reconciliations/{id}", ct);

    public Task<Answer<ErasureList>> Erasures(CancellationToken ct) => http.Ask<ErasureList>($"{Root}/erasures", ct);

    public Task<Answer<ErasureList>> ErasuresOf(Guid eventId, CancellationToken ct) => http.Ask<ErasureList>($"{Root}/erasures?eventId={eventId}", ct);

    public Task<Answer<ErasureReport>> Erasure(Guid id, CancellationToken ct) => http.Ask<ErasureReport>($"{Root}/erasures/{id}", ct);

    /// <param name="path">Below /api/audit.</param>
    public Task<Outcome> Tell(string path, object body, string key, CancellationToken ct) => http.Tell($"{Root}/{path}", body, key, version: null, ct);

    /// <summary>Where a browser gets the proof of an event.</summary>
    public static string ProofOf(Guid eventId) => $"{Root}/proofs/{eventId}";
}
