using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Projects;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

public sealed class ProjectPostingsSpec
{
    private static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    private static readonly Guid AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    private static readonly Guid CapitalId = Guid.Parse("01890000-0000-7000-8000-0000000000c1");
    private static readonly DateOnly Day = new(2023, 9, 28);
    private static readonly LeadRegistered Lead = new(ProjectId, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false, "investment-1");
    private static readonly CapitalLogged Arrived = new(
        CapitalId, ProjectId, Day, new Money(100, "USD"), new Money(0, "USD"), 7.1m, "中国外汇交易中心", Money.Yuan(710), CapitalEvidence.BankSlip, "回单 001", Illustrative: false, "investment-1");

    private ProjectAccount? _project;
    private CapitalAccount? _capital;

    [Fact]
    public void A_stage_counts_the_project_from_its_day_on_and_a_withdrawn_one_takes_that_back_from_the_same_day()
    {
        Post(Lead, Day).ShouldHaveSingleItem().ShouldBe(new Posting(
            Measures.StagesReached, PostingStatus.Confirmed, 1, Money.Yuan(0), Day, Guid.Empty, Guid.Empty, ProjectId, Industries.Microelectronics, Posting.None, Illustrative: false, "investment-1", Posting.None, Stage: Stages.Lead)
        {
            Traits = TraitValues.Unknown with { Owner = "staff" },
        });
        Post(new StageReached(ProjectId, Stages.Registered, Day.AddDays(9)), Day.AddDays(9)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.Stage.ShouldBe(Stages.Registered), line => line.Count.ShouldBe(1), line => line.EffectiveOn.ShouldBe(Day.AddDays(9)));
        Post(new StageWithdrawn(ProjectId, Stages.Registered, Day.AddDays(9)), Day.AddDays(30)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.Count.ShouldBe(-1), line => line.EffectiveOn.ShouldBe(Day.AddDays(9)));
    }

    [Fact]
    public void The_first_paper_that_stands_gives_the_day_of_the_signing()
    {
        Post(Lead, Day);
        Post(new ProjectSigned(ProjectId, AgreementId, Day), Day).ShouldHaveSingleItem().Stage.ShouldBe(Stages.Signed);
        Post(new PaperAdded(ProjectId, CapitalId, Day.AddDays(5)), Day.AddDays(5)).ShouldBeEmpty();
        Post(new PaperWithdrawn(ProjectId, AgreementId), Day.AddDays(9)).Select(line => (line.Count, line.EffectiveOn)).ShouldBe([(-1, Day), (1, Day.AddDays(5))]);
        Post(new PaperWithdrawn(ProjectId, CapitalId), Day.AddDays(9)).Select(line => (line.Count, line.EffectiveOn)).ShouldBe([(-1, Day.AddDays(5))]);
    }

    [Fact]
    public void What_a_project_is_arranges_anew_what_counts_already_and_nothing_else()
    {
        Post(Lead, Day);
        Post(new ProjectDescribed(ProjectId, null, null, "C3973", Origins.Foreign, "DE", null, null, null, "north", null), Day).Select(line => (line.Count, line.Traits.Block, line.EffectiveOn, line.Arranges)).ShouldBe(
            [(-1, Posting.None, Day, true), (1, "north", Day, true)]);
        Post(Arrived, Day.AddDays(20)).ShouldHaveSingleItem().Traits.ShouldBe(new TraitValues("staff", "north", Origins.Foreign, "C3973", Posting.None, Posting.None, Posting.None));
        Post(new FollowUpLogged(ProjectId, CapitalId, Day, "x", null), Day).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_is_of_the_chain_of_the_first_enterprise_that_carries_it_out_and_has_one()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Post(Lead, Day);
        (_project, var none) = ProjectPostings.Chain(_project!, first, null);
        none.ShouldBeEmpty();
        (_project, var lines) = ProjectPostings.Chain(_project, second, "集成电路");
        lines.Select(line => (line.Count, line.Traits.Chain, line.Arranges)).ShouldBe([(-1, Posting.None, true), (1, "集成电路", true)]);
        (_project, none) = ProjectPostings.Chain(_project, first, "新能源");
        none.ShouldBeEmpty();
        Post(new ProjectDescribed(ProjectId, null, null, null, null, null, null, null, null, "north", null), Day).ShouldAllBe(line => line.Traits.Chain == "集成电路");
        (_project, lines) = ProjectPostings.Chain(_project!, second, null);
        lines.Select(line => (line.Count, line.Traits.Chain)).ShouldBe([(-1, "集成电路"), (1, "新能源")]);
    }

    [Fact]
    public void A_handover_moves_what_is_dated_from_its_day_on()
    {
        Post(Lead, Day);
        Post(new StageReached(ProjectId, Stages.Registered, Day.AddDays(20)), Day.AddDays(20));
        Post(new OwnerAssigned(ProjectId, "staff2", Day.AddDays(10)), Day).Select(line => (line.Count, line.Stage, line.Traits.Owner)).ShouldBe([(-1, Stages.Registered, "staff"), (1, Stages.Registered, "staff2")]);
    }

    [Fact]
    public void What_was_posted_before_its_project_was_known_is_arranged_when_it_is()
    {
        var place = new Place(ProjectId, [new(Traits.Owner, "staff", DateOnly.MinValue), new(Traits.Owner, "staff2", Day.AddDays(10))]);
        Post(Lead, Day);
        Post(Arrived, Day);
        Post(new CapitalConfirmed(CapitalId), Day);
        Post(new CapitalRevoked(CapitalId), Day.AddDays(60)).ShouldHaveSingleItem().Traits.Owner.ShouldBe("staff");
        CapitalPostings.Move(_capital!, place).Postings.Select(line => (line.Count, line.Traits.Owner, line.EffectiveOn)).ShouldBe([(1, "staff", Day.AddDays(60)), (-1, "staff2", Day.AddDays(60))]);
    }

    [Fact]
    public void Capital_waits_counts_when_confirmed_and_no_longer_from_the_day_of_its_revocation()
    {
        Post(Lead, Day);
        Post(Arrived, Day).Select(Told).ShouldBe([("pending", 1, 710, Day, MoneyOrigins.Foreign)]);
        Post(new CapitalConfirmed(CapitalId), Day).Select(Told).ShouldBe([("pending", -1, -710, Day, MoneyOrigins.Foreign), ("confirmed", 1, 710, Day, MoneyOrigins.Foreign)]);
        Post(new CapitalRevoked(CapitalId), Day.AddDays(60)).Select(Told).ShouldBe([("confirmed", -1, -710, Day.AddDays(60), MoneyOrigins.Foreign)]);
        Should.Throw<InvalidOperationException>(() => Post(new CapitalRevoked(CapitalId), Day));
    }

    [Fact]
    public void Capital_returned_waits_no_longer()
    {
        Post(Lead, Day);
        Post(Arrived, Day);
        Post(new CapitalReturned(CapitalId), Day).Select(Told).ShouldBe([("pending", -1, -710, Day, MoneyOrigins.Foreign)]);
    }

    /// <summary>The law of stages: whatever happens to a project, the sum of its postings is what its own page says.</summary>
    [Fact]
    public void The_sum_of_postings_is_the_stages_of_the_project() => Gen.Select(Gen.Int[0, 10], Gen.Int[0, 40], Gen.Int[0, 2]).Array[0, 60].Sample(story =>
    {
        ProjectAccount? account = null;
        var (project, sums) = ((Project?)null, new Dictionary<(string, DateOnly), int>());
        object[] facts = [Lead, .. story.Select(step => Fact(step.Item1, Day.AddDays(step.Item2), step.Item3))];
        foreach (var (place, fact) in facts.Index())
        {
            var on = place == 0 ? Day : Day.AddDays(story[place - 1].Item2);
            project = ProjectHistory.Evolve(project, fact, new Told(on, "staff"));
            (account, var lines) = ProjectPostings.Post(account, Heard.Of(fact, ProjectId, on, place + 1), on);
            foreach (var line in lines.Where(line => line.Measure == Measures.StagesReached)) sums[(line.Stage, line.EffectiveOn)] = sums.GetValueOrDefault((line.Stage, line.EffectiveOn)) + line.Count;
            sums.Where(sum => sum.Value != 0 && Stages.All.Contains(sum.Key.Item1)).Select(sum => (sum.Key, sum.Value)).ShouldBe(project!.Stages.Select(stage => ((stage.Stage, stage.On), 1)), ignoreOrder: true);
            sums.Where(sum => sum.Value != 0 && !Stages.All.Contains(sum.Key.Item1)).Sum(sum => sum.Value).ShouldBe(project.Standing is Standing.Active ? 0 : 1);
        }
    });

    private static object Fact(int kind, DateOnly on, int which) => (kind, Stages.All[(which * 3) + 2]) switch
    {
        (0 or 1 or 2, var stage and not Stages.Signed) => new StageReached(ProjectId, stage, on),
        (3, var stage and not Stages.Signed) => new StageWithdrawn(ProjectId, stage, on),
        (4, _) => new ProjectSigned(ProjectId, Paper(which), on),
        (5, _) => new PaperAdded(ProjectId, Paper(which), on),
        (6, _) => new PaperWithdrawn(ProjectId, Paper(which)),
        (7, _) => new ProjectSuspended(ProjectId),
        (8, _) => new ProjectFellOut(ProjectId),
        (9, _) => new ProjectResumed(ProjectId),
        _ => new ProjectReinstated(ProjectId),
    };

    private static Guid Paper(int which) => new(which, 0, 0, new byte[8]);

    private static (string, int, decimal, DateOnly, string) Told(Posting line) => (line.Status, line.Count, line.Amount.Value, line.EffectiveOn, line.MoneyOrigin);

    private IReadOnlyList<Posting> Post(object fact, DateOnly on)
    {
        var subject = fact is CapitalLogged or CapitalConfirmed or CapitalReturned or CapitalRevoked ? CapitalId : ProjectId;
        var heard = Heard.Of(fact, subject, on);
        if (subject == CapitalId)
        {
            (_capital, var arrivals) = CapitalPostings.Post(_capital, heard, on, _project, _project?.Place(null));
            return arrivals;
        }
        (_project, var lines) = ProjectPostings.Post(_project, heard, on);
        return lines;
    }
}
