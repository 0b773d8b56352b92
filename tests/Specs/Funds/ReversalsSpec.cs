using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Confirming;
using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Closing.ClosePeriodFeature;
using static Luodi.Funds.Deals.ReverseDealFeature;
using static Luodi.Funds.Partners.ReverseTransferFeature;

namespace Luodi.Specs.Funds;

public sealed class ReverseTransferSpec : FundSpec
{
    private static readonly Guid ReversalId = Guid.Parse("01890000-0000-7000-8000-0000000000e3");
    private static readonly DateTimeOffset Instant = new(2023, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly TransferConfirmed Handed = new(EntryId, Id, A, B, Money.Yuan(20), 10, 10, 0, 0, 0, Day);
    private static readonly TransferReversalLogged Logged = new(ReversalId, EntryId, Id, A, B, Money.Yuan(20), 10.00m, 10.00m, 0.00m, 0.00m, 0.00m, Day);
    private static readonly TransferReversed Reversed = new(ReversalId, EntryId, Id, A, B, Money.Yuan(20), 10, 10, 0, 0, 0, Day);

    [Fact]
    public void What_went_along_goes_back_once_a_second_person_has_confirmed_it()
    {
        Given([.. Running, Handed]).When(fund => Reverse(fund)).Then(Logged).Because("误登").Effective(Day);
        Given([.. Running, Handed, Logged]).State.PartnerOf(B)!.Subscribed.ShouldBe(60);
        Given([.. Running, Handed, Logged]).When(Confirm).Then(Reversed with { Called = 10.00m, PaidIn = 10.00m, Distributed = 0.00m, Recallable = 0.00m, Recalled = 0.00m });
        var (before, after) = (Given(Running).State, Given([.. Running, Handed, Logged, Reversed]).State);
        after.Partners.Select(partner => (partner.Subscribed, partner.Called, partner.PaidIn)).ShouldBe(before.Partners.Select(partner => (partner.Subscribed, partner.Called, partner.PaidIn)));
        after.Pending.ShouldBeEmpty();
        FlowHistory.Evolve(Kept(Handed), Reversed, 12, Instant.AddDays(1))!.ShouldBe(Kept(Handed) with { Until = 12, KnownUntil = Instant.AddDays(1) });
    }

    [Fact]
    public void Not_while_what_came_with_it_was_handed_on_or_called_upon()
    {
        Given([.. Running, Handed, new TransferConfirmed(DealId, Id, B, A, Money.Yuan(50), 25, 25, 0, 0, 0, Day)]).When(fund => Reverse(fund)).ThenRefused(new TransferInUse("乙"));
        // Of 60 yuan 40 are called, of 40 that would be left as many.
        object[] called = [.. Running, Handed, Flowed(FlowKinds.Called, 20, B)];
        Given(called).When(fund => Reverse(fund)).Then(Logged);
        Given([.. called, Flowed(FlowKinds.Called, 0.01m, B)]).When(fund => Reverse(fund)).ThenRefused(new TransferInUse("乙"));
        Given([.. called, Logged, Flowed(FlowKinds.Called, 0.01m, B)]).When(Confirm).ThenRefused(new TransferInUse("乙"));
    }

    [Fact]
    public void It_is_a_transfer_of_this_fund_that_counts_and_whose_reversal_does_not_wait_already()
    {
        var kept = Kept(Handed);
        foreach (var none in (Subscription?[])[null, kept with { Until = 9 }, kept with { FundId = ProjectId }, kept with { FromPartnerId = null }])
            Given([.. Running, Handed]).When(fund => ReverseTransferFeature.Decide(fund, ReversalId, new(EntryId, "误登"), none)).ThenRefused<TransferUnknown>("transferId");
        Given([.. Running, Handed]).When(fund => ReverseTransferFeature.Decide(fund, ReversalId, new(EntryId, null), kept)).ThenRefused<Missing>("reason");
        Given([.. Running, Handed, Logged]).When(fund => Reverse(fund)).ThenRefused<ReversalWaits>();
        Given([.. Running, Handed, new PeriodClosed(Id, Day)]).When(fund => Reverse(fund)).ThenRefused(new PeriodIsClosed("transferId", Day));
    }

    private static Subscription Kept(TransferConfirmed handed) => FlowHistory.Evolve((Subscription?)null, handed, 8, Instant)!;

    private static Decision Reverse(Fund fund) => ReverseTransferFeature.Decide(fund, ReversalId, new(EntryId, " 误登 "), Kept(Handed));

    private static Decision Confirm(Fund fund) => ConfirmEntriesFeature.Confirm(fund, new([ReversalId]), "manager");
}

public sealed class ReverseDealSpec : FundSpec
{
    private static readonly Guid ReversalId = Guid.Parse("01890000-0000-7000-8000-0000000000e3");
    private static readonly DealReversalLogged Logged = new(ReversalId, DealId, Id, ProjectId, null, Money.Yuan(70), Today);
    private static readonly DealReversed Reversed = new(ReversalId, DealId, Id, ProjectId, null, Money.Yuan(70), Today);

    [Fact]
    public void A_commitment_that_was_wrong_counts_no_more_once_a_second_person_has_confirmed_it()
    {
        Given(Running).When(Reverse).Then(Logged).Because("误登");
        Given([.. Running, Logged]).State.Uncommitted.ShouldBe(30);
        Given([.. Running, Logged]).When(Confirm).Then(Reversed);
        Given([.. Running, Logged, Reversed]).State.ShouldSatisfyAllConditions(fund => fund.Deals.ShouldBeEmpty(), fund => fund.Uncommitted.ShouldBe(100), fund => fund.Committed.ShouldBe(Money.Yuan(0)), fund => fund.Pending.ShouldBeEmpty());
        // What was asked for meanwhile goes with it.
        Given([.. Running, Logged, new DealResized(DealId, Id, ProjectId, null, Money.Yuan(70), Money.Yuan(80))]).When(Confirm).Then(Reversed with { Amount = Money.Yuan(80) });
    }

    [Fact]
    public void Not_while_money_a_valuation_or_an_entry_rests_on_it()
    {
        Given([.. Running, Flowed(FlowKinds.Disbursed, 0.01m, deal: DealId)]).When(Reverse).ThenRefused<DealInUse>();
        Given([.. Running, Flowed(FlowKinds.Income, 0.01m, deal: DealId)]).When(Reverse).ThenRefused<DealInUse>();
        Given(Running).When(fund => ReverseDealFeature.Decide(fund, ReversalId, new(DealId, "误登"), valued: true, Today)).ThenRefused<DealInUse>();
        var tranche = new FlowLogged(EntryId, Id, FlowKinds.Disbursed, Day, Money.Yuan(1), null, DealId, 0, Recallable: false);
        Given([.. Running, tranche]).When(Reverse).ThenRefused<DealInUse>();
        Given([.. Running, Logged, tranche]).When(Confirm).ThenRefused<DealInUse>();
        Given([.. Running, Logged, Flowed(FlowKinds.Disbursed, 1, deal: DealId)]).When(Confirm).ThenRefused<DealInUse>();
    }

    [Fact]
    public void There_is_such_a_deal_and_its_reversal_is_logged_once()
    {
        Given(Raised).When(Reverse).ThenRefused<CancelDealFeature.DealUnknown>("dealId");
        Given(Running).When(fund => ReverseDealFeature.Decide(fund, ReversalId, new(DealId, null), valued: false, Today)).ThenRefused<Missing>("reason");
        Given([.. Running, Logged]).When(Reverse).ThenRefused<ReversalWaits>();
    }

    private static Decision Reverse(Fund fund) => ReverseDealFeature.Decide(fund, ReversalId, new(DealId, " 误登 "), valued: false, Today);

    private static Decision Confirm(Fund fund) => ConfirmEntriesFeature.Confirm(fund, new([ReversalId]), "manager");
}
