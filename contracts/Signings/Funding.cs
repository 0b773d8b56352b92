namespace Luodi.Contracts.Signings;

/// <summary>A fund of the family is asked to take part: it answers once the agreement is in force, or at once where it is. Asked again, this is what holds.</summary>
/// <param name="Amount">What it is to put in, the whole of it.</param>
[EventName("fund_participation_requested")]
public sealed record FundParticipationRequested(Guid AgreementId, Guid FundId, Guid ProjectId, Money Amount);

/// <summary>No fund is asked any more: the draft was changed.</summary>
[EventName("fund_participation_withdrawn")]
public sealed record FundParticipationWithdrawn(Guid AgreementId, Guid FundId);

/// <summary>The fund has committed the amount.</summary>
/// <param name="DealId">The deal of the fund.</param>
/// <param name="Amount">All that it has committed by now.</param>
[EventName("funding_confirmed")]
public sealed record FundingConfirmed(Guid AgreementId, Guid FundId, Guid DealId, Money Amount);

/// <summary>The fund cannot commit the amount.</summary>
/// <param name="Because">One of <see cref="Luodi.Contracts.Funds.ParticipationObstacles"/>.</param>
/// <param name="Left">What it could have committed.</param>
[EventName("funding_refused")]
public sealed record FundingRefused(Guid AgreementId, Guid FundId, Money Amount, string Because, Money Left);

/// <summary>The fund gave free what it had committed and not paid out.</summary>
[EventName("funding_released")]
public sealed record FundingReleased(Guid AgreementId, Guid FundId, Guid DealId, Money Freed);
