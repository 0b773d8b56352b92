using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Projects;
using Luodi.Projects.Details;
using Luodi.Projects.FollowUps;
using Luodi.Projects.Leads;
using Luodi.Projects.Limits;
using Luodi.Projects.Milestones;
using Luodi.Projects.Owners;
using Luodi.Projects.Sharing;
using Luodi.Projects.Standings;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Details.DescribeProjectFeature;
using static Luodi.Projects.FollowUps.LogFollowUpFeature;
using static Luodi.Projects.Limits.SetTimeLimitFeature;
using static Luodi.Projects.Milestones.ReachStageFeature;
using static Luodi.Projects.Milestones.WithdrawStageFeature;
using static Luodi.Projects.Owners.AssignOwnerFeature;
using static Luodi.Projects.Sharing.ShareProjectFeature;
using static Luodi.Projects.Standings.DropProjectFeature;
using static Luodi.Projects.Standings.ReinstateProjectFeature;
using static Luodi.Projects.Standings.ResumeProjectFeature;
using static Luodi.Projects.Standings.SuspendProjectFeature;

namespace Luodi.Specs.Projects;

public abstract class ProjectSpec : Story<Project>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly Guid AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly LeadRegistered Lead = new(Id, "功率器件封装", Industries.Microelectronics, "某投资方", Money.Yuan(1_000_000_000), Illustrative: false);
    protected static readonly NegotiationStarted Negotiating = new(Id);
    protected static readonly ProjectSigned Signed = new(Id, AgreementId, Day);

    protected static readonly DateOnly Today = new(2023, 11, 1);

    protected override Project? Evolve(Project? state, object fact) => ProjectHistory.Evolve(state, fact, new Told(Day, "staff"));
}

public sealed class RegisterLeadSpec : ProjectSpec
{
    private static readonly RegisterLead Found = new("功率器件封装", Industries.Microelectronics, "某投资方", Money.Yuan(1_000_000_000));

    [Fact]
    public void A_lead_has_a_name_an_industry_and_an_investor() =>
        When(RegisterLeadFeature.Decide(Id, Found with { Name = " 功率器件封装 ", Investor = " 某投资方 " }, null, [])).Then(Lead);

    [Fact]
    public void A_lead_of_which_nobody_has_named_an_amount_yet_is_a_lead() =>
        When(RegisterLeadFeature.Decide(Id, Found with { ExpectedInvestment = null }, null, [])).Then(Lead with { ExpectedInvestment = null });

    [Fact]
    public void A_lead_belongs_to_the_department_of_who_logged_it() =>
        When(RegisterLeadFeature.Decide(Id, Found, "investment-1", [])).Then(Lead with { Department = "investment-1" });

    [Fact]
    public void A_made_up_lead_stays_marked() => When(RegisterLeadFeature.Decide(Id, Found with { Illustrative = true }, null, [])).Then(Lead with { Illustrative = true });

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(RegisterLeadFeature.Decide(Id, new RegisterLead(null, null, null, null), null, [])).ThenRefused(new Missing("name"), new Missing("industry"), new Missing("investor"));

    [Fact]
    public void An_industry_outside_the_zones_classification_is_refused() =>
        When(RegisterLeadFeature.Decide(Id, Found with { Industry = "textiles" }, null, [])).ThenRefused<IndustryUnknown>("industry");

    [Fact]
    public void An_expected_investment_of_nothing_is_left_out_rather_than_entered() =>
        When(RegisterLeadFeature.Decide(Id, Found with { ExpectedInvestment = Money.Yuan(0) }, null, [])).ThenRefused<AmountNotPositive>("expectedInvestment");
}

public sealed class ReachStageSpec : ProjectSpec
{
    [Fact]
    public void A_lead_comes_to_be_negotiated() => Given(Lead).When(Reach(Stages.Negotiating)).Then(new StageReached(Id, Stages.Negotiating, Today)).Effective(Today);

    [Fact]
    public void Land_may_come_before_the_paper() =>
        Given(Lead).When(Reach(Stages.LandSecured)).Then(new StageReached(Id, Stages.LandSecured, Today));

    [Fact]
    public void Nothing_is_inferred_from_a_later_stage()
    {
        var project = Given(Lead, new StageReached(Id, Stages.LandSecured, Day)).State;
        project.Stage.ShouldBe(Stages.LandSecured);
        project.ReachedOn(Stages.Negotiating).ShouldBeNull();
        project.ReachedOn(Stages.Signed).ShouldBeNull();
    }

    [Fact]
    public void An_earlier_stage_that_is_logged_later_does_not_take_the_project_back() =>
        Given(Lead, new StageReached(Id, Stages.LandSecured, Day), new StageReached(Id, Stages.Reviewed, Today)).State.Stage.ShouldBe(Stages.LandSecured);

    [Fact]
    public void A_day_that_has_passed_is_logged_with_the_reason() =>
        Given(Lead).When(Reach(Stages.Reviewed, Today.AddDays(-1), " 会议纪要迟到 ")).Then(new StageReached(Id, Stages.Reviewed, Today.AddDays(-1))).Effective(Today.AddDays(-1)).Because("会议纪要迟到");

    [Fact]
    public void Without_a_reason_it_is_not() => Given(Lead).When(Reach(Stages.Reviewed, Today.AddDays(-1))).ThenRefused<LateWithoutReason>("reason");

    [Fact]
    public void What_has_not_happened_is_not_logged() => Given(Lead).When(Reach(Stages.Reviewed, Today.AddDays(1))).ThenRefused<InTheFuture>("on");

    [Fact]
    public void Ground_is_broken_on_land_or_in_premises()
    {
        Given(Lead).When(Reach(Stages.GroundBroken)).ThenRefused<NeedsAnotherStage>("stage");
        Given(Lead, new StageReached(Id, Stages.PremisesLeased, Today)).When(Reach(Stages.GroundBroken)).Then(new StageReached(Id, Stages.GroundBroken, Today));
    }

    [Fact]
    public void Nothing_comes_before_what_it_rests_on()
    {
        Given(Lead, new StageReached(Id, Stages.Registered, Day)).When(Reach(Stages.InProduction, Day.AddDays(-1), "x")).ThenRefused<BeforeWhatItRestsOn>("on");
        Given(Lead, new StageReached(Id, Stages.Registered, Day)).When(Reach(Stages.InProduction, Day, "x")).Then(new StageReached(Id, Stages.InProduction, Day));
    }

    [Fact]
    public void It_is_reached_once()
    {
        Given(Lead, new StageReached(Id, Stages.Reviewed, Today)).When(Reach(Stages.Reviewed)).ThenNothing();
        Given(Lead, new StageReached(Id, Stages.Reviewed, Day)).When(Reach(Stages.Reviewed)).ThenRefused<ReachedAlready>("stage");
    }

    [Fact]
    public void A_signing_follows_from_its_agreement() => Given(Lead).When(Reach(Stages.Signed)).ThenRefused<FollowsFromItsAgreement>("stage");

    [Fact]
    public void A_stage_is_one_of_the_bureaus_and_a_lead_is_registered()
    {
        Given(Lead).When(Reach("building")).ThenRefused<StageUnknown>("stage");
        Given(Lead).When(Reach(Stages.Lead)).ThenRefused<StageUnknown>("stage");
        Given(Lead).When(Reach(null)).ThenRefused<Missing>("stage");
    }

    [Fact]
    public void On_a_project_that_rests_nothing_is_reached() => Given(Lead, new ProjectSuspended(Id)).When(Reach(Stages.Reviewed)).ThenRefused<WorkRests>();

    private static Func<Project, Decision> Reach(string? stage, DateOnly? on = null, string? reason = null) => project => ReachStageFeature.Decide(project, new ReachStage(stage, on, reason), Today);
}

public sealed class WithdrawStageSpec : ProjectSpec
{
    private static readonly StageReached Registered = new(Id, Stages.Registered, Day);

    [Fact]
    public void A_stage_is_taken_back_with_the_reason()
    {
        Given(Lead, Registered).When(Withdraw(Stages.Registered)).Then(new StageWithdrawn(Id, Stages.Registered, Day)).Because("登记有误");
        Given(Lead, Registered, new StageWithdrawn(Id, Stages.Registered, Day)).State.Stage.ShouldBe(Stages.Lead);
    }

    [Fact]
    public void What_another_stage_rests_on_stays() =>
        Given(Lead, Registered, new StageReached(Id, Stages.InProduction, Day)).When(Withdraw(Stages.Registered)).ThenRefused<AnotherRestsOnIt>("stage");

    [Fact]
    public void What_rests_on_two_stages_stands_without_one_of_them() =>
        Given(Lead, new StageReached(Id, Stages.LandSecured, Day), new StageReached(Id, Stages.PremisesLeased, Day), new StageReached(Id, Stages.GroundBroken, Day))
            .When(Withdraw(Stages.LandSecured)).Then(new StageWithdrawn(Id, Stages.LandSecured, Day));

    [Fact]
    public void What_was_not_reached_cannot_be_taken_back() => Given(Lead).When(Withdraw(Stages.Registered)).ThenRefused<NotReached>("stage");

    [Fact]
    public void A_project_stays_what_it_began_as() => Given(Lead).When(Withdraw(Stages.Lead)).ThenRefused<ALeadStays>("stage");

    [Fact]
    public void A_signing_is_returned_or_terminated() => Given(Lead, Signed).When(Withdraw(Stages.Signed)).ThenRefused<FollowsFromItsAgreement>("stage");

    [Fact]
    public void Why_is_told() => Given(Lead, Registered).When(project => WithdrawStageFeature.Decide(project, new(Stages.Registered, " "))).ThenRefused<Missing>("reason");

    private static Func<Project, Decision> Withdraw(string stage) => project => WithdrawStageFeature.Decide(project, new WithdrawStage(stage, " 登记有误 "));
}

public sealed class StandingSpec : ProjectSpec
{
    private static readonly ProjectSuspended Suspended = new(Id);
    private static readonly ProjectFellOut FellOut = new(Id);

    [Fact]
    public void Work_rests_and_goes_on()
    {
        Given(Lead).When(project => SuspendProjectFeature.Decide(project, new("资金未到"))).Then(Suspended).Because("资金未到");
        Given(Lead, Suspended).When(project => ResumeProjectFeature.Decide(project, new(null))).Then(new ProjectResumed(Id));
        Given(Lead, Suspended, new ProjectResumed(Id)).State.Standing.ShouldBe(Standing.Active);
    }

    [Fact]
    public void A_project_falls_out_and_comes_back_with_its_history()
    {
        Given(Lead, Negotiating).When(project => DropProjectFeature.Decide(project, new("投资方转投外地"))).Then(FellOut).Because("投资方转投外地");
        Given(Lead, Negotiating, Suspended).When(project => DropProjectFeature.Decide(project, new("x"))).Then(FellOut);
        Given(Lead, Negotiating, FellOut).When(project => ReinstateProjectFeature.Decide(project, new("重新洽谈"))).Then(new ProjectReinstated(Id)).Because("重新洽谈");
        Given(Lead, Negotiating, FellOut, new ProjectReinstated(Id)).State.Stage.ShouldBe(Stages.Negotiating);
    }

    [Fact]
    public void A_project_with_an_agreement_does_not_fall_out_before_that_is_terminated()
    {
        Given(Lead, Signed).When(project => DropProjectFeature.Decide(project, new("x"))).ThenRefused<PapersStand>();
        Given(Lead, Signed, new PaperWithdrawn(Id, AgreementId)).When(project => DropProjectFeature.Decide(project, new("x"))).Then(FellOut);
    }

    [Fact]
    public void What_rests_already_is_not_suspended_and_what_does_not_is_not_resumed()
    {
        Given(Lead, Suspended).When(project => SuspendProjectFeature.Decide(project, new("x"))).ThenRefused<NotActive>();
        Given(Lead).When(project => ResumeProjectFeature.Decide(project, new(null))).ThenRefused<NotSuspended>();
        Given(Lead, FellOut).When(project => ResumeProjectFeature.Decide(project, new(null))).ThenRefused<NotSuspended>();
        Given(Lead, FellOut).When(project => DropProjectFeature.Decide(project, new("x"))).ThenRefused<InThePoolAlready>();
        Given(Lead).When(project => ReinstateProjectFeature.Decide(project, new("x"))).ThenRefused<NotInThePool>();
    }

    [Fact]
    public void Why_is_told()
    {
        Given(Lead).When(project => SuspendProjectFeature.Decide(project, new(null))).ThenRefused<Missing>("reason");
        Given(Lead).When(project => DropProjectFeature.Decide(project, new(" "))).ThenRefused<Missing>("reason");
        Given(Lead, FellOut).When(project => ReinstateProjectFeature.Decide(project, new(null))).ThenRefused<Missing>("reason");
    }
}

public sealed class SigningNewsSpec : ProjectSpec
{
    private static readonly Guid Second = Guid.Parse("01890000-0000-7000-8000-0000000000a2");
    private static readonly AgreementSigned Paper = new(AgreementId, Id, Guid.Parse("01890000-0000-7000-8000-000000000001"), Money.Yuan(1), Day);

    [Fact]
    public void A_project_in_negotiation_is_signed_on_the_date_on_its_agreement() => Given(Lead, Negotiating).When(Hears(Paper)).Then(Signed).Effective(Day);

    [Fact]
    public void A_lead_that_is_signed_at_once_skips_negotiation() => Given(Lead).When(Hears(Paper)).Then(Signed);

    [Fact]
    public void A_second_agreement_leaves_the_stage_to_the_first()
    {
        Given(Lead, Signed).When(Hears(Paper with { AgreementId = Second, SignedOn = Day.AddDays(1) })).Then(new PaperAdded(Id, Second, Day.AddDays(1)));
        Given(Lead, Signed, new PaperAdded(Id, Second, Day.AddDays(1))).State.ReachedOn(Stages.Signed).ShouldBe(Day);
    }

    [Fact]
    public void What_is_heard_twice_is_heard_once() => Given(Lead, Signed).When(Hears(Paper)).ThenNothing();

    [Fact]
    public void A_project_whose_paper_no_longer_stands_is_signed_no_more()
    {
        Given(Lead, Signed).When(project => SigningNews.Withdraw(project, AgreementId)).Then(new PaperWithdrawn(Id, AgreementId));
        Given(Lead, Negotiating, Signed, new PaperWithdrawn(Id, AgreementId)).State.Stage.ShouldBe(Stages.Negotiating);
    }

    [Fact]
    public void The_next_paper_that_stands_keeps_it_signed_from_its_own_day() =>
        Given(Lead, Signed, new PaperAdded(Id, Second, Day.AddDays(1)), new PaperWithdrawn(Id, AgreementId)).State.ReachedOn(Stages.Signed).ShouldBe(Day.AddDays(1));

    [Fact]
    public void The_order_in_which_papers_come_and_go_makes_no_difference()
    {
        var third = Guid.Parse("01890000-0000-7000-8000-0000000000a3");
        var one = Given(Lead, Signed, new PaperAdded(Id, Second, Day), new PaperWithdrawn(Id, AgreementId), new PaperAdded(Id, third, Day)).State;
        var other = Given(Lead, Signed, new PaperAdded(Id, Second, Day), new PaperAdded(Id, third, Day), new PaperWithdrawn(Id, AgreementId)).State;
        one.Papers.ShouldBe(other.Papers);
        one.Stages.ShouldBe(other.Stages);
    }

    [Fact]
    public void A_paper_that_was_never_signed_is_not_withdrawn() => Given(Lead).When(project => SigningNews.Withdraw(project, AgreementId)).ThenNothing();

    private static Func<Project, Decision> Hears(AgreementSigned signed) => project => SigningNews.Decide(project, signed);
}

public sealed class DeadlineSpec : ProjectSpec
{
    [Fact]
    public void A_lead_is_to_be_followed_up_within_a_week()
    {
        Of(Day.AddDays(7), Lead).ShouldBe(new Deadline(TimeLimits.FollowUp, Day.AddDays(7), 0));
        Of(Day.AddDays(8), Lead).ShouldBe(new Deadline(TimeLimits.FollowUp, Day.AddDays(7), 1));
    }

    [Fact]
    public void With_the_next_talk_agreed_the_stage_is_due_first() =>
        Of(Day, Lead, new FollowUpLogged(Id, AgreementId, Day, "x", Day.AddDays(60))).ShouldBe(new Deadline(Stages.Lead, Day.AddDays(45), 0));

    [Fact]
    public void A_signed_project_is_registered_within_twenty_days() => Of(Day.AddDays(21), Lead, Signed).ShouldBe(new Deadline(Stages.Signed, Day.AddDays(20), 1));

    [Fact]
    public void A_late_entry_dated_earlier_clears_it() => Of(Day.AddDays(30), Lead, Signed, new StageReached(Id, Stages.Registered, Day.AddDays(3))).ShouldBeNull();

    [Fact]
    public void No_limit_runs_while_work_rests()
    {
        Of(Day.AddDays(100), Lead, new ProjectSuspended(Id)).ShouldBeNull();
        Of(Day.AddDays(100), Lead, new ProjectFellOut(Id)).ShouldBeNull();
    }

    [Fact]
    public void A_manager_settles_the_limits()
    {
        SetTimeLimitFeature.Decide(TimeLimits.Usual, new(Stages.Negotiating, 60)).Events.ShouldBe([new TimeLimitSet(TimeLimits.Only, Stages.Negotiating, 60)]);
        SetTimeLimitFeature.Decide(TimeLimits.Usual, new(Stages.Negotiating, 30)).Events.ShouldBeEmpty();
        var limits = TimeLimitsHistory.Evolve(TimeLimitsHistory.Evolve(null, new TimeLimitSet(TimeLimits.Only, TimeLimits.FollowUp, null)), new TimeLimitSet(TimeLimits.Only, Stages.Lead, 10))!;
        Deadlines.Of(Given(Lead).State, limits, Day).ShouldBe(new Deadline(Stages.Lead, Day.AddDays(10), 0));
    }

    [Fact]
    public void A_limit_is_for_a_stage_or_the_follow_up_and_has_days()
    {
        When(SetTimeLimitFeature.Decide(TimeLimits.Usual, new("building", 1))).ThenRefused<NoSuchLimit>("what");
        When(SetTimeLimitFeature.Decide(TimeLimits.Usual, new(Stages.Lead, 0))).ThenRefused<DaysOutOfRange>("days");
        When(SetTimeLimitFeature.Decide(TimeLimits.Usual, new(null, 1))).ThenRefused<Missing>("what");
    }

    private Deadline? Of(DateOnly today, params object[] facts) => Deadlines.Of(Given(facts).State, TimeLimits.Usual, today);
}

public sealed class AssignOwnerSpec : ProjectSpec
{
    [Fact]
    public void Who_registers_a_lead_has_it_until_it_changes_hands()
    {
        Given(Lead).State.Owner.ShouldBe("staff");
        Given(Lead).When(Assign(" staff2 ", Today)).Then(new OwnerAssigned(Id, "staff2", Today)).Effective(Today).Because("轮岗");
        Given(Lead, new OwnerAssigned(Id, "staff2", Today)).State.Owner.ShouldBe("staff2");
    }

    [Fact]
    public void To_hand_it_to_who_has_it_changes_nothing() => Given(Lead).When(Assign("staff", Today)).ThenNothing();

    [Fact]
    public void A_handover_of_the_same_day_corrects_the_one_before() =>
        Given(Lead, new OwnerAssigned(Id, "staff2", Today), new OwnerAssigned(Id, "staff3", Today)).State.Owners.ShouldBe([new Ownership("staff", Day), new Ownership("staff3", Today)]);

    [Fact]
    public void Handovers_follow_one_another()
    {
        Given(Lead, new OwnerAssigned(Id, "staff2", Today)).When(Assign("staff3", Today.AddDays(-1))).ThenRefused<NotBeforeTheLast>("from");
        Given(Lead).When(Assign("staff2", Today.AddDays(1))).ThenRefused<HandedOverLater>("from");
    }

    [Fact]
    public void Credit_goes_by_the_days_on_which_somebody_had_it()
    {
        Ownership[] owners = [new("staff", Day), new("staff2", Day.AddDays(30)), new("staff", Day.AddDays(60))];
        Credit.Of(owners, Day.AddDays(89)).ShouldBe([new("staff", 60, 0.6667m), new("staff2", 30, 0.3333m)]);
        Credit.Of(owners, Day.AddDays(29)).ShouldBe([new("staff", 30, 1m)]);
    }

    private static Func<Project, Decision> Assign(string owner, DateOnly from) => project => AssignOwnerFeature.Decide(project, new AssignOwner(owner, from, " 轮岗 "), Today);
}

public sealed class LogFollowUpSpec : ProjectSpec
{
    [Fact]
    public void A_talk_says_what_came_of_it_and_when_the_next_one_is() =>
        Given(Lead).When(Log(Day, " 谈妥厂房 ", Day.AddDays(7))).Then(new FollowUpLogged(Id, AgreementId, Day, "谈妥厂房", Day.AddDays(7))).Effective(Day).Answering(new { id = AgreementId });

    [Fact]
    public void An_older_talk_that_is_logged_later_is_not_the_last_one() =>
        Given(Lead, new FollowUpLogged(Id, AgreementId, Today, "新", null), new FollowUpLogged(Id, AgreementId, Day, "旧", null)).State.LastFollowUp!.Text.ShouldBe("新");

    [Fact]
    public void A_talk_has_happened_and_the_next_one_is_later()
    {
        Given(Lead).When(Log(Today.AddDays(1), "x", null)).ThenRefused<NotYet>("on");
        Given(Lead).When(Log(Day, "x", Day)).ThenRefused<NextIsBefore>("nextOn");
        Given(Lead).When(Log(Day, " ", null)).ThenRefused<Missing>("text");
    }

    private static Func<Project, Decision> Log(DateOnly on, string text, DateOnly? next) => project => LogFollowUpFeature.Decide(project, AgreementId, new LogFollowUp(on, text, next), Today);
}

public sealed class DescribeProjectSpec : ProjectSpec
{
    private static readonly ProjectDetails Known = new(Money.Yuan(1_000_000_000), Money.Yuan(600_000_000), "C3973", Origins.Foreign, "DE", null, "驻点招商", "某商会", "block-1", "芯片 外资");
    private static readonly ProjectDescribed Described = new(Id, Money.Yuan(1_000_000_000), Money.Yuan(600_000_000), "C3973", Origins.Foreign, "DE", null, "驻点招商", "某商会", "block-1", "芯片 外资");

    [Fact]
    public void What_is_known_is_told_as_a_whole()
    {
        Given(Lead).When(Describe(Known with { IndustryCode = " c3973 ", Country = "de", Channel = " 驻点招商 ", Tags = " 芯片  外资 芯片" })).Then(Described);
        Given(Lead, Described).When(Describe(Known)).ThenNothing();
        Given(Lead, Described).When(Describe(Known with { Introducer = " " })).Then(Described with { Introducer = null });
    }

    [Fact]
    public void The_parts_fit_the_whole()
    {
        Given(Lead).When(Describe(Known with { FixedAssets = Known.PlannedInvestment })).Then(Described with { FixedAssets = Known.PlannedInvestment });
        Given(Lead).When(Describe(Known with { FixedAssets = Money.Yuan(1_000_000_000.01m) })).ThenRefused<PartAboveWhole>("fixedAssets");
    }

    [Fact]
    public void Codes_are_codes()
    {
        Given(Lead).When(Describe(Known with { IndustryCode = "Z39" })).ThenRefused<IndustryCodeMalformed>("industryCode");
        Given(Lead).When(Describe(Known with { Origin = "abroad", Country = null })).ThenRefused<OriginUnknown>("origin");
        Given(Lead).When(Describe(Known with { Country = "DEU" })).ThenRefused<CountryMalformed>("country");
        Given(Lead).When(Describe(Known with { Origin = Origins.Province })).ThenRefused<CountryNeedsForeign>("country");
    }

    private static Func<Project, Decision> Describe(ProjectDetails details) => project => DescribeProjectFeature.Decide(project, details);
}

public sealed class ShareProjectSpec : ProjectSpec
{
    private static readonly LeadRegistered Owned = Lead with { Department = "investment-1" };
    private static readonly ProjectShared Shared = new(Id, "investment-2");
    private static readonly ProjectUnshared Unshared = new(Id, "investment-2");

    [Fact]
    public void A_project_is_shared_with_another_department() => Given(Owned).When(Share(" investment-2 ")).Then(Shared);

    [Fact]
    public void Who_reads_it_is_known_from_then_on_until_the_sharing_ends()
    {
        Given(Owned, Shared, new ProjectShared(Id, "planning")).State.SharedWith.ShouldBe(["investment-2", "planning"]);
        Given(Owned, Shared, new ProjectShared(Id, "planning"), Unshared).State.SharedWith.ShouldBe(["planning"]);
    }

    [Fact]
    public void It_is_shared_once() => Given(Owned, Shared).When(Share("investment-2")).ThenNothing();

    [Fact]
    public void It_may_be_shared_again_after_the_sharing_has_ended() => Given(Owned, Shared, Unshared).When(Share("investment-2")).Then(Shared);

    [Fact]
    public void A_department_needs_no_sharing_of_its_own_project() => Given(Owned).When(Share("investment-1")).ThenRefused<OwnDepartment>("department");

    [Fact]
    public void Sharing_names_a_department()
    {
        Given(Owned).When(Share(" ")).ThenRefused<Missing>("department");
        Given(Owned).When(Unshare(null)).ThenRefused<Missing>("department");
    }

    [Fact]
    public void A_sharing_ends() => Given(Owned, Shared).When(Unshare("investment-2")).Then(Unshared);

    [Fact]
    public void What_was_not_shared_stays_so() => Given(Owned).When(Unshare("investment-2")).ThenNothing();

    private static Func<Project, Decision> Share(string? department) => project => ShareProjectFeature.Decide(project, new ShareProject(department));

    private static Func<Project, Decision> Unshare(string? department) => project => UnshareProjectFeature.Decide(project, new UnshareProject(department));
}
