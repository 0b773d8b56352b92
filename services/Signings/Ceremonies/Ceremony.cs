using JasperFx.Events;
using Luodi.Contracts.Signings;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Ceremonies;

public enum CeremonyStatus { Scheduled, Held, Closed }

/// <summary>What the rules ask of a ceremony.</summary>
public sealed record Ceremony(Guid Id, string Name, DateOnly HeldOn, CeremonyStatus Status);

public static class CeremonyHistory
{
    public static Ceremony? Evolve(Ceremony? ceremony, object fact) => (ceremony, fact) switch
    {
        (null, CeremonyScheduled e) => new(e.CeremonyId, e.Name, e.HeldOn, CeremonyStatus.Scheduled),
        ({ } c, CeremonyHeld e) => c with { HeldOn = e.HeldOn, Status = c.Status is CeremonyStatus.Closed ? c.Status : CeremonyStatus.Held },
        ({ } c, CeremonyClosed) => c with { Status = CeremonyStatus.Closed },
        _ => ceremony,
    };
}

public sealed partial class CeremonyProjection : SingleStreamProjection<Ceremony, Guid>
{
    public override Ceremony? Evolve(Ceremony? snapshot, Guid id, IEvent e) => CeremonyHistory.Evolve(snapshot, e.Data);
}
