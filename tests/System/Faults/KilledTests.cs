namespace Luodi.SystemTests.Faults;

/// <summary>Parts are killed with -9 in the middle of an import, and started again: the figures end the same.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class KilledTests : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await Site.Here.Mend();

    public async ValueTask DisposeAsync() => await Site.Here.Mend();

    [Theory]
    [InlineData("signings")]
    [InlineData("projects")]
    [InlineData("reporting")]
    [InlineData("portal")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public async Task A_part_killed_in_the_middle_changes_no_figure(string part)
    {
        using var import = new Import(Site.Here);
        await import.InTheMiddle();
        await Site.Here.Kill(part);
        await Site.Here.Up(part);
        await import.EndsAtTheSameFigure();
    }

    [Fact]
    public async Task Without_the_broker_figures_come_through_the_feed_and_health_says_so()
    {
        await Site.Here.Down("rabbitmq");
        using var import = new Import(Site.Here);
        await import.EndsAtTheSameFigure();
        await Eventually(async () => (await Site.Here.Ready("reporting")).ShouldBe("Degraded"));
        (await Site.Here.Health("reporting")).ToJsonString().ShouldContain("reading the feeds");
        await Site.Here.Up("rabbitmq");
        await Site.Here.AllHealthy();
        (await import.Rollup()).ShouldBe(Rollup.Article);
    }

    [Fact]
    public async Task A_project_not_heard_of_and_Projects_away_means_try_again_and_nothing_half_done()
    {
        var desk = await Desk.Open();
        await Site.Here.Kill("projects");
        var paper = desk.Paper(Guid.CreateVersion7(), 90_000_000);
        var answer = (await Site.Here.Staff.Post("api/signings/agreements", paper)).MustRefuse(503, "unavailable");
        answer.Headers.ShouldContainKey("Retry-After");
        (await Site.Here.Staff.Get($"api/signings/agreements?ceremony={desk.Ceremony}")).Must(200).Items.ShouldBeEmpty();
        await Site.Here.Up("projects");
        await Eventually(async () => (await Site.Here.Staff.Post("api/signings/agreements", paper)).MustRefuse(422, "project-unknown", "projectId"));
        (await Site.Here.Staff.Post("api/signings/agreements", desk.Paper(await desk.Project(), 90_000_000))).Must(201);
    }
}

/// <summary>What is killed serves every test: these run alone.</summary>
[CollectionDefinition(nameof(OneFaultAtATime), DisableParallelization = true)]
public sealed class OneFaultAtATime;
