using Luodi.Contracts;
using Luodi.Reporting.Ledger;
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

/// <summary>The figures of a ceremony: confirmed facts only, what waits beside them, claims beside the sum.</summary>
/// <param name="Illustrative">How many of the signings are made up to show the system.</param>
/// <param name="Position">The position of the ledger at which the figures were read.</param>
public sealed record CeremonyFigures(
    Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn, int Signings, Money Amount, int AtLeast100Million, int Illustrative, Figure Pending,
    IReadOnlyList<IndustryRow> ByIndustry, IReadOnlyList<SizeBandRow> BySizeBand, IReadOnlyList<ClaimBesideSum> Claims, string Postings, string AtLeast100MillionPostings, string PendingPostings, long Position);

public static class ReadCeremonyFeature
{
    private const int Limit = 200;

    public static void MapReadCeremonies(this IEndpointRouteBuilder api)
    {
        var ceremonies = api.MapGroup("ceremonies").WithTags("Ceremonies");
        ceremonies.MapGet("", async (IQuerySession session, CancellationToken ct) => new
        {
            items = (await session.Query<CeremonySheet>().OrderByDescending(sheet => sheet.HeldOn).ThenByDescending(sheet => sheet.Id).Take(Limit).ToListAsync(ct))
                .Select(sheet => new { sheet.Id, sheet.Name, sheet.HeldOn, sheet.ClosedOn }),
        })
        .WithSummary("The ceremonies, newest first")
        .RequireAuthorization(Policies.Figures);

        ceremonies.MapGet("{id:guid}", async (Guid id, IQuerySession session, Figures figures, CancellationToken ct, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null) =>
        {
            if (await session.LoadAsync<CeremonySheet>(id, ct) is not { } sheet) return Problems.Of(new NotFound());
            var filter = new PostingFilter(Ceremony: id, Position: position, KnownAt: knownAt, EffectiveBy: effectiveBy);
            return Results.Ok(Of(sheet, filter, await figures.Read(filter, ct)));
        })
        .WithSummary("The figures of a ceremony beside its claims, as known and as effective at any time")
        .Produces<CeremonyFigures>()
        .RequireAuthorization(Policies.Figures);
    }

    public static CeremonyFigures Of(CeremonySheet sheet, PostingFilter filter, Cells cells)
    {
        static bool Confirmed(Cell cell) => cell.Status == PostingStatus.Confirmed;
        var sum = cells.Sum(Confirmed);
        var large = cells.Sum(cell => Confirmed(cell) && SizeBands.AtLeast100Million.Contains(cell.SizeBand)).Signings;
        var known = sheet.Claims.Where(claim => filter.KnownAt is null || claim.RecordedAt <= filter.KnownAt);
        return new(
            sheet.Id, sheet.Name, sheet.HeldOn, sheet.ClosedOn, sum.Signings, sum.Amount, large, cells.Sum(cell => Confirmed(cell) && cell.Illustrative).Signings,
            cells.Sum(cell => cell.Status == PostingStatus.Pending),
            [.. ReadRollupFeature.Rows("industry", filter, cells, PostingStatus.Confirmed).Select(row => new IndustryRow(row.Key, row.Signings, row.Amount, row.Postings))],
            [.. ReadRollupFeature.Rows("sizeBand", filter, cells, PostingStatus.Confirmed).Select(row => new SizeBandRow(row.Key, row.Signings, row.Amount, row.Postings))],
            [.. known.Select(claim => new ClaimBesideSum(
                claim.Id, claim.Source, claim.StatedOn, claim.Signings, claim.Amount, claim.AtLeast100Million,
                claim.Amount - sum.Amount, claim.Signings - sum.Signings, claim.AtLeast100Million - large, claim.RecordedAt, $"/api/reporting/events/{claim.EventId}"))],
            (filter with { Status = PostingStatus.Confirmed }).Link(),
            (filter with { Status = PostingStatus.Confirmed, SizeBand = string.Join(',', SizeBands.AtLeast100Million) }).Link(),
            (filter with { Status = PostingStatus.Pending }).Link(), cells.Position);
    }
}
