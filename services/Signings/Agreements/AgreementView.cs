using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.AgreementConditions;
using Luodi.Signings.Attachments;
using Luodi.Signings.Funding;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Agreements;

/// <summary>An agreement as lists and pages show it.</summary>
/// <param name="Status"><c>draft</c>, <c>signed</c> (waits for its confirmation), <c>in-force</c>, <c>terminated</c>.</param>
/// <param name="Waiting">What waits for a second person: <c>signing</c>, <c>amendment</c>, <c>termination</c>; null for nothing.</param>
/// <param name="Proposed">The amount of an amendment that waits.</param>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="LoggedBy">Who logged the last of it: the draft, the signing, an amendment or a termination.</param>
/// <param name="Department">Whose agreement it is.</param>
/// <param name="Returned">What was returned to them and has not been logged again.</param>
/// <param name="Follows">The earlier agreement that it follows.</param>
/// <param name="FollowsAs">How, one of <see cref="FollowUps"/>.</param>
/// <param name="Chain">The first of the agreements that follow one another; null where it follows none.</param>
public sealed record AgreementView(
    Guid Id, string Number, Guid ProjectId, Guid CeremonyId, string Counterparty, string Industry, Money Amount, Money? Proposed,
    string Status, string? Waiting, DateOnly? SignedOn, bool Illustrative, long Version, string? LoggedBy = null, Returned? Returned = null,
    string? Department = null, string Tier = Tiers.Agreement, Guid? Follows = null, string? FollowsAs = null, Guid? Chain = null)
{
    /// <summary>What its project was called when it was drafted: it is found by it.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Who signs beside the counterparty.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>The part of the amount that goes into fixed assets; null where the paper does not say.</summary>
    public Money? FixedAssets { get; init; }

    /// <summary>The same after an amendment that waits; null where it leaves it.</summary>
    public Money? ProposedFixedAssets { get; init; }

    /// <summary>The parties after an amendment that waits; null where it leaves them.</summary>
    public IReadOnlyList<string>? ProposedParties { get; init; }
    /// <summary>What a fund puts in, and what it answered; null where none takes part.</summary>
    public FundPart? Fund { get; init; }

    /// <summary>What it is to put in after an amendment that waits; null where that leaves it.</summary>
    public Money? ProposedFundAmount { get; init; }

    /// <summary>The day by which all of it was done.</summary>
    public DateOnly? FulfilledOn { get; init; }

    /// <summary>Of a termination: its term ran out.</summary>
    public bool Lapsed { get; init; }

    /// <summary>Its files, those that were withdrawn too.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Its conditions, those that were settled or withdrawn too.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>One paper waits at a time, and its confirmation or return is of its day. A draft holds as soon as its signing does.</summary>
    public static EffectiveRule Effective { get; } = new(
        fact => fact is AgreementSigned or AgreementUpgraded or InvestmentToppedUp or OwnerReplaced or AgreementAmended or AgreementTerminated ? Guid.Empty : null,
        fact => fact is SigningConfirmed or SigningReturned or AmendmentConfirmed or AmendmentReturned or TerminationConfirmed or TerminationReturned ? Guid.Empty : null,
        fact => fact is DraftCorrected or FundParticipationRequested or FundParticipationWithdrawn);

    /// <summary>Lists once did not say who logged what: documents of that time learn it from their events.</summary>
    internal const string LoggedByOfOlder = """
        update signings.mt_doc_agreementview d set data = d.data || jsonb_build_object('loggedBy', (
            select e.user_name from signings.mt_events e
            where e.stream_id = d.id and e.type in ('agreement_drafted', 'agreement_signed', 'agreement_amended', 'agreement_terminated')
            order by e.version desc limit 1))
        where not jsonb_exists(d.data, 'loggedBy')
        """;

    /// <summary>Events once did not say what the project was called: documents of that time learn it from what Signings knows of the project.</summary>
    internal const string ProjectNameOfOlder = """
        update signings.mt_doc_agreementview d set data = d.data || jsonb_build_object('projectName', p.data->>'name')
        from signings.mt_doc_knownproject p where p.id = (d.data->>'projectId')::uuid and d.data->>'projectName' is null
        """;

    /// <summary>Papers older than tiers are agreements.</summary>
    internal const string TierOfOlder = """
        update signings.mt_doc_agreementview d set data = d.data || jsonb_build_object('tier', 'agreement') where not jsonb_exists(d.data, 'tier')
        """;
}

/// <param name="What"><c>signing</c>, <c>amendment</c> or <c>termination</c>.</param>
/// <param name="Reason">What is to be corrected.</param>
public sealed record Returned(string What, string? Reason, string? By, DateTimeOffset At);

public sealed partial class AgreementViewProjection : SingleStreamProjection<AgreementView, Guid>
{
    public override AgreementView? Evolve(AgreementView? snapshot, Guid id, IEvent e) => Show(snapshot, e) is { } view ? view with { Version = e.Version } : null;

    private static AgreementView? Show(AgreementView? view, IEvent told) => (view, told.Data) switch
    {
        (null, AgreementDrafted e) => new(e.AgreementId, e.Number, e.ProjectId, e.CeremonyId, e.Counterparty, e.Industry, e.Amount, null, "draft", null, null, e.Illustrative, 0, told.UserName, null, e.Department,
            e.Tier ?? Tiers.Agreement, e.Follows, e.FollowsAs, e.Chain)
        {
            ProjectName = e.ProjectName,
            Parties = e.Parties ?? [],
            FixedAssets = e.FixedAssets,
        },
        ({ } v, DraftCorrected e) => v with
        {
            Counterparty = e.Counterparty ?? v.Counterparty,
            Amount = e.Amount ?? v.Amount,
            Tier = e.Tier ?? v.Tier,
            Parties = e.Parties ?? v.Parties,
            FixedAssets = e.FixedAssets ?? v.FixedAssets,
        },
        ({ } v, AgreementSigned e) => Sign(v, e.SignedOn, told),
        ({ } v, AgreementUpgraded e) => Sign(v, e.SignedOn, told),
        ({ } v, InvestmentToppedUp e) => Sign(v, e.SignedOn, told),
        ({ } v, OwnerReplaced e) => Sign(v, e.SignedOn, told),
        ({ } v, AgreementAmended e) => v with { Waiting = "amendment", Proposed = e.To, ProposedFixedAssets = e.FixedAssets, ProposedParties = e.Parties, ProposedFundAmount = e.FundAmount, LoggedBy = told.UserName, Returned = null },
        ({ } v, AgreementTerminated e) => v with { Waiting = "termination", Lapsed = e.Lapsed, LoggedBy = told.UserName, Returned = null },
        ({ } v, AgreementFulfilled e) => v with { FulfilledOn = e.On },
        ({ } v, FulfilmentWithdrawn) => v with { FulfilledOn = null },
        ({ } v, AttachmentAdded e) => v with { Attachments = [.. v.Attachments, new(e.AttachmentId, e.Name, e.Kind, e.MediaType, e.Bytes, e.Sha256, told.UserName, told.Timestamp)] },
        ({ } v, AttachmentWithdrawn e) => v with { Attachments = [.. v.Attachments.Select(each => each.Id == e.AttachmentId ? each with { WithdrawnBecause = told.GetHeader("reason")?.ToString() ?? "" } : each)] },
        ({ } v, ConditionNoted or ConditionMet or ConditionWaived or ConditionWithdrawn) => v with { Conditions = v.Conditions.After(told.Data, told.UserName, told.Timestamp, told.GetHeader("reason")?.ToString()) },
        ({ } v, FundParticipationRequested or FundParticipationWithdrawn or FundingConfirmed or FundingRefused or FundingReleased) => v with { Fund = v.Fund.After(told.Data) },
        ({ } v, SigningReturned) => v with { Status = "draft", SignedOn = null, Waiting = null, Returned = Return("signing", told) },
        ({ } v, AmendmentReturned) => v with { Proposed = null, ProposedFixedAssets = null, ProposedParties = null, ProposedFundAmount = null, Waiting = null, Returned = Return("amendment", told) },
        ({ } v, TerminationReturned) => v with { Waiting = null, Lapsed = false, Returned = Return("termination", told) },
        ({ } v, SigningConfirmed) => v with { Status = "in-force", Waiting = null },
        ({ } v, AmendmentConfirmed) => v with { Amount = v.Proposed ?? v.Amount, FixedAssets = v.ProposedFixedAssets ?? v.FixedAssets, Parties = v.ProposedParties ?? v.Parties, Proposed = null, ProposedFixedAssets = null, ProposedParties = null, ProposedFundAmount = null, Waiting = null },
        ({ } v, TerminationConfirmed) => v with { Status = "terminated", Waiting = null },
        _ => view,
    };

    private static AgreementView Sign(AgreementView draft, DateOnly signedOn, IEvent told) =>
        draft with { Status = "signed", SignedOn = signedOn, Waiting = "signing", LoggedBy = told.UserName, Returned = null };

    private static Returned Return(string what, IEvent told) => new(what, told.GetHeader("reason")?.ToString(), told.UserName, told.Timestamp);
}
