using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Ledger;
using Luodi.Projects;
using Luodi.Projects.Duplicates;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>Two records that turn out to be one project, and two after all: what holds of the figures.</summary>
public sealed class MergeLaws
{
    private static readonly DateOnly Day = new(2023, 9, 28);
    private static readonly Guid[] Records = [new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8])];
    private static readonly Guid Ceremony = new(9, 0, 0, new byte[8]);

    private static readonly Gen<(int Kind, int Which, int Days, int Paper)[]> AnyStory = Gen.Select(Gen.Int[0, 10], Gen.Int[0, 1], Gen.Int[0, 40], Gen.Int[0, 3]).Array[0, 40];

    [Fact]
    public void Merged_and_unmerged_again_every_figure_is_what_it_was() => AnyStory.Sample(story =>
    {
        var bureau = new Bureau();
        foreach (var step in story) bureau.Do(step);
        bureau.Unmerge(0);
        bureau.Unmerge(1);
        var before = bureau.Sums();
        bureau.Merge(0);
        bureau.Sums().Where(sum => sum.Key.Project == Records[0]).ShouldBeEmpty();
        bureau.Unmerge(0);
        bureau.Sums().ShouldBe(before, ignoreOrder: true);
    });

    [Fact]
    public void A_figure_that_no_record_is_named_in_does_not_change_with_a_merge_but_for_stages() => AnyStory.Sample(story =>
    {
        var bureau = new Bureau();
        foreach (var step in story) bureau.Do(step);
        List<(Line, int, decimal)> Elsewhere() => [.. bureau.Sums().Where(sum => sum.Key.Measure != Measures.StagesReached).GroupBy(sum => sum.Key with { Project = Guid.Empty, Traits = TraitValues.Unknown })
            .Select(sums => (sums.Key, sums.Sum(sum => sum.Count), sums.Sum(sum => sum.Yuan))).Where(sum => sum.Item2 != 0 || sum.Item3 != 0)];
        var before = Elsewhere();
        bureau.Merge(0);
        Elsewhere().ShouldBe(before, ignoreOrder: true);
    });

    [Fact]
    public void At_every_step_the_stages_that_count_are_those_of_the_records_that_stand_for_themselves() => AnyStory.Sample(story =>
    {
        var bureau = new Bureau();
        foreach (var step in story)
        {
            bureau.Do(step);
            bureau.Sums().Where(sum => sum.Key.Measure == Measures.StagesReached).Select(sum => (sum.Key.Project, sum.Key.Stage, sum.Key.On, sum.Count)).ShouldBe(
                bureau.Projects.Where(project => project.MergedInto is null).SelectMany(project => project.Stages.Select(stage => (project.Id, stage.Stage, stage.On, 1))), ignoreOrder: true);
        }
    });

    [Fact]
    public void Whichever_source_is_heard_first_the_end_is_the_same() => Gen.Select(AnyStory, Gen.Int[0, 1].Array[200]).Sample((story, turns) =>
    {
        var told = new Bureau();
        foreach (var step in story) told.Do(step);
        var heard = new Bureau(telling: false);
        var sources = told.Facts.GroupBy(fact => fact.OfSignings).ToDictionary(facts => facts.Key, facts => new Queue<(object, Guid, DateOnly, bool)>(facts));
        foreach (var turn in turns.Concat(Enumerable.Repeat(0, 1000)).Concat(Enumerable.Repeat(1, 1000)))
        {
            if (sources.TryGetValue(turn == 1, out var source) && source.TryDequeue(out var fact)) heard.Hear(fact.Item1, fact.Item2, fact.Item3);
        }
        heard.Sums().ShouldBe(told.Sums(), ignoreOrder: true);
    });

    [Fact]
    public void At_every_step_everything_that_counts_is_arranged_by_what_its_project_is() => AnyStory.Sample(story =>
    {
        var bureau = new Bureau();
        foreach (var step in story)
        {
            bureau.Do(step);
            foreach (var (line, _, _) in bureau.Sums()) line.Traits.ShouldBe(bureau.TraitsOf(line.Project, line.On));
        }
    });

    private sealed record Line(string Measure, string Status, Guid Project, string Stage, string Tier, string Band, string Origin, DateOnly On, TraitValues Traits);

    private sealed record Sum(Line Key, int Count, decimal Yuan);

    /// <summary>Projects by their own rules, agreements and capital as facts, and the ledger that hears all of it.</summary>
    private sealed class Bureau
    {
        private readonly Dictionary<Guid, Project> _projects = [];
        private readonly Dictionary<Guid, AgreementAccount> _papers = [];
        private readonly Dictionary<Guid, CapitalAccount> _capital = [];
        private readonly Dictionary<Guid, ProjectAccount> _accounts = [];
        private readonly List<Posting> _postings = [];
        private readonly HashSet<string> _said = new(StringComparer.Ordinal);

        public Bureau(bool telling = true)
        {
            if (!telling) return;
            foreach (var (place, id) in Records.Index()) Happen(new LeadRegistered(id, $"项目{place}", Industries.Microelectronics, "某投资方", null, Illustrative: false), id, Day.AddDays(place));
        }

        public List<(object Fact, Guid Subject, DateOnly On, bool OfSignings)> Facts { get; } = [];

        public IEnumerable<Project> Projects => _projects.Values;

        public void Do((int Kind, int Which, int Days, int Paper) step)
        {
            var (project, on) = (_projects[Records[step.Which]], Day.AddDays(step.Days));
            var paper = new Guid(100 + (step.Which * 10) + step.Paper, 0, 0, new byte[8]);
            switch (step.Kind)
            {
                case 0 when project.MergedInto is null:
                    Happen(new StageReached(project.Id, Stages.All[4 + step.Paper], on), project.Id, on);
                    break;
                case 1 when project.MergedInto is null:
                    Happen(new StageWithdrawn(project.Id, Stages.All[4 + step.Paper], on), project.Id, on);
                    break;
                case 2 when _said.Add($"draft {paper}"):
                    Happen(new AgreementDrafted(paper, "NH-1", project.Id, Ceremony, "某公司", Industries.Microelectronics, Money.Yuan(100), Illustrative: false), paper, on);
                    break;
                case 3 when _said.Contains($"draft {paper}") && _said.Add($"sign {paper}"):
                    Happen(new AgreementSigned(paper, project.Id, Ceremony, Money.Yuan(100 + step.Days), on), paper, on);
                    Tell(project.Id, MergeProjectFeature.Retold(project, Luodi.Projects.Milestones.SigningNews.Decide(project, new(paper, project.Id, Ceremony, Money.Yuan(1), on)), on), on);
                    break;
                case 4 when _said.Contains($"sign {paper}") && _said.Add($"confirm {paper}"):
                    Happen(new SigningConfirmed(paper), paper, on);
                    break;
                case 5 when _said.Contains($"confirm {paper}") && _said.Add($"terminate {paper}"):
                    Happen(new AgreementTerminated(paper), paper, on);
                    break;
                case 6 when project.MergedInto is null && _said.Add($"capital {paper}"):
                    Happen(new CapitalLogged(paper, project.Id, on, Money.Yuan(7), Money.Yuan(0), null, null, Money.Yuan(7), CapitalEvidence.BankSlip, "1", Illustrative: false, null), paper, on);
                    break;
                case 7:
                    Merge(step.Which);
                    break;
                case 9 when project.MergedInto is null:
                    Happen(new ProjectDescribed(project.Id, null, null, null, null, null, null, null, null, $"block-{step.Paper}", null), project.Id, on);
                    break;
                case 10 when project.MergedInto is null:
                    Happen(new OwnerAssigned(project.Id, $"owner-{step.Paper}", on), project.Id, on);
                    break;
                case 8:
                    Unmerge(step.Which);
                    break;
            }
        }

        public void Merge(int which) =>
            Tell(Records[which], MergeProjectFeature.Decide(_projects[Records[which]], new MergeProject(Records[1 - which], "重复"), _projects[Records[1 - which]], Day), Day);

        public void Unmerge(int which) => Tell(Records[which], UnmergeProjectFeature.Decide(_projects[Records[which]], new UnmergeProject("不同")), Day);

        public TraitValues TraitsOf(Guid project, DateOnly on) => TraitValues.On(on, _accounts[project].Traits);

        public IReadOnlyList<Sum> Sums() =>
        [
            .. _postings.Where(line => line.Measure != Measures.Context)
                .GroupBy(line => new Line(line.Measure, line.Status, line.ProjectId, line.Stage, line.Tier, line.SizeBand, line.MoneyOrigin, line.EffectiveOn, line.Traits))
                .Select(lines => new Sum(lines.Key, lines.Sum(line => line.Count), lines.Sum(line => line.Amount.Value))).Where(sum => sum.Count != 0 || sum.Yuan != 0),
        ];

        public void Hear(object fact, Guid subject, DateOnly on)
        {
            var heard = Heard.Of(fact, subject, on);
            var before = _accounts.GetValueOrDefault(subject);
            var (project, stages) = ProjectPostings.Post(before, heard, on);
            if (project is not null) _accounts[subject] = project;
            var about = fact switch { AgreementDrafted drafted => _accounts.GetValueOrDefault(drafted.ProjectId), CapitalLogged logged => _accounts[logged.ProjectId], _ => null };
            var (paper, lines) = AgreementPostings.Post(_papers.GetValueOrDefault(subject), heard, on, [], PlaceOf(about));
            if (paper is not null) _papers[subject] = paper;
            var (entry, arrivals) = CapitalPostings.Post(_capital.GetValueOrDefault(subject), heard, on, about, PlaceOf(about));
            if (entry is not null) _capital[subject] = entry;
            _postings.AddRange([.. stages, .. lines, .. arrivals]);
            if (project is null || !project.Moves(before)) return;
            bool CountsThere(Guid record) => record == subject || project.Duplicates.Any(each => each.Id == record);
            foreach (var each in _papers.Values.Where(each => CountsThere(each.ProjectId)).ToList())
            {
                (_papers[each.Id], var moved) = AgreementPostings.Move(each, PlaceOf(project)!);
                _postings.AddRange(moved);
            }
            foreach (var each in _capital.Values.Where(each => CountsThere(each.ProjectId)).ToList())
            {
                (_capital[each.Id], var moved) = CapitalPostings.Move(each, PlaceOf(project)!);
                _postings.AddRange(moved);
            }
        }

        private Place? PlaceOf(ProjectAccount? project) => project?.Place(project.MergedInto is { } into ? _accounts.GetValueOrDefault(into) : null);

        private void Tell(Guid project, Decision decision, DateOnly on)
        {
            foreach (var fact in decision.Events) Happen(fact, project, on);
            foreach (var (stream, fact) in decision.Elsewhere) Happen(fact, stream, on);
        }

        private void Happen(object fact, Guid subject, DateOnly on)
        {
            if (ProjectHistory.Evolve(_projects.GetValueOrDefault(subject), fact, new Told(on)) is { } project) _projects[subject] = project;
            Facts.Add((fact, subject, on, fact.GetType().Namespace!.EndsWith("Signings", StringComparison.Ordinal)));
            Hear(fact, subject, on);
        }
    }
}
