using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Closing.ClosePeriodFeature;
using static Luodi.Funds.Closing.WindUpFeature;
using static Luodi.Funds.Confirming.ConfirmEntriesFeature;
using static Luodi.Funds.Flows.ReverseFlowFeature;
using static Luodi.Funds.Partners.Stakes;

namespace Luodi.Specs.Funds;

public sealed class StakesSpec : FundSpec
{
    private static readonly Guid Mother = Guid.Parse("01890000-0000-7000-8000-0000000000f2");
    private static readonly Guid MovementId = Guid.Parse("01890000-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Instant = new(2023, 11, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A mother of 40 yuan at hand, who is the first partner.</summary>
    private static readonly object[] OfMother =
    [
        new FundEstablished(Mother, "母基金", FundKinds.OwnBrand, Money.Yuan(100)), new PartnerAdmitted(B, Mother, "乙", PartnerKinds.Government, null), new SubscriptionConfirmed(EntryId, Mother, B, Money.Yuan(60), Day),
        new FlowConfirmed(EntryId, Mother, FlowKinds.Called, Day, Money.Yuan(40), B, null, 0, Recallable: false), new FlowConfirmed(EntryId, Mother, FlowKinds.PaidIn, Day, Money.Yuan(40), B, null, 0, Recallable: false),
    ];

    private static readonly object[] Called = [Established, HasA with { Kind = PartnerKinds.MotherFund, MotherFundId = Mother }, Recycles, Subscribed(A, 60), Flowed(FlowKinds.Called, 60, A)];

    private static readonly FlowLogged Pays = new(EntryId, Id, FlowKinds.PaidIn, Day, Money.Yuan(40), A, null, 0, Recallable: false);

    private static readonly StakePaid Paid = new(MovementId, Mother, Id, EntryId, Money.Yuan(40), Day);

    [Fact]
    public void What_a_mother_pays_into_a_fund_leaves_her_own_account_at_once()
    {
        Given([.. Called, Pays]).When(fund => Confirm(fund, OfMother)).Then(Flowed(FlowKinds.PaidIn, 40, A, id: EntryId) with { Cost = 0.00m }).AndOf(Mother, Paid).Effective(Day);
        Given([.. OfMother, Paid]).State.ShouldSatisfyAllConditions(mother => mother.Cash.ShouldBe(0), mother => mother.Uncommitted.ShouldBe(20), mother => mother.Disbursed.ShouldBe(0), mother => mother.StakeIn(Id)!.CostLeft.ShouldBe(40));
    }

    [Fact]
    public void She_pays_not_a_fen_more_than_she_has_however_much_was_called()
    {
        Given([.. Called, Pays with { Amount = Money.Yuan(40.01m) }]).When(fund => Confirm(fund, OfMother)).ThenRefused(new MotherCashShort("甲"));
        Given(Called).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.PaidIn, Day, Money.Yuan(40.01m), A), Today, Mothers(OfMother))).ThenRefused(new MotherCashShort("甲"));
        var twice = Pays with { FlowId = DealId, Amount = Money.Yuan(0.01m) };
        Given([.. Called, Pays, twice]).When(fund => Luodi.Funds.Confirming.ConfirmEntriesFeature.Confirm(fund, new([EntryId, DealId]), "manager", Around(OfMother))).ThenRefused(new MotherCashShort("甲"));
        Given([.. Called, Pays]).When(fund => Confirm(fund, [.. OfMother, new FundWoundUp(Mother)])).ThenRefused<FundIsWoundUp>();
        Given([.. Called, Pays]).When(fund => Confirm(fund, [.. OfMother, new PeriodClosed(Mother, Day)])).ThenRefused(new PeriodIsClosed("on", Day));
    }

    [Fact]
    public void What_comes_back_is_hers_the_part_that_returns_capital_taken_off_the_cost()
    {
        var distributed = new FlowLogged(EntryId, Id, FlowKinds.Distributed, Day, Money.Yuan(50), A, null, 45, Recallable: false);
        Given([.. Called, Flowed(FlowKinds.PaidIn, 60, A), distributed]).When(fund => Confirm(fund, [.. OfMother, Paid]))
            .AndOf(Mother, new StakeReturned(MovementId, Mother, Id, EntryId, Money.Yuan(50), 40.00m, Day));
        Given([.. OfMother, Paid, new StakeReturned(MovementId, Mother, Id, EntryId, Money.Yuan(50), 40, Day)]).State
            .ShouldSatisfyAllConditions(mother => mother.Cash.ShouldBe(50), mother => mother.StakeIn(Id)!.CostLeft.ShouldBe(0));
    }

    [Fact]
    public void A_mother_in_another_currency_or_who_is_not_kept_pays_from_where_nobody_looks()
    {
        Given([.. Called, Pays]).When(fund => Luodi.Funds.Confirming.ConfirmEntriesFeature.Confirm(fund, new([EntryId]), "manager")).Then(Flowed(FlowKinds.PaidIn, 40, A, id: EntryId) with { Cost = 0.00m });
        Given([.. Called, Pays]).When(fund => Confirm(fund, new FundEstablished(Mother, "母基金", FundKinds.OwnBrand, new Money(100, "USD")))).Then(Flowed(FlowKinds.PaidIn, 40, A, id: EntryId) with { Cost = 0.00m });
    }

    [Fact]
    public void A_payment_that_is_taken_back_is_taken_back_at_the_mother_too()
    {
        var paid = Flowed(FlowKinds.PaidIn, 40, A, id: EntryId);
        var movement = FlowHistory.Evolve((Flow?)null, Paid, 7, Instant)!;
        var reversed = new StakeReversed(MovementId, Mother, Id, EntryId, FlowKinds.StakePaid, Money.Yuan(40), 0, Day);
        Given([.. Called, paid]).When(fund => Reverse(fund, paid, movement, [.. OfMother, Paid])).AndOf(Mother, reversed);
        Given([.. OfMother, Paid, reversed]).State.Cash.ShouldBe(40);
        FlowHistory.Evolve(movement, reversed, 9, Instant)!.Until.ShouldBe(9);
        // She takes nothing back by herself.
        Given([.. OfMother, Paid]).When(mother => ReverseFlowFeature.Decide(mother, new(MovementId, "误登"), movement)).ThenRefused<MovedByAnotherFund>("flowId", 409);
        // Of what was distributed the mother may have spent a part.
        var distributed = Flowed(FlowKinds.Distributed, 30, A, id: EntryId);
        var returned = new StakeReturned(MovementId, Mother, Id, EntryId, Money.Yuan(30), 0, Day);
        Given([.. Called, Flowed(FlowKinds.PaidIn, 60, A), distributed])
            .When(fund => Reverse(fund, distributed, FlowHistory.Evolve((Flow?)null, returned, 7, Instant)!, [.. OfMother, Paid, returned, new FlowConfirmed(DealId, Mother, FlowKinds.Fee, Day, Money.Yuan(0.01m), null, null, 0, Recallable: false)]))
            .ThenRefused(new MotherCashShort("甲"));
        // A payment of a time when that was not recorded.
        Given([.. Called, paid]).When(fund => ReverseFlowFeature.Decide(fund, new(EntryId, "误登"), Kept(paid), Mothers(OfMother))).Because("误登");
    }

    [Fact]
    public void A_stake_is_held_at_cost_until_it_is_valued()
    {
        var flows = new[] { FlowHistory.Evolve((Flow?)null, Paid, 7, Instant)!, FlowHistory.Evolve((Flow?)null, new StakeReturned(DealId, Mother, Id, DealId, Money.Yuan(15), 10, Day.AddDays(1)), 8, Instant)! };
        Holdings.At(flows).ShouldBe(new Assets(-25, 30, 30));
        var valued = new FlowLogged(EntryId, Mother, FlowKinds.Valued, Day, Money.Yuan(44), null, Id, 0.00m, Recallable: false);
        Given([.. OfMother, Paid]).When(mother => LogFlowFeature.Decide(mother, EntryId, new(FlowKinds.Valued, Day, Money.Yuan(44), DealId: Id), Today)).Then(valued);
        Given([.. OfMother, Paid]).When(mother => LogFlowFeature.Decide(mother, EntryId, new(FlowKinds.Disbursed, Day, Money.Yuan(1), DealId: Id), Today)).ThenRefused<Luodi.Funds.Deals.CancelDealFeature.DealUnknown>("dealId");
    }

    [Fact]
    public void She_is_not_wound_up_while_a_fund_may_still_pay_her() =>
        Given(OfMother[0]).When(mother => WindUpFeature.Decide(mother, new("到期"), holdsStakes: true)).ThenRefused<StakesAreLeft>();

    private static Mothers Mothers(params object[] ofMother) => Luodi.Funds.Partners.Mothers.None with
    {
        Funds = new Dictionary<Guid, Fund> { [Mother] = ofMother.Aggregate((Fund?)null, (state, fact) => FundHistory.Evolve(state, fact, "staff"))! },
        NewId = () => MovementId,
    };

    private static Around Around(params object[] ofMother) => Luodi.Funds.Confirming.ConfirmEntriesFeature.Around.Nothing with { Mothers = Mothers(ofMother) };

    private static Decision Confirm(Fund fund, params object[] ofMother) => Luodi.Funds.Confirming.ConfirmEntriesFeature.Confirm(fund, new([EntryId]), "manager", Around(ofMother));

    private static Decision Reverse(Fund fund, FlowConfirmed flow, Flow movement, params object[] ofMother) => ReverseFlowFeature.Decide(fund, new(flow.FlowId, "误登"), Kept(flow), Mothers(ofMother), movement);

    private static Flow Kept(FlowConfirmed flow) => FlowHistory.Evolve((Flow?)null, flow, 5, Instant)!;
}
