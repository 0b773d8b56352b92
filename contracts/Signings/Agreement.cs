using System.Text.Json.Serialization;

namespace Luodi.Contracts.Signings;

/// <summary>An agreement was drafted for a ceremony.</summary>
/// <param name="Number">The bureau's number of the paper, unique.</param>
/// <param name="Counterparty">Who signs with the bureau.</param>
/// <param name="Industry">The project's industry when the paper was drafted, one of <see cref="Industries"/>: it is what the figures are split by.</param>
/// <param name="Amount">The whole agreed investment, as on the paper.</param>
/// <param name="Illustrative">Made up to show the system; never a fact of the bureau.</param>
/// <param name="Department">The code of the department whose agreement it is; left out where who logged it has none, and by events older than departments.</param>
/// <param name="Tier">One of <see cref="Tiers"/>; left out by events older than tiers, whose papers are agreements.</param>
/// <param name="Follows">The earlier agreement about the same project that it follows, if it does.</param>
/// <param name="FollowsAs">How it follows it, one of <see cref="FollowUps"/>.</param>
/// <param name="Chain">The first agreement of those that follow one another, to which the credit of the signing belongs.</param>
/// <param name="ProjectName">What the project was called then; left out by older events.</param>
/// <param name="Parties">Who else signs, beside the counterparty; left out where nobody does.</param>
/// <param name="FixedAssets">The part of the amount that goes into fixed assets; left out where the paper does not say.</param>
[EventName("agreement_drafted")]
public sealed record AgreementDrafted(
    Guid AgreementId, string Number, Guid ProjectId, Guid CeremonyId, string Counterparty, string Industry, Money Amount, bool Illustrative,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Follows = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FollowsAs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Chain = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProjectName = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Parties = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? FixedAssets = null);

/// <summary>A draft was corrected before it was signed, or signed again after it was returned. What is null stays as it was.</summary>
/// <param name="Counterparty">Who signs with the bureau.</param>
/// <param name="Amount">The whole agreed investment, as on the paper.</param>
/// <param name="Tier">One of <see cref="Tiers"/>.</param>
/// <param name="Parties">All who sign beside the counterparty; empty where it turned out that nobody does.</param>
/// <param name="FixedAssets">The part of the amount that goes into fixed assets.</param>
[EventName("draft_corrected")]
public sealed record DraftCorrected(
    Guid AgreementId, string? Counterparty, Money? Amount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Parties = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? FixedAssets = null);

/// <summary>A signing was logged: the parties put their names to this agreement on <paramref name="SignedOn"/>. It counts once a second person has confirmed it.</summary>
/// <param name="Amount">The whole agreed investment, as on the paper.</param>
/// <param name="SignedOn">The date on the paper; the instant of logging is the event's own.</param>
[EventName("agreement_signed")]
public sealed record AgreementSigned(Guid AgreementId, Guid ProjectId, Guid CeremonyId, Money Amount, DateOnly SignedOn);

/// <summary>A second person confirmed the signing: from now on it counts.</summary>
[EventName("signing_confirmed")]
public sealed record SigningConfirmed(Guid AgreementId);

/// <summary>A second person returned the signing, the reason beside the event: the agreement is a draft again, and may be signed again.</summary>
[EventName("signing_returned")]
public sealed record SigningReturned(Guid AgreementId);

/// <summary>An amendment of the amount, of what of it goes into fixed assets, or of who signs beside the counterparty was logged, its reason beside the event. The old amount counts until a second person has confirmed the new one.</summary>
/// <param name="To">The same as <paramref name="From"/> where only something else changes.</param>
/// <param name="FixedAssets">The part of the new amount that goes into fixed assets; left out where it stays as it was.</param>
/// <param name="Parties">All who sign beside the counterparty from now on; left out where they stay.</param>
/// <param name="FundAmount">What a fund is to put in from now on; left out where it stays as it was.</param>
[EventName("agreement_amended")]
public sealed record AgreementAmended(
    Guid AgreementId, Money From, Money To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? FixedAssets = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Parties = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? FundAmount = null);

/// <summary>A second person confirmed the amendment: the new amount counts.</summary>
[EventName("amendment_confirmed")]
public sealed record AmendmentConfirmed(Guid AgreementId);

/// <summary>A second person returned the amendment, the reason beside the event: the old amount stands.</summary>
[EventName("amendment_returned")]
public sealed record AmendmentReturned(Guid AgreementId);

/// <summary>A termination was logged, its reason beside the event. The agreement counts until a second person has confirmed that it does not.</summary>
/// <param name="Lapsed">Its term ran out before it was carried out 失效, and nobody gave notice; left out where somebody did.</param>
[EventName("agreement_terminated")]
public sealed record AgreementTerminated(Guid AgreementId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Lapsed = false);

/// <summary>All that the agreement obliges to was done by that day; by what it is seen stands beside the event. It counts as before.</summary>
[EventName("agreement_fulfilled")]
public sealed record AgreementFulfilled(Guid AgreementId, DateOnly On);

/// <summary>It is not fulfilled after all, the reason beside the event.</summary>
[EventName("fulfilment_withdrawn")]
public sealed record FulfilmentWithdrawn(Guid AgreementId);

/// <summary>A second person confirmed the termination: the signing no longer counts.</summary>
[EventName("termination_confirmed")]
public sealed record TerminationConfirmed(Guid AgreementId);

/// <summary>A second person returned the termination, the reason beside the event: the agreement stays in force.</summary>
[EventName("termination_returned")]
public sealed record TerminationReturned(Guid AgreementId);
