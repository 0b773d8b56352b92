using System.Net;

namespace Luodi.SystemTests.Faults;

/// <summary>Parts are killed with -9, restarted or kept away in the middle of an import: the figures end the same.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class KilledTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    // The next one mends what this one leaves behind.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("signings")]
    [InlineData("projects")]
    [InlineData("funds")]
    [InlineData("reporting")]
    [InlineData("portal")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public async Task A_part_killed_in_the_middle_changes_no_figure(string part)
    {
        using var import = new Import(Site);
        await import.InTheMiddle();
        await Site.Kill(part);
        await Site.Up(part);
        await import.EndsAtTheSameFigure();
    }

    [Fact]
    public async Task Servers_restarted_in_the_middle_change_no_figure()
    {
        using var import = new Import(Site);
        await import.InTheMiddle();
        await Site.Down("rabbitmq", "postgres");
        await Site.Up("rabbitmq", "postgres");
        await import.EndsAtTheSameFigure();
    }

    [Fact]
    public async Task Without_the_database_people_and_programs_are_told_to_try_again_and_sign_in_once_it_is_back()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Site.Portal };
        async Task<HttpResponseMessage> Token()
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", Desk.NewMark()), new("client_secret", "x")]);
            return await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        }
        await Site.Down("postgres");
        foreach (var (ask, said) in new (Func<Task<HttpResponseMessage>>, string)[] { (Token, "/problems/unavailable"), (() => http.GetAsync(new Uri("sign-in", UriKind.Relative)), "系统暂时无法访问") })
        {
            using var answer = await ask();
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(said);
        }
        await Site.Up("postgres");
        await Eventually(async () =>
        {
            using var answer = await Token();
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        });
        await Site.AllHealthy();
    }

    [Fact]
    public async Task A_statement_that_the_database_refuses_ends_no_portal_and_is_said_once()
    {
        const string said = "Ended sessions of other portals are not heard of";
        var before = await Site.Logged("portal", said);
        await Change("alter table portal.mt_doc_revocation rename to gone");
        try
        {
            await Eventually(async () => (await Site.Logged("portal", said)).ShouldBe(before + 1));
            // It looks once a second: what is logged now was logged in further looks, too.
            await Eventually(async () => (await Refused()).ShouldBeGreaterThan(3));
        }
        finally
        {
            await Change("alter table portal.gone rename to mt_doc_revocation");
        }
        (await Site.Logged("portal", said)).ShouldBe(before + 1);
        await Site.AllHealthy();

        static async Task Change(string sql)
        {
            await using var server = Site.Server("portal");
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        static async Task<int> Refused() => await Site.Logged("postgres", "mt_doc_revocation\" does not exist");
    }

    [Fact]
    public async Task Without_the_broker_figures_come_through_the_feed_and_health_says_so()
    {
        await Site.Down("rabbitmq");
        using var import = new Import(Site);
        await import.EndsAtTheSameFigure();
        foreach (var service in new[] { "signings", "projects", "reporting" })
        {
            await Eventually(async () => (await Site.Ready(service)).ShouldBe("Degraded"));
            (await Site.Health(service)).ToJsonString().ShouldContain("reading the feeds, because");
        }
        (await Site.Auditor.Get("api/reporting/intake")).Must(200)["feedInstead"].GetValue<string>().ShouldNotBeEmpty();

        await Site.Up("rabbitmq");
        await Site.AllHealthy();
        (await import.Rollup()).ShouldBe(Rollup.Article);
        // What the relay held back comes now, is known already, and what is new comes after it.
        var desk = await Desk.Open();
        await desk.Confirmed();
        await desk.Shows(1, 90_000_000, 0);
    }

    [Fact]
    public async Task A_project_not_heard_of_and_Projects_away_means_try_again_and_nothing_half_done()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        await SigningsForgets(project);
        await Site.Kill("projects");
        var (paper, key) = (desk.Paper(project, 90_000_000), ("Idempotency-Key", desk.Mark));
        Task<Answer> Draft() => Site.Staff.Post("api/signings/agreements", paper, key);
        for (var attempt = 0; attempt < 2; attempt++) (await Draft()).MustRefuse(503, "unavailable").Headers.ShouldContainKey("Retry-After");
        (await Site.Staff.Get($"api/signings/agreements?ceremony={desk.Ceremony}")).Must(200).Items.ShouldBeEmpty();
        // What is known goes on meanwhile.
        var away = (await Site.Staff.Get($"api/projects/{project}")).MustRefuse(503, "unavailable");
        away.Headers.ShouldContainKey("Retry-After");
        away["title"].GetValue<string>().ShouldStartWith("系统的某个部分暂时无法访问");
        (await Site.Staff.Get($"api/projects/{project}", ("Accept-Language", "en")))["title"].GetValue<string>().ShouldStartWith("A part of the system cannot be reached");
        (await Site.Staff.Post("api/signings/ceremonies", new { name = desk.NextNumber(), heldOn = "2023-09-28" })).Must(201);

        await Site.Up("projects");
        await Eventually(async () => (await Draft()).Must(201));
        (await Site.Staff.Get($"api/signings/agreements?ceremony={desk.Ceremony}")).Must(200).Items.Count.ShouldBe(1);
        (await Site.Staff.Post("api/signings/agreements", desk.Paper(Guid.CreateVersion7(), 1))).MustRefuse(422, "project-unknown", "projectId");
    }

    [Fact]
    public async Task A_project_that_Signings_has_not_heard_of_is_asked_for_at_once()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        await SigningsForgets(project);
        (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201);
    }

    [Fact]
    public async Task Seconds_after_the_very_first_start_servers_may_be_killed_too()
    {
        using var fresh = new Site(Path.Combine(Site.Home, "fresh"), Site.Port + 20);
        if (Directory.Exists(fresh.Home)) await fresh.Wipe();
        try
        {
            await fresh.Up();
            using var import = new Import(fresh);
            await import.InTheMiddle();
            await fresh.Kill("rabbitmq");
            await fresh.Kill("postgres");
            await fresh.Up("postgres", "rabbitmq");
            await import.EndsAtTheSameFigure();
            await fresh.AllHealthy();
            var desk = await Desk.Open(fresh);
            await desk.Confirmed();
            await desk.Shows(1, 90_000_000, 0, limit: TimeSpan.FromSeconds(20));
        }
        finally
        {
            await fresh.Wipe();
        }
    }

    [Fact]
    public async Task The_relay_keeps_its_leader()
    {
        // Its lock is held in a transaction that idles; the limit which the server sets for forgotten ones must not take it away.
        (await Site.Ask<string>("signings", "select current_setting('idle_in_transaction_session_timeout')")).ShouldBe("0");
        (await Site.Ask<long>("signings", "select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())")).ShouldBe(1);
        (await Site.Logged("postgres", "idle-in-transaction timeout")).ShouldBe(0);
    }

    // As if Projects' page about it had not come yet.
    private static async Task SigningsForgets(Guid project)
    {
        await Eventually(async () => (await Site.Ask<long>("signings", "select count(*) from signings.mt_doc_knownproject where id = $1", project)).ShouldBe(1));
        await Site.Ask<Guid>("signings", "delete from signings.mt_doc_knownproject where id = $1 returning id", project);
    }
}

/// <summary>What is killed serves every test: these run alone.</summary>
[CollectionDefinition(nameof(OneFaultAtATime), DisableParallelization = true)]
public sealed class OneFaultAtATime;
