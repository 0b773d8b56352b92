using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;

namespace Luodi.Reporting.Ceremonies;

/// <summary>A ceremony and what was stated about it.</summary>
public sealed record CeremonySheet(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn, IReadOnlyList<StatedClaim> Claims);

/// <summary>Figures that somebody stated, as they were stated.</summary>
public sealed record StatedClaim(Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million, DateTimeOffset RecordedAt, Guid EventId);

public static class CeremonySheets
{
    public static CeremonySheet? Evolve(CeremonySheet? sheet, CloudEvent heard) => (sheet, heard.Type) switch
    {
        (null, "ceremony_scheduled") when heard.Read<CeremonyScheduled>() is var e => new(e.CeremonyId, e.Name, e.HeldOn, null, []),
        ({ } s, "ceremony_held") when heard.Read<CeremonyHeld>() is var e => s with { HeldOn = e.HeldOn },
        ({ } s, "ceremony_closed") => s with { ClosedOn = heard.EffectiveOn },
        ({ } s, "claim_recorded") when heard.Read<ClaimRecorded>() is var e =>
            s with { Claims = [.. s.Claims, new(e.ClaimId, e.Source, e.StatedOn, e.Signings, e.Amount, e.AtLeast100Million, heard.Time, heard.Id)] },
        _ => sheet,
    };
}
