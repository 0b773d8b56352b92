using Luodi.Portal.Language;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.Funds;

/// <summary>Units of amounts in a fund's own currency, which need not be yuan.</summary>
public static class FundUnits
{
    private const string Yuan = "CNY";

    /// <summary>Of <see cref="Figures.Written.Column"/>.</summary>
    public static string Unit(IStringLocalizer<Words> words, string currency) => currency == Yuan ? words["Amount.ColumnUnit"] : words["FundFigures.ForeignUnit", currency];

    /// <summary>Of <see cref="Figures.Written.Bar"/>.</summary>
    public static string ChartUnit(IStringLocalizer<Words> words, string currency) => currency == Yuan ? words["Amount.ChartUnit"] : words["FundFigures.ForeignChartUnit", currency];
}
