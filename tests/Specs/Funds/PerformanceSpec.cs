using System.Text.Json;
using CsCheck;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Funds;

public sealed class PerformanceSpec
{
    private static readonly DateOnly YearEnd = new(2025, 12, 31);
    private static readonly DateTimeOffset April = FundFlows.Noon(new(2026, 4, 30));

    /// <summary>Called, paid in and disbursed at once; what comes back is income and goes out at once.</summary>
    private static FundFlows Known7100 => new FundFlows()
        .Committed(new(2021, 6, 1), 1, 10_000)
        .And(FlowKinds.Called, new(2021, 6, 30), 3_000, 1).And(FlowKinds.PaidIn, new(2021, 6, 30), 3_000, 1).And(FlowKinds.Disbursed, new(2021, 6, 30), 3_000)
        .And(FlowKinds.Called, new(2022, 3, 31), 2_500, 1).And(FlowKinds.PaidIn, new(2022, 3, 31), 2_500, 1).And(FlowKinds.Disbursed, new(2022, 3, 31), 2_500)
        .And(FlowKinds.Called, new(2023, 6, 30), 2_000, 1).And(FlowKinds.PaidIn, new(2023, 6, 30), 2_000, 1).And(FlowKinds.Disbursed, new(2023, 6, 30), 2_000)
        .And(FlowKinds.Income, new(2024, 6, 30), 1_200, deal: FundFlows.Deal).And(FlowKinds.Distributed, new(2024, 6, 30), 1_200, 1)
        .And(FlowKinds.Income, new(2025, 6, 30), 2_400, deal: FundFlows.Deal).And(FlowKinds.Distributed, new(2025, 6, 30), 2_400, 1)
        .And(FlowKinds.Valued, YearEnd, 7_100, known: FundFlows.Noon(new(2026, 3, 1)));

    private static FundFlows Corrected => Known7100.Reversed(new(2026, 5, 10)).And(FlowKinds.Valued, YearEnd, 6_500, known: FundFlows.Noon(new(2026, 5, 10)));

    [Fact]
    public void A_fund_in_its_fifth_year_has_its_four_ratios_and_its_rate()
    {
        var net = Net(Known7100, new(YearEnd));
        (net.PaidInRatio, net.Dpi, net.Rvpi, net.Tvpi).ShouldBe((0.75m, 0.48m, 0.9467m, 1.4267m));
        net.Irr.ShouldBe(new InternalRate.Rate(0.10810375m, true, 1645));
        (net.Committed, net.PaidIn, net.Distributed, net.NetAssetValue, net.Unfunded).ShouldBe((10_000, 7_500, 3_600, 7_100, 2_500));
    }

    [Fact]
    public void The_ratio_of_all_is_rounded_after_adding()
    {
        var fund = new FundFlows().And(FlowKinds.PaidIn, new(2021, 1, 1), 30_000, 1).And(FlowKinds.Disbursed, new(2021, 1, 1), 20_000).And(FlowKinds.Distributed, new(2022, 1, 1), 10_000, 1);
        var net = Net(fund, new(YearEnd));
        (net.Dpi, net.Rvpi, net.Tvpi).ShouldBe((0.3333m, 0.6667m, 1m));
        (Net(fund.And(FlowKinds.Income, new(2022, 1, 1), 5_000).And(FlowKinds.Distributed, new(2022, 1, 1), 5_000, 1).And(FlowKinds.Valued, new(2022, 1, 1), 10_000), new(YearEnd)) is var half ? (half.Dpi, half.Rvpi, half.Tvpi) : default).ShouldBe((0.5m, 0.3333m, 0.8333m));
    }

    [Fact]
    public void A_corrected_value_changes_the_figures_and_not_those_that_were_known_before()
    {
        var now = Net(Corrected, new(YearEnd));
        (now.Rvpi, now.Tvpi).ShouldBe((0.8667m, 1.3467m));
        Percent(now.Irr).ShouldBe(9.0333m);
        var then = Net(Corrected, new(YearEnd, Known: April));
        (then.Rvpi, then.Tvpi).ShouldBe((0.9467m, 1.4267m));
        Percent(then.Irr).ShouldBe(10.8104m);
        // As of a version of the fund, the last event before the correction.
        Percent(Net(Corrected, new(YearEnd, Version: Known7100.Flows[^1].Since)).Irr).ShouldBe(10.8104m);
    }

    [Fact]
    public void Effective_on_an_earlier_day_the_later_flows_are_not_there()
    {
        var net = Net(Known7100, new(new(2024, 6, 29)));
        (net.PaidIn, net.Distributed, net.NetAssetValue, net.Tvpi).ShouldBe((7_500, 0, 7_500, 1m));
        Percent(net.Irr).ShouldBe(0m);
    }

    [Fact]
    public void A_fund_without_money_has_no_ratios()
    {
        var net = Net(new FundFlows(), new(YearEnd));
        (net.PaidInRatio, net.Dpi, net.Rvpi, net.Tvpi).ShouldBe((null, null, null, null));
        net.Irr.ShouldBe(new InternalRate.Undefined(NoRate.NoFlows));
        var gross = Performance.Gross([], new(YearEnd));
        (gross.Dpi, gross.Rvpi, gross.Tvpi).ShouldBe((null, null, null));
    }

    [Fact]
    public void Gross_figures_are_those_of_the_deals_alone()
    {
        var fund = Known7100.And(FlowKinds.Fee, new(2025, 1, 1), 100).And(FlowKinds.Income, new(2025, 1, 1), 40).And(FlowKinds.Exited, new(2025, 3, 31), 900, cost: 500);
        var gross = Performance.Gross(fund.Flows, new(YearEnd));
        (gross.Invested, gross.Returned, gross.Value).ShouldBe((7_500, 4_500, 7_100));
        (gross.Dpi, gross.Rvpi, gross.Tvpi).ShouldBe((0.6m, 0.9467m, 1.5467m));
    }

    [Fact]
    public void A_line_of_credit_raises_the_rate_of_partners_and_not_that_of_the_money_at_work()
    {
        // The line pays the deal a year before partners are called.
        var fund = new FundFlows().And(FlowKinds.Disbursed, new(2021, 1, 1), 1_000).And(FlowKinds.PaidIn, new(2022, 1, 1), 1_000, 1).And(FlowKinds.Exited, new(2023, 1, 1), 1_210, cost: 1_000).And(FlowKinds.Distributed, new(2023, 1, 1), 1_210, 1);
        var net = Net(fund, new(new(2023, 1, 1)));
        Percent(net.Irr).ShouldBe(21m);
        Percent(net.IrrWithoutLine).ShouldBe(10m);
    }

    [Fact]
    public void Without_a_line_both_rates_are_the_same()
    {
        var net = Net(Known7100, new(YearEnd));
        net.IrrWithoutLine.ShouldBe(net.Irr);
    }

    [Fact]
    public void Each_custom_of_recallable_distributions_counts_them_elsewhere()
    {
        var fund = new FundFlows().Committed(new(2021, 1, 1), 1, 2_000)
            .And(FlowKinds.Called, new(2021, 1, 1), 1_000, 1).And(FlowKinds.PaidIn, new(2021, 1, 1), 1_000, 1)
            .And(FlowKinds.Distributed, new(2022, 1, 1), 300, 1, recallable: true).And(FlowKinds.Recalled, new(2023, 1, 1), 100, 1);
        (decimal, decimal, decimal, decimal?) Of(string custom) => Performance.Net(fund.Flows, fund.Commitments, new(YearEnd), custom) is var net && net.Custom == custom ? (net.PaidIn, net.Distributed, net.Unfunded, net.PaidInRatio) : default;
        Of(RecallCustoms.RaisesUnfunded).ShouldBe((1_100, 300, 1_200, 0.55m));
        Of(RecallCustoms.NetOfDistributions).ShouldBe((1_000, 200, 1_000, 0.5m));
        Of(RecallCustoms.NetOfPaidIn).ShouldBe((800, 0, 1_200, 0.4m));
    }

    [Fact]
    public void What_partners_gained_is_the_same_under_each_custom() => FundFlows.Any.Sample(fund =>
        RecallCustoms.All.Select(custom => Performance.Net(fund.Flows, fund.Commitments, new(YearEnd), custom)).Select(net => (net.Distributed + net.NetAssetValue - net.PaidIn, JsonSerializer.Serialize(net.Irr))).Distinct().Count().ShouldBe(1));

    [Fact]
    public void A_deal_that_is_sold_in_full_is_worth_nothing_and_one_sold_in_part_takes_its_part_along()
    {
        var fund = new FundFlows().And(FlowKinds.Disbursed, new(2021, 1, 1), 400).And(FlowKinds.Valued, new(2022, 1, 1), 1_000).And(FlowKinds.Disbursed, new(2022, 1, 1), 200);
        Holdings.Of(fund.Flows).ShouldBe([new(FundFlows.Deal, 600, 1_000)]);
        Holdings.Of(fund.And(FlowKinds.Exited, new(2023, 1, 1), 700, cost: 150).Flows).ShouldBe([new(FundFlows.Deal, 450, 750)]);
        Holdings.Of(fund.And(FlowKinds.Exited, new(2024, 1, 1), 700, cost: 450).Flows).ShouldBe([new(FundFlows.Deal, 0, 0)]);
        Holdings.Of(new FundFlows().And(FlowKinds.Disbursed, new(2021, 1, 1), 400).And(FlowKinds.Valued, new(2022, 1, 1), 0).Flows).ShouldBe([new(FundFlows.Deal, 400, 0)]);
    }

    private static NetPerformance Net(FundFlows fund, AsOf at) => Performance.Net(fund.Flows, fund.Commitments, at, RecallCustoms.RaisesUnfunded);

    private static decimal Percent(InternalRate rate) => decimal.Round(rate.ShouldBeOfType<InternalRate.Rate>().Value * 100, 4);
}

public sealed class WaterfallSpec
{
    private static readonly CarryTerms EightAndTwenty = new(0.08m, 0.2m);

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(900, 900, 0, 0, 0, 0)]
    [InlineData(1_000, 1_000, 0, 0, 0, 0)]
    [InlineData(1_080, 1_000, 80, 0, 0, 0)]
    [InlineData(1_090, 1_000, 80, 10, 0, 0)]
    [InlineData(1_100, 1_000, 80, 20, 0, 0)]
    [InlineData(1_200, 1_000, 80, 20, 80, 20)]
    public void After_a_year_capital_comes_first_then_the_hurdle_then_the_manager_catches_up_then_all_is_split(int value, int capital, int preferred, int catchUp, int partners, int manager) =>
        Waterfall.Of(Known.Of(Paid.Flows, new(new(2022, 1, 1))), new(2022, 1, 1), value, EightAndTwenty).ShouldBe(new Tranches(capital, preferred, catchUp, partners, manager));

    [Fact]
    public void The_hurdle_compounds() =>
        Waterfall.Of(Paid.Flows, new(2023, 1, 1), 1_166.40m, EightAndTwenty).ShouldBe(new Tranches(1_000, 166.40m, 0, 0, 0));

    [Fact]
    public void What_has_come_back_bears_no_hurdle_any_more() =>
        Waterfall.Of(new FundFlows().And(FlowKinds.PaidIn, new(2021, 1, 1), 1_000, 1).And(FlowKinds.Distributed, new(2022, 1, 1), 580, 1).Flows, new(2023, 1, 1), 540, EightAndTwenty)
            .ShouldBe(new Tranches(1_000, 120, 0, 0, 0));

    [Fact]
    public void The_tranches_are_all_that_there_is_and_the_manager_never_has_more_than_its_part_of_the_gain() => FundFlows.Any.Sample(fund =>
    {
        var value = Holdings.At(fund.Flows).Net;
        var tranches = Waterfall.Of(fund.Flows, new(2025, 12, 31), value, EightAndTwenty);
        decimal Sum(params string[] kinds) => fund.Flows.Where(flow => kinds.Contains(flow.Kind)).Sum(flow => flow.Amount);
        var all = Sum(FlowKinds.Distributed) + value;
        (tranches.Capital + tranches.Preferred + tranches.CatchUp + tranches.Partners + tranches.Manager).ShouldBe(all);
        tranches.Carry.ShouldBeInRange(0, Math.Max(0.01m, ((all - Sum(FlowKinds.PaidIn, FlowKinds.Recalled)) * 0.2m) + 0.01m));
    });

    private static FundFlows Paid => new FundFlows().And(FlowKinds.PaidIn, new(2021, 1, 1), 1_000, 1);
}
