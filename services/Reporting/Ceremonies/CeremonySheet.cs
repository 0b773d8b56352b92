using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Reporting.Rollups;

namespace Luodi.Reporting.Ceremonies;

/// <summary>A ceremony and what was stated about it.</summary>
/// <param name="ClosedOn">Null while it is open, also where it was opened again.</param>
/// <param name="Seals">Its figures as they were at each closing, the last one last.</param>
public sealed record CeremonySheet(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn, IReadOnlyList<StatedClaim> Claims, IReadOnlyList<Seal>? Seals = null)
{
    public IReadOnlyList<Seal> Seals { get; init; } = Seals ?? [];
}

/// <summary>What the figures of a ceremony were when it was closed. Kept as they were read then, so that the ledger can be held against it.</summary>
/// <param name="Event">The closing.</param>
/// <param name="RecordedAt">When the ledger learnt of it.</param>
/// <param name="Position">The last posting that is in it.</param>
public sealed record Seal(Guid Event, DateOnly? ClosedOn, DateTimeOffset RecordedAt, long Position, IReadOnlyList<Cell> Cells);

/// <summary>Figures that somebody stated, as they were stated.</summary>
public sealed record StatedClaim(Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million, DateTimeOffset RecordedAt, Guid EventId);

public static class CeremonySheets
{
    /// <param name="seal">Of a closing: the figures at it.</param>
    public static CeremonySheet? Evolve(CeremonySheet? sheet, CloudEvent heard, Seal? seal) => (sheet, heard.Type) switch
    {
        (null, "ceremony_scheduled") when heard.Read<CeremonyScheduled>() is var e => new(e.CeremonyId, e.Name, e.HeldOn, null, []),
        ({ } s, "ceremony_held") when heard.Read<CeremonyHeld>() is var e => s with { HeldOn = e.HeldOn },
        ({ } s, "ceremony_closed") when seal is not null => s with { ClosedOn = heard.EffectiveOn, Seals = [.. s.Seals, seal] },
        ({ } s, "ceremony_reopened") => s with { ClosedOn = null },
        ({ } s, "claim_recorded") when heard.Read<ClaimRecorded>() is var e =>
            s with { Claims = [.. s.Claims, new(e.ClaimId, e.Source, e.StatedOn, e.Signings, e.Amount, e.AtLeast100Million, heard.Time, heard.Id)] },
        _ => sheet,
    };
}
