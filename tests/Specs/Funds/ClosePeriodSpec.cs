using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Confirming;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Closing.ClosePeriodFeature;

namespace Luodi.Specs.Funds;

public sealed class ClosePeriodSpec : FundSpec
{
    private static readonly PeriodClosed Closed = new(Id, Day);
    private static readonly FlowLogged Fee = new(EntryId, Id, FlowKinds.Fee, Day, Money.Yuan(1), null, null, 0, Recallable: false);

    [Fact]
    public void Books_are_closed_up_to_a_day_that_is_over_once_nothing_waits()
    {
        Given(Running).When(fund => Close(fund, Day)).Then(Closed).Effective(Day);
        Given([.. Running, Closed]).State.ClosedThrough.ShouldBe(Day);
        Given(Running).When(fund => Close(fund, Today)).ThenRefused<PeriodNotOver>("through");
        Given(Running).When(fund => Close(fund, null)).ThenRefused<Missing>("through");
        Given([.. Running, Closed]).When(fund => Close(fund, Day)).ThenRefused(new PeriodClosedAlready(Day));
        Given([.. Running, Fee]).When(fund => Close(fund, Day)).ThenRefused<EntriesWaitInPeriod>("through", 409);
        Given([.. Running, Fee]).When(fund => Close(fund, Day.AddDays(-1))).Then(Closed with { Through = Day.AddDays(-1) });
    }

    [Fact]
    public void Nothing_effective_until_then_is_logged_confirmed_or_taken_back()
    {
        object[] facts = [.. Running, Closed];
        var refused = new PeriodIsClosed("on", Day);
        Given(facts).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.Fee, Day, Money.Yuan(1)), Today)).ThenRefused(refused);
        Given(facts).When(fund => LogFlowFeature.Decide(fund, EntryId, new(FlowKinds.Fee, Day.AddDays(1), Money.Yuan(1)), Today)).Effective(Day.AddDays(1));
        Given(facts).When(fund => SubscribeFeature.Decide(fund, EntryId, new(A, Money.Yuan(1), Day), Today)).ThenRefused(refused);
        Given(facts).When(fund => TransferSubscriptionFeature.Decide(fund, EntryId, new(A, B, Money.Yuan(1), Day), Today)).ThenRefused(refused);
        Given(facts).When(fund => CallCapitalFeature.Decide(fund, [EntryId, DealId], new(Money.Yuan(1), Day), Today)).ThenRefused(new PeriodIsClosed("dueOn", Day));
        Given(facts).When(fund => SubscribeFeature.Revoke(fund, new(CommitmentId, "误登"))).ThenRefused(new PeriodIsClosed("subscriptionId", Day));
        // It waited, and the books were closed by then only because they are older than this rule.
        Given([.. facts, Fee]).When(fund => ConfirmEntriesFeature.Confirm(fund, new([EntryId]), "manager")).ThenRefused(new PeriodIsClosed("entries", Day));
        var flow = Flowed(FlowKinds.Fee, 5);
        Given([.. Running, flow, Closed]).When(fund => ReverseFlowFeature.Decide(fund, new(flow.FlowId, "误登"), FlowHistory.Evolve((Flow?)null, flow, 1, DateTimeOffset.UnixEpoch))).ThenRefused(new PeriodIsClosed("flowId", Day));
    }

    [Fact]
    public void They_are_reopened_from_a_day_on_with_a_reason_and_what_was_closed_before_stays_so()
    {
        object[] facts = [.. Running, Closed with { Through = Day.AddDays(-9) }, Closed];
        Given(facts).When(fund => Reopen(fund, Day)).Then(new PeriodReopened(Id, Day, Day)).Because("补登");
        Given(facts).When(fund => Reopen(fund, Day.AddDays(1))).ThenRefused<PeriodIsOpen>("from", 409);
        Given(Running).When(fund => Reopen(fund, Day)).ThenRefused<PeriodIsOpen>("from", 409);
        Given(facts).When(fund => ClosePeriodFeatureReopen(fund, Day, null)).ThenRefused<Missing>("reason");
        Given([.. facts, new PeriodReopened(Id, Day, Day)]).State.ClosedThrough.ShouldBe(Day.AddDays(-9));
        Given([.. facts, new PeriodReopened(Id, Day.AddDays(-9), Day)]).State.ClosedThrough.ShouldBeNull();
    }

    private static Decision Close(Fund fund, DateOnly? through) => Luodi.Funds.Closing.ClosePeriodFeature.Close(fund, new(through), Today);

    private static Decision Reopen(Fund fund, DateOnly from) => ClosePeriodFeatureReopen(fund, from, " 补登 ");

    private static Decision ClosePeriodFeatureReopen(Fund fund, DateOnly from, string? reason) => Luodi.Funds.Closing.ClosePeriodFeature.Reopen(fund, new(from, reason));
}
