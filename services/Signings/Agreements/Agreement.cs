using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.AgreementConditions;
using Luodi.Signings.Attachments;
using Luodi.Signings.Funding;
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
/// <param name="Follows">The earlier agreement that it follows.</param>
/// <param name="FollowsAs">How, one of <see cref="FollowUps"/>.</param>
/// <param name="Chain">The first of the agreements that follow one another: itself, where it follows none.</param>
/// <param name="Standing">Of a signed upgrade: what the earlier papers count.</param>
public sealed record Agreement(
    Guid Id, string Number, Guid ProjectId, Guid CeremonyId, AgreementStatus Status, Money Amount, DateOnly? SignedOn, Waiting? Waiting, Money? Proposed, string? LoggedBy,
    string? Department = null, string Tier = Tiers.Agreement, Guid? Follows = null, string? FollowsAs = null, Guid Chain = default, Money? Standing = null) : IOfDepartment
{
    /// <summary>Who signs with the bureau.</summary>
    public string Counterparty { get; init; } = "";

    /// <summary>Who else signs.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>The part of the amount that goes into fixed assets; null where the paper does not say.</summary>
    public Money? FixedAssets { get; init; }

    /// <summary>What an amendment that waits would make of it; null where it leaves it.</summary>
    public Money? ProposedFixedAssets { get; init; }

    /// <summary>The parties after an amendment that waits; null where it leaves them.</summary>
    public IReadOnlyList<string>? ProposedParties { get; init; }
    /// <summary>What a fund puts in; null where none takes part.</summary>
    public FundPart? Fund { get; init; }

    /// <summary>What it is to put in after an amendment that waits; null where that leaves it.</summary>
    public Money? ProposedFundAmount { get; init; }

    /// <summary>The day by which all of it was done; null while something is open.</summary>
    public DateOnly? FulfilledOn { get; init; }

    /// <summary>Its files, without those that were withdrawn.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Its conditions, those that were settled or withdrawn too.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>It counts as a signing at its ceremony; an upgrade and a top-up belong to the signing of an earlier paper.</summary>
    public bool IsSigning => FollowsAs is null or FollowUps.Replacement;

    /// <summary>What counts of it at its ceremony, once it is confirmed and while nothing has taken its place.</summary>
    public Money Credit => Standing is null ? Amount : Money.Yuan(Math.Max(0, Amount.Value - Standing.Value));
}

public static class AgreementHistory
{
    public static Agreement? Evolve(Agreement? agreement, object fact, string? actor) => (agreement, fact) switch
    {
        (null, AgreementDrafted e) => new(e.AgreementId, e.Number, e.ProjectId, e.CeremonyId, AgreementStatus.Draft, e.Amount, null, null, null, null, e.Department,
            e.Tier ?? Tiers.Agreement, e.Follows, e.FollowsAs, e.Chain ?? e.AgreementId)
        {
            Counterparty = e.Counterparty,
            Parties = e.Parties ?? [],
            FixedAssets = e.FixedAssets,
        },
        ({ } a, DraftCorrected e) => a with
        {
            Counterparty = e.Counterparty ?? a.Counterparty,
            Amount = e.Amount ?? a.Amount,
            Tier = e.Tier ?? a.Tier,
            Parties = e.Parties ?? a.Parties,
            FixedAssets = e.FixedAssets ?? a.FixedAssets,
        },
        ({ } a, AgreementSigned e) => Sign(a, e.SignedOn, actor),
        ({ } a, AgreementUpgraded e) => Sign(a, e.SignedOn, actor) with { Standing = e.Standing },
        ({ } a, InvestmentToppedUp e) => Sign(a, e.SignedOn, actor),
        ({ } a, OwnerReplaced e) => Sign(a, e.SignedOn, actor),
        ({ } a, AgreementAmended e) => a with { Waiting = Agreements.Waiting.Amendment, Proposed = e.To, ProposedFixedAssets = e.FixedAssets, ProposedParties = e.Parties, ProposedFundAmount = e.FundAmount, LoggedBy = actor },
        ({ } a, AgreementTerminated) => a with { Waiting = Agreements.Waiting.Termination, LoggedBy = actor },
        ({ } a, AgreementFulfilled e) => a with { FulfilledOn = e.On },
        ({ } a, FulfilmentWithdrawn) => a with { FulfilledOn = null },
        ({ } a, AttachmentAdded e) => a with { Attachments = [.. a.Attachments, new(e.AttachmentId, e.Name, e.Kind, e.MediaType, e.Bytes, e.Sha256)] },
        ({ } a, AttachmentWithdrawn e) => a with { Attachments = [.. a.Attachments.Where(each => each.Id != e.AttachmentId)] },
        ({ } a, ConditionNoted or ConditionMet or ConditionWaived or ConditionWithdrawn) => a with { Conditions = a.Conditions.After(fact) },
        ({ } a, FundParticipationRequested or FundParticipationWithdrawn or FundingConfirmed or FundingRefused or FundingReleased) => a with { Fund = a.Fund.After(fact) },
        // What is returned leaves no trace in the state: who logged it corrects it and logs it again.
        ({ } a, SigningReturned) => a with { Status = AgreementStatus.Draft, SignedOn = null, Waiting = null, LoggedBy = null, Standing = null },
        ({ } a, AmendmentReturned) => a with { Waiting = null, Proposed = null, ProposedFixedAssets = null, ProposedParties = null, ProposedFundAmount = null, LoggedBy = null },
        ({ } a, TerminationReturned) => a with { Waiting = null, LoggedBy = null },
        ({ } a, SigningConfirmed) => a with { Status = AgreementStatus.InForce, Waiting = null, LoggedBy = null },
        ({ } a, AmendmentConfirmed) => a with
        {
            Amount = a.Proposed ?? a.Amount,
            FixedAssets = a.ProposedFixedAssets ?? a.FixedAssets,
            Parties = a.ProposedParties ?? a.Parties,
            Waiting = null,
            Proposed = null,
            ProposedFixedAssets = null,
            ProposedParties = null,
            ProposedFundAmount = null,
            LoggedBy = null,
        },
        ({ } a, TerminationConfirmed) => a with { Status = AgreementStatus.Terminated, Waiting = null, LoggedBy = null },
        _ => agreement,
    };

    private static Agreement Sign(Agreement draft, DateOnly signedOn, string? actor) =>
        draft with { Status = AgreementStatus.Signed, SignedOn = signedOn, Waiting = Agreements.Waiting.Signing, LoggedBy = actor };
}

public sealed partial class AgreementProjection : SingleStreamProjection<Agreement, Guid>
{
    public override Agreement? Evolve(Agreement? snapshot, Guid id, IEvent e) => AgreementHistory.Evolve(snapshot, e.Data, e.UserName);
}
