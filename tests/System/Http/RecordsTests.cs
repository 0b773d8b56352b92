using System.Globalization;
using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>What is logged can be read, with who, when, what and why.</summary>
public sealed class RecordsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_project_is_registered_negotiated_and_signed()
    {
        var desk = await Desk.Open();
        var created = (await Site.Staff.Post("api/projects", new { name = $"项目 {desk.Mark}", industry = "biomedicine", investor = "某公司", expectedInvestment = Desk.Yuan(12_345_678.90m), illustrative = true })).Must(201);
        created.Headers["Location"].ShouldEndWith($"/api/projects/{created.Id}");
        var project = (await Site.Auditor.Get($"api/projects/{created.Id}")).Must(200);
        (project["name"].GetValue<string>(), project["industry"].GetValue<string>(), project["stage"].GetValue<string>(), project["illustrative"].GetValue<bool>()).ShouldBe(($"项目 {desk.Mark}", "biomedicine", "lead", true));
        project["expectedInvestment"].ToJsonString().ShouldBe("""{"value":12345678.90,"currency":"CNY"}""");

        (await Site.Staff.Post($"api/projects/{created.Id}/reach", new { stage = "negotiating" })).Must(200);
        (await Site.Auditor.Get($"api/projects/{created.Id}"))["stage"].GetValue<string>().ShouldBe("negotiating");

        var agreement = (await Site.Staff.Post("api/signings/agreements", desk.Paper(created.Id, 1))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{created.Id}"))["stage"].GetValue<string>().ShouldBe("signed"));

        var history = (await Site.Auditor.Get($"api/projects/{created.Id}/history")).Must(200).Items;
        history.Select(item => item.Text("type")).ShouldBe(["lead_registered", "stage_reached", "project_signed"]);
        history.Select(item => item.Text("actor")).ShouldBe(["staff", "staff", "service:projects"]);
        history[2].Text("effectiveOn").ShouldBe("2023-09-28");
        history[2]["data"]!.Text("agreementId").ShouldBe(agreement.ToString());
    }

    [Fact]
    public async Task Projects_are_listed_page_by_page()
    {
        var desk = await Desk.Open();
        var mine = new List<Guid>();
        for (var each = 0; each < 3; each++) mine.Add(await desk.Project());
        var first = (await Site.Auditor.Get($"api/projects?limit=2&after={mine[0]}")).Must(200);
        first.Items.Count.ShouldBe(2);
        first.Items.ShouldAllBe(project => string.CompareOrdinal(project.Text("id"), mine[0].ToString()) > 0);
        (await Site.Auditor.Get("api/projects?limit=1")).Must(200)["next"].GetValue<Guid>().ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task A_fund_is_established_and_commits()
    {
        var desk = await Desk.Open();
        var fund = (await Site.Staff.Post("api/funds", new { name = desk.Mark, kind = "leading-industry", targetSize = Desk.Yuan(500_000_000) })).Must(201).Id;
        (await Site.Staff.Post($"api/funds/{fund}/commitments", new { projectId = await desk.Project(), amount = Desk.Yuan(20_000_000) })).Must(201);
        var read = (await Site.Auditor.Get($"api/funds/{fund}")).Must(200);
        (read["kind"].GetValue<string>(), read["targetSize"].Yuan(), read["committed"].Yuan()).ShouldBe(("leading-industry", 500_000_000m, 20_000_000m));
        (await Site.Auditor.Get("api/funds")).Must(200).Items.ShouldContain(item => item.Text("id") == fund.ToString());
    }

    [Fact]
    public async Task An_agreement_shows_who_when_what_and_why()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await desk.Amend(agreement, 110_000_000);
        var waiting = (await Site.Auditor.Get($"api/signings/agreements/{agreement}")).Must(200);
        (waiting["status"].GetValue<string>(), waiting["waiting"].GetValue<string>(), waiting["amount"].Yuan(), waiting["proposed"].Yuan()).ShouldBe(("in-force", "amendment", 90_000_000m, 110_000_000m));
        await desk.Confirm(agreement);
        await desk.Terminate(agreement);
        (await Site.Manager.Post($"api/signings/agreements/{agreement}/confirm")).Must(200);
        var done = (await Site.Auditor.Get($"api/signings/agreements/{agreement}")).Must(200);
        (done["status"].GetValue<string>(), done["amount"].Yuan(), done["signedOn"].GetValue<string>()).ShouldBe(("terminated", 110_000_000m, "2023-09-28"));
        await Eventually(async () => (await Site.Auditor.Get($"api/signings/agreements/{agreement}"))["projectName"].GetValue<string>().ShouldContain(desk.Mark));

        var history = await desk.HistoryOf(agreement);
        history.Select(item => (item.Text("type"), item.Text("actor"), item["reason"]?.GetValue<string>())).ShouldBe(
        [
            ("agreement_drafted", "staff", null), ("agreement_signed", "staff", null), ("signing_confirmed", "staff2", null), ("agreement_amended", "staff", "规模扩大"),
            ("amendment_confirmed", "staff2", null), ("agreement_terminated", "staff", "项目退出"), ("termination_confirmed", "manager", null),
        ]);
        history.Select(item => item.Long("version")).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        history[1].Text("effectiveOn").ShouldBe("2023-09-28");
        history.Select(item => item["recordedAt"]!.GetValue<DateTimeOffset>()).ShouldBeInOrder();
    }

    [Fact]
    public async Task Tier_parties_and_fixed_assets_are_corrected_in_a_draft_and_the_figures_follow_the_tier()
    {
        var desk = await Desk.Open();
        var id = (await Site.Staff.Post("api/signings/agreements", new
        {
            number = desk.NextNumber(),
            projectId = await desk.Project(),
            ceremonyId = desk.Ceremony,
            counterparty = "某公司",
            amount = Desk.Yuan(90_000_000),
            tier = "intent",
            parties = (string[])["某研究院", "某投资公司"],
            fixedAssets = Desk.Yuan(60_000_000),
        })).Must(201).Id;
        var path = $"api/signings/agreements/{id}";
        (await Site.Staff.Post($"{path}/correct", new { amount = Desk.Yuan(50_000_000) })).MustRefuse(422, "fixed-assets-above-amount", "fixedAssets");
        (await Site.Staff.Post($"{path}/correct", new { tier = "agreement", parties = Array.Empty<string>() })).Must(200);
        var then = (await Site.Auditor.Get($"{path}?version=1")).Must(200);
        (then["tier"].GetValue<string>(), then["parties"].AsArray().Count, then["fixedAssets"].Yuan()).ShouldBe(("intent", 2, 60_000_000m));
        var now = (await Site.Auditor.Get(path)).Must(200);
        (now["tier"].GetValue<string>(), now["parties"].AsArray().Count, now["fixedAssets"].Yuan()).ShouldBe(("agreement", 0, 60_000_000m));

        (await Site.Staff.Post($"{path}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(id);
        await desk.Shows(1, 90_000_000, 0);

        (await Site.Staff.Post($"{path}/amend", new { amount = Desk.Yuan(50_000_000), reason = "规模缩小" })).MustRefuse(422, "fixed-assets-above-amount", "fixedAssets");
        (await Site.Staff.Post($"{path}/amend", new { amount = Desk.Yuan(50_000_000), fixedAssets = Desk.Yuan(40_000_000), reason = "规模缩小" })).Must(200);
        (await Site.Auditor.Get(path))["proposedFixedAssets"].Yuan().ShouldBe(40_000_000m);
        await desk.Confirm(id);
        (await Site.Auditor.Get(path))["fixedAssets"].Yuan().ShouldBe(40_000_000m);
        await desk.Shows(1, 50_000_000, 0);
        (await Site.Auditor.Get($"api/signings/agreements/export?ceremony={desk.Ceremony}&columns=parties,fixedAssets&format=csv")).Must(200).Text.TrimStart('\uFEFF').ShouldBe("其他签约方,其中固定资产投资（元）\r\n,40000000.00\r\n");
    }

    [Fact]
    public async Task A_record_is_read_as_it_stood_at_an_instant()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        var (path, history) = ($"api/signings/agreements/{agreement}", await desk.HistoryOf(agreement));
        string At(JsonNode each, int microseconds) => Uri.EscapeDataString(each["recordedAt"]!.GetValue<DateTimeOffset>().AddMicroseconds(microseconds).ToString("O", CultureInfo.InvariantCulture));
        (await Site.Auditor.Get($"{path}?knownAt={At(history[0], -1)}")).Must(404);
        (await Site.Auditor.Get($"{path}?knownAt={At(history[0], 0)}")).Must(200).Text.ShouldBe((await Site.Auditor.Get($"{path}?version=1")).Must(200).Text);
        (await Site.Auditor.Get($"{path}?knownAt={At(history[2], -1)}")).Must(200)["version"].GetValue<long>().ShouldBe(2);
        (await Site.Auditor.Get($"{path}?knownAt={At(history[1], 0)}&version=3")).Must(404);
        (await Site.Auditor.Get($"{path}?knownAt={At(history[1], 0)}&version=1")).Must(200)["version"].GetValue<long>().ShouldBe(1);

        var ceremony = $"api/signings/ceremonies/{desk.Ceremony}";
        var scheduled = (await Site.Auditor.Get($"{ceremony}/history")).Must(200).Items[0];
        (await Site.Staff.Post($"{ceremony}/hold", new { heldOn = "2023-09-29" })).Must(200);
        (await Site.Auditor.Get($"{ceremony}?knownAt={At(scheduled, 0)}")).Must(200)["heldOn"].GetValue<string>().ShouldBe("2023-09-28");
        (await Site.Auditor.Get($"{ceremony}?knownAt={At(scheduled, -1)}")).Must(404);
    }

    [Fact]
    public async Task Agreements_of_a_ceremony_are_listed_page_by_page()
    {
        var desk = await Desk.Open();
        for (var each = 0; each < 3; each++) await desk.Draft();
        var numbers = new List<string>();
        string? next = null;
        do
        {
            var page = (await Site.Auditor.Get($"api/signings/agreements?ceremony={desk.Ceremony}&limit=2{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}")).Must(200);
            numbers.AddRange(page.Items.Select(item => item.Text("number")));
            next = page.Json!["next"]?.GetValue<string>();
        }
        while (next is not null);
        numbers.Count.ShouldBe(3);
        numbers.ShouldBe(numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_ceremony_is_scheduled_held_and_closed()
    {
        var desk = await Desk.Open();
        async Task<string> Status() => (await Site.Auditor.Get($"api/signings/ceremonies/{desk.Ceremony}")).Must(200)["status"].GetValue<string>();
        (await Status()).ShouldBe("scheduled");
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/hold", new { heldOn = "2023-09-29" })).Must(200);
        (await Status()).ShouldBe("held");
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).Must(200);
        (await Status()).ShouldBe("closed");
        await Eventually(async () => (await desk.Report()).Must(200)["heldOn"].GetValue<string>().ShouldBe("2023-09-29"));
        await Eventually(async () => (await desk.Report()).Must(200)["closedOn"].ShouldNotBeNull());
        (await Site.Auditor.Get("api/reporting/ceremonies")).Must(200).Items.ShouldContain(item => item.Text("id") == desk.Ceremony.ToString());
    }

    [Fact]
    public async Task How_far_a_service_has_heard_the_others_can_be_read()
    {
        var intake = (await Site.Auditor.Get("api/reporting/intake")).Must(200);
        intake.Rows("setAside").ShouldBeEmpty();
        (await Site.Manager.Post("api/reporting/intake/repeat", new { source = "/nanhu/signings", sequence = 1 })).MustRefuse(404, "not-found");
    }
}
