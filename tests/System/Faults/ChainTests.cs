namespace Luodi.SystemTests.Faults;

/// <summary>What one service says moves another one. The other is away when it is said: it ends the same when it is back.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class ChainTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Signed_and_terminated_while_Projects_is_away_the_stage_follows()
    {
        var desk = await Desk.Open();
        var (kept, ended) = (await desk.Project(), await desk.Project());
        Guid[] papers = [(await Site.Staff.Post("api/signings/agreements", desk.Paper(kept, 90_000_000))).Must(201).Id, (await Site.Staff.Post("api/signings/agreements", desk.Paper(ended, 90_000_000))).Must(201).Id];
        await Site.Kill("projects");
        foreach (var paper in papers)
        {
            (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
        }
        await desk.Terminate(papers[1]);
        await desk.Confirm(papers[1]);
        await Site.Up("projects");
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{kept}")).Must(200)["stage"].GetValue<string>().ShouldBe("signed"), TimeSpan.FromSeconds(40));
        // Signed and parted again: nothing in between was left out.
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{ended}/history")).Must(200).Items.Select(item => item.Text("type")).ShouldBe(["lead_registered", "project_signed", "paper_withdrawn"]));
        await desk.Shows(1, 90_000_000, 0);
    }

    [Fact]
    public async Task Milestones_and_capital_logged_while_Signings_is_away_fulfil_its_obligations()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(paper);
        foreach (object obligation in (object[])[new { agreementId = paper, kind = "register", dueOn = "2099-12-31" }, new { agreementId = paper, kind = "invest", dueOn = "2099-12-31", amount = Desk.Yuan(10_000_000) }, new { agreementId = paper, kind = "complete", dueOn = "2099-12-31" }])
        {
            (await Site.Staff.Post("api/signings/obligations", obligation)).Must(201);
        }
        await Site.Kill("signings");
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "completed", on = "2023-10-20", reason = "补登" })).MustRefuse(422, "needs-another-stage", "stage");
        var entry = (await Site.Staff.Post("api/projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = Desk.Yuan(10_000_000), evidence = "bank-slip", evidenceNumber = desk.NextNumber() })).Must(201).Id;
        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        await Site.Up("signings");
        await Eventually(async () => (await Site.Auditor.Get($"api/signings/obligations?agreement={paper}")).Must(200).Items.Select(each => $"{each.Text("kind")} {each.Text("status")}")
            .ShouldBe(["register fulfilled", "invest fulfilled", "complete open"], ignoreOrder: true), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Records_merged_while_the_others_are_away_are_one_there_too()
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Project(), await desk.Project());
        var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(first, 90_000_000))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(paper);
        (await Site.Staff.Post("api/signings/obligations", new { agreementId = paper, kind = "register", dueOn = "2099-12-31" })).Must(201);
        await desk.Shows(1, 90_000_000, 0);
        await Site.Kill("reporting");
        await Site.Kill("signings");
        (await Site.Staff.Post($"api/projects/{second}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        (await Site.Manager.Post($"api/projects/{first}/merge", new { intoId = second, reason = "同一项目" })).Must(200);
        await Site.Up("reporting", "signings");
        await Eventually(async () => (await Site.Manager.Get($"api/reporting/postings?status=confirmed&project={second}")).Must(200)["total"]["amount"]!.Yuan().ShouldBe(90_000_000m), TimeSpan.FromSeconds(40));
        await Eventually(async () => (await Site.Auditor.Get($"api/signings/obligations?agreement={paper}")).Must(200).Items.ShouldHaveSingleItem().Text("status").ShouldBe("fulfilled"));
        await desk.Shows(1, 90_000_000, 0);
    }

    [Fact]
    public async Task Agreements_that_came_into_force_while_Funds_was_away_are_answered_in_their_order()
    {
        var (fund, _) = await FundDesk.Raised(100);
        var desk = fund.Desk;
        var papers = new List<Guid>();
        foreach (var yuan in (decimal[])[70, 50, 90]) papers.Add(await fund.Asking(yuan));
        await Site.Kill("funds");
        foreach (var paper in papers)
        {
            (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
            // The second finds too little, and the first ends before the third asks.
            if (paper != papers[1]) continue;
            await desk.Terminate(papers[0]);
            await desk.Confirm(papers[0]);
        }
        await Site.Up("funds");
        await Eventually(async () =>
        {
            var answers = await Task.WhenAll(papers.Select(paper => Site.Auditor.Get($"api/signings/agreements/{paper}")));
            answers.Select(answer => answer.Must(200)["fund"].Text("status")).ShouldBe(["released", "refused", "confirmed"]);
        }, TimeSpan.FromSeconds(40));
        (await fund.Read())["committed"].Yuan().ShouldBe(90m);
    }
}
