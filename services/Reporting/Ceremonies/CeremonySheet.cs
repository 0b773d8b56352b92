using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Reporting.Rollups;

namespace Luodi.Reporting.Ceremonies;

/// <summary>A ceremony and what was stated about it.</summary>
/// <param name="ClosedOn">Null while it is open, also where it was opened again.</param>
/// <param name="Seals">Its figures as they were at each closing, the last one last.</param>
/// <param name="Days">Its days as they became known, the last ones last.</param>
public sealed record CeremonySheet(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn, IReadOnlyList<StatedClaim> Claims, IReadOnlyList<Seal>? Seals = null, IReadOnlyList<KnownDays>? Days = null)
{
    public IReadOnlyList<Seal> Seals { get; init; } = Seals ?? [];

    public IReadOnlyList<KnownDays> Days { get; init; } = Days ?? [];

    /// <summary>As it was known at a position of the ledger; null before it was scheduled.</summary>
    public CeremonySheet? At(long position) => Days.LastOrDefault(days => days.KnownFrom <= position) is not { } known ? null : this with
    {
        HeldOn = known.HeldOn,
        ClosedOn = known.ClosedOn,
        Claims = [.. Claims.Where(claim => claim.KnownFrom <= position)],
        // A closing takes the place after the last posting that is in its seal.
        Seals = [.. Seals.Where(seal => seal.Position < position)],
    };
}

/// <summary>When a ceremony is held and was closed, and the place in the ledger from which that was known.</summary>
public sealed record KnownDays(long KnownFrom, DateOnly HeldOn, DateOnly? ClosedOn);

/// <summary>What the figures of a ceremony were when it was closed. Kept as they were read then, so that the ledger can be held against it.</summary>
/// <param name="Event">The closing.</param>
/// <param name="RecordedAt">When the ledger learnt of it.</param>
/// <param name="Position">The last posting that is in it.</param>
public sealed record Seal(Guid Event, DateOnly? ClosedOn, DateTimeOffset RecordedAt, long Position, IReadOnlyList<Cell> Cells);

/// <summary>Figures that somebody stated, as they were stated, and the place in the ledger from which that was known.</summary>
public sealed record StatedClaim(Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million, DateTimeOffset RecordedAt, Guid EventId, long KnownFrom);

public static class CeremonySheets
{
    /// <param name="seal">Of a closing: the figures at it.</param>
    /// <param name="position">Where the event stands in the ledger.</param>
    public static CeremonySheet? Evolve(CeremonySheet? sheet, CloudEvent heard, Seal? seal, long position) => Told(sheet, heard, seal, position) switch
    {
        { } told when sheet is null || (told.HeldOn, told.ClosedOn) != (sheet.HeldOn, sheet.ClosedOn) => told with { Days = [.. told.Days, new(position, told.HeldOn, told.ClosedOn)] },
        var same => same,
    };

    private static CeremonySheet? Told(CeremonySheet? sheet, CloudEvent heard, Seal? seal, long position) => (sheet, heard.Type) switch
    {
        (null, "ceremony_scheduled") when heard.Read<CeremonyScheduled>() is var e => new(e.CeremonyId, e.Name, e.HeldOn, null, []),
        ({ } s, "ceremony_held") when heard.Read<CeremonyHeld>() is var e => s with { HeldOn = e.HeldOn },
        ({ } s, "ceremony_closed") when seal is not null => s with { ClosedOn = heard.EffectiveOn, Seals = [.. s.Seals, seal] },
        ({ } s, "ceremony_reopened") => s with { ClosedOn = null },
        ({ } s, "claim_recorded") when heard.Read<ClaimRecorded>() is var e =>
            s with { Claims = [.. s.Claims, new(e.ClaimId, e.Source, e.StatedOn, e.Signings, e.Amount, e.AtLeast100Million, heard.Time, heard.Id, position)] },
        _ => sheet,
    };
}
