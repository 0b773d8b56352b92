using CsCheck;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;

namespace Luodi.Specs.Funds;

/// <summary>The story of a fund in flows, each confirmed in its turn on the day on which it took effect.</summary>
public sealed class FundFlows
{
    public static readonly Guid Deal = Id(0xd1);
    public static readonly Guid OtherDeal = Id(0xd2);

    private readonly List<Flow> _flows = [];
    private readonly List<Commitment> _commitments = [];
    private long _version;

    public IReadOnlyList<Flow> Flows => _flows;

    public IReadOnlyList<Commitment> Commitments => _commitments;

    public static Guid Partner(int number) => Id(0xa0 + number);

    public FundFlows Committed(DateOnly on, int partner, decimal amount, bool expired = false)
    {
        _commitments.Add(new(Partner(partner), on, amount, expired, ++_version, Noon(on)));
        return this;
    }

    public FundFlows And(string kind, DateOnly on, decimal amount, int partner = 0, Guid? deal = null, decimal cost = 0, bool recallable = false, DateTimeOffset? known = null)
    {
        var partners = kind is FlowKinds.Called or FlowKinds.PaidIn or FlowKinds.Distributed or FlowKinds.Recalled;
        deal ??= kind is FlowKinds.Disbursed or FlowKinds.Valued or FlowKinds.Exited ? Deal : null;
        _flows.Add(new(Id((int)++_version), Id(0xf1), kind, on, amount, partners ? Partner(partner) : null, deal, cost, recallable, _version, known ?? Noon(on)));
        return this;
    }

    /// <summary>The last flow was wrong.</summary>
    public FundFlows Reversed(DateOnly on)
    {
        _flows[^1] = _flows[^1] with { Until = ++_version, KnownUntil = Noon(on) };
        return this;
    }

    public static DateTimeOffset Noon(DateOnly on) => new(on, new TimeOnly(4, 0), TimeSpan.Zero);

    /// <summary>Any fund of three partners and two deals, from 2021 to the end of 2025. Nobody sells more than there is.</summary>
    public static Gen<FundFlows> Any { get; } =
        Gen.Select(Gen.Int[1, 1_000_000].Array[3], Gen.Select(Gen.Int[0, 9], Gen.Int[1, 60], Gen.Int[1, 100_000_000], Gen.Int[0, 2], Gen.Bool).Array[0, 30]).Select((weights, steps) =>
        {
            var start = new DateOnly(2021, 1, 4);
            var fund = new FundFlows();
            for (var partner = 0; partner < weights.Length; partner++) fund.Committed(start, partner, weights[partner] * 1_000m);
            var day = start;
            foreach (var (kind, days, fen, which, recallable) in steps)
            {
                day = day.AddDays(days);
                var deal = which == 0 ? Deal : OtherDeal;
                var held = Holdings.Of(fund.Flows).SingleOrDefault(each => each.DealId == deal)?.Cost ?? 0;
                var name = FlowKinds.All[kind];
                fund.And(name, day, fen / 100m, which, name == FlowKinds.Income && recallable ? deal : name is FlowKinds.Disbursed or FlowKinds.Valued or FlowKinds.Exited ? deal : null, name == FlowKinds.Exited ? Math.Min(held, fen / 200) : 0, recallable);
            }
            return fund;
        });

    private static Guid Id(int number) => new($"01890000-0000-7000-8000-{number:x12}");
}
