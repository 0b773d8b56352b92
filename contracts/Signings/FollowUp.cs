namespace Luodi.Contracts.Signings;

/// <summary>
/// A paper of a higher tier was logged as signed in the place of an earlier one. Confirmed (<see cref="SigningConfirmed"/>), it counts as one upgrade
/// and no further signing; of its amount only what the earlier papers did not hold.
/// </summary>
/// <param name="Follows">The agreement whose place it takes.</param>
/// <param name="Amount">The whole agreed investment, as on the paper.</param>
/// <param name="Standing">What the earlier papers count together: only the amount above it counts anew.</param>
/// <param name="SignedOn">The date on the paper.</param>
[EventName("agreement_upgraded")]
public sealed record AgreementUpgraded(Guid AgreementId, Guid Follows, Guid ProjectId, Guid CeremonyId, Money Amount, Money Standing, DateOnly SignedOn);

/// <summary>A further investment on top of an earlier agreement was logged as signed. Confirmed (<see cref="SigningConfirmed"/>), its amount counts, and no further signing.</summary>
/// <param name="Follows">The agreement that it adds to.</param>
/// <param name="Amount">The further investment alone.</param>
/// <param name="SignedOn">The date on the paper.</param>
[EventName("investment_topped_up")]
public sealed record InvestmentToppedUp(Guid AgreementId, Guid Follows, Guid ProjectId, Guid CeremonyId, Money Amount, DateOnly SignedOn);

/// <summary>
/// Another owner's paper was logged as signed in the place of all earlier ones. Confirmed (<see cref="SigningConfirmed"/>), it counts as the signing, with its
/// whole amount, from <paramref name="SignedOn"/> on; the earlier papers count nothing from that day on, and keep what they counted before it.
/// </summary>
/// <param name="Follows">The agreement whose place it takes.</param>
/// <param name="Chain">The first of the earlier papers.</param>
/// <param name="Amount">The whole agreed investment, not below what the earlier papers count.</param>
/// <param name="SignedOn">The date on the paper, before ground was broken.</param>
[EventName("owner_replaced")]
public sealed record OwnerReplaced(Guid AgreementId, Guid Follows, Guid Chain, Guid ProjectId, Guid CeremonyId, Money Amount, DateOnly SignedOn);
