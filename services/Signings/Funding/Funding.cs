using Luodi.Contracts;
using Luodi.Contracts.Signings;

namespace Luodi.Signings.Funding;

public static class FundingStates
{
    /// <summary>The fund has not answered; it does once the agreement is in force.</summary>
    public const string Asked = "asked";

    public const string Confirmed = "confirmed";
    public const string Refused = "refused";

    /// <summary>The agreement ended, or the fund gave its commitment free: nothing more is paid out.</summary>
    public const string Released = "released";
}

/// <summary>What a fund of the family puts into an agreement.</summary>
/// <param name="Amount">What it is asked for.</param>
/// <param name="Status">One of <see cref="FundingStates"/>.</param>
/// <param name="Committed">What it has committed; after a refusal of more it stays.</param>
/// <param name="Because">Why it refused, one of <see cref="Luodi.Contracts.Funds.ParticipationObstacles"/>.</param>
/// <param name="Left">What it could have committed then.</param>
public sealed record FundPart(Guid FundId, Money Amount, string Status = FundingStates.Asked, Money? Committed = null, string? Because = null, Money? Left = null);

internal static class FundingHistory
{
    public static FundPart? After(this FundPart? part, object fact) => (part, fact) switch
    {
        (_, FundParticipationRequested e) => new(e.FundId, e.Amount, Committed: part?.FundId == e.FundId ? part.Committed : null),
        (_, FundParticipationWithdrawn) => null,
        // Of an agreement that asked none, a fund may commit by a decision of its own.
        (null, FundingConfirmed e) => new(e.FundId, e.Amount, FundingStates.Confirmed, e.Amount),
        ({ } p, FundingConfirmed e) when p.FundId == e.FundId => p with { Status = FundingStates.Confirmed, Committed = e.Amount, Because = null, Left = null },
        ({ } p, FundingRefused e) when p.FundId == e.FundId => p with { Status = FundingStates.Refused, Because = e.Because, Left = e.Left },
        ({ Committed: { } committed } p, FundingReleased e) when p.FundId == e.FundId => p with { Status = FundingStates.Released, Committed = committed - e.Freed },
        _ => part,
    };
}
