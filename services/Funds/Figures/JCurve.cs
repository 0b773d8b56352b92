using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <param name="On">The last day of a quarter, or the day asked for where its quarter is not over.</param>
/// <param name="PaidIn">By partners up to this day, distributions paid again included.</param>
/// <param name="Cumulative">Distributed less paid in: below zero until partners have their money back.</param>
/// <param name="NetAssetValue">After carried interest.</param>
public sealed record CurvePoint(DateOnly On, decimal PaidIn, decimal Distributed, decimal Cumulative, decimal NetAssetValue);

public static class JCurve
{
    private const int MonthsOfQuarter = 3;

    /// <summary>The partners' cumulative net cash flow and the net asset value per quarter, from that of the first flow of money to that of <paramref name="at"/>; empty where no money has moved.</summary>
    public static IReadOnlyList<CurvePoint> Of(IEnumerable<Flow> flows, AsOf at, CarryTerms? terms = null)
    {
        var known = Known.Of(flows, at);
        if (known.FirstOrDefault(flow => Holdings.Cash(flow) != 0) is not { } first) return [];
        List<CurvePoint> points = [];
        for (var day = EndOfQuarter(first.On); ; day = EndOfQuarter(day.AddDays(1)))
        {
            var on = day < at.On ? day : at.On;
            var then = known.TakeWhile(flow => flow.On <= on).ToList();
            var distributed = then.Where(flow => flow.Kind == FlowKinds.Distributed).Sum(flow => flow.Amount);
            var paidIn = then.Where(flow => flow.Kind is FlowKinds.PaidIn or FlowKinds.Recalled).Sum(flow => flow.Amount);
            var value = Holdings.At(then).Net;
            points.Add(new(on, paidIn, distributed, distributed - paidIn, value - Waterfall.Accrued(then, on, value, terms)));
            if (on == at.On) return points;
        }
    }

    private static DateOnly EndOfQuarter(DateOnly day)
    {
        var month = (day.Month + MonthsOfQuarter - 1) / MonthsOfQuarter * MonthsOfQuarter;
        return new(day.Year, month, DateTime.DaysInMonth(day.Year, month));
    }
}
