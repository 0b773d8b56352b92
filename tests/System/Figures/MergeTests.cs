using System.Text.RegularExpressions;

namespace Luodi.SystemTests.Figures;

/// <summary>Two records that are one project, over the services that count them.</summary>
public sealed class MergeTests
{
    private static readonly string[] Dimensions =
        ["tier", "industry", "sizeBand", "month", "quarter", "year", "stage", "moneyOrigin", "ceremony", "project", "department", "owner", "block", "origin", "industryCode", "channel"];

    private static Site Site => Site.Here;

    [Fact]
    public async Task Merged_and_unmerged_again_every_figure_of_both_records_is_what_it_was()
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Project(), await desk.Project());
        foreach (var (project, yuan) in new[] { (first, 100_000_000m), (second, 60_000_000m) })
        {
            var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, yuan))).Must(201).Id;
            (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
            (await Site.Staff.Post("api/signings/obligations", new { agreementId = paper, kind = "register", dueOn = "2099-12-31" })).Must(201);
        }
        (await Site.Staff.Post($"api/projects/{second}/describe", new { block = "东片区", origin = "foreign" })).Must(200);
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{first}")).Must(200)["stages"].AsArray().Count.ShouldBe(2, "a lead, and signed"));
        (await Site.Staff.Post($"api/projects/{first}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        var entry = (await Site.Staff.Post("api/projects/capital", new { projectId = first, arrivedOn = "2023-11-01", amount = Desk.Yuan(10_000_000), evidence = "bank-slip", evidenceNumber = desk.NextNumber() })).Must(201).Id;
        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        await Eventually(async () =>
        {
            (await SumOf(first, "agreed-investment")).ShouldBe((1, 100_000_000m));
            (await SumOf(second, "agreed-investment")).ShouldBe((1, 60_000_000m));
            (await SumOf(first, "capital-in-place")).ShouldBe((1, 10_000_000m));
            (await StagesOf(first)).ShouldBe(["lead", "signed", "registered"]);
            (await StagesOf(second)).ShouldBe(["lead", "signed"]);
            (await Obligations(first)).ShouldBe(["fulfilled"]);
            (await Obligations(second)).ShouldBe(["open"]);
        });
        var before = await Figures(first, second);

        (await Site.Staff.Post($"api/projects/{first}/merge", new { intoId = second, reason = "x" })).Must(403);
        (await Site.Manager.Post($"api/projects/{first}/merge", new { intoId = first, reason = "x" })).MustRefuse(422, "merged-with-itself", "intoId");
        (await Site.Manager.Post($"api/projects/{first}/merge", new { intoId = second, reason = "同一投资方同一地块" })).Must(200);
        await Eventually(async () =>
        {
            (await SumOf(first, "agreed-investment")).ShouldBe((0, 0m));
            (await SumOf(second, "agreed-investment")).ShouldBe((2, 160_000_000m));
            (await SumOf(second, "capital-in-place")).ShouldBe((1, 10_000_000m));
            (await StagesOf(first)).ShouldBeEmpty();
            (await StagesOf(second)).ShouldBe(["lead", "signed", "registered"]);
            // The registration was of the one project of which both agreements are.
            (await Obligations(second)).ShouldBe(["fulfilled", "fulfilled"]);
        });
        await desk.Shows(2, 160_000_000m, 1);
        var into = (await Site.Auditor.Get($"api/projects/{second}")).Must(200);
        into["stages"].AsArray().Select(stage => $"{stage!.Text("stage")} {stage!.Text("on")}").ShouldContain("registered 2023-10-10");
        (await Site.Staff.Post($"api/projects/{first}/reach", new { stage = "negotiating" })).MustRefuse(409, "merged-away");
        await Eventually(async () => (await Site.Staff.Post("api/signings/agreements", desk.Paper(first, 1))).MustRefuse(422, "project-merged-away", "projectId"));
        (await Site.Auditor.Get($"api/projects?q={desk.Mark}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(second.ToString());
        (await Site.Auditor.Get($"api/projects?mergedInto={second}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(first.ToString());
        (await Site.Auditor.Get($"api/projects/search?q={desk.Mark}")).Must(200).Items.Count(item => item.Text("kind") == "project").ShouldBe(2);

        // One story across the services, of both records.
        await Eventually(async () => (await Site.Auditor.Get($"api/reporting/events?project={second}&limit=200")).Must(200).Items.Select(told => told.Text("type")).ShouldSatisfyAllConditions(
            told => told.Count(type => type == "lead_registered").ShouldBe(2), told => told.Count(type => type == "signing_confirmed").ShouldBe(2),
            told => told.ShouldContain("capital_confirmed"), told => told.ShouldContain("obligation_fulfilled"), told => told.ShouldContain("duplicate_taken_in")));

        (await Site.Manager.Post($"api/projects/{first}/unmerge", new { reason = "是两期项目" })).Must(200);
        await Eventually(async () =>
        {
            (await Obligations(second)).ShouldBe(["open"]);
            (await Figures(first, second)).ShouldBe(before);
        });
        (await Site.Auditor.Get($"api/projects/{second}")).Must(200)["stages"].AsArray().Count.ShouldBe(2);
        (await Site.Auditor.Get($"api/projects/{first}/history")).Must(200).Items.Select(item => item.Text("type")).ShouldBe(["lead_registered", "project_signed", "stage_reached", "project_merged", "project_unmerged"]);
    }

    [Fact]
    public async Task Who_enters_a_lead_that_is_there_already_is_shown_it_and_says_why_it_is_another()
    {
        var mark = Desk.NewMark();
        var lead = new { name = $"碳化硅外延片 {mark} 基地", industry = "microelectronics", investor = "示例半导体有限公司" };
        var first = (await Site.Staff.Post("api/projects", lead)).Must(201).Id;
        (await Site.Staff.Post("api/projects", lead with { name = $"碳化硅外延片{mark}项目" })).MustRefuse(409, "looks-like-another", "another");
        var alike = (await Site.Staff.Get($"api/projects/alike?name=碳化硅外延片{mark}&investor=示例半导体")).Must(200).Items[0];
        (alike.Text("id"), alike["confidence"]!.GetValue<decimal>(), alike["nameLikeness"]!.GetValue<decimal>()).ShouldBe((first.ToString(), 1m, 1m));

        // Of another department's record one learns that there is one, and whose.
        var other = Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2"));
        (await other.Post("api/projects", lead)).MustRefuse(409, "looks-like-another", "another");
        var hidden = (await other.Get($"api/projects/alike?name={lead.name}&investor={lead.investor}")).Must(200).Items[0];
        (hidden["id"], hidden["name"], hidden.Text("department")).ShouldBe((null, null, "investment-1"));
        var second = (await other.Post("api/projects", new { lead.name, lead.industry, lead.investor, another = "另一地块的二期" })).Must(201).Id;
        (await Site.Auditor.Get($"api/projects/{second}/history")).Must(200).Items[0].Text("reason").ShouldBe("另一地块的二期");
    }

    private static async Task<(int, decimal)> SumOf(Guid project, string measure) =>
        (await Site.Manager.Get($"api/reporting/postings?measure={measure}&status=confirmed&project={project}")).Must(200)["total"] is var total ? (total.Number("signings"), total["amount"]!.Yuan()) : default;

    private static async Task<IEnumerable<string>> StagesOf(Guid project) =>
        (await Site.Manager.Get($"api/reporting/rollups/table?measure=stages-reached&rows=stage&project={project}")).Must(200)["items"].AsArray().Select(row => row!.Text("key"));

    private static async Task<IEnumerable<string>> Obligations(Guid project) => (await Site.Manager.Get($"api/signings/obligations?project={project}")).Must(200).Items.Select(item => item.Text("status"));

    /// <summary>Every measure of both records by every dimension.</summary>
    private static async Task<string> Figures(Guid first, Guid second)
    {
        var figures = new List<string>();
        foreach (var measure in (string[])["agreed-investment", "capital-in-place", "stages-reached"])
        {
            foreach (var rows in Dimensions)
            {
                foreach (var project in new[] { first, second })
                {
                    var items = (await Site.Manager.Get($"api/reporting/rollups/table?measure={measure}&rows={rows}&project={project}")).Must(200)["items"];
                    // Where in the ledger it was read moves with whatever others log.
                    figures.Add($"{measure} {rows} {Regex.Replace(items.ToJsonString(), @"[?&]position=\d+|\\u0026position=\d+", "", RegexOptions.None, TimeSpan.FromSeconds(1))}");
                }
            }
        }
        return string.Join('\n', figures);
    }
}
