using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <summary>What changes a net asset value, in the lines of the ILPA Reporting Template 2.0. Each has the sign with which it counts: distributions, fees, expenses and carried interest are below zero.</summary>
/// <param name="Contributions">Paid in, and distributions paid again.</param>
/// <param name="Realised">Exits less the cost of what was sold.</param>
/// <param name="Unrealised">The change of (fair value − cost) of what is held.</param>
/// <param name="Carry">Carried interest that accrued, or is no longer owed.</param>
public sealed record AccountLines(decimal Contributions, decimal Distributions, decimal Fees, decimal Expenses, decimal Income, decimal Realised, decimal Unrealised, decimal Carry)
{
    public static AccountLines None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public decimal Sum() => Contributions + Distributions + Fees + Expenses + Income + Realised + Unrealised + Carry;

    public static AccountLines operator +(AccountLines left, AccountLines right) => left.Add(right, 1);

    public static AccountLines operator -(AccountLines left, AccountLines right) => left.Add(right, -1);

    /// <summary>A part of each line, to the fen.</summary>
    public AccountLines Part(decimal share)
    {
        decimal Of(decimal line) => decimal.Round(line * share, 2, MidpointRounding.AwayFromZero);
        return new(Of(Contributions), Of(Distributions), Of(Fees), Of(Expenses), Of(Income), Of(Realised), Of(Unrealised), Of(Carry));
    }

    private AccountLines Add(AccountLines other, int sign) => new(
        Contributions + (sign * other.Contributions), Distributions + (sign * other.Distributions), Fees + (sign * other.Fees), Expenses + (sign * other.Expenses),
        Income + (sign * other.Income), Realised + (sign * other.Realised), Unrealised + (sign * other.Unrealised), Carry + (sign * other.Carry));
}

/// <summary>What can still be called. Beginning + committed − called + recallable − expired = ending.</summary>
/// <param name="Committed">Committed in the period, less what was given up.</param>
/// <param name="Called">Called, and distributions called back.</param>
/// <param name="Recallable">Distributed in the period in such a way that it may be called back.</param>
public sealed record UnfundedLines(decimal Beginning, decimal Committed, decimal Called, decimal Recallable, decimal Expired, decimal Ending)
{
    public static UnfundedLines None { get; } = new(0, 0, 0, 0, 0, 0);

    public static UnfundedLines operator +(UnfundedLines left, UnfundedLines right) => new(
        left.Beginning + right.Beginning, left.Committed + right.Committed, left.Called + right.Called, left.Recallable + right.Recallable, left.Expired + right.Expired, left.Ending + right.Ending);
}

/// <summary>A net asset value at the end of the day before a period, what changed it, and at the end of its last day. Beginning + the sum of the lines = ending.</summary>
public sealed record AccountPeriod(decimal Beginning, AccountLines Lines, decimal Ending);

/// <summary>The capital account of a partner.</summary>
public sealed record CapitalAccount(Guid PartnerId, AccountPeriod Account, UnfundedLines Unfunded);

/// <summary>
/// Capital accounts of a fund's partners. What a partner paid or got is its own; all else is shared in the proportion of commitments on its day, to the fen by the largest
/// remainder, so that partners add up to the fund. Every balance is that of a day and depends on no period, so that one period ends where the next begins.
/// </summary>
public static class CapitalAccounts
{
    /// <param name="from">The first day of the period.</param>
    /// <param name="to">The last day of the period; what is known is told by <paramref name="known"/>, whose day does not matter.</param>
    /// <returns>By partner; nobody where nobody has committed.</returns>
    public static IReadOnlyList<CapitalAccount> Of(IEnumerable<Flow> flows, IEnumerable<Commitment> commitments, DateOnly from, DateOnly to, AsOf known, CarryTerms? terms = null)
    {
        var (flowsThen, changesThen) = (Known.Of(flows, known with { On = DayBefore(from) }), Known.Of(commitments, known with { On = DayBefore(from) }));
        var (flowsNow, changesNow) = (Known.Of(flows, known with { On = to }), Known.Of(commitments, known with { On = to }));
        var (before, after) = (Balances(flowsThen, changesThen, changesNow, DayBefore(from), terms), Balances(flowsNow, changesNow, changesNow, to, terms));
        return [.. after.Keys.Select(partner =>
        {
            var (then, now) = (before.GetValueOrDefault(partner, AccountLines.None), after[partner]);
            return new CapitalAccount(partner, new(then.Sum(), now - then, now.Sum()), Unfunded(partner, flowsThen, changesThen, flowsNow, changesNow));
        })];
    }

    /// <summary>The value bridge of the fund as a whole: net asset value before the first day, what changed it, and on the last day.</summary>
    /// <inheritdoc cref="Of"/>
    public static AccountPeriod Bridge(IEnumerable<Flow> flows, DateOnly from, DateOnly to, AsOf known, CarryTerms? terms = null)
    {
        var all = flows.ToList();
        var (then, now) = (Total(Known.Of(all, known with { On = DayBefore(from) }), DayBefore(from), terms), Total(Known.Of(all, known with { On = to }), to, terms));
        return new(then.Sum(), now - then, now.Sum());
    }

    /// <summary>All that has happened up to a day, of the fund as a whole.</summary>
    private static AccountLines Total(IReadOnlyList<Flow> flows, DateOnly on, CarryTerms? terms) =>
        flows.Aggregate(AccountLines.None, (sum, flow) => sum + LinesOf(flow)) with
        {
            Unrealised = Holdings.At(flows) is var held ? held.Value - held.Cost : 0,
            Carry = -Waterfall.Accrued(flows, on, Holdings.At(flows).Net, terms),
        };

    private static SortedDictionary<Guid, AccountLines> Balances(IReadOnlyList<Flow> flows, IReadOnlyList<Commitment> changes, IReadOnlyList<Commitment> everybody, DateOnly on, CarryTerms? terms)
    {
        var accounts = new SortedDictionary<Guid, AccountLines>();
        foreach (var partner in everybody.Select(change => change.PartnerId).Concat(flows.Select(flow => flow.PartnerId).OfType<Guid>()).Distinct()) accounts[partner] = AccountLines.None;
        if (accounts.Count == 0) return accounts;
        void Share(DateOnly day, decimal amount, Func<decimal, AccountLines> line)
        {
            foreach (var (partner, part) in Allocation.Of(amount, Weights(day, changes, accounts.Keys))) accounts[partner] += line(part);
        }
        void Post(Flow flow)
        {
            if (flow.PartnerId is { } partner) accounts[partner] += LinesOf(flow);
            else Share(flow.On, LinesOf(flow).Sum(), part => LinesOf(flow, part));
        }
        // With a commitment goes its part of the account as it was at the beginning of that day.
        void Hand(Commitment change, Guid from)
        {
            var had = changes.Where(each => each.PartnerId == from && !each.Expired && (each.On, each.Since).CompareTo((change.On, change.Since)) < 0).Sum(each => each.Amount);
            var part = had > 0 ? accounts[from].Part(Math.Min(change.Amount / had, 1)) : AccountLines.None;
            accounts[from] -= part;
            accounts[change.PartnerId] += part;
        }
        var steps = flows.Select(flow => (flow.On, Order: 0, Do: (Action)(() => Post(flow))))
            .Concat(Holdings.Unrealised(flows).Select(each => (each.On, Order: 1, Do: (Action)(() => Share(each.On, each.Change, part => AccountLines.None with { Unrealised = part })))))
            .Concat(changes.Where(change => change.Handed is not null).Select(change => (change.On, Order: -1, Do: (Action)(() => Hand(change, change.Handed!.FromPartnerId)))));
        foreach (var step in steps.OrderBy(step => step.On).ThenBy(step => step.Order)) step.Do();
        Share(on, -Waterfall.Accrued(flows, on, Holdings.At(flows).Net, terms), part => AccountLines.None with { Carry = part });
        return accounts;
    }

    /// <summary>Commitments on a day; of the first day on which there are any where the money moved before them, and equal parts where nobody ever committed.</summary>
    private static List<KeyValuePair<Guid, decimal>> Weights(DateOnly day, IReadOnlyList<Commitment> changes, IEnumerable<Guid> partners)
    {
        var committed = changes.Where(change => !change.Expired).ToList();
        var first = committed.Count > 0 && committed[0].On > day ? committed[0].On : day;
        var weights = committed.Where(change => change.On <= first).GroupBy(change => change.PartnerId, (partner, own) => KeyValuePair.Create(partner, Math.Max(own.Sum(change => change.Amount), 0))).ToList();
        return weights.Exists(weight => weight.Value > 0) ? weights : [.. partners.Select(partner => KeyValuePair.Create(partner, 1m))];
    }

    /// <summary>The line of a flow, with the part of it that is a partner's.</summary>
    private static AccountLines LinesOf(Flow flow, decimal? part = null) => flow.Kind switch
    {
        FlowKinds.PaidIn or FlowKinds.Recalled => AccountLines.None with { Contributions = part ?? flow.Amount },
        FlowKinds.Distributed => AccountLines.None with { Distributions = part ?? -flow.Amount },
        FlowKinds.Fee => AccountLines.None with { Fees = part ?? -flow.Amount },
        FlowKinds.Expense => AccountLines.None with { Expenses = part ?? -flow.Amount },
        FlowKinds.Income => AccountLines.None with { Income = part ?? flow.Amount },
        FlowKinds.Exited or FlowKinds.StakeReturned => AccountLines.None with { Realised = part ?? (flow.Amount - flow.Cost) },
        _ => AccountLines.None,
    };

    private static UnfundedLines Unfunded(Guid partner, IReadOnlyList<Flow> flowsThen, IReadOnlyList<Commitment> changesThen, IReadOnlyList<Flow> flowsNow, IReadOnlyList<Commitment> changesNow)
    {
        UnfundedLines Upto(IReadOnlyList<Flow> flows, IReadOnlyList<Commitment> changes)
        {
            var own = flows.Where(flow => flow.PartnerId == partner).ToList();
            var committed = changes.Where(change => change.PartnerId == partner && !change.Expired).Sum(change => change.Amount);
            var expired = changes.Where(change => change.PartnerId == partner && change.Expired).Sum(change => change.Amount);
            decimal Taken(Func<Handed, decimal> part) => changes.Sum(change => change.Handed is not { } handed ? 0 : change.PartnerId == partner ? part(handed) : handed.FromPartnerId == partner ? -part(handed) : 0);
            var called = own.Where(flow => flow.Kind is FlowKinds.Called or FlowKinds.Recalled).Sum(flow => flow.Amount) + Taken(handed => handed.Called);
            var recallable = own.Where(flow => flow is { Kind: FlowKinds.Distributed, Recallable: true }).Sum(flow => flow.Amount) + Taken(handed => handed.Recallable);
            return new(0, committed, called, recallable, expired, committed - called + recallable - expired);
        }
        var (then, now) = (Upto(flowsThen, changesThen), Upto(flowsNow, changesNow));
        return new(then.Ending, now.Committed - then.Committed, now.Called - then.Called, now.Recallable - then.Recallable, now.Expired - then.Expired, now.Ending);
    }

    private static DateOnly DayBefore(DateOnly day) => day == DateOnly.MinValue ? day : day.AddDays(-1);
}

/// <summary>Sharing an amount to the fen.</summary>
public static class Allocation
{
    private const decimal Fen = 0.01m;

    /// <summary>Parts in the proportion of weights that add up to the amount: each is rounded down to the fen, and the fen that are left go to the largest remainders (Hamilton), of equal ones to the lower id.</summary>
    /// <param name="amount">Whole fen; negative amounts are shared as positive ones are.</param>
    /// <param name="weights">None below zero, and not all zero.</param>
    public static IReadOnlyList<KeyValuePair<Guid, decimal>> Of(decimal amount, IReadOnlyList<KeyValuePair<Guid, decimal>> weights)
    {
        var (size, whole) = (Math.Abs(amount), weights.Sum(weight => weight.Value));
        var exact = weights.Select(weight => (Partner: weight.Key, Part: size * (weight.Value / whole))).Select(each => (each.Partner, each.Part, Down: decimal.Floor(each.Part / Fen) * Fen)).ToList();
        var left = (int)((size - exact.Sum(each => each.Down)) / Fen);
        var raised = exact.OrderByDescending(each => each.Part - each.Down).ThenBy(each => each.Partner).Take(Math.Max(left, 0)).Select(each => each.Partner).ToHashSet();
        return [.. exact.Select(each => KeyValuePair.Create(each.Partner, Math.Sign(amount) * (each.Down + (raised.Contains(each.Partner) ? Fen : 0))))];
    }
}
