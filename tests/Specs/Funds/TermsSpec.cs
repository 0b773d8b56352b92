using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Flows;
using Luodi.Funds.Sizes;
using Luodi.Funds.Terms;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Closing.CloseRaisingFeature;
using static Luodi.Funds.Closing.WindUpFeature;
using static Luodi.Funds.Sizes.ClaimSizeFeature;
using static Luodi.Funds.Terms.SetTermsFeature;

namespace Luodi.Specs.Funds;

public sealed class SetTermsSpec : FundSpec
{
    private static readonly SetTerms Said = new("示例投资管理有限公司", 2023, Day.AddYears(4), Day.AddYears(7), FeeBases.Committed, 2, 8, 20, Recycling: true);
    private static readonly FundTermsSet Set = new(Id, "示例投资管理有限公司", 2023, Day.AddYears(4), Day.AddYears(7), FeeBases.Committed, 2, 8, 20, Recycling: true);

    [Fact]
    public void Terms_are_set_once_without_a_reason() => Given(Established).When(fund => Decide(fund, Said)).Then(Set);

    [Fact]
    public void They_are_amended_with_a_reason()
    {
        Given(Established, Set).When(fund => Decide(fund, Said with { FeeRate = 1.5m })).ThenRefused<Missing>("reason");
        Given(Established, Set).When(fund => Decide(fund, Said with { FeeRate = 1.5m, Reason = " 合伙人会议 " })).Then(Set with { FeeRate = 1.5m }).Because("合伙人会议");
    }

    [Fact]
    public void The_same_terms_change_nothing() => Given(Established, Set).When(fund => Decide(fund, Said with { Reason = "x" })).ThenNothing();

    [Fact]
    public void What_no_agreement_would_say_is_refused()
    {
        After(Said with { Vintage = 1984 }).ThenRefused<VintageImplausible>("vintage");
        After(Said with { FeeBasis = "x" }).ThenRefused<FeeBasisUnknown>("feeBasis");
        After(Said with { FeeRate = null }).ThenRefused<FeeHalfSaid>("feeRate");
        After(Said with { FeeBasis = null }).ThenRefused<FeeHalfSaid>("feeRate");
        After(Said with { FeeRate = 100.01m }).ThenRefused<PercentImplausible>("feeRate");
        After(Said with { HurdleRate = -1 }).ThenRefused<PercentImplausible>("hurdleRate");
        After(Said with { CarryRate = 0.00001m }).ThenRefused<PercentImplausible>("carryRate");
        After(Said with { TermUntil = Day.AddYears(4).AddDays(-1) }).ThenRefused<TermEndsFirst>("termUntil");
        After(Said with { InvestmentUntil = new(2101, 1, 1), TermUntil = null }).ThenRefused<DateImplausible>("investmentUntil");
    }

    private Outcome After(SetTerms terms) => Given(Established).When(fund => Decide(fund, terms));
}

public sealed class ClaimSizeSpec : FundSpec
{
    [Fact]
    public void What_was_published_stands_beside_the_sum_and_does_not_change_it()
    {
        var claimed = new FundSizeClaimed(EntryId, Id, "公报", Day, Money.Yuan(120));
        Given(Raised).When(fund => Decide(fund, EntryId, new ClaimSize("公报", Day, Money.Yuan(120)), Today)).Then(claimed).Effective(Day);
        var fund = Given([.. Raised, claimed, claimed with { Source = "报纸" }]).State;
        fund.Claims.Count.ShouldBe(2);
        fund.Subscribed.ShouldBe(100);
    }

    [Fact]
    public void A_claim_has_its_source_and_its_day() =>
        Given(Raised).When(fund => Decide(fund, EntryId, new ClaimSize(null, Today.AddDays(1), null), Today)).ThenRefused(new Missing("source"), new StatedInFuture(), new Missing("size"));
}

public sealed class CloseRaisingSpec : FundSpec
{
    private static readonly SubscriptionLogged Waits = new(EntryId, Id, A, Money.Yuan(1), Day);

    [Fact]
    public void The_final_size_is_what_partners_have_subscribed() =>
        Given(Raised).When(fund => CloseRaisingFeature.Decide(fund, new CloseRaising(Day), Today)).Then(new RaisingClosed(Id, Money.Yuan(100))).Effective(Day);

    [Fact]
    public void It_is_closed_once() => Given([.. Raised, new RaisingClosed(Id, Money.Yuan(100))]).When(fund => CloseRaisingFeature.Decide(fund, new CloseRaising(), Today)).ThenNothing();

    [Fact]
    public void Not_while_something_waits_nor_where_nobody_subscribed_nor_before_its_day()
    {
        Given([.. Raised, Waits]).When(fund => CloseRaisingFeature.Decide(fund, new CloseRaising(), Today)).ThenRefused<SubscriptionsWait>();
        Given(Established).When(fund => CloseRaisingFeature.Decide(fund, new CloseRaising(), Today)).ThenRefused<NobodySubscribed>();
        Given(Raised).When(fund => CloseRaisingFeature.Decide(fund, new CloseRaising(Today.AddDays(1)), Today)).ThenRefused<RaisingClosedInFuture>("on");
    }
}

public sealed class WindUpSpec : FundSpec
{
    private static object[] Emptied =>
        [.. Running, Flowed(FlowKinds.Disbursed, 50, deal: DealId), Flowed(FlowKinds.Exited, 80, deal: DealId, cost: 50), new DealCancelled(DealId, Id, ProjectId, null, Money.Yuan(20)), Flowed(FlowKinds.Distributed, 80, A)];

    [Fact]
    public void A_fund_in_which_nothing_is_left_is_wound_up()
    {
        Given(Emptied).When(WindUp).Then(new FundWoundUp(Id)).Because("到期");
        ((IStandAside)Given([.. Emptied, new FundWoundUp(Id)]).State).Aside.ShouldBe(new FundIsWoundUp());
        ((IStandAside)Given(Emptied).State).Aside.ShouldBeNull();
    }

    [Fact]
    public void Not_with_cash_deals_or_entries_that_wait()
    {
        Given([.. Emptied, Flowed(FlowKinds.Income, 0.01m)]).When(WindUp).ThenRefused(new CashIsLeft(0.01m));
        Given([.. Emptied, new DealCommitted(EntryId, Id, ProjectId, null, Money.Yuan(1), Day)]).When(WindUp).ThenRefused<DealsAreLeft>();
        Given([.. Emptied, new SubscriptionLogged(EntryId, Id, A, Money.Yuan(1), Day)]).When(WindUp).ThenRefused<EntriesWait>();
        Given(Emptied).When(fund => WindUpFeature.Decide(fund, new WindUp(null))).ThenRefused<Missing>("reason");
    }

    private static Decision WindUp(Luodi.Funds.Fund fund) => WindUpFeature.Decide(fund, new WindUp("到期"));
}
