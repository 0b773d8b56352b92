using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Flows;
using Luodi.Funds.Reinvestment;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Reinvestment.LogReinvestmentFeature;
using static Luodi.Funds.Reinvestment.RecogniseReinvestmentFeature;
using static Luodi.Funds.Reinvestment.SetReinvestmentRuleFeature;

namespace Luodi.Specs.Funds;

public abstract class ReinvestmentSpec : Story<ReinvestmentBook>
{
    protected const string Firm = "示例微电子有限公司";

    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f6");
    protected static readonly Guid FundId = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly ReinvestmentOpened Opened = new(Id, FundId, Illustrative: true, "finance");

    /// <summary>One and a half times what the city's partner has paid in; headquarters count twice what the fund paid.</summary>
    protected static readonly ReinvestmentRuleSet Rule = new(
        Id, 1, ReinvestmentBases.Partner, FundFlows.Partner(1), 1.5m, [ReinvestmentWays.OwnSpending, ReinvestmentWays.IntroducedFirm, ReinvestmentWays.HeadquartersMoved], [1m, 0.5m, 2m], NetOfTaxes: true, "合伙协议", Day);

    protected static Guid Case(int number) => new($"01890000-0000-7000-8000-0000000000{number:x2}");

    protected static ReinvestmentLogged Logged(int number, string way, int days, decimal yuan, decimal taxes = 0, string firm = Firm, int rule = 1) =>
        new(Id, Case(number), rule, firm, way, Day.AddDays(days), Money.Yuan(yuan), Money.Yuan(taxes), $"凭证 {number}");

    protected static IEnumerable<object> Recognised(params ReinvestmentLogged[] cases) => cases.SelectMany(each => (object[])[each, new ReinvestmentRecognised(Id, each.CaseId)]);

    protected override ReinvestmentBook? Evolve(ReinvestmentBook? state, object fact) => ReinvestmentHistory.Evolve(state, fact, fact is ReinvestmentLogged ? "staff" : "staff2", "原因");
}

public sealed class SetReinvestmentRuleSpec : ReinvestmentSpec
{
    private static readonly Fund Fund = new(FundId, "天使一号", FundKinds.DirectAngel, Money.Yuan(1), Money.Yuan(0), 1, "finance");
    private static readonly OpenReinvestment Opening = new(
        FundId, ReinvestmentBases.Partner, FundFlows.Partner(1), 1.5m, [new(ReinvestmentWays.OwnSpending, 1), new(ReinvestmentWays.IntroducedFirm, 0.5m), new(ReinvestmentWays.HeadquartersMoved, 2)], NetOfTaxes: true, "合伙协议", Day, Illustrative: true);

    [Fact]
    public void A_fund_has_one_rule_with_what_it_is_owed_for_and_what_counts() =>
        When(Open(Opening)).Then(Opened, Rule).Effective(Day).Reserving($"reinvestment {FundId}", new ReinvestmentKeptAlready());

    [Fact]
    public void What_is_missing_or_wrong_is_said_field_by_field()
    {
        When(SetReinvestmentRuleFeature.Decide(Id, new OpenReinvestment(null, null, null, null, null, false, null, null), null))
            .ThenRefused(new Missing("fundId"), new Missing("base"), new Missing("multiple"), new WaysUnknown(), new Missing("source"), new Missing("effectiveFrom"));
        When(SetReinvestmentRuleFeature.Decide(Id, Opening, null)).ThenRefused<ReinvestmentWithoutFund>("fundId");
        When(Open(Opening with { Base = "city", PartnerId = null })).ThenRefused<ReinvestmentBaseUnknown>("base");
        When(Open(Opening with { PartnerId = null })).ThenRefused<Missing>("partnerId");
        When(Open(Opening with { Base = ReinvestmentBases.Fund })).ThenRefused<PartnerNotNeeded>("partnerId");
        foreach (var multiple in (decimal[])[0, -1, 100.0001m, 1.00001m]) When(Open(Opening with { Multiple = multiple })).ThenRefused<MultipleImplausible>("multiple");
        foreach (var ways in (CountedWay[][])[[], [new("gifts", 1)], [new(null, 1)], [new(ReinvestmentWays.OwnSpending, null)], [new(ReinvestmentWays.OwnSpending, 0)], [new(ReinvestmentWays.OwnSpending, 1), new(ReinvestmentWays.OwnSpending, 2)]])
        {
            When(Open(Opening with { Ways = ways })).ThenRefused<WaysUnknown>("ways");
        }
        When(Open(Opening with { Ways = [null!] })).ThenRefused<WaysUnknown>("ways");
    }

    [Fact]
    public void A_new_version_begins_after_the_one_before_it()
    {
        var next = new SetReinvestmentRule(ReinvestmentBases.Fund, null, 1, [new(ReinvestmentWays.OwnSpending, 1)], NetOfTaxes: false, "补充协议", Day.AddDays(1));
        Given(Opened, Rule).When(book => SetReinvestmentRuleFeature.Decide(book, next))
            .Then(new ReinvestmentRuleSet(Id, 2, ReinvestmentBases.Fund, null, 1, [ReinvestmentWays.OwnSpending], [1m], NetOfTaxes: false, "补充协议", Day.AddDays(1))).Effective(Day.AddDays(1));
        Given(Opened, Rule).When(book => SetReinvestmentRuleFeature.Decide(book, next with { EffectiveFrom = Day })).ThenRefused(new RuleNotLater(Day));
    }

    [Fact]
    public void A_fund_may_owe_nothing_any_more() =>
        Given(Opened, Rule).When(book => SetReinvestmentRuleFeature.Decide(book, new(ReinvestmentBases.None, null, null, null, NetOfTaxes: false, "补充协议", Day.AddDays(9))))
            .Then(new ReinvestmentRuleSet(Id, 2, ReinvestmentBases.None, null, 0, [], [], NetOfTaxes: false, "补充协议", Day.AddDays(9)));

    private static Decision Open(OpenReinvestment command) => SetReinvestmentRuleFeature.Decide(Id, command, Fund);
}

public sealed class LogReinvestmentSpec : ReinvestmentSpec
{
    private static readonly LogReinvestment Spent = new(Firm, ReinvestmentWays.OwnSpending, Day, Money.Yuan(10_000_000), Money.Yuan(600_000), "凭证 1");

    [Fact]
    public void It_is_logged_under_the_rule_of_its_day_and_waits_for_a_second_person() =>
        Given(Opened, Rule).When(Log(Spent)).Then(Logged(1, ReinvestmentWays.OwnSpending, 0, 10_000_000, 600_000)).Effective(Day).Answering(new { id = Case(1), caseId = Case(1) });

    [Fact]
    public void What_is_missing_or_wrong_is_said_field_by_field()
    {
        Given(Opened, Rule).When(Log(new(null, null, null, null, null, null))).ThenRefused(new Missing("firm"), new Missing("way"), new Missing("on"), new Missing("amount"), new Missing("evidence"));
        Given(Opened, Rule).When(Log(Spent with { Way = "gift" })).ThenRefused<WayUnknown>("way");
        Given(Opened, Rule).When(Log(Spent with { On = Day.AddDays(101) })).ThenRefused<ReinvestmentDayNotCome>("on");
        Given(Opened, Rule).When(Log(Spent with { TaxesAndFees = Money.Yuan(10_000_000.01m) })).ThenRefused<TaxesExceedTheAmount>("taxesAndFees");
        Given(Opened, Rule).When(Log(Spent with { TaxesAndFees = Money.Yuan(-1) })).ThenRefused<AmountNotPositive>("taxesAndFees");
        Given(Opened, Rule with { Ways = [ReinvestmentWays.IntroducedFirm], Rates = [1m] }).When(Log(Spent)).ThenRefused<WayNotCounted>("way");
    }

    [Fact]
    public void Where_nothing_is_owed_nothing_counts()
    {
        Given(Opened, Rule).When(Log(Spent with { On = Day.AddDays(-1) })).ThenRefused<NoReinvestmentRule>("on");
        object[] ended = [Opened, Rule, new ReinvestmentRuleSet(Id, 2, ReinvestmentBases.None, null, 0, [], [], NetOfTaxes: false, "x", Day.AddDays(9))];
        Given(ended).When(Log(Spent with { On = Day.AddDays(9) })).ThenRefused<NoReinvestmentRule>("on");
        Given(ended).When(Log(Spent with { On = Day.AddDays(8) })).Then(Logged(1, ReinvestmentWays.OwnSpending, 8, 10_000_000, 600_000));
    }

    [Fact]
    public void The_same_money_counts_once_unless_it_was_returned()
    {
        Given(Opened, Rule, Logged(1, ReinvestmentWays.IntroducedFirm, 0, 1)).When(Log(Spent)).ThenRefused(new ReinvestmentPaperCounted("凭证 1"));
        Given(Opened, Rule, Logged(2, ReinvestmentWays.OwnSpending, 0, 1) with { Evidence = "凭证 1" }, new ReinvestmentReturned(Id, Case(2))).When(Log(Spent with { TaxesAndFees = null }))
            .Then(Logged(1, ReinvestmentWays.OwnSpending, 0, 10_000_000));
    }

    private static Func<ReinvestmentBook, Decision> Log(LogReinvestment command) => book => LogReinvestmentFeature.Decide(book, Case(1), command, Day.AddDays(100));
}

public sealed class RecogniseReinvestmentSpec : ReinvestmentSpec
{
    private static readonly ReinvestmentLogged Spent = Logged(1, ReinvestmentWays.OwnSpending, 0, 10_000_000, 600_000);

    [Fact]
    public void A_second_person_recognises_it_and_it_counts_from_its_day_on_without_taxes()
    {
        Given(Opened, Rule, Spent).When(book => Recognise(book, new(Case(1)), "staff2")).Then(new ReinvestmentRecognised(Id, Case(1))).Effective(Day);
        Given(Opened, Rule, Spent).State.ShouldSatisfyAllConditions(book => book.RecognisedYuan.ShouldBe(0), book => book.Waiting.ShouldBe(1));
        Given([Opened, Rule, .. Recognised(Spent)]).State.RecognisedYuan.ShouldBe(9_400_000);
        Given([Opened, Rule with { NetOfTaxes = false }, .. Recognised(Spent)]).State.RecognisedYuan.ShouldBe(10_000_000);
    }

    [Fact]
    public void A_second_person_returns_it_with_the_reason() =>
        Given(Opened, Rule, Spent).When(book => Return(book, new(Case(1), " 凭证不全 "), "staff2")).Then(new ReinvestmentReturned(Id, Case(1))).Because("凭证不全");

    [Fact]
    public void Nobody_recognises_or_returns_what_they_logged()
    {
        Given(Opened, Rule, Spent).When(book => Recognise(book, new(Case(1)), "staff")).ThenRefused<CaseLoggedByYourself>();
        Given(Opened, Rule, Spent).When(book => Return(book, new(Case(1), "x"), "staff")).ThenRefused<CaseLoggedByYourself>();
    }

    [Fact]
    public void What_does_not_wait_is_neither_recognised_nor_returned()
    {
        Given([Opened, Rule, .. Recognised(Spent)]).When(book => Recognise(book, new(Case(1)), "staff2")).ThenRefused<CaseDoesNotWait>();
        Given(Opened, Rule, Spent, new ReinvestmentReturned(Id, Case(1))).When(book => Return(book, new(Case(1), "x"), "staff2")).ThenRefused<CaseDoesNotWait>();
    }

    [Fact]
    public void A_case_is_named_and_known()
    {
        Given(Opened, Rule).When(book => Recognise(book, new(null), "staff2")).ThenRefused<Missing>("caseId");
        Given(Opened, Rule).When(book => Recognise(book, new(Case(9)), "staff2")).ThenRefused<NoSuchCase>("caseId");
        Given(Opened, Rule).When(book => Return(book, new(Case(9), null), "staff2")).ThenRefused(new NoSuchCase(), new Missing("reason"));
        Given(Opened, Rule).When(book => Revoke(book, new(null, null))).ThenRefused(new Missing("caseId"), new Missing("reason"));
    }

    [Fact]
    public void A_recognition_is_revoked_with_the_reason_and_counts_nothing_any_more()
    {
        Given([Opened, Rule, .. Recognised(Spent)]).When(book => Revoke(book, new(Case(1), "资金已转出"))).Then(new ReinvestmentRevoked(Id, Case(1))).Because("资金已转出");
        Given(Opened, Rule, Spent).When(book => Revoke(book, new(Case(1), "x"))).ThenRefused<CaseNotRecognised>();
        Given([Opened, Rule, .. Recognised(Spent), new ReinvestmentRevoked(Id, Case(1))]).State.RecognisedYuan.ShouldBe(0);
    }
}

public sealed class RecognitionSpec : ReinvestmentSpec
{
    [Fact]
    public void Money_of_one_way_adds_up_at_its_rate() =>
        Counted(Logged(1, ReinvestmentWays.IntroducedFirm, 0, 10), Logged(2, ReinvestmentWays.IntroducedFirm, 1, 6), Logged(3, ReinvestmentWays.HeadquartersMoved, 2, 7, firm: "别家公司")).ShouldBe([5, 3, 14]);

    [Fact]
    public void Of_several_ways_of_one_firm_the_highest_counts_and_a_later_higher_one_its_difference()
    {
        // 10 spent, then the firm's own 16 at half: less. Then headquarters, for which the fund paid 9: 18, by 8 more.
        Counted(Logged(1, ReinvestmentWays.OwnSpending, 0, 10), Logged(2, ReinvestmentWays.IntroducedFirm, 1, 16), Logged(3, ReinvestmentWays.HeadquartersMoved, 2, 9)).ShouldBe([10, 0, 8]);
        // In whatever order they were logged, their days decide.
        Counted(Logged(3, ReinvestmentWays.HeadquartersMoved, 2, 9), Logged(1, ReinvestmentWays.OwnSpending, 0, 10)).ShouldBe([10, 8]);
    }

    [Fact]
    public void When_the_highest_is_revoked_the_next_one_counts()
    {
        var book = Given([Opened, Rule, .. Recognised(Logged(1, ReinvestmentWays.OwnSpending, 0, 20), Logged(2, ReinvestmentWays.IntroducedFirm, 1, 16))]);
        book.State.RecognisedYuan.ShouldBe(20);
        Evolve(book.State, new ReinvestmentRevoked(Id, Case(1)))!.RecognisedYuan.ShouldBe(8);
    }

    [Fact]
    public void What_is_owed_follows_what_was_paid_in_and_the_rule_of_the_day()
    {
        var fund = new FundFlows().And(FlowKinds.PaidIn, Day, 1_000, 1).And(FlowKinds.PaidIn, Day, 3_000, 2).And(FlowKinds.PaidIn, Day.AddDays(20), 500, 1).And(FlowKinds.Recalled, Day, 77, 1);
        object[] facts = [Opened, Rule, .. Recognised(Logged(1, ReinvestmentWays.OwnSpending, 5, 600)), new ReinvestmentRuleSet(Id, 2, ReinvestmentBases.Fund, null, 0.2m, [ReinvestmentWays.OwnSpending], [1m], NetOfTaxes: false, "x", Day.AddDays(30)),
            new ReinvestmentRuleSet(Id, 3, ReinvestmentBases.None, null, 0, [], [], NetOfTaxes: false, "x", Day.AddDays(40))];
        var book = Given(facts).State;
        ReinvestmentProgress On(int days) => Recognition.ProgressOf(book, fund.Flows, new(Day.AddDays(days)));
        On(-1).ShouldBe(new(null, 0, 0, 0, 0, null));
        On(4).ShouldBe(new(1, 1_000, 1_500, 0, 1_500, 0));
        On(5).ShouldBe(new(1, 1_000, 1_500, 600, 900, 0.4m));
        On(20).ShouldBe(new(1, 1_500, 2_250, 600, 1_650, 0.2667m));
        On(30).ShouldBe(new(2, 4_500, 900, 600, 300, 0.6667m));
        On(40).ShouldBe(new(null, 0, 0, 600, 0, null));
    }

    [Fact]
    public void A_firm_counts_what_its_highest_way_adds_up_to_in_whatever_order() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[1, 1_000_000]).Array[0, 15].Sample(steps =>
    {
        var logged = steps.Select((step, at) => Logged(at, ReinvestmentWays.All[step.Item2], step.Item3, step.Item4, firm: $"企业{step.Item1}")).ToArray();
        var book = Given([Opened, Rule, .. Recognised(logged)]).State;
        var counted = Recognition.Of(book.Cases, DateOnly.MaxValue);
        counted.ShouldAllBe(each => each.CountedYuan >= 0);
        counted.Sum(each => each.CountedYuan).ShouldBe(book.Cases.GroupBy(each => each.Firm).Sum(firm => firm.GroupBy(each => each.Way).Max(way => way.Sum(each => each.Yuan))));
    });

    private decimal[] Counted(params ReinvestmentLogged[] cases) => [.. Recognition.Of(Given([Opened, Rule, .. Recognised(cases)]).State.Cases, Day.AddDays(99)).Select(each => each.CountedYuan)];
}
