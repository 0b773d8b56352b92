using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Agreements;

/// <summary><c>Signed</c>: the signing waits for a second person.</summary>
public enum AgreementStatus { Draft, Signed, InForce, Terminated }

/// <summary>What waits for a second person.</summary>
public enum Waiting { Signing, Amendment, Termination }

/// <summary>What the rules ask of an agreement.</summary>
/// <param name="Amount">The amount that stands; an unconfirmed amendment is <paramref name="Proposed"/>.</param>
/// <param name="LoggedBy">Who logged what waits.</param>
/// <param name="Department">Whose agreement it is.</param>
public sealed record Agreement(
    Guid Id, string Number, Guid ProjectId, Guid CeremonyId, AgreementStatus Status, Money Amount, DateOnly? SignedOn, Waiting? Waiting, Money? Proposed, string? LoggedBy,
    string? Department = null) : IOfDepartment;

public static class AgreementHistory
{
    public static Agreement? Evolve(Agreement? agreement, object fact, string? actor) => (agreement, fact) switch
    {
        (null, AgreementDrafted e) => new(e.AgreementId, e.Number, e.ProjectId, e.CeremonyId, AgreementStatus.Draft, e.Amount, null, null, null, null, e.Department),
        ({ } a, DraftCorrected e) => a with { Amount = e.Amount ?? a.Amount },
        ({ } a, AgreementSigned e) => a with { Status = AgreementStatus.Signed, SignedOn = e.SignedOn, Waiting = Agreements.Waiting.Signing, LoggedBy = actor },
        ({ } a, AgreementAmended e) => a with { Waiting = Agreements.Waiting.Amendment, Proposed = e.To, LoggedBy = actor },
        ({ } a, AgreementTerminated) => a with { Waiting = Agreements.Waiting.Termination, LoggedBy = actor },
        // What is returned leaves no trace in the state: who logged it corrects it and logs it again.
        ({ } a, SigningReturned) => a with { Status = AgreementStatus.Draft, SignedOn = null, Waiting = null, LoggedBy = null },
        ({ } a, AmendmentReturned) => a with { Waiting = null, Proposed = null, LoggedBy = null },
        ({ } a, TerminationReturned) => a with { Waiting = null, LoggedBy = null },
        ({ } a, SigningConfirmed) => a with { Status = AgreementStatus.InForce, Waiting = null, LoggedBy = null },
        ({ } a, AmendmentConfirmed) => a with { Amount = a.Proposed ?? a.Amount, Waiting = null, Proposed = null, LoggedBy = null },
        ({ } a, TerminationConfirmed) => a with { Status = AgreementStatus.Terminated, Waiting = null, LoggedBy = null },
        _ => agreement,
    };
}

public sealed partial class AgreementProjection : SingleStreamProjection<Agreement, Guid>
{
    public override Agreement? Evolve(Agreement? snapshot, Guid id, IEvent e) => AgreementHistory.Evolve(snapshot, e.Data, e.UserName);
}
