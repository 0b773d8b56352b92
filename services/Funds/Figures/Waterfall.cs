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
    public static Tranches Of(IEnumerable<Flow> flows, DateOnly on, decimal value, CarryTerms terms) =>
        Days(flows).Aggregate(Standing.Begun, (standing, day) => standing.After(day, terms)).At(on, value, terms);

    /// <summary>Carried interest owed out of what the fund still holds: never more than that.</summary>
    internal static decimal Accrued(IEnumerable<Flow> flows, DateOnly on, decimal value, CarryTerms? terms) =>
        terms is null ? 0 : Math.Min(Of(flows, on, value, terms).Carry, Math.Max(value, 0));

    /// <summary>The same on each of these days with its value, in one pass.</summary>
    /// <param name="days">Ascending.</param>
    internal static IEnumerable<decimal> Accrued(IEnumerable<Flow> flows, IEnumerable<(DateOnly On, decimal Value)> days, CarryTerms? terms)
    {
        var left = new Queue<IGrouping<DateOnly, DatedAmount>>(terms is null ? [] : Days(flows));
        var standing = Standing.Begun;
        foreach (var (on, value) in days)
        {
            while (left.TryPeek(out var day) && day.Key <= on) standing = standing.After(left.Dequeue(), terms!);
            yield return terms is null ? 0 : Math.Min(standing.At(on, value, terms).Carry, Math.Max(value, 0));
        }
    }

    private static IEnumerable<IGrouping<DateOnly, DatedAmount>> Days(IEnumerable<Flow> flows) => Performance.PartnersPaid(flows).GroupBy(each => each.On).OrderBy(day => day.Key);

    /// <summary>Where partners stand at the end of a day.</summary>
    /// <param name="Owed">Capital and hurdle that they have not got back.</param>
    /// <param name="Beyond">What they got beyond both.</param>
    private sealed record Standing(decimal Paid, decimal Distributed, decimal Owed, decimal Beyond, DateOnly? Last)
    {
        public static Standing Begun { get; } = new(0, 0, 0, 0, null);

        public Standing After(IGrouping<DateOnly, DatedAmount> day, CarryTerms terms)
        {
            var (given, taken) = (day.Sum(each => Math.Max(each.Amount, 0)), day.Sum(each => Math.Max(-each.Amount, 0)));
            var owed = Grown(Owed, Last, day.Key, terms.Hurdle) + taken - given;
            // What was distributed beyond capital and hurdle earns no hurdle for the manager.
            return new(Paid + taken, Distributed + given, Math.Max(owed, 0), Beyond + Math.Max(-owed, 0), day.Key);
        }

        public Tranches At(DateOnly on, decimal value, CarryTerms terms)
        {
            var owed = decimal.Round(Grown(Owed, Last, on, terms.Hurdle), 2, MidpointRounding.AwayFromZero);
            var all = Distributed + value;
            var above = decimal.Round(Math.Max(Beyond + value - owed, 0), 2, MidpointRounding.AwayFromZero);
            if (above == 0)
            {
                var capital = Math.Min(all, Paid);
                return new(capital, all - capital, 0, 0, 0);
            }
            var preferred = all - Paid - above;
            var catchUp = Math.Min(above, decimal.Round(preferred * terms.Carry / (1 - terms.Carry), 2, MidpointRounding.AwayFromZero));
            var manager = decimal.Round((above - catchUp) * terms.Carry, 2, MidpointRounding.AwayFromZero);
            return new(Paid, preferred, catchUp, above - catchUp - manager, manager);
        }
    }

    private static decimal Grown(decimal owed, DateOnly? from, DateOnly to, decimal hurdle) =>
        from is not { } since ? owed : owed * (decimal)Math.Pow((double)(1 + hurdle), (to.DayNumber - since.DayNumber) / Year);
}
