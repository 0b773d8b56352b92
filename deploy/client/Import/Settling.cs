using System.Globalization;
using System.Net;
using Luodi.Client.Api;
using Luodi.Client.Rollup;

namespace Luodi.Client.Import;

/// <summary>
/// Waits until Reporting shows what was imported. Where Reporting shows all that Signings holds and this is still not what the workbook says
/// (somebody amended or terminated an agreement since), waiting would not help, and the agreements that differ are named.
/// </summary>
internal sealed class Settling(LuodiApi reader, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromSeconds(5);

    public async Task<CeremonyReport> WaitAsync(Guid ceremony, Plan plan, TimeSpan limit, CancellationToken ct)
    {
        var expectation = new Expectation(plan);
        var started = clock.GetTimestamp();
        var told = started;
        while (true)
        {
            var report = await FindAsync(ceremony, ct);
            var differences = report is null ? ["Reporting does not know the ceremony yet"] : expectation.Differences(report).ToArray();
            if (report is not null && differences.Length == 0) return report;

            var isOver = clock.GetElapsedTime(started) > limit;
            if (isOver || clock.GetElapsedTime(told) > BetweenNotices)
            {
                told = clock.GetTimestamp();
                var agreements = await AgreementsAsync(ceremony, ct);
                var changed = Changes(plan, agreements).ToArray();
                if (report is not null && (isOver || (changed.Length > 0 && ShowsAllOf(agreements, report)))) Console.Write(RollupTable.Of(report));
                if (changed.Length > 0 && report is not null && ShowsAllOf(agreements, report))
                    throw new ClientException(Text("Reporting shows what Signings holds, and that is no longer what the workbook says:", [.. changed, .. differences]));
                if (isOver)
                    throw new ClientException(Text($"After {limit.TotalSeconds} seconds Reporting still does not show what was imported:", differences));
                tell($"Waiting for Reporting: {report?.Signings ?? 0} of {plan.Rows.Count} signings");
            }

            await Task.Delay(Pause, clock, ct);
        }
    }

    private static string Text(string heading, IEnumerable<string> lines) => string.Join("\n  ", lines.Prepend(heading));

    private static bool ShowsAllOf(IEnumerable<AgreementItem> agreements, CeremonyReport report)
    {
        var inForce = agreements.Where(agreement => agreement.Status == "in-force").Select(agreement => agreement.Amount.Value);
        return Figures.Of([.. inForce]) == new Figures(report.Signings, report.Amount.Value, report.AtLeast100Million);
    }

    private static IEnumerable<string> Changes(Plan plan, IEnumerable<AgreementItem> agreements)
    {
        var held = agreements.ToDictionary(agreement => agreement.Number, StringComparer.Ordinal);
        foreach (var row in plan.Rows)
        {
            if (!held.Remove(row.Number, out var agreement))
                yield return $"{row.Number}: is not among the ceremony's agreements";
            else if (agreement.Status != "in-force")
                yield return $"{row.Number}: is {agreement.Status}";
            else if (agreement.Waiting is { } waiting)
                yield return $"{row.Number}: a {waiting} waits to be confirmed";
            else if (agreement.Amount != Money.Yuan(row.AmountYuan))
                yield return string.Create(CultureInfo.InvariantCulture, $"{row.Number}: the workbook says {row.AmountYuan:N2} yuan, the agreement {agreement.Amount.Value:N2}");
        }

        foreach (var number in held.Keys) yield return $"{number}: is not in the workbook";
    }

    private async Task<CeremonyReport?> FindAsync(Guid ceremony, CancellationToken ct)
    {
        try
        {
            return await reader.GetAsync<CeremonyReport>($"api/reporting/ceremonies/{ceremony}", ct);
        }
        catch (RefusedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<AgreementItem>> AgreementsAsync(Guid ceremony, CancellationToken ct)
    {
        var items = new List<AgreementItem>();
        for (var after = ""; ;)
        {
            var page = await reader.GetAsync<AgreementPage>($"api/signings/agreements?ceremony={ceremony}&limit=100{after}", ct);
            items.AddRange(page.Items);
            if (page.Next is null || page.Items.Count == 0) return items;
            after = $"&after={Uri.EscapeDataString(page.Next)}";
        }
    }
}
