namespace Luodi.Funds.Figures;

/// <summary>A quarter of a calendar year, in which funds report.</summary>
internal static class Quarter
{
    private const int Months = 3;

    public static (DateOnly From, DateOnly To) Of(DateOnly day)
    {
        var last = (day.Month + Months - 1) / Months * Months;
        return (new(day.Year, last - Months + 1, 1), new(day.Year, last, DateTime.DaysInMonth(day.Year, last)));
    }
}
