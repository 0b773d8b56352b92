using JasperFx.Events;
using Luodi.Contracts.Signings;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Ceremonies;

public enum CeremonyStatus { Scheduled, Held, Closed }

/// <summary>What the rules ask of a ceremony.</summary>
/// <param name="Held">It took place, closed or not.</param>
/// <param name="Agenda">Its agreements in the order in which they are called up, as far as that was set.</param>
public sealed record Ceremony(Guid Id, string Name, DateOnly HeldOn, CeremonyStatus Status, bool Held = false, IReadOnlyList<Guid>? Agenda = null)
{
    // Documents older than agendas have none.
    public IReadOnlyList<Guid> Agenda { get; init; } = Agenda ?? [];

    /// <summary>Documents once did not say of a closed ceremony whether it took place: those of that time learn it from their events.</summary>
    internal const string HeldOfOlder = """
        update signings.mt_doc_ceremony d set data = d.data || jsonb_build_object('held', exists (
            select from signings.mt_events e where e.stream_id = d.id and e.type = 'ceremony_held'))
        where not jsonb_exists(d.data, 'held')
        """;
}

public static class CeremonyHistory
{
    public static Ceremony? Evolve(Ceremony? ceremony, object fact) => (ceremony, fact) switch
    {
        (null, CeremonyScheduled e) => new(e.CeremonyId, e.Name, e.HeldOn, CeremonyStatus.Scheduled),
        ({ } c, CeremonyHeld e) => c with { HeldOn = e.HeldOn, Status = c.Status is CeremonyStatus.Closed ? c.Status : CeremonyStatus.Held, Held = true },
        ({ } c, CeremonyClosed) => c with { Status = CeremonyStatus.Closed },
        ({ } c, CeremonyReopened) => c with { Status = c.Held ? CeremonyStatus.Held : CeremonyStatus.Scheduled },
        ({ } c, AgendaSet e) => c with { Agenda = e.Agreements },
        _ => ceremony,
    };
}

public sealed partial class CeremonyProjection : SingleStreamProjection<Ceremony, Guid>
{
    public override Ceremony? Evolve(Ceremony? snapshot, Guid id, IEvent e) => CeremonyHistory.Evolve(snapshot, e.Data);
}
