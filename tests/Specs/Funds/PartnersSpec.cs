using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Confirming;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Partners.AdmitPartnerFeature;
using static Luodi.Funds.Partners.SubscribeFeature;
using static Luodi.Funds.Partners.TransferSubscriptionFeature;

namespace Luodi.Specs.Funds;

public sealed class AdmitPartnerSpec : FundSpec
{
    private static readonly Guid Mother = Guid.Parse("01890000-0000-7000-8000-0000000000f2");
    private static readonly AdmitPartner Asked = new(" 某母基金 ", PartnerKinds.MotherFund, Mother);

    [Fact]
    public void A_partner_is_admitted_and_may_be_a_fund_that_is_kept_too()
    {
        Given(Established).When(fund => Admit(fund, Asked, new Ancestor(Mother, 1))).Then(new PartnerAdmitted(A, Id, "某母基金", PartnerKinds.MotherFund, Mother)).Answering(new { id = A });
        Given(Established).When(fund => Admit(fund, new("甲", PartnerKinds.Government))).Then(HasA);
    }

    [Fact]
    public void A_mother_is_another_fund_that_does_not_live_of_this_one()
    {
        Given(Established).When(fund => Admit(fund, Asked)).ThenRefused<MotherUnknown>("motherFundId");
        Given(Established).When(fund => Admit(fund, Asked with { MotherFundId = Id }, new Ancestor(Id, 1))).ThenRefused<MotherOfItself>("motherFundId");
        Given(Established).When(fund => Admit(fund, Asked, new Ancestor(Mother, 1), new Ancestor(Id, 2))).ThenRefused<MotherOfItself>("motherFundId");
        Given(Established).When(fund => Admit(fund, Asked with { Kind = PartnerKinds.Government }, new Ancestor(Mother, 1))).ThenRefused<OnlyAMotherIsAFund>("motherFundId");
    }

    [Fact]
    public void Three_storeys_are_the_most()
    {
        Given(Established).When(fund => Admit(fund, Asked, new Ancestor(Mother, 1), new Ancestor(B, 2))).Then(new PartnerAdmitted(A, Id, "某母基金", PartnerKinds.MotherFund, Mother));
        Given(Established).When(fund => Admit(fund, Asked, new Ancestor(Mother, 1), new Ancestor(B, 2), new Ancestor(ProjectId, 3))).ThenRefused<TooManyStoreys>("motherFundId");
    }

    [Fact]
    public void A_partner_is_admitted_once_under_a_kind_that_there_is()
    {
        Given(Raised).When(fund => Admit(fund, new("甲", PartnerKinds.Government))).ThenRefused<PartnerAdmittedAlready>("name", 409);
        Given(Raised).When(fund => Admit(fund, new("丙", "x"))).ThenRefused<PartnerKindUnknown>("kind");
        Given(Raised).When(fund => Admit(fund, new(null, null))).ThenRefused(new Missing("name"), new Missing("kind"));
    }

    private static Decision Admit(Fund fund, AdmitPartner command, params Ancestor[] above) => AdmitPartnerFeature.Decide(fund, A, command, above);
}

public sealed class SubscribeSpec : FundSpec
{
    private static readonly RaisingClosed Closed = new(Id, Money.Yuan(100));

    [Fact]
    public void What_a_partner_subscribes_waits_and_is_in_no_sum()
    {
        var logged = new SubscriptionLogged(EntryId, Id, A, Money.Yuan(5), Day);
        Given(Raised).When(fund => SubscribeFeature.Decide(fund, EntryId, new(A, Money.Yuan(5), Day), Today)).Then(logged).Effective(Day);
        Given([.. Raised, logged]).State.Subscribed.ShouldBe(100);
        Given([.. Raised, logged, Subscribed(A, 5, EntryId)]).State.ShouldSatisfyAllConditions(fund => fund.Subscribed.ShouldBe(105), fund => fund.PartnerOf(A)!.Unfunded.ShouldBe(65), fund => fund.Pending.ShouldBeEmpty());
    }

    [Fact]
    public void Nobody_subscribes_after_raising_or_ahead_of_time_or_who_is_no_partner()
    {
        Given([.. Raised, Closed]).When(fund => SubscribeFeature.Decide(fund, EntryId, new(A, Money.Yuan(5), Day), Today)).ThenRefused<RaisingIsClosed>();
        Given(Raised).When(fund => SubscribeFeature.Decide(fund, EntryId, new(A, Money.Yuan(5), Today.AddDays(1)), Today)).ThenRefused<SubscribedInFuture>("on");
        Given(Raised).When(fund => SubscribeFeature.Decide(fund, EntryId, new(DealId, Money.Yuan(5), Day), Today)).ThenRefused<PartnerUnknown>("partnerId");
    }

    [Fact]
    public void A_subscription_is_revoked_while_none_of_it_is_called_or_committed()
    {
        Given([.. Raised, Deal(40)]).When(Revoke).Then(new SubscriptionRevoked(CommitmentId, Id, A, Money.Yuan(60), Day)).Because("误登");
        Given([.. Raised, Deal(40.01m)]).When(Revoke).ThenRefused(new SubscriptionInUse(59.99m));
        Given([.. Raised, Flowed(FlowKinds.Called, 0.01m, A)]).When(Revoke).ThenRefused(new SubscriptionInUse(59.99m));
        Given([.. Raised, Closed]).When(Revoke).ThenRefused<RaisingIsClosed>();
        Given(Raised).When(fund => SubscribeFeature.Revoke(fund, new(EntryId, "误登"))).ThenRefused<SubscriptionUnknown>("subscriptionId");
        var revoked = Given([.. Raised, new SubscriptionRevoked(CommitmentId, Id, A, Money.Yuan(60), Day)]);
        revoked.State.Subscribed.ShouldBe(40);
        revoked.When(Revoke).ThenRefused<SubscriptionUnknown>("subscriptionId");
    }

    private static Decision Revoke(Fund fund) => SubscribeFeature.Revoke(fund, new(CommitmentId, "误登"));
}

public sealed class TransferSubscriptionSpec : FundSpec
{
    private static readonly TransferLogged Logged = new(EntryId, Id, A, B, Money.Yuan(20), Day);

    [Fact]
    public void A_part_goes_with_the_same_part_of_what_was_called_and_paid()
    {
        Given(Running).When(fund => Transfer(fund, 20)).Then(Logged).Effective(Day);
        Given([.. Running, Logged]).When(Confirm).Then(new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(20), 10.00m, 10.00m, 0.00m, 0.00m, 0.00m, Day));
        var fund = Given([.. Running, new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(20), 10, 10, 0, 0, 0, Day)]).State;
        fund.PartnerOf(A)!.ShouldSatisfyAllConditions(a => a.Subscribed.ShouldBe(40), a => a.Called.ShouldBe(20), a => a.PaidIn.ShouldBe(20));
        fund.PartnerOf(B)!.ShouldSatisfyAllConditions(b => b.Subscribed.ShouldBe(60), b => b.Called.ShouldBe(30), b => b.PaidIn.ShouldBe(30));
        fund.ShouldSatisfyAllConditions(f => f.Subscribed.ShouldBe(100), f => f.PaidIn.ShouldBe(50));
    }

    [Fact]
    public void Parts_of_a_fen_stay_where_they_were_and_a_whole_goes_whole()
    {
        object[] facts = [.. Raised, Flowed(FlowKinds.Called, 0.05m, A), Flowed(FlowKinds.PaidIn, 0.01m, A)];
        Given([.. facts, Logged]).When(Confirm).Then(new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(20), 0.01m, 0.00m, 0.00m, 0.00m, 0.00m, Day));
        Given([.. facts, Logged with { Amount = Money.Yuan(60) }]).When(Confirm).Then(new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(60), 0.05m, 0.01m, 0m, 0m, 0m, Day));
        var open = Given([.. facts, new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(60), 0.05m, 0.01m, 0, 0, 0, Day)]).State.OpenCalls.ShouldHaveSingleItem();
        (open.PartnerId, open.Left).ShouldBe((B, 0.04m));
    }

    [Fact]
    public void Not_more_than_was_subscribed_nor_to_oneself_nor_ahead_of_time()
    {
        Given(Raised).When(fund => Transfer(fund, 60.01m)).ThenRefused(new TransferBeyondSubscribed(60));
        Given([.. Raised, Logged with { Amount = Money.Yuan(60.01m) }]).When(Confirm).ThenRefused(new TransferBeyondSubscribed(60));
        Given(Raised).When(fund => TransferSubscriptionFeature.Decide(fund, EntryId, new(A, A, Money.Yuan(1), Day), Today)).ThenRefused<TransferToItself>("toPartnerId");
        Given(Raised).When(fund => TransferSubscriptionFeature.Decide(fund, EntryId, new(A, B, Money.Yuan(1), Today.AddDays(1)), Today)).ThenRefused<TransferredInFuture>("on");
    }

    [Fact]
    public void What_was_subscribed_and_handed_over_is_kept_one_by_one_from_when_until_when_it_counted()
    {
        var at = new DateTimeOffset(2023, 11, 2, 0, 0, 0, TimeSpan.Zero);
        var kept = FlowHistory.Evolve((Subscription?)null, Subscribed(A, 60, EntryId), 4, at)!;
        kept.ShouldBe(new Subscription(EntryId, Id, A, null, Day, 60, 4, at));
        FlowHistory.Evolve(kept, new SubscriptionRevoked(EntryId, Id, A, Money.Yuan(60), Day), 9, at.AddDays(1))!.ShouldBe(kept with { Until = 9, KnownUntil = at.AddDays(1) });
        FlowHistory.Evolve((Subscription?)null, new TransferConfirmed(EntryId, Id, A, B, Money.Yuan(20), 10, 9, 8, 7, 6, Day), 5, at)!
            .ShouldBe(new Subscription(EntryId, Id, B, A, Day, 20, 5, at) { Called = 10, PaidIn = 9, Distributed = 8, Recallable = 7, Recalled = 6 });
    }

    [Fact]
    public void A_partner_is_shown_with_their_share_and_what_is_open_of_their_calls()
    {
        var (a, b) = Given([.. Raised, Flowed(FlowKinds.Called, 3, B)]).State is var fund && ListPartnersFeature.Of(fund) is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        (a.Share, a.OpenCalls.Count, b.Share, b.OpenCalls.Single().Left).ShouldBe((60, 0, 40, 3));
        ListPartnersFeature.Of(Given(Established, HasA).State).Single().Share.ShouldBeNull();
    }

    private static Decision Transfer(Fund fund, decimal yuan) => TransferSubscriptionFeature.Decide(fund, EntryId, new(A, B, Money.Yuan(yuan), Day), Today);

    private static Decision Confirm(Fund fund) => ConfirmEntriesFeature.Confirm(fund, new([EntryId]), "manager");
}
