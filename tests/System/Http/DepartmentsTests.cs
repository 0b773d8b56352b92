using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>What belongs to another department is in no list and not to be found, by whatever way, until a manager shares it.</summary>
public sealed class DepartmentsTests
{
    private static Site Site => Site.Here;

    private static Api One => Staff("staff", "investment-1");

    private static Api OtherOfOne => Staff("staff2", "investment-1");

    private static Api Two => Staff("staff3", "investment-2");

    [Fact]
    public async Task What_another_department_logged_is_not_there()
    {
        var deal = await Deal.Log(One);
        await deal.IsSeenBy(One);
        await deal.IsSeenBy(OtherOfOne);
        await deal.IsSeenBy(Site.Manager);
        await deal.IsSeenBy(Site.Auditor);
        await deal.IsHiddenFrom(Two);
        await deal.IsHiddenFrom(Site.With(Tokens.Issue(Site, "client2", role: "integration", department: "investment-2", scope: "deals.read")));
        await deal.IsSeenBy(Site.With(Tokens.Issue(Site, "client1", role: "integration", department: "investment-1", scope: "deals.read")));
        await deal.IsSeenBy(Site.With(Tokens.Issue(Site, "client0", role: "integration", scope: "deals.read")));
        await deal.IsHiddenFrom(Site.With(Tokens.Issue(Site, "staff9", role: "staff")));
    }

    [Fact]
    public async Task A_command_on_a_record_of_another_department_finds_nothing()
    {
        var deal = await Deal.Log(One);
        foreach (var (path, body) in deal.Commands) (await Two.Post(path, body)).MustRefuse(404, "not-found");
        (await Two.Post("api/signings/agreements", deal.Paper($"{deal.Mark}-B"))).MustRefuse(422, "project-unknown", "projectId");
        // The same, by somebody of the department, and nothing has happened to it meanwhile.
        (await OtherOfOne.Post($"api/signings/agreements/{deal.Agreement}/confirm")).Must(200)["version"].GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task What_a_manager_shares_is_read_with_its_agreements_and_not_changed()
    {
        var deal = await Deal.Log(One);
        (await Site.Manager.Post($"api/projects/{deal.Project}/share", new { department = "investment-1" })).MustRefuse(422, "own-department", "department");
        (await Site.Manager.Post($"api/projects/{deal.Project}/share", new { department = "investment-2" })).Must(200);
        (await Site.Manager.Post($"api/projects/{deal.Project}/share", new { department = "investment-2" })).Must(200);
        (await Site.Auditor.Get($"api/projects/{deal.Project}")).Must(200)["sharedWith"].ToJsonString().ShouldBe("[\"investment-2\"]");
        await deal.IsSeenBy(Two, fund: false);
        foreach (var (path, body) in deal.Commands) (await Two.Post(path, body)).MustRefuse(404, "not-found");

        // An agreement that the other department signs about it is the other's, and is read by the project's own.
        var theirs = (await Two.Post("api/signings/agreements", deal.Paper($"{deal.Mark}-B"))).Must(201).Id;
        (await Two.Get($"api/signings/agreements/{theirs}")).Must(200)["department"].GetValue<string>().ShouldBe("investment-2");
        (await One.Get($"api/signings/agreements/{theirs}")).Must(200);
        (await One.Post($"api/signings/agreements/{theirs}/sign", new { signedOn = "2023-09-28" })).MustRefuse(404, "not-found");

        (await Site.Manager.Post($"api/projects/{deal.Project}/unshare", new { department = "investment-2" })).Must(200);
        await deal.IsHiddenFrom(Two, own: theirs);
        (await Two.Get($"api/signings/agreements/{theirs}")).Must(200);
        (await Site.Auditor.Get($"api/projects/{deal.Project}/history")).Must(200).Items.Where(item => item.Text("type").Contains("shared", StringComparison.Ordinal))
            .Select(item => (item.Text("type"), item.Text("actor"))).ShouldBe([("project_shared", "manager"), ("project_unshared", "manager")]);
    }

    [Fact]
    public async Task What_belongs_to_no_department_everybody_sees()
    {
        var deal = await Deal.Log(Site.With(Tokens.Issue(Site, "staff8", role: "staff")));
        await deal.IsSeenBy(One);
        await deal.IsSeenBy(Two);
        (await Two.Post($"api/signings/agreements/{deal.Agreement}/confirm")).Must(200);
    }

    [Fact]
    public async Task Rows_that_one_may_not_see_are_one_line_and_all_add_up_to_the_figure()
    {
        var deal = await Deal.Log(One);
        (await OtherOfOne.Post($"api/signings/agreements/{deal.Agreement}/confirm")).Must(200);
        var project = (await Two.Post("api/projects", new { name = $"项目 {deal.Mark}-C", industry = "other", investor = "某公司", another = "另一部门的项目" })).Must(201).Id;
        var own = (await Two.Post("api/signings/agreements", new { number = $"{deal.Mark}-C", projectId = project, ceremonyId = deal.Ceremony, counterparty = "某公司", amount = Desk.Yuan(5_000_000) })).Must(201).Id;
        (await Two.Post($"api/signings/agreements/{own}/sign", new { signedOn = "2023-09-28" })).Must(200);
        (await Staff("staff4", "investment-2").Post($"api/signings/agreements/{own}/confirm")).Must(200);

        var path = $"api/reporting/postings?ceremony={deal.Ceremony}&status=confirmed";
        await Eventually(async () => (await Two.Get(path)).Must(200)["total"].Number("signings").ShouldBe(2));
        var seen = (await Two.Get(path)).Must(200);
        seen["total"]["amount"]!.Yuan().ShouldBe(95_000_000m);
        seen.Items.ShouldHaveSingleItem().Text("agreementId").ShouldBe(own.ToString());
        (seen["hidden"].Number("rows"), seen["hidden"].Number("signings"), seen["hidden"]["amount"]!.Yuan()).ShouldBe((1, 1, 90_000_000m));
        (seen.Items.Sum(row => row["deltaAmount"]!.Yuan()) + seen["hidden"]["amount"]!.Yuan()).ShouldBe(seen["total"]["amount"]!.Yuan());

        var whole = (await Site.Manager.Get(path)).Must(200);
        whole.Items.Count.ShouldBe(2);
        whole["hidden"].Number("rows").ShouldBe(0);
        // The figures are the bureau's for everybody.
        (await Two.Get($"api/reporting/ceremonies/{deal.Ceremony}")).Must(200)["amount"].Yuan().ShouldBe(95_000_000m);
    }

    [Fact]
    public async Task Whole_events_are_for_those_who_see_the_whole_bureau()
    {
        foreach (var service in (string[])["signings", "projects", "funds"])
        {
            (await One.Get($"api/{service}/feed?limit=1")).MustRefuse(403, "forbidden");
            (await Site.Auditor.Get($"api/{service}/feed?limit=1")).Must(200);
            (await Site.With(Tokens.Issue(Site, "province", role: "integration", scope: "feed.read")).Get($"api/{service}/feed?limit=1")).Must(200);
        }
    }

    [Fact]
    public async Task What_waits_for_somebody_is_of_their_department_and_not_their_own()
    {
        var deal = await Deal.Log(One);
        async Task<bool> Waits(Api api) => (await Pages(api, "to-confirm")).Contains(deal.Number);
        (await Waits(OtherOfOne)).ShouldBeTrue();
        (await Waits(One)).ShouldBeFalse();
        (await Waits(Two)).ShouldBeFalse();
        (await Waits(Site.Manager)).ShouldBeTrue();
        (await OtherOfOne.Get("api/signings/work")).Must(200)["toConfirm"].GetValue<int>().ShouldBeGreaterThan(0);

        (await OtherOfOne.Post($"api/signings/agreements/{deal.Agreement}/return", new { reason = "日期有误" })).Must(200);
        (await Waits(OtherOfOne)).ShouldBeFalse();
        (await Pages(One, "returned")).ShouldContain(deal.Number);
        (await Pages(OtherOfOne, "returned")).ShouldNotContain(deal.Number);
        (await One.Get("api/signings/work")).Must(200)["returned"].GetValue<int>().ShouldBeGreaterThan(0);
    }

    private static Api Staff(string account, string department) => Site.With(Tokens.Issue(Site, account, role: "staff", department: department));

    private static async Task<IReadOnlyList<string>> Pages(Api api, string list)
    {
        var numbers = new List<string>();
        for (int? skip = 0; skip is not null;)
        {
            var page = (await api.Get($"api/signings/work/{list}?limit=200&skip={skip}")).Must(200);
            numbers.AddRange(page.Items.Select(item => item.Text("number")));
            skip = page.Json!["next"]?.GetValue<int>();
        }
        return numbers;
    }

    /// <summary>A project, a signing about it and a fund, logged by one person, and every way in which another may come upon them.</summary>
    private sealed record Deal(string Mark, Guid Ceremony, Guid Project, Guid Agreement, Guid Fund)
    {
        public string Number => $"{Mark}-A";

        public static async Task<Deal> Log(Api api)
        {
            var mark = Desk.NewMark();
            var ceremony = (await api.Post("api/signings/ceremonies", new { name = $"仪式 {mark}", heldOn = "2023-09-28" })).Must(201).Id;
            var project = (await api.Post("api/projects", new { name = $"芯片 {mark}", industry = "microelectronics", investor = "某公司", another = "各部门各一个" })).Must(201).Id;
            var fund = (await api.Post("api/funds", new { name = $"基金 {mark}", kind = "market", targetSize = Desk.Yuan(100_000_000) })).Must(201).Id;
            var agreement = (await api.Post("api/signings/agreements", Paper(mark, $"{mark}-A", project, ceremony))).Must(201).Id;
            (await api.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await Eventually(async () => (await Site.Auditor.Get($"api/reporting/postings?agreement={agreement}")).Must(200).Items.Count.ShouldBe(1));
            return new(mark, ceremony, project, agreement, fund);
        }

        public object Paper(string number) => Paper(Mark, number, Project, Ceremony);

        private static object Paper(string mark, string number, Guid project, Guid ceremony) =>
            new { number, projectId = project, ceremonyId = ceremony, counterparty = $"签约方 {mark}", amount = Desk.Yuan(90_000_000) };

        /// <summary>Everything that staff may ask for about these records.</summary>
        public IReadOnlyList<(string Path, object Body)> Commands =>
        [
            ($"api/signings/agreements/{Agreement}/correct", new { amount = Desk.Yuan(1) }), ($"api/signings/agreements/{Agreement}/sign", new { signedOn = "2023-09-28" }), ($"api/signings/agreements/{Agreement}/confirm", new { }),
            ($"api/signings/agreements/{Agreement}/return", new { reason = "x" }), ($"api/signings/agreements/{Agreement}/amend", new { amount = Desk.Yuan(1), reason = "x" }),
            ($"api/signings/agreements/{Agreement}/terminate", new { reason = "x" }), ($"api/projects/{Project}/reach", new { stage = "negotiating" }), ($"api/projects/{Project}/drop", new { reason = "x" }), ($"api/projects/{Project}/assign", new { owner = "staff3", reason = "x" }),
            ($"api/funds/{Fund}/commitments", new { projectId = Project, amount = Desk.Yuan(1) }), ($"api/funds/{Fund}/flows", new { kind = "income", on = "2023-09-28", amount = Desk.Yuan(1) }),
            ($"api/funds/{Fund}/partners", new { name = "甲", kind = "government" }), ($"api/funds/{Fund}/confirm", new { entries = new[] { Project } }),
        ];

        public Task IsSeenBy(Api api, bool fund = true) => Eventually(async () =>
        {
            foreach (var (service, path, id) in Records.Where(record => fund || record.Service != "funds"))
            {
                (await api.Get($"{path}/{id}")).Must(200);
                (await api.Get($"{path}/{id}?version=1")).Must(200);
                (await api.Get($"{path}/{id}/history")).Must(200).Items.ShouldNotBeEmpty();
                var list = (await api.Get($"{path}?q={Mark}")).Must(200);
                list.Items.Select(item => item.Text("id")).ShouldContain(id.ToString());
                list["total"].GetValue<int>().ShouldBeGreaterThan(0);
                (await api.Get($"api/{service}/search?q={Mark}")).Must(200).Items.Select(item => item.Text("id")).ShouldContain(id.ToString());
                (await api.Get($"{path}/export?format=csv&q={Mark}")).Must(200).Text.ShouldContain(Mark);
                (await Events(api, id)).ShouldNotBeEmpty();
            }
            var postings = (await api.Get($"api/reporting/postings?agreement={Agreement}")).Must(200);
            postings.Items.ShouldNotBeEmpty();
            postings["hidden"].Number("rows").ShouldBe(0);
            (await api.Get(postings.Items[0]["event"]!.Text("href").TrimStart('/'))).Must(200);
        }, TimeSpan.FromSeconds(20));

        /// <param name="own">An agreement of theirs about the same project, which they go on seeing.</param>
        public Task IsHiddenFrom(Api api, Guid? own = null) => Eventually(async () =>
        {
            foreach (var (service, path, id) in Records)
            {
                (await api.Get($"{path}/{id}")).MustRefuse(404, "not-found");
                (await api.Get($"{path}/{id}?version=1")).MustRefuse(404, "not-found");
                (await api.Get($"{path}/{id}/history")).MustRefuse(404, "not-found");
                (await api.Get($"{path}/{id}/history?after=1")).MustRefuse(404, "not-found");
                foreach (var part in (string[])(service switch { "funds" => ["flows", "flows/export", "partners", "deals"], "projects" => ["contacts"], _ => [] })) (await api.Get($"{path}/{id}/{part}")).MustRefuse(404, "not-found");
                // Nor by the way to records of another kind in the same service.
                foreach (var other in (string[])["signings/ceremonies", "signings/agreements", "signings/obligations", "projects", "projects/capital", "projects/enterprises", "projects/fields", "funds", "funds/facilities", "funds/reinvestment"])
                {
                    if (other.StartsWith(service, StringComparison.Ordinal)) (await api.Get($"api/{other}/{id}/history")).MustRefuse(404, "not-found");
                }
                var list = (await api.Get($"{path}?q={Mark}")).Must(200);
                list.Items.Select(item => item.Text("id")).ShouldNotContain(id.ToString());
                list["total"].GetValue<int>().ShouldBe(list.Items.Count);
                (await api.Get($"api/{service}/search?q={Mark}")).Must(200).Items.Select(item => item.Text("id")).ShouldNotContain(id.ToString());
                var file = (await api.Get($"{path}/export?format=csv&q={Mark}")).Must(200).Text;
                if (own is null) file.ShouldNotContain(Mark);
                file.ShouldNotContain(Number);
                (await Events(api, id)).ShouldBeEmpty();
            }
            (await api.Get($"api/signings/agreements?ceremony={Ceremony}&project={Project}")).Must(200).Items.Select(item => item.Text("id")).ShouldNotContain(Agreement.ToString());
            var postings = (await api.Get($"api/reporting/postings?agreement={Agreement}")).Must(200);
            postings.Items.ShouldBeEmpty();
            postings["hidden"].Number("rows").ShouldBe(1);
            postings["total"].ToJsonString().ShouldBe(new JsonObject { ["signings"] = 1, ["amount"] = new JsonObject { ["value"] = 90_000_000.00m, ["currency"] = "CNY" } }.ToJsonString());
            var behind = (await Site.Auditor.Get($"api/reporting/postings?agreement={Agreement}")).Must(200).Items[0]["event"]!.Text("href");
            (await api.Get(behind.TrimStart('/'))).MustRefuse(404, "not-found");
        }, TimeSpan.FromSeconds(20));

        private (string Service, string Path, Guid Id)[] Records => [("signings", "api/signings/agreements", Agreement), ("projects", "api/projects", Project), ("funds", "api/funds", Fund)];

        private static async Task<IReadOnlyList<JsonNode>> Events(Api api, Guid id) => (await api.Get($"api/reporting/events?subject={id}")).Must(200).Items;
    }
}
