using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Agreements;

/// <summary>An agreement as lists and pages show it.</summary>
/// <param name="Status"><c>draft</c>, <c>signed</c> (waits for its confirmation), <c>in-force</c>, <c>terminated</c>.</param>
/// <param name="Waiting">What waits for a second person: <c>signing</c>, <c>amendment</c>, <c>termination</c>; null for nothing.</param>
/// <param name="Proposed">The amount of an amendment that waits.</param>
/// <param name="Illustrative">Made up to show the system.</param>
public sealed record AgreementView(
    Guid Id, string Number, Guid ProjectId, Guid CeremonyId, string Counterparty, string Industry, Money Amount, Money? Proposed,
    string Status, string? Waiting, DateOnly? SignedOn, bool Illustrative, long Version);

public sealed partial class AgreementViewProjection : SingleStreamProjection<AgreementView, Guid>
{
    public override AgreementView? Evolve(AgreementView? snapshot, Guid id, IEvent e) => Show(snapshot, e.Data) is { } view ? view with { Version = e.Version } : null;

    private static AgreementView? Show(AgreementView? view, object fact) => (view, fact) switch
    {
        (null, AgreementDrafted e) => new(e.AgreementId, e.Number, e.ProjectId, e.CeremonyId, e.Counterparty, e.Industry, e.Amount, null, "draft", null, null, e.Illustrative, 0),
        ({ } v, AgreementSigned e) => v with { Status = "signed", SignedOn = e.SignedOn, Waiting = "signing" },
        ({ } v, AgreementAmended e) => v with { Waiting = "amendment", Proposed = e.To },
        ({ } v, AgreementTerminated) => v with { Waiting = "termination" },
        ({ } v, SigningConfirmed) => v with { Status = "in-force", Waiting = null },
        ({ } v, AmendmentConfirmed) => v with { Amount = v.Proposed ?? v.Amount, Proposed = null, Waiting = null },
        ({ } v, TerminationConfirmed) => v with { Status = "terminated", Waiting = null },
        _ => view,
    };
}
