using System.Globalization;
using System.Text;
using Luodi.Client.Api;
using Luodi.Client.Workbook;

namespace Luodi.Client.Rollup;

/// <summary>A ceremony's figures as text. Everything in it comes from Reporting's answer.</summary>
internal static class RollupTable
{
    public static string Of(CeremonyReport report)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Name}  {report.HeldOn:yyyy-MM-dd}");
        text.AppendLine(CultureInfo.InvariantCulture, $"已确认：{report.Signings}个签约项目，总投资额{Yi(report.Amount)}，其中{report.AtLeast100Million}个≥1亿元");
        text.AppendLine(CultureInfo.InvariantCulture, $"待确认：{report.Pending.Signings}个，{Yi(report.Pending.Amount)}（不计入以上数字）");
        if (report.Illustrative > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"示意：{report.Illustrative}个项目的单项数据为示意数据，不对应真实项目；只有声明中的合计有出处");
        text.AppendLine();

        text.Append(TextTable.Of(
            ["产业", "签约（个）", "投资额（亿元）", "投资额（元）"],
            [
                .. report.ByIndustry.OrderBy(line => Industries.Order(line.Industry))
                    .Select(line => Line(Industries.Name(line.Industry), line.Signings, line.Amount)),
                Line("合计", report.Signings, report.Amount),
            ]));
        text.AppendLine();
        text.Append(TextTable.Of(
            ["投资规模", "签约（个）", "投资额（亿元）", "投资额（元）"],
            [
                .. report.BySizeBand.OrderBy(line => SizeBands.Order(line.SizeBand))
                    .Select(line => Line(SizeBands.Name(line.SizeBand), line.Signings, line.Amount)),
                Line("合计", report.Signings, report.Amount),
            ]));

        foreach (var claim in report.Claims)
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"声明：{claim.Source}");
            text.Append(TextTable.Of(
                ["", "签约（个）", "≥1亿元（个）", "投资额（元）"],
                [
                    ["声明", Number(claim.Signings), Number(claim.AtLeast100Million), Exact(claim.Amount)],
                    ["明细合计", Number(report.Signings), Number(report.AtLeast100Million), Exact(report.Amount)],
                    ["差额", Number(claim.ResidueSignings), Number(claim.ResidueAtLeast100Million), Exact(claim.Residue)],
                ]));
        }

        text.AppendLine();
        return text.ToString();
    }

    private static string[] Line(string name, int signings, Money amount) =>
        [name, Number(signings), (amount.Value / 100_000_000m).ToString("N2", CultureInfo.InvariantCulture), Exact(amount)];

    private static string Yi(Money amount) =>
        amount.Currency == "CNY"
            ? string.Create(CultureInfo.InvariantCulture, $"{amount.Value / 100_000_000m:N2}亿元")
            : throw new ClientException($"Reporting shows {amount.Currency} where yuan are expected.");

    private static string Number(int? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "未载";

    private static string Exact(Money amount) => amount.Value.ToString("N2", CultureInfo.InvariantCulture);
}
