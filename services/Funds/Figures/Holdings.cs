using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <summary>What a fund holds of one deal, or of another fund of the family in which it has a stake.</summary>
/// <param name="Cost">Paid out for it, less the part of it that was sold.</param>
/// <param name="Value">Its fair value: the last valuation and what came after it. What is paid out counts at cost until it is valued; what is sold takes its part of the value with it.</param>
public sealed record Holding(Guid DealId, decimal Cost, decimal Value);

/// <summary>What a fund owns on a day.</summary>
/// <param name="Cash">Money at the bank: paid in and recalled, income and exits, less fees, expenses, tranches and distributions. Below zero it is borrowed (a subscription line).</param>
/// <param name="Cost">Of the deals held.</param>
/// <param name="Value">Fair value of the deals held.</param>
public sealed record Assets(decimal Cash, decimal Cost, decimal Value)
{
    /// <summary>Net asset value before carried interest: cash and fair value.</summary>
    public decimal Net => Cash + Value;
}

public static class Holdings
{
    /// <param name="flows">Those that stand, in the order of <see cref="Known"/>. A valuation is of the end of its day.</param>
    public static IReadOnlyList<Holding> Of(IEnumerable<Flow> flows) =>
        [.. Days(flows).SelectMany(day => day).Aggregate(new SortedDictionary<Guid, Holding>(), Apply).Values];

    /// <inheritdoc cref="Of"/>
    public static Assets At(IReadOnlyList<Flow> flows)
    {
        var held = Of(flows);
        return new(flows.Sum(Cash), held.Sum(each => each.Cost), held.Sum(each => each.Value));
    }

    /// <summary>What it owned at the end of each of these days, in one pass.</summary>
    /// <param name="days">Ascending.</param>
    internal static IEnumerable<Assets> At(IReadOnlyList<Flow> flows, IEnumerable<DateOnly> days)
    {
        var moves = new Queue<IGrouping<DateOnly, Flow>>(Days(flows));
        var held = new SortedDictionary<Guid, Holding>();
        var (cash, next) = (0m, 0);
        foreach (var day in days)
        {
            while (moves.TryPeek(out var move) && move.Key <= day)
            {
                foreach (var flow in moves.Dequeue()) Apply(held, flow);
            }
            for (; next < flows.Count && flows[next].On <= day; next++) cash += Cash(flows[next]);
            yield return new(cash, held.Values.Sum(each => each.Cost), held.Values.Sum(each => each.Value));
        }
    }

    /// <summary>Day by day by how much the value of the deals departs from their cost: the change of it is what is not realised.</summary>
    internal static IEnumerable<(DateOnly On, decimal Change)> Unrealised(IEnumerable<Flow> flows)
    {
        var held = new SortedDictionary<Guid, Holding>();
        var before = 0m;
        foreach (var day in Days(flows))
        {
            foreach (var flow in day) Apply(held, flow);
            var now = held.Values.Sum(each => each.Value - each.Cost);
            if (now != before) yield return (day.Key, now - before);
            before = now;
        }
    }

    /// <summary>What a flow does to the money at the bank.</summary>
    internal static decimal Cash(Flow flow) => flow.Kind switch
    {
        FlowKinds.PaidIn or FlowKinds.Recalled or FlowKinds.Income or FlowKinds.Exited or FlowKinds.StakeReturned => flow.Amount,
        FlowKinds.Fee or FlowKinds.Expense or FlowKinds.Disbursed or FlowKinds.Distributed or FlowKinds.StakePaid => -flow.Amount,
        _ => 0,
    };

    private static IEnumerable<IGrouping<DateOnly, Flow>> Days(IEnumerable<Flow> flows) => flows
        .Where(flow => flow.Kind is FlowKinds.Disbursed or FlowKinds.StakePaid or FlowKinds.Exited or FlowKinds.StakeReturned or FlowKinds.Valued)
        .OrderBy(flow => flow.On).ThenBy(flow => flow.Kind switch { FlowKinds.Disbursed or FlowKinds.StakePaid => 0, FlowKinds.Exited or FlowKinds.StakeReturned => 1, _ => 2 }).ThenBy(flow => flow.Since)
        .GroupBy(flow => flow.On);

    private static SortedDictionary<Guid, Holding> Apply(SortedDictionary<Guid, Holding> held, Flow flow)
    {
        var deal = flow.DealId ?? Guid.Empty;
        var before = held.GetValueOrDefault(deal) ?? new(deal, 0, 0);
        held[deal] = flow.Kind switch
        {
            FlowKinds.Disbursed or FlowKinds.StakePaid => before with { Cost = before.Cost + flow.Amount, Value = before.Value + flow.Amount },
            FlowKinds.Exited or FlowKinds.StakeReturned => before with
            {
                Cost = before.Cost - flow.Cost,
                Value = before.Cost <= flow.Cost ? 0 : decimal.Round(before.Value * (before.Cost - flow.Cost) / before.Cost, 2, MidpointRounding.AwayFromZero),
            },
            _ => before with { Value = flow.Amount },
        };
        return held;
    }
}
