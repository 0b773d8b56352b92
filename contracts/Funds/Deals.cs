namespace Luodi.Contracts.Funds;

/// <summary>An investment was approved, which waits for a second person.</summary>
/// <param name="AgreementId">The agreement by which the fund takes part, where there is one.</param>
/// <param name="On">The day of the decision.</param>
[EventName("deal_approved")]
public sealed record DealApproved(Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money Amount, DateOnly On);

/// <summary>The fund committed capital to a project: a second person confirmed the investment, or an agreement in which it takes part came into force.</summary>
[EventName("deal_committed")]
public sealed record DealCommitted(Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money Amount, DateOnly On);

/// <summary>An amended agreement asks for more or less: what is committed to the deal changed.</summary>
/// <param name="To">Never less than what was paid out.</param>
[EventName("deal_resized")]
public sealed record DealResized(Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money From, Money To);

/// <summary>What had not been paid out to a deal was given free.</summary>
/// <param name="Freed">How much.</param>
[EventName("deal_cancelled")]
public sealed record DealCancelled(Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money Freed);

/// <summary>Somebody said that a deal was never to be committed to, the reason beside the event; it waits for a second person.</summary>
[EventName("deal_reversal_logged")]
public sealed record DealReversalLogged(Guid ReversalId, Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money Amount, DateOnly On);

/// <summary>A commitment to a deal was wrong and counts no more. A deal that is given up is cancelled.</summary>
/// <param name="Amount">All that was committed to it.</param>
[EventName("deal_reversed")]
public sealed record DealReversed(Guid ReversalId, Guid DealId, Guid FundId, Guid ProjectId, Guid? AgreementId, Money Amount, DateOnly On);

/// <summary>The fund cannot commit what an agreement asks of it.</summary>
/// <param name="Because">One of <see cref="ParticipationObstacles"/>.</param>
/// <param name="Left">What it could have committed.</param>
[EventName("participation_refused")]
public sealed record ParticipationRefused(Guid AgreementId, Guid FundId, Guid ProjectId, Money Amount, string Because, Money Left);

/// <summary>Why a fund takes no part.</summary>
public static class ParticipationObstacles
{
    public const string CapitalShort = "capital-short";
    public const string WoundUp = "wound-up";
    public const string OtherCurrency = "other-currency";

    public static IReadOnlyList<string> All { get; } = [CapitalShort, WoundUp, OtherCurrency];
}
