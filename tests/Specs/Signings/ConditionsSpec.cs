using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.AgreementConditions;
using Luodi.Signings.Agreements;
using Shouldly;
using Xunit;
using static Luodi.Signings.AgreementConditions.NoteConditionFeature;
using static Luodi.Signings.AgreementConditions.SettleConditionFeature;
using static Luodi.Signings.Agreements.FulfilAgreementFeature;

namespace Luodi.Specs.Signings;

public sealed class ConditionsSpec : AgreementSpec
{
    private static readonly Guid ConditionId = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
    private static readonly DateOnly Today = Day.AddDays(400);
    private static readonly ConditionNoted Noted = new(Id, ConditionId, "项目取得环评批复", Day.AddDays(90));
    private static readonly ConditionMet Met = new(Id, ConditionId, Day.AddDays(80), "环评批复 2023-018");
    private static readonly ConditionWaived Waived = new(Id, ConditionId);
    private static readonly ConditionWithdrawn Withdrawn = new(Id, ConditionId);
    private static readonly AgreementFulfilled Fulfilled = new(Id, Day.AddDays(365));

    [Fact]
    public void A_condition_is_noted_on_a_draft_or_on_what_was_signed_with_a_day_or_without()
    {
        Given(Drafted).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new(" 项目取得环评批复 ", Day.AddDays(90)))).Then(Noted).Answering(new { conditionId = ConditionId });
        Given(Drafted, Signed).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new("项目取得环评批复", null))).Then(Noted with { DueOn = null });
        Given(Drafted, Signed, Confirmed, Amended).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new("项目取得环评批复", Day.AddDays(90)))).Then(Noted);
    }

    [Fact]
    public void It_is_said_in_at_most_500_characters_and_by_a_plausible_day()
    {
        var text = new string('字', 500);
        Given(Drafted).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new(text, null))).Then(Noted with { Text = text, DueOn = null });
        Given(Drafted).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new(text + "字", null))).ThenRefused(new TooLong("text", 500));
        Given(Drafted).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new(null, new DateOnly(23, 1, 1)))).ThenRefused(new Missing("text"), new DateImplausible("dueOn"));
    }

    [Fact]
    public void What_is_terminated_or_fulfilled_gets_no_new_condition()
    {
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new("x", null))).ThenRefused<OfATerminatedAgreement>();
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => NoteConditionFeature.Decide(agreement, ConditionId, new("x", null))).ThenRefused<AgreementFulfilledAlready>();
    }

    [Fact]
    public void It_is_met_on_a_day_and_by_something_that_shows_it()
    {
        Given(Drafted, Noted).When(agreement => Meet(agreement, new(ConditionId, Met.On, " 环评批复 2023-018 "), Today)).Then(Met).Effective(Met.On);
        Given(Drafted, Noted).When(agreement => Meet(agreement, new(ConditionId, null, "环评批复 2023-018"), Today)).Then(Met with { On = Today });
        Given(Drafted, Noted).When(agreement => Meet(agreement, new(ConditionId, Today.AddDays(1), "x"), Today)).ThenRefused<MetInFuture>("on");
        Given(Drafted, Noted).When(agreement => Meet(agreement, new(null, null, null), Today)).ThenRefused(new Missing("conditionId"), new Missing("evidence"));
    }

    [Fact]
    public void It_is_waived_with_a_reason()
    {
        Given(Drafted, Noted).When(agreement => Waive(agreement, new(ConditionId, "政策调整"))).Then(Waived).Because("政策调整");
        Given(Drafted, Noted).When(agreement => Waive(agreement, new(ConditionId, ""))).ThenRefused(new Missing("reason"));
    }

    [Fact]
    public void What_was_met_or_waived_is_not_settled_again()
    {
        Given(Drafted, Noted, Met).When(agreement => Waive(agreement, new(ConditionId, "x"))).ThenRefused<ConditionNotOpen>("conditionId", 409);
        Given(Drafted, Noted, Waived).When(agreement => Meet(agreement, new(ConditionId, null, "x"), Today)).ThenRefused<ConditionNotOpen>("conditionId", 409);
    }

    [Fact]
    public void Conditions_end_with_the_agreement()
    {
        Given(Drafted, Signed, Confirmed, Noted, Terminated, TerminationConfirmed).When(agreement => Meet(agreement, new(ConditionId, null, "x"), Today)).ThenRefused<OfATerminatedAgreement>();
        Given(Drafted, Signed, Confirmed, Noted, Terminated, TerminationConfirmed).When(agreement => Waive(agreement, new(ConditionId, "x"))).ThenRefused<OfATerminatedAgreement>();
    }

    [Fact]
    public void What_was_entered_in_error_is_withdrawn_also_when_it_was_said_to_be_met()
    {
        Given(Drafted, Noted).When(agreement => Withdraw(agreement, new(ConditionId, "重复登记"))).Then(Withdrawn).Because("重复登记");
        Given(Drafted, Noted, Met).When(agreement => Withdraw(agreement, new(ConditionId, "批复有误"))).Then(Withdrawn);
        Given(Drafted, Noted, Withdrawn).When(agreement => Withdraw(agreement, new(ConditionId, "x"))).ThenRefused<NoSuchCondition>("conditionId");
        Given(Drafted, Noted, Withdrawn).When(agreement => Meet(agreement, new(ConditionId, null, "x"), Today)).ThenRefused<NoSuchCondition>("conditionId");
        Given(Drafted, Noted).When(agreement => Withdraw(agreement, new(Id, null))).ThenRefused(new NoSuchCondition(), new Missing("reason"));
    }

    [Fact]
    public void While_a_condition_is_open_the_agreement_is_not_fulfilled()
    {
        var other = Noted with { ConditionId = Guid.Parse("01890000-0000-7000-8000-0000000000d2") };
        var done = new FulfilAgreement(Day.AddDays(365), "验收报告");
        Given(Drafted, Signed, Confirmed, Noted, other).When(agreement => Fulfil(agreement, done, 0, Today)).ThenRefused(new ConditionsOpen(2));
        Given(Drafted, Signed, Confirmed, Noted, other, Met).When(agreement => Fulfil(agreement, done, 0, Today)).ThenRefused(new ConditionsOpen(1));
        Given(Drafted, Signed, Confirmed, Noted, Waived).When(agreement => Fulfil(agreement, done, 0, Today)).Then(Fulfilled);
        Given(Drafted, Signed, Confirmed, Noted, Withdrawn).When(agreement => Fulfil(agreement, done, 0, Today)).Then(Fulfilled);
    }

    [Fact]
    public void It_stays_to_be_read_with_what_became_of_it() =>
        Given(Drafted, Noted, Met).State.Conditions.ShouldHaveSingleItem().ShouldBe(new Condition(ConditionId, Noted.Text, Noted.DueOn, ConditionStates.Met, MetOn: Met.On, Evidence: Met.Evidence));
}
