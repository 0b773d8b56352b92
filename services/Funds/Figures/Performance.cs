using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <summary>How a distribution that may be called back counts. Bureaus and managers differ, so a number names its custom. What partners gained is the same under each of them.</summary>
public static class RecallCustoms
{
    /// <summary>It is a distribution, and what can be called grows by it; paid again, it is paid in.</summary>
    public const string RaisesUnfunded = "raises-unfunded";

    /// <summary>It is a distribution until it is paid again: then it is taken from what was distributed. What can be called stays as it is.</summary>
    public const string NetOfDistributions = "net-of-distributions";

    /// <summary>It was never needed: it is taken from what was paid in, and can be called as before.</summary>
    public const string NetOfPaidIn = "net-of-paid-in";

    public static IReadOnlyList<string> All { get; } = [RaisesUnfunded, NetOfDistributions, NetOfPaidIn];
}

/// <summary>A fund as its partners see it. Ratios have four decimals, half up, and are null where their denominator is not above zero.</summary>
/// <param name="Custom">One of <see cref="RecallCustoms"/>.</param>
/// <param name="Unfunded">Committed and neither called nor expired.</param>
/// <param name="NetAssetValue">At the end of the day, after the carried interest that has accrued.</param>
/// <param name="PaidInRatio">PIC: paid in / committed.</param>
/// <param name="Dpi">Distributed / paid in.</param>
/// <param name="Rvpi">Net asset value / paid in.</param>
/// <param name="Tvpi">(Distributed + net asset value) / paid in, rounded after adding: it may differ from the sum of the rounded two in the last digit.</param>
/// <param name="Irr">With a subscription line as it was used: on the days on which partners paid.</param>
/// <param name="IrrWithoutLine">As if capital had been called on the days on which the fund needed it (ILPA, Enhancing Transparency Around Subscription Lines of Credit, 2020).</param>
public sealed record NetPerformance(
    string Custom, decimal Committed, decimal PaidIn, decimal Distributed, decimal Unfunded, decimal NetAssetValue,
    decimal? PaidInRatio, decimal? Dpi, decimal? Rvpi, decimal? Tvpi, InternalRate Irr, InternalRate IrrWithoutLine);

/// <summary>A fund's deals and its stakes in other funds of the family, before fees, expenses and carried interest. No line of credit stands between a deal and its money, so there is one rate.</summary>
/// <param name="Invested">Disbursed to deals.</param>
/// <param name="Returned">Exits, and income from deals; not the interest of money at the bank.</param>
/// <param name="Value">Fair value of what is held.</param>
/// <inheritdoc cref="NetPerformance"/>
public sealed record GrossPerformance(decimal Invested, decimal Returned, decimal Value, decimal? Dpi, decimal? Rvpi, decimal? Tvpi, InternalRate Irr);

/// <summary>Multiples and internal rates since inception. Sources: GIPS 2020 (PIC, DPI, RVPI, TVPI), ILPA Reporting Template 2.0.</summary>
public static class Performance
{
    /// <param name="terms">Null where the fund pays no carried interest.</param>
    public static NetPerformance Net(IEnumerable<Flow> flows, IEnumerable<Commitment> commitments, AsOf at, string custom, CarryTerms? terms = null)
    {
        var known = Known.Of(flows, at);
        var changes = Known.Of(commitments, at);
        decimal Sum(string kind, bool onlyRecallable = false) => known.Where(flow => flow.Kind == kind && (!onlyRecallable || flow.Recallable)).Sum(flow => flow.Amount);
        var (recallable, recalled) = (Sum(FlowKinds.Distributed, onlyRecallable: true), Sum(FlowKinds.Recalled));
        var (paidIn, distributed) = custom switch
        {
            RecallCustoms.NetOfDistributions => (Sum(FlowKinds.PaidIn), Sum(FlowKinds.Distributed) - recalled),
            RecallCustoms.NetOfPaidIn => (Sum(FlowKinds.PaidIn) - recallable + recalled, Sum(FlowKinds.Distributed) - recallable),
            _ => (Sum(FlowKinds.PaidIn) + recalled, Sum(FlowKinds.Distributed)),
        };
        var committed = changes.Where(change => !change.Expired).Sum(change => change.Amount);
        var unfunded = committed - changes.Where(change => change.Expired).Sum(change => change.Amount) - Sum(FlowKinds.Called)
            + (custom == RecallCustoms.NetOfDistributions ? 0 : recallable - recalled);
        var gross = Holdings.At(known).Net;
        var value = gross - Waterfall.Accrued(known, at.On, gross, terms);
        return new(
            custom, committed, paidIn, distributed, unfunded, value,
            Ratio(paidIn, committed), Ratio(distributed, paidIn), Ratio(value, paidIn), Ratio(distributed + value, paidIn),
            Xirr.Of([.. PartnersPaid(known), new(at.On, value)]), Xirr.Of(WithoutLine(known, at.On, gross - value)));
    }

    public static GrossPerformance Gross(IEnumerable<Flow> flows, AsOf at)
    {
        var known = Known.Of(flows, at).Where(flow => flow.DealId is not null).ToList();
        var movements = known.Where(flow => flow.Kind is FlowKinds.Disbursed or FlowKinds.Exited or FlowKinds.Income or FlowKinds.StakePaid or FlowKinds.StakeReturned).Select(flow => new DatedAmount(flow.On, Holdings.Cash(flow))).ToList();
        var (invested, returned) = (-movements.Where(each => each.Amount < 0).Sum(each => each.Amount), movements.Where(each => each.Amount > 0).Sum(each => each.Amount));
        var value = Holdings.At(known).Value;
        return new(invested, returned, value, Ratio(returned, invested), Ratio(value, invested), Ratio(returned + value, invested), Xirr.Of([.. movements, new(at.On, value)]));
    }

    internal static IEnumerable<DatedAmount> PartnersPaid(IEnumerable<Flow> known) => known
        .Where(flow => flow.Kind is FlowKinds.PaidIn or FlowKinds.Recalled or FlowKinds.Distributed)
        .Select(flow => new DatedAmount(flow.On, -Holdings.Cash(flow)));

    /// <summary>
    /// The partners' movements without a line: whatever the fund pays out on a day and cannot pay from what came in before is called on that day. Distributions stay on theirs.
    /// The gain is the same; only the days on which partners would have paid are others.
    /// </summary>
    private static List<DatedAmount> WithoutLine(IReadOnlyList<Flow> known, DateOnly on, decimal carry)
    {
        List<DatedAmount> movements = [];
        var cash = 0m;
        foreach (var day in known.Where(flow => flow.Kind is not (FlowKinds.PaidIn or FlowKinds.Recalled)).GroupBy(flow => flow.On))
        {
            cash += day.Sum(Holdings.Cash);
            if (cash < 0) movements.Add(new(day.Key, cash));
            cash = Math.Max(cash, 0);
            movements.Add(new(day.Key, day.Where(flow => flow.Kind == FlowKinds.Distributed).Sum(flow => flow.Amount)));
        }
        movements.Add(new(on, cash + Holdings.At(known).Value - carry));
        return movements;
    }

    private static decimal? Ratio(decimal of, decimal to) => to > 0 ? decimal.Round(of / to, 4, MidpointRounding.AwayFromZero) : null;
}
