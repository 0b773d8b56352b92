using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.Capital;
using Luodi.Projects.Duplicates;
using Luodi.Projects.Leads;
using Luodi.Projects.Milestones;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Duplicates.MergeProjectFeature;
using static Luodi.Projects.Duplicates.UnmergeProjectFeature;
using static Luodi.Projects.Leads.RegisterLeadFeature;
using static Luodi.Projects.Milestones.WithdrawStageFeature;

namespace Luodi.Specs.Projects;

public sealed class DuplicatesSpec : ProjectSpec
{
    private static readonly Guid OtherId = Guid.Parse("01890000-0000-7000-8000-0000000000b2");
    private static readonly Project Other = ProjectHistory.Evolve(null, Lead with { ProjectId = OtherId, Name = "功率器件封装基地" }, new Told(Day.AddDays(-30), "staff2"))!;
    private static readonly MergeProject Same = new(OtherId, "同一投资方，同一地块");
    private static readonly ProjectMerged Merged = new(Id, OtherId);
    private static readonly StageReached Registered = new(Id, Stages.Registered, Day.AddDays(9));

    [Fact]
    public void A_duplicate_is_merged_into_the_record_that_stands_for_both_and_that_one_learns_its_stages() =>
        Given(Lead, Registered).When(project => MergeProjectFeature.Decide(project, Same, Other, Today))
            .Then(Merged).Because("同一投资方，同一地块")
            .AndOf(OtherId, new DuplicateTakenIn(OtherId, Id, [Stages.Lead, Stages.Registered], [Day, Day.AddDays(9)]));

    [Fact]
    public void Merging_it_again_changes_nothing() => Given(Lead, Merged).When(project => MergeProjectFeature.Decide(project, Same, Other, Today)).ThenNothing();

    [Fact]
    public void A_record_is_merged_into_one_that_there_is_with_a_reason() =>
        Given(Lead).When(project => MergeProjectFeature.Decide(project, new MergeProject(null, " "), null, Today)).ThenRefused(new Missing("intoId"), new Missing("reason"));

    [Fact]
    public void A_record_that_nobody_knows_takes_nothing_in() => Given(Lead).When(project => MergeProjectFeature.Decide(project, Same, null, Today)).ThenRefused<MergeTargetUnknown>("intoId");

    [Fact]
    public void A_record_is_not_merged_into_itself() => Given(Lead).When(project => MergeProjectFeature.Decide(project, Same with { IntoId = Id }, project, Today)).ThenRefused<MergedWithItself>("intoId");

    [Fact]
    public void A_record_that_was_merged_is_not_merged_elsewhere() =>
        Given(Lead, new ProjectMerged(Id, AgreementId)).When(project => MergeProjectFeature.Decide(project, Same, Other, Today)).ThenRefused<MergedAway>();

    [Fact]
    public void Nothing_is_merged_into_a_record_that_was_merged_itself() =>
        Given(Lead).When(project => MergeProjectFeature.Decide(project, Same, Other with { MergedInto = AgreementId }, Today)).ThenRefused<TargetMergedAway>("intoId");

    [Fact]
    public void A_record_that_stands_for_others_is_not_merged_away() =>
        Given(Lead, new DuplicateTakenIn(Id, AgreementId, [Stages.Lead], [Day])).When(project => MergeProjectFeature.Decide(project, Same, Other, Today)).ThenRefused<StandsForOthers>();

    [Fact]
    public void What_was_merged_is_unmerged_with_a_reason() =>
        Given(Lead, Merged).When(project => UnmergeProjectFeature.Decide(project, new UnmergeProject("是两期项目"))).Then(new ProjectUnmerged(Id, OtherId)).Because("是两期项目")
            .AndOf(OtherId, new DuplicateLetGo(OtherId, Id));

    [Fact]
    public void What_was_not_merged_is_not_unmerged() => Given(Lead).When(project => UnmergeProjectFeature.Decide(project, new UnmergeProject("误操作"))).ThenRefused<NotMerged>();

    [Fact]
    public void Unmerging_needs_its_reason() => Given(Lead, Merged).When(project => UnmergeProjectFeature.Decide(project, new UnmergeProject(null))).ThenRefused(new Missing("reason"));

    [Fact]
    public void The_record_that_stands_for_both_has_the_stages_of_both_each_on_its_earliest_day()
    {
        var both = Given(Lead, Registered, new DuplicateTakenIn(Id, OtherId, [Stages.Lead, Stages.Registered, Stages.GroundBroken], [Day.AddDays(-30), Day.AddDays(20), Day.AddDays(60)])).State;
        both.Stages.ShouldBe([new(Stages.Lead, Day.AddDays(-30)), new(Stages.Registered, Day.AddDays(9)), new(Stages.GroundBroken, Day.AddDays(60))]);
        var alone = ProjectHistory.Evolve(both, new DuplicateLetGo(Id, OtherId), new Told(Today))!;
        alone.Stages.ShouldBe([new(Stages.Lead, Day), new(Stages.Registered, Day.AddDays(9))]);
        (alone.Own, alone.Duplicates.Count).ShouldBe((null, 0));
    }

    [Fact]
    public void What_it_reaches_meanwhile_stays_its_own()
    {
        var alone = Given(Lead, new DuplicateTakenIn(Id, OtherId, [Stages.Lead], [Day]), Registered, new DuplicateLetGo(Id, OtherId)).State;
        alone.ReachedOn(Stages.Registered).ShouldBe(Day.AddDays(9));
    }

    [Fact]
    public void A_stage_of_a_duplicate_is_not_withdrawn_here() =>
        Given(Lead, new DuplicateTakenIn(Id, OtherId, [Stages.Lead, Stages.Registered], [Day, Day]))
            .When(project => WithdrawStageFeature.Decide(project, new WithdrawStage(Stages.Registered, "登记有误"))).ThenRefused<OfADuplicate>("stage");

    [Fact]
    public void Nothing_more_is_logged_of_a_record_that_was_merged()
    {
        ((IStandAside)Given(Lead, Merged).State).Aside.ShouldBeOfType<MergedAway>();
        ((IStandAside)Given(Lead, Merged, new ProjectUnmerged(Id, OtherId)).State).Aside.ShouldBeNull();
        var capital = new LogCapital(Id, Day, Money.Yuan(100), null, null, null, CapitalEvidence.BankSlip, "回单 001");
        When(LogCapitalFeature.Decide(AgreementId, capital, Given(Lead, Merged).State, null, Today)).ThenRefused<MergedAway>();
    }

    [Fact]
    public void A_paper_signed_about_a_merged_record_is_told_to_the_one_that_stands_for_it()
    {
        var merged = Given(Lead, Merged).State;
        var decision = SigningNews.Decide(merged, new(AgreementId, Id, AgreementId, Money.Yuan(1), Day.AddDays(3)));
        When(MergeProjectFeature.Retold(merged, decision, Today)).Then(new ProjectSigned(Id, AgreementId, Day.AddDays(3)))
            .AndOf(OtherId, new DuplicateTakenIn(OtherId, Id, [Stages.Lead, Stages.Signed], [Day, Day.AddDays(3)]));
        MergeProjectFeature.Retold(Given(Lead).State, decision, Today).Elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public void Who_enters_what_is_there_already_is_asked_whether_it_is_the_same()
    {
        var lead = new RegisterLead("功率器件封装", Industries.Microelectronics, "某投资方", null);
        Candidate[] alike = [new(OtherId, "功率器件封装基地", "某投资方", Stages.Lead, "investment-1", 0.9m, 1, false, 0.93m), new(null, null, null, null, "investment-2", 0.85m, 0.8m, false, 0.84m), new(Id, "其他", "他人", null, null, 0.5m, 0.5m, false, 0.5m)];
        When(RegisterLeadFeature.Decide(Id, lead, null, alike)).ThenRefused(new LooksLikeAnother("功率器件封装基地, 某投资方 (93%); (investment-2) (84%)"));
        When(RegisterLeadFeature.Decide(Id, lead, null, alike)).ThenRefused<LooksLikeAnother>("another", 409);
        When(RegisterLeadFeature.Decide(Id, lead with { Another = "二期，另一地块" }, null, alike)).Then(new LeadRegistered(Id, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false)).Because("二期，另一地块");
        When(RegisterLeadFeature.Decide(Id, lead, null, alike[2..])).Then(new LeadRegistered(Id, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false));
    }

    [Theory]
    [InlineData(1, 1, true, false, 1)]
    [InlineData(1, 0, true, false, 0.7)]
    [InlineData(1, 1, false, false, 0.7)]
    [InlineData(0.6, 1, true, false, 0.72)]
    [InlineData(0.75, 0.5, true, false, 0.68)] // 0.675, half up
    [InlineData(0, 0, false, true, 1)]
    public void Confidence_is_mostly_the_names_and_less_where_their_numbers_differ(double name, double investor, bool sameNumbers, bool sameCode, double confidence) =>
        Alike.ConfidenceOf((decimal)name, (decimal)investor, sameNumbers, sameCode).ShouldBe((decimal)confidence);
}
