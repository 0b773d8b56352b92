using System.Globalization;
using Luodi.Client.Api;
using Luodi.Client.Workbook;

namespace Luodi.Client.Import;

/// <summary>What Reporting must show once everything has reached it: the plan's own sums, and the claim beside them.</summary>
internal sealed record Expectation(Plan Plan)
{
    /// <returns>What differs, a line each; empty when all is as it should be.</returns>
    public IEnumerable<string> Differences(CeremonyReport report)
    {
        var rows = Plan.Rows;
        var sum = Figures.Of([.. rows.Select(row => row.AmountYuan)]);
        return
        [
            .. Compare("signings", sum.Signings, report.Signings),
            .. Compare("amount", sum.AmountYuan, report.Amount),
            .. Compare("at or above 100 million", sum.AtLeast100Million, report.AtLeast100Million),
            .. Compare("illustrative", rows.Count(row => row.Illustrative), report.Illustrative),
            .. Compare("pending signings", 0, report.Pending.Signings),
            .. Compare("pending amount", 0m, report.Pending.Amount),
            .. CompareGroups("industry", rows.GroupBy(row => row.Industry), report.ByIndustry.ToDictionary(line => line.Industry, line => (line.Signings, line.Amount))),
            .. CompareGroups("size band", rows.GroupBy(row => SizeBands.Of(row.AmountYuan)), report.BySizeBand.ToDictionary(line => line.SizeBand, line => (line.Signings, line.Amount))),
            .. CompareClaim(sum, report.Claims),
        ];
    }

    private static IEnumerable<string> CompareClaim(Figures sum, IReadOnlyList<ClaimLine> claims)
    {
        var claim = ArticleCeremony.Claim;
        var residue = claim - sum;
        return claims.Where(line => line.Source == ArticleCeremony.Source).ToArray() switch
        {
            [var line] =>
            [
                .. Compare("claimed signings", claim.Signings, line.Signings),
                .. Compare("claimed amount", claim.AmountYuan, line.Amount),
                .. Compare("claimed at or above 100 million", claim.AtLeast100Million, line.AtLeast100Million),
                .. Compare("residue of signings", residue.Signings, line.ResidueSignings),
                .. Compare("residue of amount", residue.AmountYuan, line.Residue),
                .. Compare("residue at or above 100 million", residue.AtLeast100Million, line.ResidueAtLeast100Million),
            ],
            var found => [$"claims of {ArticleCeremony.Source}: expected 1, Reporting shows {found.Length}"],
        };
    }

    private static IEnumerable<string> CompareGroups(
        string what, IEnumerable<IGrouping<string, WorkbookRow>> expected, Dictionary<string, (int Signings, Money Amount)> shown)
    {
        var groups = expected.ToDictionary(group => group.Key, group => group.ToArray());
        // A group that has become empty may be left out, or shown with 0.
        return groups.Keys.Union(shown.Keys).Order(StringComparer.Ordinal).SelectMany(key =>
        {
            var rows = groups.GetValueOrDefault(key, []);
            var (signings, amount) = shown.GetValueOrDefault(key, (0, Money.Yuan(0m)));
            return Compare($"{what} {key}, signings", rows.Length, signings)
                .Concat(Compare($"{what} {key}, amount", rows.Sum(row => row.AmountYuan), amount));
        });
    }

    private static IEnumerable<string> Compare(string what, int expected, int? shown) =>
        expected == shown ? [] : [$"{what}: expected {expected}, Reporting shows {shown?.ToString(CultureInfo.InvariantCulture) ?? "none"}"];

    private static IEnumerable<string> Compare(string what, decimal expectedYuan, Money shown) =>
        shown == Money.Yuan(expectedYuan)
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expectedYuan:N2} yuan, Reporting shows {shown.Value:N2} {shown.Currency}")];
}
