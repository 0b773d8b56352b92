using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Confirming.ConfirmEntriesFeature;
using static Luodi.Funds.Deals.ApproveDealFeature;
using static Luodi.Funds.Deals.CancelDealFeature;
using static Luodi.Funds.Flows.CallCapitalFeature;
using static Luodi.Funds.Flows.LogFlowFeature;
using static Luodi.Funds.Flows.ReverseFlowFeature;

namespace Luodi.Specs.Funds;

public sealed class ApproveDealSpec : FundSpec
{
    private static readonly DealApproved Approved = new(DealId, Id, ProjectId, null, Money.Yuan(100), Day);

    [Fact]
    public void An_approved_investment_waits_and_takes_nothing_until_it_is_confirmed()
    {
        Given(Raised).When(fund => Approve(fund, 100)).Then(Approved).Effective(Day);
        Given([.. Raised, Approved]).State.ShouldSatisfyAllConditions(fund => fund.Uncommitted.ShouldBe(100), fund => fund.Deals.ShouldBeEmpty());
        Given([.. Raised, Approved]).When(fund => Confirm(fund, new([DealId]), "manager")).Then(Deal(100));
        Given([.. Raised, Deal(100)]).State.ShouldSatisfyAllConditions(fund => fund.Uncommitted.ShouldBe(0), fund => fund.Committed.ShouldBe(Money.Yuan(100)));
    }

    [Fact]
    public void Not_a_fen_more_than_is_uncommitted_fees_and_expenses_taken_off()
    {
        Given(Raised).When(fund => Approve(fund, 100.01m)).ThenRefused(new UncommittedCapitalShort(100));
        Given([.. Running, Flowed(FlowKinds.Fee, 1), Flowed(FlowKinds.Expense, 2)]).When(fund => Approve(fund, 27.01m)).ThenRefused(new UncommittedCapitalShort(27));
        Given(Established).When(fund => Approve(fund, 1)).ThenRefused(new UncommittedCapitalShort(0));
    }

    [Fact]
    public void Of_two_that_wait_for_the_same_capital_the_first_to_be_confirmed_has_it() =>
        Given([.. Raised, Approved, Approved with { DealId = EntryId }, Deal(100)]).When(fund => Confirm(fund, new([EntryId]), "manager")).ThenRefused(new UncommittedCapitalShort(0));

    [Fact]
    public void A_decision_has_been_taken_when_it_is_logged() =>
        Given(Raised).When(fund => ApproveDealFeature.Decide(fund, DealId, new(ProjectId, null, Money.Yuan(1), Today.AddDays(1)), Today)).ThenRefused<ApprovedInFuture>("on");

    private static Decision Approve(Fund fund, decimal yuan) => ApproveDealFeature.Decide(fund, DealId, new(ProjectId, null, Money.Yuan(yuan), Day), Today);
}

public sealed class CancelDealSpec : FundSpec
{
    private static readonly DealCancelled Cancelled = new(DealId, Id, ProjectId, null, Money.Yuan(40));

    [Fact]
    public void What_was_not_paid_out_is_free_again()
    {
        object[] facts = [.. Running, Flowed(FlowKinds.Disbursed, 30, deal: DealId)];
        Given(facts).When(Cancel).Then(Cancelled).Because("对方违约");
        Given([.. facts, Cancelled]).State.ShouldSatisfyAllConditions(fund => fund.Committed.ShouldBe(Money.Yuan(30)), fund => fund.Uncommitted.ShouldBe(70), fund => fund.Deals[0].Status.ShouldBe("invested"));
        Given([.. facts, Cancelled]).When(Cancel).ThenRefused<AllPaidOut>();
    }

    [Fact]
    public void There_is_such_a_deal() => Given(Raised).When(Cancel).ThenRefused<DealUnknown>("dealId");

    [Fact]
    public void A_deal_says_how_far_it_is()
    {
        Given(Running).State.Deals[0].Status.ShouldBe("committed");
        Given([.. Running, Flowed(FlowKinds.Disbursed, 50, deal: DealId), Flowed(FlowKinds.Exited, 9, deal: DealId, cost: 50)]).State.Deals[0].Status.ShouldBe("partly-exited");
        Given([.. Running, Flowed(FlowKinds.Disbursed, 50, deal: DealId), Cancelled with { Freed = Money.Yuan(20) }, Flowed(FlowKinds.Exited, 9, deal: DealId, cost: 50)]).State.Deals[0].Status.ShouldBe("exited");
        Given([.. Running, Cancelled with { Freed = Money.Yuan(70) }]).State.Deals[0].Status.ShouldBe("cancelled");
    }

    private static Decision Cancel(Fund fund) => CancelDealFeature.Decide(fund, new(DealId, " 对方违约 "));
}

public sealed class LogFlowSpec : FundSpec
{
    [Theory]
    [InlineData(FlowKinds.Called, 30)]
    [InlineData(FlowKinds.Fee, 50)]
    [InlineData(FlowKinds.Expense, 50)]
    [InlineData(FlowKinds.Disbursed, 50)]
    [InlineData(FlowKinds.Distributed, 50)]
    public void As_much_as_there_is_and_not_a_fen_more(string kind, decimal most)
    {
        var (partner, deal) = (kind is FlowKinds.Called or FlowKinds.Distributed ? A : (Guid?)null, kind is FlowKinds.Disbursed ? DealId : (Guid?)null);
        Given(Running).When(Log(kind, most, partner, deal)).Then(new FlowLogged(EntryId, Id, kind, Day, Money.Yuan(most), partner, deal, 0.00m, Recallable: false)).Effective(Day);
        var outcome = Given(Running).When(Log(kind, most + 0.01m, partner, deal));
        if (kind is FlowKinds.Called) outcome.ThenRefused(new CalledBeyondUnfunded("甲", most));
        else outcome.ThenRefused(new CashShort(most));
    }

    [Fact]
    public void What_was_called_is_paid_what_is_committed_is_paid_out_and_nothing_else()
    {
        Given([.. Running, Flowed(FlowKinds.Called, 5, A)]).When(Log(FlowKinds.PaidIn, 5.01m, A)).ThenRefused(new PaidBeyondCalled(5));
        Given([.. Running, Flowed(FlowKinds.Income, 50)]).When(Log(FlowKinds.Disbursed, 70.01m, deal: DealId)).ThenRefused(new DisbursedBeyondCommitment(70));
    }

    [Fact]
    public void An_exit_takes_off_what_is_left_of_the_cost()
    {
        object[] facts = [.. Running, Flowed(FlowKinds.Disbursed, 50, deal: DealId)];
        Given(facts).When(Log(FlowKinds.Exited, 0, deal: DealId, cost: 50)).Then(new FlowLogged(EntryId, Id, FlowKinds.Exited, Day, Money.Yuan(0), null, DealId, 50.00m, Recallable: false));
        Given(facts).When(Log(FlowKinds.Exited, 80, deal: DealId, cost: 50.01m)).ThenRefused(new CostBeyondCostLeft(50));
        Given(facts).When(Log(FlowKinds.Exited, 0, deal: DealId)).ThenRefused<NothingExited>("amount");
        Given(facts).When(Log(FlowKinds.Valued, 0, deal: DealId)).Then(new FlowLogged(EntryId, Id, FlowKinds.Valued, Day, Money.Yuan(0), null, DealId, 0.00m, Recallable: false));
    }

    [Fact]
    public void What_may_be_called_back_is_called_back_where_the_terms_say_so()
    {
        object[] facts = [.. Running, Recycles];
        Given(Running).When(Log(FlowKinds.Distributed, 10, A, recallable: true)).ThenRefused<RecyclingNotAgreed>("recallable");
        Given(facts).When(Log(FlowKinds.Distributed, 10, A, cost: 10.01m)).ThenRefused<CapitalBeyondDistribution>("cost");
        Given(facts).When(Log(FlowKinds.Distributed, 10, A, cost: 10, recallable: true)).Then(new FlowLogged(EntryId, Id, FlowKinds.Distributed, Day, Money.Yuan(10), A, null, 10.00m, Recallable: true));
        object[] distributed = [.. facts, Flowed(FlowKinds.Distributed, 10, A, recallable: true), Flowed(FlowKinds.Distributed, 5, A)];
        Given(distributed).When(Log(FlowKinds.Recalled, 10.01m, A)).ThenRefused(new RecalledBeyondRecallable(10));
        // It is no call: unfunded stays as it is, and the fund may commit it anew.
        Given([.. distributed, Flowed(FlowKinds.Recalled, 10, A)]).State
            .ShouldSatisfyAllConditions(fund => fund.PartnerOf(A)!.Unfunded.ShouldBe(30), fund => fund.PartnerOf(A)!.Recallable.ShouldBe(0), fund => fund.Cash.ShouldBe(45), fund => fund.Uncommitted.ShouldBe(40));
    }

    [Fact]
    public void A_flow_says_what_its_kind_asks_for_and_nothing_else()
    {
        Given(Running).When(fund => LogFlowFeature.Decide(fund, EntryId, new(null, null, null), Today)).ThenRefused<Missing>("kind");
        Given(Running).When(Log("x", 1)).ThenRefused<FlowKindUnknown>("kind");
        Given(Running).When(Log(FlowKinds.PaidIn, 1)).ThenRefused<Missing>("partnerId");
        Given(Running).When(Log(FlowKinds.Disbursed, 1)).ThenRefused<Missing>("dealId");
        Given(Running).When(Log(FlowKinds.Disbursed, 1, deal: EntryId)).ThenRefused<DealUnknown>("dealId");
        Given(Running).When(Log(FlowKinds.Fee, 1, A, DealId, 1, recallable: true))
            .ThenRefused(new NotOfThisFlow("partnerId"), new NotOfThisFlow("dealId"), new NotOfThisFlow("cost"), new NotOfThisFlow("recallable"));
        Given(Running).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.Fee, Today.AddDays(1), Money.Yuan(1)), Today)).ThenRefused<FlowInFuture>("on");
        Given(Running).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.Called, Today.AddDays(366), Money.Yuan(1), A), Today)).Effective(Today.AddDays(366));
        Given(Running).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.Called, Today.AddDays(367), Money.Yuan(1), A), Today)).ThenRefused<DueTooFarAhead>("on");
    }

    private static Func<Fund, Decision> Log(string kind, decimal yuan, Guid? partner = null, Guid? deal = null, decimal? cost = null, bool recallable = false) =>
        fund => LogFlowFeature.Decide(fund, EntryId, new(kind, Day, Money.Yuan(yuan), partner, deal, cost is { } of ? Money.Yuan(of) : null, recallable), Today);
}

public sealed class CallCapitalSpec : FundSpec
{
    private static readonly IReadOnlyList<Guid> Ids = [EntryId, DealId];

    [Fact]
    public void A_call_is_split_by_subscriptions_to_the_fen_and_is_due_on_its_day() =>
        Given(Raised).When(fund => Call(fund, 0.33m)).Then(
            new FlowLogged(EntryId, Id, FlowKinds.Called, Today, Money.Yuan(0.2m), A, null, 0.00m, Recallable: false),
            new FlowLogged(DealId, Id, FlowKinds.Called, Today, Money.Yuan(0.13m), B, null, 0.00m, Recallable: false)).Effective(Today);

    [Theory]
    [InlineData("100", "33.34 33.33 33.33", "1 1 1")]
    [InlineData("0.01", "0 0.01", "1 2")]
    [InlineData("10", "0 10", "0 5")]
    [InlineData("1", "0.17 0.33 0.5", "1 2 3")]
    public void The_fen_that_are_left_go_to_the_largest_remainders(string amount, string parts, string by) =>
        Split(Parse(amount), [.. by.Split(' ').Select(Parse)]).ShouldBe(parts.Split(' ').Select(Parse));

    [Fact]
    public void Nobody_is_called_upon_for_more_than_they_subscribed()
    {
        Given(Running).When(fund => Call(fund, 50)).Effective(Today);
        Given(Running).When(fund => Call(fund, 50.02m)).ThenRefused(new CalledBeyondUnfunded("甲", 30));
        Given(Established).When(fund => CallCapitalFeature.Decide(fund, [], new(Money.Yuan(1), Today), Today)).ThenRefused<NobodyToCall>();
        Given(Raised).When(fund => CallCapitalFeature.Decide(fund, Ids, new(Money.Yuan(1), Today.AddDays(367)), Today)).ThenRefused<DueTooLate>("dueOn");
    }

    [Fact]
    public void A_payment_pays_what_was_due_first()
    {
        var (first, second) = (Flowed(FlowKinds.Called, 10, A), Flowed(FlowKinds.Called, 10, A));
        var calls = Given([.. Raised, second with { On = Day.AddDays(9) }, first, Flowed(FlowKinds.PaidIn, 12, A)]).State.OpenCalls;
        calls.ShouldBe([new(second.FlowId, A, Day.AddDays(9), 8)]);
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Decision Call(Fund fund, decimal yuan) => CallCapitalFeature.Decide(fund, Ids, new(Money.Yuan(yuan), Today), Today);
}

public sealed class ConfirmEntriesSpec : FundSpec
{
    private static readonly FlowLogged Fee = new(EntryId, Id, FlowKinds.Fee, Day, Money.Yuan(50), null, null, 0, Recallable: false);

    [Fact]
    public void Somebody_else_confirms_it_from_its_day_on() =>
        Given([.. Running, Fee]).When(fund => Confirm(fund, new([EntryId]), "staff2")).Then(Flowed(FlowKinds.Fee, 50, id: EntryId) with { Cost = 0.00m }).Effective(Day);

    [Fact]
    public void Or_returns_it_with_a_reason()
    {
        Given([.. Running, Fee]).When(fund => Return(fund, new(EntryId, " 金额有误 "), "staff2")).Then(new FundEntryReturned(EntryId, Id)).Because("金额有误");
        Given([.. Running, Fee, new FundEntryReturned(EntryId, Id)]).State.Pending.ShouldBeEmpty();
        Given([.. Running, Fee]).When(fund => Return(fund, new(EntryId, null), "staff2")).ThenRefused<Missing>("reason");
    }

    [Fact]
    public void Who_logged_it_does_neither()
    {
        Given([.. Running, Fee]).When(fund => Confirm(fund, new([EntryId]), "staff")).ThenRefused<EntryLoggedByYourself>();
        Given([.. Running, Fee]).When(fund => Return(fund, new(EntryId, "x"), "staff")).ThenRefused<EntryLoggedByYourself>();
    }

    [Fact]
    public void What_does_not_wait_is_not_confirmed()
    {
        Given(Running).When(fund => Confirm(fund, new([EntryId]), "staff2")).ThenRefused<NoEntryWaits>();
        Given(Running).When(fund => Return(fund, new(EntryId, "x"), "staff2")).ThenRefused<NoEntryWaits>();
        Given(Running).When(fund => Confirm(fund, new(null), "staff2")).ThenRefused<Missing>("entries");
        Given(Running).When(fund => Confirm(fund, new([.. Enumerable.Range(0, 201).Select(_ => Guid.CreateVersion7())]), "staff2")).ThenRefused<TooManyEntries>("entries");
    }

    [Fact]
    public void It_is_held_against_what_stands_when_it_is_confirmed() =>
        Given([.. Running, Fee, Flowed(FlowKinds.Expense, 0.01m)]).When(fund => Confirm(fund, new([EntryId]), "staff2")).ThenRefused(new CashShort(49.99m));

    [Fact]
    public void Several_of_one_day_are_confirmed_together_or_not_at_all()
    {
        var second = Fee with { FlowId = DealId, Amount = Money.Yuan(1) };
        Given([.. Running, Fee, second]).When(fund => Confirm(fund, new([DealId, EntryId]), "staff2")).ThenRefused(new CashShort(49));
        Given([.. Running, Fee with { Amount = Money.Yuan(49) }, second]).When(fund => Confirm(fund, new([DealId, EntryId]), "staff2"))
            .Then(Flowed(FlowKinds.Fee, 1, id: DealId) with { Cost = 0.00m }, Flowed(FlowKinds.Fee, 49, id: EntryId) with { Cost = 0.00m });
        Given([.. Running, Fee, second with { On = Today }]).When(fund => Confirm(fund, new([DealId, EntryId]), "staff2")).ThenRefused<EntriesOfOneDay>("entries");
    }
}

public sealed class ReverseFlowSpec : FundSpec
{
    private static readonly DateTimeOffset Instant = new(2023, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_flow_that_was_wrong_is_taken_back_from_its_own_day()
    {
        var fee = Flowed(FlowKinds.Fee, 5);
        Given([.. Running, fee]).When(Reverse(fee)).Then(new FlowReversed(fee.FlowId, Id, FlowKinds.Fee, Day, Money.Yuan(5), null, null, 0, Recallable: false)).Because("重复登记").Effective(Day);
        Given([.. Running, fee, new FlowReversed(fee.FlowId, Id, FlowKinds.Fee, Day, Money.Yuan(5), null, null, 0, Recallable: false)]).State.ShouldSatisfyAllConditions(fund => fund.Fees.ShouldBe(0), fund => fund.Cash.ShouldBe(50));
    }

    [Fact]
    public void A_flow_is_of_this_fund_and_counts()
    {
        var flow = FlowHistory.Evolve((Flow?)null, Flowed(FlowKinds.Fee, 5), 9, Instant)!;
        flow.ShouldSatisfyAllConditions(f => f.Since.ShouldBe(9), f => f.KnownFrom.ShouldBe(Instant), f => f.Until.ShouldBeNull());
        var reversed = FlowHistory.Evolve(flow, new FlowReversed(flow.Id, Id, FlowKinds.Fee, Day, Money.Yuan(5), null, null, 0, Recallable: false), 12, Instant.AddDays(1))!;
        (reversed.Until, reversed.KnownUntil).ShouldBe((12, Instant.AddDays(1)));
        foreach (var none in (Flow?[])[null, reversed, flow with { FundId = ProjectId }])
            Given(Running).When(fund => ReverseFlowFeature.Decide(fund, new(flow.Id, "x"), none)).ThenRefused<FlowUnknown>("flowId");
        Given(Running).When(fund => ReverseFlowFeature.Decide(fund, new(flow.Id, null), flow)).ThenRefused<Missing>("reason");
    }

    [Fact]
    public void What_others_rest_on_is_not_taken_back()
    {
        var (call, paid) = (Flowed(FlowKinds.Called, 5, A), Flowed(FlowKinds.PaidIn, 5, A));
        Given([.. Running, call, paid]).When(Reverse(call)).ThenRefused<OthersRestOnIt>();
        Given([.. Running, call, paid, Flowed(FlowKinds.Fee, 50.01m)]).When(Reverse(paid)).ThenRefused(new WouldLeaveCashShort(0.01m));
        var disbursed = Flowed(FlowKinds.Disbursed, 50, deal: DealId);
        Given([.. Running, disbursed, Flowed(FlowKinds.Exited, 1, deal: DealId, cost: 0.01m)]).When(Reverse(disbursed)).ThenRefused<OthersRestOnIt>();
        var (distributed, recalled) = (Flowed(FlowKinds.Distributed, 10, A, recallable: true), Flowed(FlowKinds.Recalled, 10, A));
        Given([.. Running, Recycles, distributed, recalled]).When(Reverse(distributed)).ThenRefused<OthersRestOnIt>();
        Given([.. Running, Recycles, distributed, recalled, new DealCommitted(EntryId, Id, ProjectId, null, Money.Yuan(40), Day)]).When(Reverse(recalled)).ThenRefused<OthersRestOnIt>();
    }

    [Fact]
    public void A_payment_that_is_taken_back_opens_what_it_had_paid()
    {
        var paid = Flowed(FlowKinds.PaidIn, 5, A);
        Given([.. Running, Flowed(FlowKinds.Called, 5, A), paid, new FlowReversed(paid.FlowId, Id, paid.Kind, Day, paid.Amount, A, null, 0, Recallable: false)]).State.OpenCalls.ShouldBe([new(paid.FlowId, A, Day, 5)]);
    }

    private static Func<Fund, Decision> Reverse(FlowConfirmed confirmed) =>
        fund => ReverseFlowFeature.Decide(fund, new(confirmed.FlowId, "重复登记"), FlowHistory.Evolve((Flow?)null, confirmed, 1, Instant));
}
