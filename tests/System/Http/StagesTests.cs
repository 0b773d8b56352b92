namespace Luodi.SystemTests.Http;

/// <summary>How far a project has come, over the services that say so.</summary>
public sealed class StagesTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_project_is_signed_by_the_agreement_that_stands()
    {
        var (desk, other) = (await Desk.Open(), await Desk.Open());
        var project = await desk.Project();
        var first = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 1))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{first}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await StageIs(project, "signed", "2023-09-28");

        (await Site.Manager.Post($"api/signings/agreements/{first}/return", new { reason = "日期有误" })).Must(200);
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{project}"))["stage"].GetValue<string>().ShouldBe("lead"));

        (await Site.Staff.Post($"api/signings/agreements/{first}/sign", new { signedOn = "2023-09-27" })).Must(200);
        await desk.Confirm(first);
        var second = (await Site.Staff.Post("api/signings/agreements", other.Paper(project, 2))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{second}/sign", new { signedOn = "2023-10-08" })).Must(200);
        await StageIs(project, "signed", "2023-09-27");
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/{project}"))["papers"].AsArray().Count.ShouldBe(2));
        (await Site.Staff.Post($"api/projects/{project}/drop", new { reason = "x" })).MustRefuse(409, "papers-stand");

        (await Site.Staff.Post($"api/signings/agreements/{first}/terminate", new { reason = "投资方撤回" })).Must(200);
        (await Site.Staff2.Post($"api/signings/agreements/{first}/confirm")).Must(200);
        await StageIs(project, "signed", "2023-10-08");
        (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items.Select(item => item.Text("type"))
            .ShouldBe(["lead_registered", "project_signed", "paper_withdrawn", "project_signed", "paper_added", "paper_withdrawn"]);
    }

    [Fact]
    public async Task What_was_overdue_is_cleared_by_a_late_entry_and_history_still_shows_it()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "negotiating", on = "2023-09-01" })).MustRefuse(422, "late-without-reason", "reason");
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "negotiating", on = "2023-09-01", reason = "补登" })).Must(200);
        (await Site.Staff.Get($"api/projects/{project}"))["deadline"].Text("dueOn").ShouldBe("2023-10-01");
        (await Listed("overdue")).ShouldBeTrue();

        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "reviewed", on = "2023-09-20", reason = "纪要迟到" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/follow-ups", new { text = "已谈妥", nextOn = "2099-01-01" })).Must(201);
        (await Listed("overdue")).ShouldBeFalse();
        (await Site.Auditor.Get($"api/projects/{project}?version=2"))["deadline"]["overdueDays"]!.GetValue<int>().ShouldBeGreaterThan(1000);

        async Task<bool> Listed(string due) => (await Site.Staff.Get($"api/projects?due={due}&sort=-registered&limit=200")).Must(200).Items.Any(item => item.Text("id") == project.ToString());
    }

    [Fact]
    public async Task Lists_are_narrowed_by_stage_standing_owner_and_tag()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var tag = desk.Mark;
        (await Site.Staff.Post($"api/projects/{project}/describe", new { tags = $"{tag} 芯片", plannedInvestment = Desk.Yuan(2), industryCode = "C3973", block = "east" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "land-secured" })).Must(200);
        (await Site.Manager.Post($"api/projects/{project}/assign", new { owner = "staff2", reason = "轮岗" })).Must(200);
        await Finds($"tag={tag}", true);
        await Finds($"tag={tag}&stage=land-secured&reached=lead&owner=staff2&block=east&standing=active", true);
        await Finds($"tag={tag}&stage=lead", false);
        await Finds($"tag={tag}&reached=reviewed", false);
        (await Site.Staff.Post($"api/projects/{project}/drop", new { reason = "转投外地" })).Must(200);
        await Finds($"tag={tag}&standing=fallen-out&sort=-dueOn", true);
        await Finds($"tag={tag}&standing=active", false);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "reviewed" })).MustRefuse(409, "work-rests");
        (await Site.Staff.Post($"api/projects/{project}/reinstate", new { reason = "重新洽谈" })).Must(200);
        (await Site.Auditor.Get($"api/projects/{project}"))["stage"].GetValue<string>().ShouldBe("land-secured");

        async Task Finds(string query, bool found) => ((await Site.Staff.Get($"api/projects?{query}")).Must(200).Items.Count == 1).ShouldBe(found, query);
    }

    private static Task StageIs(Guid project, string stage, string since) => Eventually(async () =>
    {
        var shown = (await Site.Auditor.Get($"api/projects/{project}")).Must(200);
        (shown["stage"].GetValue<string>(), shown["since"].GetValue<string>()).ShouldBe((stage, since));
    });
}
