using CsCheck;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Funds;

public sealed class CapitalAccountsSpec
{
    private static readonly DateOnly Start = new(2021, 1, 4);
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly AsOf Now = new(End);
    private static readonly CarryTerms Terms = new(0.08m, 0.2m);

    private static readonly Gen<CarryTerms?> AnyTerms = Gen.Bool.Select(carry => carry ? Terms : null);

    private static readonly Gen<DateOnly> AnyDay = Gen.Int[-30, 1900].Select(Start.AddDays);

    [Fact]
    public void A_year_of_two_partners_in_the_lines_of_the_template()
    {
        var fund = new FundFlows().Committed(Start, 1, 2_000).Committed(Start, 2, 1_000)
            .And(FlowKinds.Called, Start, 600, 1).And(FlowKinds.Called, Start, 300, 2).And(FlowKinds.PaidIn, Start, 600, 1).And(FlowKinds.PaidIn, Start, 300, 2)
            .And(FlowKinds.Disbursed, Start, 700).And(FlowKinds.Fee, new(2022, 3, 1), 20).And(FlowKinds.Expense, new(2022, 4, 1), 0.01m).And(FlowKinds.Income, new(2022, 5, 1), 30)
            .And(FlowKinds.Exited, new(2022, 6, 1), 150, cost: 90).And(FlowKinds.Distributed, new(2022, 7, 1), 40, 1, recallable: true).And(FlowKinds.Distributed, new(2022, 7, 1), 20, 2)
            .And(FlowKinds.Valued, new(2022, 12, 31), 640).Committed(new(2022, 12, 1), 2, 100, expired: true);
        var accounts = CapitalAccounts.Of(fund.Flows, fund.Commitments, new(2022, 1, 1), new(2022, 12, 31), Now);
        accounts.Select(account => account.PartnerId).ShouldBe([FundFlows.Partner(1), FundFlows.Partner(2)]);
        accounts[0].Account.ShouldBe(new(600, new(0, -40, -13.33m, -0.01m, 20, 40, 20, 0), 626.66m));
        accounts[1].Account.ShouldBe(new(300, new(0, -20, -6.67m, 0, 10, 20, 10, 0), 313.33m));
        accounts[0].Unfunded.ShouldBe(new(1_400, 0, 0, 40, 0, 1_440));
        accounts[1].Unfunded.ShouldBe(new(700, 0, 0, 0, 100, 600));
    }

    [Fact]
    public void Partners_add_up_to_the_fund_line_by_line() => Gen.Select(FundFlows.Any, AnyDay, AnyDay, AnyTerms).Sample((fund, one, other, terms) =>
    {
        var (from, to) = one < other ? (one, other) : (other, one);
        var accounts = CapitalAccounts.Of(fund.Flows, fund.Commitments, from, to, Now, terms);
        var bridge = CapitalAccounts.Bridge(fund.Flows, from, to, Now, terms);
        accounts.Sum(account => account.Account.Beginning).ShouldBe(bridge.Beginning);
        accounts.Aggregate(AccountLines.None, (sum, account) => sum + account.Account.Lines).ShouldBe(bridge.Lines);
        accounts.Sum(account => account.Account.Ending).ShouldBe(bridge.Ending);
    });

    [Fact]
    public void Beginning_and_lines_are_the_ending_which_is_the_next_beginning() => Gen.Select(FundFlows.Any, AnyDay, Gen.Int[0, 400], Gen.Int[1, 400], AnyTerms).Sample((fund, from, length, next, terms) =>
    {
        var (to, end) = (from.AddDays(length), from.AddDays(length + next));
        var (first, second, both) = (Of(from, to), Of(to.AddDays(1), end), Of(from, end));
        foreach (var (one, two, whole) in first.Zip(second, both))
        {
            (one.Account.Beginning + one.Account.Lines.Sum()).ShouldBe(one.Account.Ending);
            two.Account.Beginning.ShouldBe(one.Account.Ending);
            (one.Account.Lines + two.Account.Lines).ShouldBe(whole.Account.Lines);
            var unfunded = one.Unfunded;
            (unfunded.Beginning + unfunded.Committed - unfunded.Called + unfunded.Recallable - unfunded.Expired).ShouldBe(unfunded.Ending);
            two.Unfunded.Beginning.ShouldBe(unfunded.Ending);
        }
        IReadOnlyList<CapitalAccount> Of(DateOnly since, DateOnly until) => CapitalAccounts.Of(fund.Flows, fund.Commitments, since, until, Now, terms);
    });

    [Fact]
    public void The_bridge_ends_at_the_net_asset_value() => Gen.Select(FundFlows.Any, AnyDay).Sample((fund, to) =>
        CapitalAccounts.Bridge(fund.Flows, Start, to < Start ? Start : to, Now).Ending.ShouldBe(Holdings.At(Known.Of(fund.Flows, Now with { On = to < Start ? Start : to })).Net));

    [Fact]
    public void What_was_reversed_later_stands_in_the_accounts_as_they_were_known()
    {
        var fund = new FundFlows().Committed(Start, 1, 100).And(FlowKinds.PaidIn, Start, 100, 1).Reversed(new(2022, 1, 1));
        CapitalAccounts.Of(fund.Flows, fund.Commitments, Start, End, Now).Single().Account.Ending.ShouldBe(0);
        CapitalAccounts.Of(fund.Flows, fund.Commitments, Start, End, Now with { Known = FundFlows.Noon(new(2021, 12, 31)) }).Single().Account.Ending.ShouldBe(100);
    }

    [Fact]
    public void A_fen_that_cannot_be_halved_goes_to_the_largest_remainder()
    {
        Allocation.Of(0.01m, Weights(1, 1, 1)).Select(part => part.Value).ShouldBe([0.01m, 0, 0]);
        Allocation.Of(100, Weights(1, 1, 1)).Select(part => part.Value).ShouldBe([33.34m, 33.33m, 33.33m]);
        Allocation.Of(-100, Weights(2, 5, 2)).Select(part => part.Value).ShouldBe([-22.22m, -55.56m, -22.22m]);
        Allocation.Of(0, Weights(1, 2)).Select(part => part.Value).ShouldBe([0, 0]);
    }

    [Fact]
    public void Parts_add_up_and_none_is_a_fen_away_from_its_share() => Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[1, 1_000_000].Array[1, 12]).Sample((fen, weights) =>
    {
        var amount = fen / 100m;
        var parts = Allocation.Of(amount, Weights([.. weights.Select(weight => (decimal)weight)]));
        parts.Sum(part => part.Value).ShouldBe(amount);
        foreach (var (part, weight) in parts.Zip(weights)) Math.Abs(part.Value - (amount * weight / weights.Sum(each => (decimal)each))).ShouldBeLessThan(0.01m);
    });

    private static List<KeyValuePair<Guid, decimal>> Weights(params decimal[] weights) => [.. weights.Select((weight, partner) => KeyValuePair.Create(FundFlows.Partner(partner), weight))];
}

public sealed class JCurveSpec
{
    [Fact]
    public void The_curve_falls_with_the_calls_and_rises_with_the_distributions()
    {
        var fund = new FundFlows().And(FlowKinds.PaidIn, new(2024, 2, 1), 1_000, 1).And(FlowKinds.Fee, new(2024, 2, 1), 50).And(FlowKinds.Disbursed, new(2024, 5, 1), 900)
            .And(FlowKinds.Valued, new(2024, 9, 30), 1_200).And(FlowKinds.Exited, new(2024, 11, 1), 1_300, cost: 900).And(FlowKinds.Distributed, new(2024, 11, 1), 1_350, 1);
        JCurve.Of(fund.Flows, new(new(2024, 11, 15))).ShouldBe(
        [
            new(new(2024, 3, 31), 1_000, 0, -1_000, 950),
            new(new(2024, 6, 30), 1_000, 0, -1_000, 950),
            new(new(2024, 9, 30), 1_000, 0, -1_000, 1_250),
            new(new(2024, 11, 15), 1_000, 1_350, 350, 0),
        ]);
    }

    [Fact]
    public void Where_no_money_has_moved_there_is_no_curve() =>
        JCurve.Of(new FundFlows().And(FlowKinds.Called, new(2024, 2, 1), 1_000, 1).Flows, new(new(2024, 12, 31))).ShouldBeEmpty();

    [Fact]
    public void A_curve_of_ten_thousand_flows_has_a_point_a_quarter_and_ends_where_the_fund_stands()
    {
        var fund = new FundFlows();
        for (var day = 0; day < 10_000; day++) fund.And(day % 2 == 0 ? FlowKinds.PaidIn : FlowKinds.Distributed, new DateOnly(1998, 1, 1).AddDays(day), day % 2 == 0 ? 100 : 90, 1);
        var points = JCurve.Of(fund.Flows, new(new(2025, 12, 31)), new CarryTerms(0.08m, 0.2m));
        (points.Count, points[^1].Cumulative, points[^1].NetAssetValue).ShouldBe((112, -50_000, 50_000));
    }

    [Fact]
    public void Every_point_is_what_the_fund_was_on_its_day() => FundFlows.Any.Sample(fund =>
    {
        var (at, terms) = (new AsOf(new(2025, 11, 11)), new CarryTerms(0.08m, 0.2m));
        foreach (var point in JCurve.Of(fund.Flows, at, terms))
        {
            var net = Performance.Net(fund.Flows, fund.Commitments, at with { On = point.On }, RecallCustoms.RaisesUnfunded, terms);
            (point.PaidIn, point.Distributed, point.NetAssetValue, point.Cumulative).ShouldBe((net.PaidIn, net.Distributed, net.NetAssetValue, net.Distributed - net.PaidIn));
        }
    });
}

public sealed class FamilySpec
{
    private static readonly Guid Mother = FundFlows.Partner(1);
    private static readonly Guid Sub = FundFlows.Partner(2);
    private static readonly Guid SubSub = FundFlows.Partner(3);

    [Fact]
    public void The_same_yuan_from_mother_to_sub_fund_counts_once()
    {
        // 10 billion in the mother, 3 of them committed to a sub-fund of 5, of which 1 was paid in, half of it invested.
        var tree = Families.Of([new(Mother, new(10_000, 6_000, 4_000)), new(Sub, new(5_000, 1_600, 800))], [new(Mother, Sub, 3_000, 1_000, 1_000)]);
        tree.Total.ShouldBe(new(12_000, 6_600, 3_800));
        tree.Total.Left.ShouldBe(8_200);
        var mother = tree.Members[0];
        (mother.Outside, mother.LookThrough, mother.OutsideShare).ShouldBe((new(10_000, 6_000, 3_000), 3_480, 1));
        tree.Members[1].OutsideShare.ShouldBe(0.4m);
    }

    [Fact]
    public void A_fund_that_holds_itself_is_no_tree()
    {
        IReadOnlyList<Stake> stakes = [new(Mother, Sub, 1, 1, 1), new(Sub, SubSub, 1, 1, 1)];
        Families.WouldCircle(stakes, SubSub, Mother).ShouldBeTrue();
        Families.WouldCircle(stakes, Mother, Mother).ShouldBeTrue();
        Families.WouldCircle(stakes, Mother, SubSub).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Families.Of([new(Mother, FundAmounts.None), new(Sub, FundAmounts.None), new(SubSub, FundAmounts.None)], [.. stakes, new(SubSub, Mother, 1, 1, 1)]));
    }

    // Whoever stands outside and looks through its part of every fund sees all that the family invested, once.
    [Fact]
    public void The_total_of_the_family_is_what_is_seen_through_the_tree() =>
        Gen.Select(Gen.Int[1_000, 1_000_000].Array[2, 7], Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 150]).Array[0, 12], Gen.Int[0, 1_000_000].Array[7]).Sample((sizes, links, invested) =>
        {
            List<Stake> stakes = [];
            foreach (var (one, other, amount) in links.Where(link => link.Item1 < link.Item2 && link.Item2 < sizes.Length))
            {
                if (stakes.Where(stake => stake.FundId == FundFlows.Partner(other)).Sum(stake => stake.Committed) + amount <= sizes[other]) stakes.Add(new(FundFlows.Partner(one), FundFlows.Partner(other), amount, amount / 2, amount / 3));
            }
            var funds = sizes.Select((size, at) => new FamilyFund(FundFlows.Partner(at), new(size, size / 2, invested[at] + stakes.Where(stake => stake.MotherId == FundFlows.Partner(at)).Sum(stake => stake.Paid)))).ToList();
            var tree = Families.Of(funds, stakes);
            tree.Members.Sum(member => member.OutsideShare * member.LookThrough).ShouldBe(tree.Total.Invested, 0.0001m);
            tree.Total.Invested.ShouldBe(invested.Take(sizes.Length).Sum());
            tree.Total.Committed.ShouldBe(sizes.Sum() - stakes.Sum(stake => stake.Committed));
        });

    [Fact]
    public void A_claim_stands_beside_the_sum_with_what_is_missing()
    {
        StatedSum.Of(9_800, 10_000, atLeast: true).ShouldBe(new(9_800, 10_000, true, -200, false));
        StatedSum.Of(10_000, 10_000, atLeast: true).Holds.ShouldBeTrue();
        StatedSum.Of(10_001, 10_000, atLeast: false).ShouldBe(new(10_001, 10_000, false, 1, false));
    }
}
