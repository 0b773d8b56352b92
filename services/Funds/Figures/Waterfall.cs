using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <summary>What a manager earns of a fund's gain.</summary>
/// <param name="Hurdle">A year, compounding; a fraction: 0.08 is 8 %.</param>
/// <param name="Carry">The manager's part; a fraction: 0.2 is 20 %, below 1.</param>
public sealed record CarryTerms(decimal Hurdle, decimal Carry);

/// <summary>All that a fund has distributed and would distribute if it were sold at its value, tier by tier. The five add up to it.</summary>
/// <param name="Capital">Returned to partners up to what they paid in.</param>
/// <param name="Preferred">To partners until they have their hurdle.</param>
/// <param name="CatchUp">To the manager until it has its part of preferred return and catch-up.</param>
/// <param name="Partners">Their part of the rest.</param>
/// <param name="Manager">The manager's part of the rest.</param>
public sealed record Tranches(decimal Capital, decimal Preferred, decimal CatchUp, decimal Partners, decimal Manager)
{
    /// <summary>Carried interest in all.</summary>
    public decimal Carry => CatchUp + Manager;
}

/// <summary>
/// The European, whole-fund waterfall: return of all capital, hurdle compounding on actual/365 on what partners have not got back, full catch-up, split (ILPA Principles 3.0, "all-contributions-plus-preferred-return-back-first").
/// Carried interest that was paid is not a flow here: all of it is accrued.
/// </summary>
public static class Waterfall
{
    private const double Year = 365;

    /// <param name="flows">Those that stand up to <paramref name="on"/>, in the order of <see cref="Known"/>.</param>
    /// <param name="value">Net asset value before carried interest.</param>
    public static Tranches Of(IEnumerable<Flow> flows, DateOnly on, decimal value, CarryTerms terms)
    {
        var (paid, distributed, owed, beyond) = (0m, 0m, 0m, 0m);
        DateOnly? last = null;
        foreach (var day in Performance.PartnersPaid(flows).GroupBy(each => each.On).OrderBy(day => day.Key))
        {
            owed = Grown(owed, last, day.Key, terms.Hurdle);
            var (given, taken) = (day.Sum(each => Math.Max(each.Amount, 0)), day.Sum(each => Math.Max(-each.Amount, 0)));
            (paid, distributed, owed, last) = (paid + taken, distributed + given, owed + taken - given, day.Key);
            // What was distributed beyond capital and hurdle earns no hurdle for the manager.
            if (owed < 0) (beyond, owed) = (beyond - owed, 0);
        }
        owed = decimal.Round(Grown(owed, last, on, terms.Hurdle), 2, MidpointRounding.AwayFromZero);
        var all = distributed + value;
        var above = decimal.Round(Math.Max(beyond + value - owed, 0), 2, MidpointRounding.AwayFromZero);
        if (above == 0)
        {
            var capital = Math.Min(all, paid);
            return new(capital, all - capital, 0, 0, 0);
        }
        var preferred = all - paid - above;
        var catchUp = Math.Min(above, decimal.Round(preferred * terms.Carry / (1 - terms.Carry), 2, MidpointRounding.AwayFromZero));
        var manager = decimal.Round((above - catchUp) * terms.Carry, 2, MidpointRounding.AwayFromZero);
        return new(paid, preferred, catchUp, above - catchUp - manager, manager);
    }

    /// <summary>Carried interest owed out of what the fund still holds: never more than that.</summary>
    internal static decimal Accrued(IEnumerable<Flow> flows, DateOnly on, decimal value, CarryTerms? terms) =>
        terms is null ? 0 : Math.Min(Of(flows, on, value, terms).Carry, Math.Max(value, 0));

    private static decimal Grown(decimal owed, DateOnly? from, DateOnly to, decimal hurdle) =>
        from is not { } since ? owed : owed * (decimal)Math.Pow((double)(1 + hurdle), (to.DayNumber - since.DayNumber) / Year);
}
