using JasperFx.Events;
using Luodi.Contracts.Audit;
using Marten.Events.Aggregation;

namespace Luodi.Audit.Watching;

/// <param name="Cause">One of <see cref="SilenceCauses"/>.</param>
public sealed record SilentSource(string Source, string Cause, DateTimeOffset Since);

/// <summary>What happened to the log itself, as far as it is not over.</summary>
/// <param name="Keys">Those that sign checkpoints, as vkeys.</param>
public sealed record AuditLog(Guid Id, IReadOnlyList<string> Keys, IReadOnlyList<SilentSource> Silent)
{
    /// <summary>A bureau has one log.</summary>
    public static readonly Guid Only = new("0197f2a0-0000-7000-8000-000000000a0d");
}

public static class AuditLogHistory
{
    /// <param name="at">When it was written down.</param>
    public static AuditLog? Evolve(AuditLog? log, object fact, DateTimeOffset at) => fact switch
    {
        AuditStarted e => log ?? new(e.AuditId, [], []),
        SourceFellSilent e when log is not null => log with { Silent = [.. log.Silent.Where(silent => silent.Source != e.Source), new(e.Source, e.Cause, at)] },
        SourceHeardAgain e when log is not null => log with { Silent = [.. log.Silent.Where(silent => silent.Source != e.Source)] },
        LogKeyAdded e when log is not null => log with { Keys = [.. log.Keys, e.Key] },
        LogKeyRetired e when log is not null => log with { Keys = [.. log.Keys.Where(key => key != e.Key)] },
        _ => log,
    };
}

public sealed partial class AuditLogProjection : SingleStreamProjection<AuditLog, Guid>
{
    public override AuditLog? Evolve(AuditLog? snapshot, Guid id, IEvent e) => AuditLogHistory.Evolve(snapshot, e.Data, e.Timestamp);
}
