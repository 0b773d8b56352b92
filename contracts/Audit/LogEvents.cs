namespace Luodi.Contracts.Audit;

/// <summary>Audit is at work from now on.</summary>
/// <param name="DownSeconds">How long nobody had been seen at work before; 0 where another replica was, or it is the first time.</param>
[EventName("audit_started")]
public sealed record AuditStarted(Guid AuditId, int DownSeconds);

/// <summary>An instance of Audit was told to stop.</summary>
[EventName("audit_stopped")]
public sealed record AuditStopped(Guid AuditId);

/// <summary>Nothing can be heard of a source any more, or its relay stands still: what happens there does not come into the log.</summary>
/// <param name="Source"><c>/BUREAU/SERVICE</c></param>
/// <param name="Cause">One of <see cref="SilenceCauses"/>.</param>
[EventName("source_fell_silent")]
public sealed record SourceFellSilent(Guid AuditId, string Source, string Cause);

/// <summary>The source is heard again, up to its end.</summary>
[EventName("source_heard_again")]
public sealed record SourceHeardAgain(Guid AuditId, string Source);

/// <summary>From now on checkpoints are signed with this key too.</summary>
/// <param name="Key">The public key as a vkey (signed-note).</param>
[EventName("log_key_added")]
public sealed record LogKeyAdded(Guid AuditId, string Key);

/// <summary>No checkpoint is signed with this key any more.</summary>
[EventName("log_key_retired")]
public sealed record LogKeyRetired(Guid AuditId, string Key);

/// <summary>Stores, journal and log were compared with one another, event by event.</summary>
/// <param name="Compared">How many entries of the log.</param>
/// <param name="Findings">How many rows were changed, missing, inserted or out of order; 0 where all agree.</param>
/// <param name="First">The first of the findings, in words.</param>
[EventName("reconciliation_finished")]
public sealed record ReconciliationFinished(Guid AuditId, Guid ReconciliationId, int Compared, int Findings, IReadOnlyList<string> First);

/// <summary>Why a source is not heard.</summary>
public static class SilenceCauses
{
    /// <summary>Its feed gives no answer.</summary>
    public const string Away = "away";

    /// <summary>It answers, and its relay does not send what it has.</summary>
    public const string RelayStopped = "relay-stopped";

    /// <summary>What it says does not follow what it said before: its history has changed.</summary>
    public const string HistoryChanged = "history-changed";
}
