using System.Globalization;
using Luodi.Contracts.Reporting;
using Luodi.Portal.Figures;
using Luodi.Portal.Language;
using Luodi.Portal.Services;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.Reports;

/// <summary>Reports in words.</summary>
internal static class ReportWords
{
    // Of what is counted and has no money.
    private static readonly string[] CountedAlone = ["stages-reached", "enterprises"];

    public static bool HasMoney(string measure) => !CountedAlone.Contains(measure);

    /// <summary>2023年9月 and the kind, or the ceremony's name.</summary>
    public static string Title(this IStringLocalizer<Words> words, string kind, string? period, string? ceremony) => words[$"Report.Title.{kind}", ceremony ?? period ?? ""];

    public static string TableTitle(this IStringLocalizer<Words> words, Written written, string measure, string by, string status) =>
        words[status is "pending" ? "Report.TablePending" : "Report.Table", written.Word("Measure", measure), written.Word("Dimension", by)];

    public static string PercentOf(this IStringLocalizer<Words> words, ReportRate? rate, int decimals) =>
        rate?.Percent is { } percent ? words["Rates.Percent", percent.ToString($"N{decimals}", CultureInfo.CurrentCulture)] : words["Rates.Undefined"];

    /// <summary>The periods that are over, the last one first.</summary>
    public static IReadOnlyList<string> Periods(string kind, DateOnly today) => kind switch
    {
        ReportKinds.Monthly => [.. Enumerable.Range(0, 60).Select(back => new DateOnly(today.Year, today.Month, 1).AddMonths(-back)).Where(month => month.AddMonths(1).AddDays(-1) <= today).Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture))],
        ReportKinds.Quarterly => [.. Enumerable.Range(0, 24).Select(back => new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1).AddMonths(-3 * back)).Where(quarter => quarter.AddMonths(3).AddDays(-1) <= today).Select(quarter => string.Create(CultureInfo.InvariantCulture, $"{quarter.Year}-Q{(quarter.Month / 3) + 1}"))],
        ReportKinds.Annual => [.. Enumerable.Range(0, 10).Select(back => new DateOnly(today.Year - back, 12, 31)).Where(end => end <= today).Select(end => end.ToString("yyyy", CultureInfo.InvariantCulture))],
        _ => [],
    };
}
