using Luodi.Portal.Services;

namespace Luodi.Portal.Overview;

/// <summary>What the overview and the wall show, as it was read.</summary>
/// <param name="Ceremonies">The newest ones, with what was claimed of them.</param>
/// <param name="More">There are older ceremonies than these.</param>
/// <param name="Stages">Projects by the stages that they have reached.</param>
/// <param name="Rates">Of all projects that signed.</param>
/// <param name="CapitalOfYear">Capital in place that arrived this year; null for none.</param>
/// <param name="Targets">Of this year.</param>
/// <param name="Mark">The mark of <see cref="LedgerWatch"/> from before the reading.</param>
public sealed record Reading(
    Answer<BureauFigures> Bureau, Rollup? Months, Rollup? PendingMonths, Rollup? Industries, Rollup? SizeBands,
    IReadOnlyList<CeremonyFigures> Ceremonies, bool More, DateTimeOffset ReadAt, long Mark, FigureTable? Stages = null, RateTable? Rates = null, TableRow? CapitalOfYear = null, IReadOnlyList<KnownTarget>? Targets = null)
{
    private const int CeremoniesShown = 6;

    public static async Task<Reading> Of(ReportingClient reporting, LedgerWatch ledger, TimeProvider clock, CancellationToken ct)
    {
        var mark = ledger.Now.Mark;
        var bureau = reporting.Bureau(ct);
        var months = reporting.Rollup("month", "confirmed", ct);
        var pendingMonths = reporting.Rollup("month", "pending", ct);
        var industries = reporting.Rollup("industry", "confirmed", ct);
        var sizeBands = reporting.Rollup("sizeBand", "confirmed", ct);
        var stages = reporting.Table("?measure=stages-reached&rows=stage", ct);
        var rates = reporting.Rates("all", null, ct);
        var capital = reporting.Table("?measure=capital-in-place&rows=year&columns=moneyOrigin", ct);
        var definitions = reporting.Definitions(ct);
        var listed = (await reporting.Ceremonies(ct)).Value?.Items ?? [];
        var ceremonies = await Task.WhenAll(listed.Take(CeremoniesShown).Select(ceremony => reporting.Ceremony(ceremony.Id, ct)));
        var year = (await bureau).Value?.Today.Year;
        return new(
            await bureau, (await months).Value, (await pendingMonths).Value, (await industries).Value, (await sizeBands).Value,
            [.. ceremonies.Select(answer => answer.Value).OfType<CeremonyFigures>()], listed.Count > CeremoniesShown, clock.GetUtcNow(), mark,
            (await stages).Value, (await rates).Value, (await capital).Value?.Items.FirstOrDefault(row => row.Key == year?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            // The last one set for a plan holds.
            [.. ((await definitions).Value?.Targets ?? []).Where(target => target.Year == year).GroupBy(target => (target.Measure, target.Kind)).Select(versions => versions.Last())]);
    }
}
