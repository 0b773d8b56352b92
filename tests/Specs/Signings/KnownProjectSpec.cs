using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;
using Luodi.Signings.KnownProjects;
using Luodi.Specs.Ledger;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Signings;

/// <summary>What Signings hears of a project.</summary>
public sealed class KnownProjectSpec
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    private static readonly LeadRegistered Lead = new(Id, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false, "investment-1");

    [Fact]
    public void A_project_is_known_with_its_department_and_with_whom_it_is_shared()
    {
        var project = Told(Lead, new ProjectShared(Id, "investment-2"), new ProjectShared(Id, "planning"), new ProjectShared(Id, "planning"), new ProjectUnshared(Id, "investment-2"), new NegotiationStarted(Id));
        (project!.Name, project.Industry, project.Department).ShouldBe(("功率器件封装", "microelectronics", "investment-1"));
        project.SharedWith.ShouldBe(["planning"]);
        project.Readers.ShouldBe(["planning", "investment-1"]);
    }

    [Fact]
    public void A_project_that_was_never_registered_is_not_known() => Told(new ProjectShared(Id, "investment-2")).ShouldBeNull();

    [Fact]
    public void It_is_known_when_ground_was_broken_and_that_it_was_not_after_all()
    {
        var broken = Reached("stage_reached", "ground-broken");
        KnownProjectHistory.Evolve(Told(Lead), broken)!.GroundBrokenOn.ShouldBe(new DateOnly(2024, 3, 1));
        KnownProjectHistory.Evolve(Told(Lead), Reached("stage_reached", "registered"))!.GroundBrokenOn.ShouldBeNull();
        KnownProjectHistory.Evolve(KnownProjectHistory.Evolve(Told(Lead), broken), Reached("stage_withdrawn", "registered"))!.GroundBrokenOn.ShouldBe(new DateOnly(2024, 3, 1));
        KnownProjectHistory.Evolve(KnownProjectHistory.Evolve(Told(Lead), broken), Reached("stage_withdrawn", "ground-broken"))!.GroundBrokenOn.ShouldBeNull();
    }

    [Fact]
    public void A_record_that_stands_for_another_one_has_reached_what_either_has()
    {
        var other = Guid.Parse("01890000-0000-7000-8000-0000000000b2");
        var both = Told(Lead, new StageReached(Id, "registered", new(2024, 3, 1)), new DuplicateTakenIn(Id, other, ["registered", "ground-broken"], [new(2024, 2, 1), new(2024, 5, 1)]))!;
        (both.ReachedOn("registered"), both.ReachedOn("ground-broken"), both.ReachedOn("completed")).ShouldBe((new(2024, 2, 1), new DateOnly(2024, 5, 1), null));
        both.Records.ShouldBe([Id, other]);
        var alone = KnownProjectHistory.Evolve(both, Heard.Of(new DuplicateLetGo(Id, other), Id, new(2024, 6, 1)))!;
        (alone.ReachedOn("registered"), alone.ReachedOn("ground-broken")).ShouldBe((new DateOnly(2024, 3, 1), null));
        Told(Lead, new ProjectMerged(Id, other))!.MergedInto.ShouldBe(other);
        Told(Lead, new ProjectMerged(Id, other), new ProjectUnmerged(Id, other))!.MergedInto.ShouldBeNull();
    }

    private static CloudEvent Reached(string type, string stage) =>
        Heard.Of(Lead, Id, new DateOnly(2024, 3, 1)) with { Type = type, Data = JsonSerializer.SerializeToElement(new { projectId = Id, stage, on = "2024-03-01" }) };

    private static KnownProject? Told(params object[] facts) =>
        facts.Aggregate((KnownProject?)null, (project, fact) => KnownProjectHistory.Evolve(project, Heard.Of(fact, Id, new DateOnly(2023, 9, 28))));
}
