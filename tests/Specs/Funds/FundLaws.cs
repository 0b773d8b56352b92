using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Confirming;
using Luodi.Funds.Deals;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.Funds.Terms;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Funds;

/// <summary>What holds of a fund after every step, whatever is asked of it. A failure prints the requests and the seed that repeats it.</summary>
public sealed class FundLaws
{
    private const long Iterations = 400;

    private static readonly DateOnly Day = new(2023, 11, 1);
    internal static readonly Guid Mother = Guid.Parse("01890000-0000-7000-8000-0000000000f0");

    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f1");

    // Few partners, deals and amounts, so that they meet at their limits.
    private static readonly Gen<long> Fen = Gen.OneOf<long>(Gen.Int[1, 12].Select(step => step * 100L), Gen.OneOf(1L, 3L, 333L, 0L, -1L, 5_000L));

    private static readonly Gen<Request> Any = Gen.Frequency<Request>(
        (3, Gen.Select(Gen.Int[0, 2], Fen, (partner, fen) => (Request)new Subscribing(partner, fen))),
        (2, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Fen, (from, to, fen) => (Request)new Transferring(from, to, fen))),
        (3, Fen.Select(fen => (Request)new Calling(fen))),
        (3, Fen.Select(fen => (Request)new Approving(fen))),
        (1, Gen.Int[0, 3].Select(deal => (Request)new Cancelling(deal))),
        (14, Gen.Select(Gen.Int[0, FlowKinds.All.Count - 1], Gen.Int[0, 2], Gen.Int[0, 3], Fen, Gen.Int[0, 12], Gen.Bool, (kind, partner, deal, fen, cost, recallable) => (Request)new Flowing(kind, partner, deal, fen, cost * 100, recallable))),
        (1, Gen.Int[0, 40].Select(flow => (Request)new Unsubscribing(flow))),
        (3, Gen.Int[0, 40].Select(flow => (Request)new Reversing(flow))),
        (2, Gen.Int[0, 5].Select(entry => (Request)new Returning(entry))),
        (12, Gen.Int[0, 5].Select(entry => (Request)new Confirming(entry))),
        (2, Gen.Int[0, 5].Select(transfer => (Request)new Untransferring(transfer))),
        (1, Gen.Int[0, 3].Select(deal => (Request)new Uncommitting(deal))),
        (1, Gen.Bool.Select(recycling => (Request)new Recycling(recycling))));

    // What a fund begins with in most stories: left to chance, little would be paid in and nothing paid out.
    private static readonly Request[] Usual =
    [
        new Recycling(true), new Subscribing(0, 1_200), new Confirming(0), new Subscribing(1, 800), new Confirming(0), new Calling(1_500), new Confirming(0), new Confirming(0),
        new Flowing(1, 0, 0, 800, 0, false), new Confirming(0), new Flowing(1, 1, 0, 300, 0, false), new Confirming(0), new Approving(900), new Confirming(0), new Flowing(4, 0, 0, 500, 0, false), new Confirming(0),
    ];

    // The mother gets something back and pays it again, and a part of all that changes hands.
    private static readonly Request[] Recalling =
    [
        .. Usual, new Flowing(8, 1, 0, 200, 0, true), new Confirming(0), new Flowing(9, 1, 0, 100, 0, false), new Confirming(0), new Transferring(1, 0, 400), new Confirming(0),
    ];

    internal static readonly Gen<Request[]> AnyStory = Gen.Select(Gen.Int[0, 3], Any.Array[0, 70], (begun, story) => begun switch { 0 => story, 1 => [.. Recalling, .. story], _ => (Request[])[.. Usual, .. story] });

    private static readonly Guid Investor = new(9, 0, 0, new byte[8]);

    /// <summary>The mother raises money of her own, of which the fund's second partner pays.</summary>
    internal static readonly object[] OfMother =
    [
        new FundEstablished(Mother, "母基金", FundKinds.Market, Money.Yuan(100)), new PartnerAdmitted(Investor, Mother, "某财政局", PartnerKinds.Government, null),
        new SubscriptionConfirmed(Guid.CreateVersion7(), Mother, Investor, Money.Yuan(50), Day),
        new FlowConfirmed(Guid.CreateVersion7(), Mother, FlowKinds.Called, Day, Money.Yuan(40), Investor, null, 0, false), new FlowConfirmed(Guid.CreateVersion7(), Mother, FlowKinds.PaidIn, Day, Money.Yuan(9), Investor, null, 0, false),
    ];

    [Fact]
    public void What_is_not_called_and_what_is_called_are_what_each_partner_subscribed() => Always(told =>
    {
        foreach (var partner in told.Fund.Partners)
        {
            (partner.Unfunded + partner.Called).ShouldBe(partner.Subscribed);
            partner.PaidIn.ShouldBeInRange(0, partner.Called);
            partner.Called.ShouldBeInRange(0, partner.Subscribed);
            partner.Recallable.ShouldBeInRange(0, partner.Distributed);
            told.Fund.OpenCalls.Where(call => call.PartnerId == partner.Id).Sum(call => call.Left).ShouldBe(partner.Due);
        }
        told.Fund.OpenCalls.ShouldAllBe(call => call.Left > 0);
    });

    [Fact]
    public void Cash_is_what_came_in_without_what_went_out_and_never_below_zero() => Always(told =>
    {
        decimal Sum(params string[] kinds) => told.Counting.Where(flow => kinds.Contains(flow.Kind)).Sum(flow => flow.Amount);
        told.Fund.Cash.ShouldBe(Sum(FlowKinds.PaidIn, FlowKinds.Recalled, FlowKinds.Income, FlowKinds.Exited) - Sum(FlowKinds.Disbursed, FlowKinds.Fee, FlowKinds.Expense, FlowKinds.Distributed));
        told.Fund.Cash.ShouldBeGreaterThanOrEqualTo(0);
    });

    [Fact]
    public void What_the_mother_paid_to_the_fund_and_got_from_it_left_and_came_to_her_own_cash_which_is_never_below_zero() => Always(told =>
    {
        var hers = told.Fund.Partners[1].Id;
        decimal Sum(params string[] kinds) => told.Counting.Where(flow => flow.PartnerId == hers && kinds.Contains(flow.Kind)).Sum(flow => flow.Amount);
        (told.MotherFund.StakesPaid, told.MotherFund.StakesReturned).ShouldBe((Sum(FlowKinds.PaidIn, FlowKinds.Recalled), Sum(FlowKinds.Distributed)));
        told.MotherFund.Cash.ShouldBe(9 - told.MotherFund.StakesPaid + told.MotherFund.StakesReturned);
        told.MotherFund.Cash.ShouldBeGreaterThanOrEqualTo(0);
        Holdings.At([.. told.OfMotherCounting]).Cash.ShouldBe(told.MotherFund.Cash - 9);
        foreach (var stake in told.MotherFund.Stakes) stake.CostLeft.ShouldBeInRange(0, stake.Paid);
    });

    [Fact]
    public void Sums_of_partners_and_deals_are_those_of_the_fund() => Always(told =>
    {
        var fund = told.Fund;
        fund.Partners.Sum(each => each.Subscribed).ShouldBe(fund.Subscribed);
        fund.Partners.Sum(each => each.Called).ShouldBe(fund.Called);
        fund.Partners.Sum(each => each.PaidIn).ShouldBe(fund.PaidIn);
        fund.Partners.Sum(each => each.Distributed).ShouldBe(fund.Distributed);
        fund.Partners.Sum(each => each.Recalled).ShouldBe(fund.Recalled);
        fund.Deals.Sum(each => each.Amount).ShouldBe(fund.Committed.Value);
        fund.Deals.Sum(each => each.Disbursed).ShouldBe(fund.Disbursed);
        fund.Deals.Sum(each => each.Proceeds).ShouldBe(fund.Proceeds);
        fund.Deals.Sum(each => each.CostExited).ShouldBe(fund.CostExited);
        foreach (var deal in fund.Deals)
        {
            deal.Disbursed.ShouldBeInRange(0, deal.Amount);
            deal.CostExited.ShouldBeInRange(0, deal.Disbursed);
        }
    });

    [Fact]
    public void Deals_fees_and_expenses_take_no_more_than_was_subscribed_unless_fees_came_after() => Always(told =>
        (told.Fund.Uncommitted + told.Fund.Fees + told.Fund.Expenses).ShouldBeGreaterThanOrEqualTo(0));

    [Fact]
    public void The_sums_are_those_of_the_flows_that_count_and_of_the_transfers() => Always(told =>
    {
        var fund = told.Fund;
        decimal Of(string kind, Func<Flow, bool>? which = null) => told.Counting.Where(flow => flow.Kind == kind && which?.Invoke(flow) is not false).Sum(flow => flow.Amount);
        (fund.Called, fund.PaidIn, fund.Fees, fund.Expenses, fund.Disbursed, fund.Income, fund.Proceeds, fund.Distributed, fund.Recalled).ShouldBe((
            Of(FlowKinds.Called), Of(FlowKinds.PaidIn), Of(FlowKinds.Fee), Of(FlowKinds.Expense), Of(FlowKinds.Disbursed), Of(FlowKinds.Income), Of(FlowKinds.Exited), Of(FlowKinds.Distributed), Of(FlowKinds.Recalled)));
        foreach (var deal in fund.Deals)
        {
            (deal.Disbursed, deal.Proceeds, deal.Income).ShouldBe((Of(FlowKinds.Disbursed, flow => flow.DealId == deal.Id), Of(FlowKinds.Exited, flow => flow.DealId == deal.Id), Of(FlowKinds.Income, flow => flow.DealId == deal.Id)));
        }
        foreach (var partner in fund.Partners)
        {
            var taken = told.Facts.OfType<TransferReversed>().Select(e => e.TransferId).ToHashSet();
            decimal Moved(Func<TransferConfirmed, decimal> what) => told.Facts.OfType<TransferConfirmed>().Where(e => !taken.Contains(e.TransferId)).Sum(e => e.ToPartnerId == partner.Id ? what(e) : e.FromPartnerId == partner.Id ? -what(e) : 0);
            decimal Own(string kind) => Of(kind, flow => flow.PartnerId == partner.Id);
            (partner.Called, partner.PaidIn, partner.Distributed, partner.Recalled).ShouldBe((
                Own(FlowKinds.Called) + Moved(e => e.Called), Own(FlowKinds.PaidIn) + Moved(e => e.PaidIn), Own(FlowKinds.Distributed) + Moved(e => e.Distributed), Own(FlowKinds.Recalled) + Moved(e => e.Recalled)));
            partner.Recallable.ShouldBe(Of(FlowKinds.Distributed, flow => flow.PartnerId == partner.Id && flow.Recallable) - Own(FlowKinds.Recalled) + Moved(e => e.Recallable));
            partner.Subscribed.ShouldBe(
                told.Facts.OfType<SubscriptionConfirmed>().Where(e => e.PartnerId == partner.Id).Sum(e => e.Amount.Value) - told.Facts.OfType<SubscriptionRevoked>().Where(e => e.PartnerId == partner.Id).Sum(e => e.Amount.Value)
                + Moved(e => e.Amount.Value));
        }
    });

    private static void Always(Action<Told> law) => AnyStory.Sample(story =>
    {
        var told = new Told();
        foreach (var request in story)
        {
            told.Ask(request);
            law(told);
        }
    }, iter: Iterations, print: story => string.Join("\n", story.Select(request => request.ToString())));

    internal abstract record Request;

    private sealed record Subscribing(int Partner, long Fen) : Request;

    private sealed record Unsubscribing(int Number) : Request;

    private sealed record Transferring(int From, int To, long Fen) : Request;

    private sealed record Calling(long Fen) : Request;

    private sealed record Approving(long Fen) : Request;

    private sealed record Cancelling(int Deal) : Request;

    private sealed record Flowing(int Kind, int Partner, int Deal, long Fen, long Cost, bool Recallable) : Request;

    private sealed record Reversing(int Flow) : Request;

    private sealed record Returning(int Entry) : Request;

    private sealed record Confirming(int Entry) : Request;

    private sealed record Untransferring(int Transfer) : Request;

    private sealed record Uncommitting(int Deal) : Request;

    private sealed record Recycling(bool Allowed) : Request;

    /// <summary>A fund, what was told of it, and its flows as they are kept beside it.</summary>
    internal sealed class Told
    {
        private readonly Dictionary<Guid, Flow> _flows = [];
        private readonly Dictionary<Guid, Flow> _ofMother = [];
        private readonly Dictionary<Guid, Subscription> _transfers = [];

        public Told()
        {
            Tell(new FundEstablished(Id, "天使一号", FundKinds.DirectAngel, Money.Yuan(100)));
            Tell(new PartnerAdmitted(Guid.CreateVersion7(), Id, "甲", PartnerKinds.Government, null));
            Tell(new PartnerAdmitted(Guid.CreateVersion7(), Id, "乙", PartnerKinds.MotherFund, Mother));
            Tell(new PartnerAdmitted(Guid.CreateVersion7(), Id, "丙", PartnerKinds.StateOwned, null));
        }

        public Fund Fund { get; private set; } = null!;

        public Fund MotherFund { get; private set; } = OfMother.Aggregate((Fund?)null, (state, fact) => FundHistory.Evolve(state, fact, "staff"))!;

        public List<object> Facts { get; } = [];

        public IEnumerable<Flow> Counting => _flows.Values.Where(flow => flow.Until is null);

        /// <summary>The mother's own flows with this fund.</summary>
        public IEnumerable<Flow> OfMotherCounting => _ofMother.Values.Where(flow => flow.Until is null);

        private Mothers Mothers => Mothers.None with { Funds = new Dictionary<Guid, Fund> { [Mother] = MotherFund } };

        public void Ask(Request request)
        {
            var decision = request switch
            {
                Subscribing r => SubscribeFeature.Decide(Fund, Guid.CreateVersion7(), new(Partner(r.Partner), Yuan(r.Fen), Day), Day),
                Unsubscribing r => SubscribeFeature.Revoke(Fund, new(Fund.Partners.SelectMany(each => each.Subscriptions).ElementAtOrDefault(r.Number)?.Id, "x")),
                Transferring r => TransferSubscriptionFeature.Decide(Fund, Guid.CreateVersion7(), new(Partner(r.From), Partner(r.To), Yuan(r.Fen), Day), Day),
                Calling r => CallCapitalFeature.Decide(Fund, [.. Fund.Partners.Select(_ => Guid.CreateVersion7())], new(Yuan(r.Fen), Day), Day),
                Approving r => ApproveDealFeature.Decide(Fund, Guid.CreateVersion7(), new(Id, null, Yuan(r.Fen), Day), Day),
                Cancelling r => CancelDealFeature.Decide(Fund, new(Deal(r.Deal), "x")),
                Flowing r => LogFlowFeature.Decide(Fund, Guid.CreateVersion7(), Flow(r), Day, Mothers),
                Reversing r => ReverseFlowFeature.Decide(Fund, new(_flows.Values.ElementAtOrDefault(r.Flow)?.Id, "x"), _flows.Values.ElementAtOrDefault(r.Flow), Mothers, OfMotherCounting.FirstOrDefault(hers => hers.With == _flows.Values.ElementAtOrDefault(r.Flow)?.Id)),
                Untransferring r => ReverseTransferFeature.Decide(Fund, Guid.CreateVersion7(), new(_transfers.Values.ElementAtOrDefault(r.Transfer)?.Id, "x"), _transfers.Values.ElementAtOrDefault(r.Transfer)),
                Uncommitting r => ReverseDealFeature.Decide(Fund, Guid.CreateVersion7(), new(Deal(r.Deal), "x"), Counting.Any(flow => flow.DealId == Deal(r.Deal)), Day),
                Returning r => ConfirmEntriesFeature.Return(Fund, new(Entry(r.Entry), "x"), "manager"),
                Confirming r => ConfirmEntriesFeature.Confirm(Fund, new([Entry(r.Entry) ?? Id]), "manager", new(Mothers, Counting.Select(flow => flow.DealId).OfType<Guid>().ToHashSet())),
                Recycling r => SetTermsFeature.Decide(Fund, new(Vintage: r.Allowed ? 2023 : 2024, Recycling: r.Allowed, Reason: "x")),
                _ => throw new InvalidOperationException($"{request} is nothing that is asked for."),
            };
            foreach (var fact in decision.Events) Tell(fact);
            foreach (var (_, fact) in decision.Elsewhere)
            {
                MotherFund = FundHistory.Evolve(MotherFund, fact, "staff")!;
                var movement = fact switch { StakePaid e => e.MovementId, StakeReturned e => e.MovementId, StakeReversed e => e.MovementId, _ => throw new InvalidOperationException($"{fact} is nothing that is told of a mother.") };
                _ofMother[movement] = FlowHistory.Evolve(_ofMother.GetValueOrDefault(movement), fact, Facts.Count, DateTimeOffset.UnixEpoch)!;
            }
        }

        private void Tell(object fact)
        {
            Facts.Add(fact);
            Fund = FundHistory.Evolve(Fund, fact, "staff")!;
            var flow = fact switch
            {
                FlowConfirmed e => e.FlowId,
                FlowReversed e => e.FlowId,
                _ => (Guid?)null,
            };
            var transfer = fact switch { TransferConfirmed e => e.TransferId, TransferReversed e => e.TransferId, _ => (Guid?)null };
            if (transfer is { } handed) _transfers[handed] = FlowHistory.Evolve(_transfers.GetValueOrDefault(handed), fact, Facts.Count, DateTimeOffset.UnixEpoch)!;
            if (flow is { } id) _flows[id] = FlowHistory.Evolve(_flows.GetValueOrDefault(id), fact, Facts.Count, DateTimeOffset.UnixEpoch)!;
        }

        private LogFlow Flow(Flowing r)
        {
            var kind = FlowKinds.All[r.Kind];
            return new(
                kind, Day, Yuan(r.Fen), kind is FlowKinds.Called or FlowKinds.PaidIn or FlowKinds.Distributed or FlowKinds.Recalled ? Partner(r.Partner) : null,
                kind is FlowKinds.Disbursed or FlowKinds.Valued or FlowKinds.Exited || (kind is FlowKinds.Income && r.Deal > 0) ? Deal(r.Deal) : null,
                kind is FlowKinds.Exited or FlowKinds.Distributed ? Yuan(r.Cost) : null, r.Recallable && kind is FlowKinds.Distributed);
        }

        private Guid Partner(int number) => Fund.Partners[number].Id;

        private Guid? Deal(int number) => Fund.Deals.ElementAtOrDefault(number)?.Id;

        private Guid? Entry(int number) => Fund.Pending.ElementAtOrDefault(number)?.Id;

        private static Money Yuan(long fen) => Money.Yuan(fen / 100m);
    }
}
