using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Reporting.Ceremonies;

/// <summary>A claim beside the sum of the items.</summary>
/// <param name="Residue">Claimed amount less the sum; nothing is ever adjusted to make it zero.</param>
/// <param name="Event">Where the event that recorded it is to be read.</param>
public sealed record ClaimBesideSum(
    Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million,
    Money Residue, int ResidueSignings, int? ResidueAtLeast100Million, DateTimeOffset RecordedAt, string Event);

public sealed record IndustryRow(string Industry, int Signings, Money Amount, string Postings);

public sealed record SizeBandRow(string SizeBand, int Signings, Money Amount, string Postings);

/// <param name="Upgrades">Papers of this tier that upgrade an earlier one, whose signing counts where it was signed.</param>
/// <param name="Pending">What of this tier waits.</param>
public sealed record TierRow(string Tier, int Signings, int Upgrades, Money Amount, int AtLeast100Million, Figure Pending, string Postings);

/// <summary>The figures as they were when the ceremony was closed, beside what they are.</summary>
/// <param name="Event">Where the closing is to be read.</param>
/// <param name="Position">The last posting that is in it.</param>
/// <param name="Since">What is more or less now; nothing where the two agree.</param>
/// <param name="SincePostings">The confirmed postings that came after it: they explain the difference.</param>
public sealed record SealBesideSum(
    DateOnly? ClosedOn, DateTimeOffset RecordedAt, string Event, long Position, int Signings, Money Amount, int AtLeast100Million, int Upgrades, Figure Pending,
    Figure Since, int SinceAtLeast100Million, string SincePostings);

/// <summary>The figures of a ceremony in one tier: confirmed facts only, what waits beside them, claims beside the sum.</summary>
/// <param name="Illustrative">How many of the signings are made up to show the system.</param>
/// <param name="Claims">Beside the official tier, whichever tier is read.</param>
/// <param name="Position">The position of the ledger at which the figures were read.</param>
/// <param name="Tier">The tier of all these figures; the official one unless another was asked for.</param>
/// <param name="ByTier">Each tier that has anything; the rows have no sum.</param>
/// <param name="Seals">One a closing, the last one first.</param>
public sealed record CeremonyFigures(
    Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn, int Signings, Money Amount, int AtLeast100Million, int Illustrative, Figure Pending,
    IReadOnlyList<IndustryRow> ByIndustry, IReadOnlyList<SizeBandRow> BySizeBand, IReadOnlyList<ClaimBesideSum> Claims, string Postings, string AtLeast100MillionPostings, string PendingPostings, long Position,
    string Tier, int Upgrades, IReadOnlyList<TierRow> ByTier, IReadOnlyList<SealBesideSum> Seals);

public static class ReadCeremonyFeature
{
    private const int Limit = 200;

    public static void MapReadCeremonies(this IEndpointRouteBuilder api)
    {
        var ceremonies = api.MapGroup("ceremonies").WithTags("Ceremonies");
        ceremonies.MapGet("", async (IQuerySession session, Standpoints standpoints, CancellationToken ct, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null) =>
        {
            var (at, _) = await standpoints.Take(new(Position: position, KnownAt: knownAt), ct);
            return new
            {
                items = (await session.Query<CeremonySheet>().ToListAsync(ct)).Select(sheet => sheet.At(at.Position)).OfType<CeremonySheet>().Where(sheet => effectiveBy is null || sheet.HeldOn <= effectiveBy)
                    .OrderByDescending(sheet => sheet.HeldOn).ThenByDescending(sheet => sheet.Id).Take(Limit).Select(sheet => new { sheet.Id, sheet.Name, sheet.HeldOn, sheet.ClosedOn }),
                at.Position,
            };
        })
        .WithSummary("The ceremonies, newest first, as known at any time; `effectiveBy` those held by a day")
        .RequireAuthorization(Policies.Figures);

        ceremonies.MapGet("{id:guid}", async (Guid id, IQuerySession session, Standpoints standpoints, Figures figures, CancellationToken ct, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null, string? tier = null) =>
        {
            if (tier is not null && Fields.Tier(tier) is { } unknown) return Problems.Of(unknown);
            var (at, filter) = await standpoints.Take(new(Ceremony: id, Position: position, KnownAt: knownAt, EffectiveBy: effectiveBy), ct);
            if ((await session.LoadAsync<CeremonySheet>(id, ct))?.At(at.Position) is not { } sheet) return Problems.Of(new NotFound());
            return Results.Ok(Of(sheet, filter with { Tier = tier }, await figures.Read(filter, ct)));
        })
        .WithSummary("The figures of a ceremony in a tier beside its claims and seals, as known and as effective at any time")
        .Produces<CeremonyFigures>()
        .RequireAuthorization(Policies.Figures);
    }

    /// <param name="sheet">As it was known where the figures were read.</param>
    public static CeremonyFigures Of(CeremonySheet sheet, PostingFilter filter, Cells cells)
    {
        var official = Sums.Of(cells.Items, Tiers.Official);
        var asked = filter with { Tier = filter.Tier ?? Tiers.Official };
        var sums = Sums.Of(cells.Items, asked.Tier);
        var confirmed = asked with { Status = PostingStatus.Confirmed };
        return new(
            sheet.Id, sheet.Name, sheet.HeldOn, sheet.ClosedOn, sums.Confirmed.Signings, sums.Confirmed.Amount, sums.AtLeast100Million, sums.Illustrative, sums.Pending,
            [.. ReadRollupFeature.Rows("industry", asked, cells, PostingStatus.Confirmed).Select(row => new IndustryRow(row.Key, row.Signings, row.Amount, row.Postings))],
            [.. ReadRollupFeature.Rows("sizeBand", asked, cells, PostingStatus.Confirmed).Select(row => new SizeBandRow(row.Key, row.Signings, row.Amount, row.Postings))],
            [.. sheet.Claims.Select(claim => new ClaimBesideSum(
                claim.Id, claim.Source, claim.StatedOn, claim.Signings, claim.Amount, claim.AtLeast100Million,
                claim.Amount - official.Confirmed.Amount, claim.Signings - official.Confirmed.Signings, claim.AtLeast100Million - official.AtLeast100Million, claim.RecordedAt, $"/api/reporting/events/{claim.EventId}"))],
            confirmed.Link(), (confirmed with { SizeBand = string.Join(',', SizeBands.AtLeast100Million) }).Link(), (asked with { Status = PostingStatus.Pending }).Link(), cells.Position,
            asked.Tier, sums.Confirmed.Upgrades,
            [.. Tiers.All.Select(tier => (Tier: tier, Sums: Sums.Of(cells.Items, tier)))
                .Where(row => row.Sums.Confirmed != Figure.Zero || row.Sums.Pending != Figure.Zero)
                .Select(row => new TierRow(row.Tier, row.Sums.Confirmed.Signings, row.Sums.Confirmed.Upgrades, row.Sums.Confirmed.Amount, row.Sums.AtLeast100Million, row.Sums.Pending, (confirmed with { Tier = row.Tier }).Link()))],
            // What holds by some day is no figure that was ever sealed.
            [.. sheet.Seals.Reverse().Where(_ => filter.EffectiveBy is null).Select(seal => Beside(seal, Sums.Of(seal.Cells, asked.Tier), sums, confirmed))]);
    }

    private static SealBesideSum Beside(Seal seal, Sums then, Sums now, PostingFilter confirmed) => new(
        seal.ClosedOn, seal.RecordedAt, $"/api/reporting/events/{seal.Event}", seal.Position,
        then.Confirmed.Signings, then.Confirmed.Amount, then.AtLeast100Million, then.Confirmed.Upgrades, then.Pending,
        now.Confirmed - then.Confirmed, now.AtLeast100Million - then.AtLeast100Million, (confirmed with { Since = seal.Position }).Link());

    /// <summary>What a ceremony's page sums in one tier.</summary>
    private sealed record Sums(Figure Confirmed, int AtLeast100Million, int Illustrative, Figure Pending)
    {
        public static Sums Of(IReadOnlyList<Cell> items, string tier)
        {
            var cells = new Cells(0, [.. items.Where(cell => cell.Tier == tier)]);
            static bool Confirmed(Cell cell) => cell.Status == PostingStatus.Confirmed;
            return new(
                cells.Sum(Confirmed), cells.Sum(cell => Confirmed(cell) && SizeBands.AtLeast100Million.Contains(cell.SizeBand)).Signings,
                cells.Sum(cell => Confirmed(cell) && cell.Illustrative).Signings, cells.Sum(cell => cell.Status == PostingStatus.Pending));
        }
    }
}
