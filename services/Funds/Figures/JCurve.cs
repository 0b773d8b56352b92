using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <param name="On">The last day of a quarter, or the day asked for where its quarter is not over.</param>
/// <param name="PaidIn">By partners up to this day, distributions paid again included.</param>
/// <param name="Cumulative">Distributed less paid in: below zero until partners have their money back.</param>
/// <param name="NetAssetValue">After carried interest.</param>
public sealed record CurvePoint(DateOnly On, decimal PaidIn, decimal Distributed, decimal Cumulative, decimal NetAssetValue);

public static class JCurve
{
    /// <summary>The partners' cumulative net cash flow and the net asset value per quarter, from that of the first flow of money to that of <paramref name="at"/>; empty where no money has moved.</summary>
    public static IReadOnlyList<CurvePoint> Of(IEnumerable<Flow> flows, AsOf at, CarryTerms? terms = null)
    {
        var known = Known.Of(flows, at);
        if (known.FirstOrDefault(flow => Holdings.Cash(flow) != 0) is not { } first) return [];
        List<DateOnly> days = [];
        for (var day = Quarter.Of(first.On).To; day < at.On; day = Quarter.Of(day.AddDays(1)).To) days.Add(day);
        days.Add(at.On);
        var values = Holdings.At(known, days).Select(assets => assets.Net).ToList();
        var carried = Waterfall.Accrued(known, days.Zip(values), terms).ToList();
        List<CurvePoint> points = [];
        var (paidIn, distributed, next) = (0m, 0m, 0);
        foreach (var (place, day) in days.Index())
        {
            for (; next < known.Count && known[next].On <= day; next++)
            {
                if (known[next].Kind == FlowKinds.Distributed) distributed += known[next].Amount;
                else if (known[next].Kind is FlowKinds.PaidIn or FlowKinds.Recalled) paidIn += known[next].Amount;
            }
            points.Add(new(day, paidIn, distributed, distributed - paidIn, values[place] - carried[place]));
        }
        return points;
    }
}
