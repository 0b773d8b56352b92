using System.Globalization;
using System.Net;
using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>
/// Waits until Reporting shows what was imported. Where Reporting shows all that Signings holds and this is still not what the workbook says
/// (somebody amended or terminated an agreement since), waiting would not help, and the agreements that differ are named.
/// </summary>
internal sealed class Settling(LuodiApi reader, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromSeconds(10);

    /// <param name="Report">What Reporting showed last, if it knows the ceremony.</param>
    /// <param name="Objection">Why that is not what it should be; null when it is.</param>
    public sealed record Outcome(CeremonyReport? Report, string? Objection);

    public async Task<Outcome> WaitAsync(Guid ceremony, Plan plan, TimeSpan limit, CancellationToken ct)
    {
        var expectation = new Expectation(plan);
        var started = clock.GetTimestamp();
        var told = started;
        while (true)
        {
            var report = await FindAsync(ceremony, ct);
            string[] differences = report is null ? ["it does not know the ceremony"] : [.. expectation.Differences(report)];
            if (differences.Length == 0) return new(report, Objection: null);

            if (clock.GetElapsedTime(told) > BetweenNotices)
            {
                told = clock.GetTimestamp();
                tell($"Waiting for Reporting: {report?.Signings ?? 0} of {plan.Rows.Count} signings");
                if (report is not null && await ChangesAsync(ceremony, plan, report, ct) is { Length: > 0 } changes)
                    return new(report, Text("Reporting shows what Signings holds, and that is no longer what the workbook says:", changes.Concat(differences)));
            }

            if (clock.GetElapsedTime(started) > limit)
                return new(report, Text($"After {limit.TotalSeconds} seconds Reporting still does not show what was imported:", differences));
            await Task.Delay(Pause, clock, ct);
        }
    }

    private static string Text(string heading, IEnumerable<string> lines) => string.Join("\n  ", lines.Prepend(heading));

    /// <returns>Nothing as long as Reporting is behind Signings: then it is worth waiting.</returns>
    private async Task<string[]> ChangesAsync(Guid ceremony, Plan plan, CeremonyReport report, CancellationToken ct)
    {
        var agreements = await AgreementsAsync(ceremony, ct);
        var inForce = agreements.Where(agreement => agreement.Status == "in-force").Select(agreement => agreement.Amount.Value);
        var isBehind = Figures.Of([.. inForce]) != new Figures(report.Signings, report.Amount.Value, report.AtLeast100Million);
        return isBehind ? [] : [.. Changes(plan, agreements)];
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
