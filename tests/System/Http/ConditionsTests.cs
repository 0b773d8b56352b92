namespace Luodi.SystemTests.Http;

/// <summary>What an agreement is conditional on: noted, met, waived, withdrawn, and in the way of its fulfilment while it is open.</summary>
public sealed class ConditionsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task An_agreement_is_fulfilled_when_no_condition_is_open()
    {
        var desk = await Desk.Open();
        var paper = await desk.Draft();
        var path = $"api/signings/agreements/{paper}";
        var late = await Note(paper, $"环评批复 {desk.Mark}", "2023-12-31");
        (await Site.Staff.Post($"{path}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(paper);
        var (someday, wrong) = (await Note(paper, $"配套资金 {desk.Mark}", null), await Note(paper, $"重复 {desk.Mark}", "2023-12-30"));
        (await Site.Staff.Post($"{path}/conditions", new { text = " ", dueOn = "0023-01-01" })).MustRefuse(422, "invalid-fields", "dueOn");

        (await Site.Auditor.Get($"{path}/conditions")).Must(200).Items.Select(item => item.Text("status")).ShouldBe(["open", "open", "open"]);
        (await Site.Auditor.Get(path)).Must(200)["openConditions"].GetValue<int>().ShouldBe(3);
        (await Site.Auditor.Get($"api/signings/agreements?q={desk.Mark}&condition=open")).Must(200).Items.ShouldHaveSingleItem();
        (await Site.Auditor.Get($"api/signings/agreements/export?q={desk.Mark}&columns=openConditions&format=csv")).Must(200).Text.ShouldEndWith("未了附带条件\r\n3\r\n");
        (await Site.Staff.Get("api/signings/work/conditions?limit=200&sort=-dueOn")).Must(200).Items.Where(item => item["agreementId"]!.GetValue<Guid>() == paper).Select(item => item["id"]!.GetValue<Guid>()).ShouldBe([late, wrong]);
        (await Site.Staff.Get("api/signings/work/conditions?sort=luck")).MustRefuse(400, "sort-unknown", "sort");
        (await Site.Staff.Get("api/signings/work")).Must(200)["conditions"].GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);

        (await Site.Staff.Post($"{path}/fulfil", new { on = "2024-09-28", reason = "验收报告" })).MustRefuse(409, "conditions-open")["title"].GetValue<string>().ShouldContain('3');
        (await Site.Staff.Post($"{path}/meet-condition", new { conditionId = late, on = "2099-01-01", evidence = "x" })).MustRefuse(422, "met-in-future", "on");
        (await Site.Staff.Post($"{path}/meet-condition", new { conditionId = late, on = "2023-12-20", evidence = "批复 018" })).Must(200);
        (await Site.Staff.Post($"{path}/meet-condition", new { conditionId = late, on = "2023-12-20", evidence = "批复 018" })).MustRefuse(409, "condition-not-open", "conditionId");
        (await Site.Staff.Post($"{path}/waive-condition", new { conditionId = someday, reason = "改由区级配套" })).Must(200);
        (await Site.Staff.Post($"{path}/withdraw-condition", new { conditionId = wrong, reason = "重复登记" })).Must(200);
        (await Site.Staff.Post($"{path}/withdraw-condition", new { conditionId = wrong, reason = "重复登记" })).MustRefuse(422, "no-such-condition", "conditionId");
        var (met, waived, withdrawn) = (await Site.Auditor.Get($"{path}/conditions")).Must(200).Items switch { var items => (items[0], items[1], items[2]) };
        (met.Text("status"), met.Text("metOn"), met.Text("evidence"), met.Text("notedBy"), met.Text("settledBy")).ShouldBe(("met", "2023-12-20", "批复 018", "staff", "staff"));
        (waived.Text("status"), waived.Text("because"), withdrawn.Text("status"), withdrawn.Text("because")).ShouldBe(("waived", "改由区级配套", "withdrawn", "重复登记"));

        (await Site.Staff.Post($"{path}/fulfil", new { on = "2024-09-28", reason = "验收报告" })).Must(200);
        (await Site.Staff.Post($"{path}/conditions", new { text = "x" })).MustRefuse(409, "agreement-fulfilled-already");
        // A condition moves no figure.
        await desk.Shows(1, 90_000_000, 0);
        (await Site.Auditor.Get($"{path}?version=2")).Must(200)["openConditions"].GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Of_another_department_nobody_finds_it_and_with_the_agreement_it_ends()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed();
        var condition = await Note(paper, $"环评批复 {desk.Mark}", "2023-12-31");
        var other = Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2"));
        (await other.Get($"api/signings/agreements/{paper}/conditions")).Must(404);
        (await other.Post($"api/signings/agreements/{paper}/conditions", new { text = "x" })).Must(404);
        (await other.Get("api/signings/work/conditions?limit=200")).Must(200).Items.ShouldAllBe(item => item["agreementId"]!.GetValue<Guid>() != paper);
        (await Site.Manager.Get("api/signings/work/conditions?limit=200&sort=-number")).Must(200).Text.ShouldContain($"{condition}");

        await desk.Terminate(paper);
        await desk.Confirm(paper);
        (await Site.Manager.Get("api/signings/work/conditions?limit=200&sort=-number")).Must(200).Text.ShouldNotContain($"{condition}");
        (await Site.Auditor.Get($"api/signings/agreements/{paper}")).Must(200)["openConditions"].GetValue<int>().ShouldBe(0);
        (await Site.Staff.Post($"api/signings/agreements/{paper}/waive-condition", new { conditionId = condition, reason = "x" })).MustRefuse(409, "of-a-terminated-agreement");
        (await Site.Staff.Post($"api/signings/agreements/{paper}/conditions", new { text = "x" })).MustRefuse(409, "of-a-terminated-agreement");
    }

    private static async Task<Guid> Note(Guid paper, string text, string? dueOn) =>
        (await Site.Staff.Post($"api/signings/agreements/{paper}/conditions", new { text, dueOn })).Must(200)["conditionId"].GetValue<Guid>();
}
