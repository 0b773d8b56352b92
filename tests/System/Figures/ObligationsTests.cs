using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>Obligations over the services that settle them.</summary>
public sealed class ObligationsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_stage_and_confirmed_capital_fulfil_what_the_agreement_obliges_to_and_taking_them_back_opens_it_again()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(paper);
        await Oblige(new { agreementId = paper, kind = "register", dueOn = "2099-12-31" });
        await Oblige(new { agreementId = paper, kind = "invest", dueOn = "2099-12-31", amount = Desk.Yuan(10_000_000) });

        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        var entry = (await Site.Staff.Post("api/projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = Desk.Yuan(10_000_000), evidence = "bank-slip", evidenceNumber = desk.NextNumber() })).Must(201).Id;
        await Eventually(async () => (await Of(paper)).Select(Told).ShouldBe([("register", "fulfilled", "2023-10-10"), ("invest", "open", null)], ignoreOrder: true));
        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        await Eventually(async () => (await Of(paper)).Select(Told).ShouldBe([("register", "fulfilled", "2023-10-10"), ("invest", "fulfilled", "2023-11-01")], ignoreOrder: true));

        (await Site.Manager.Post($"api/projects/capital/{entry}/revoke", new { reason = "资金已转出" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/withdraw", new { stage = "registered", reason = "登记有误" })).Must(200);
        await Eventually(async () => (await Of(paper)).ShouldAllBe(obligation => obligation.Text("status") == "open"));

        // What has happened before it is written down fulfils it at once; what ends with its agreement obliges nobody.
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "premises-leased" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "ground-broken" })).Must(200);
        await Eventually(async () =>
        {
            var late = await Oblige(new { agreementId = paper, kind = "break-ground", dueOn = "2099-12-31" });
            (await Of(paper)).Single(obligation => obligation.Text("id") == late.ToString()).Text("status").ShouldBe("fulfilled");
        });
        (await Site.Staff.Post($"api/signings/agreements/{paper}/terminate", new { reason = "项目退出" })).Must(200);
        await desk.Confirm(paper);
        (await Of(paper)).Where(obligation => obligation.Text("kind") is "register" or "invest").ShouldAllBe(obligation => obligation.Text("status") == "released");
        (await Site.Staff.Post("api/signings/obligations", new { agreementId = paper, kind = "produce", dueOn = "2099-12-31" })).MustRefuse(422, "agreement-ended", "agreementId");
    }

    [Fact]
    public async Task It_is_said_once_that_a_day_passed_and_more_time_does_not_hide_it()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed();
        var id = await Oblige(new { agreementId = paper, kind = "tax-per-mu", dueOn = "2024-03-31", amount = Desk.Yuan(300_000) });
        (await Of(paper))[0]["overdueDays"]!.GetValue<int>().ShouldBeGreaterThan(900);
        (await Site.Staff.Get($"api/signings/obligations?agreement={paper}&due=overdue")).Must(200).Items.Count.ShouldBe(1);
        await Eventually(async () => (await History(id)).ShouldBe(["obligation_agreed", "obligation_overdue"]));

        (await Site.Manager.Post($"api/signings/obligations/{id}/extend", new { to = "2024-01-01", reason = "x" })).MustRefuse(422, "not-later", "to");
        (await Site.Manager.Post($"api/signings/obligations/{id}/extend", new { to = "2099-03-31", reason = "汛期停工" })).Must(200);
        (await Site.Staff.Get($"api/signings/obligations?agreement={paper}&due=overdue")).Must(200).Items.ShouldBeEmpty();
        (await Site.Staff.Post($"api/signings/obligations/{id}/fulfil", new { evidence = "完税证明" })).Must(200);
        (await Site.Staff.Post($"api/signings/obligations/{id}/reopen", new { reason = "证明作废" })).Must(200);
        (await History(id)).ShouldBe(["obligation_agreed", "obligation_overdue", "obligation_extended", "obligation_fulfilled", "obligation_reopened"]);
        (await Site.As("staff3").Get($"api/signings/obligations?agreement={paper}")).Must(200).Items.ShouldBeEmpty();
        (await Site.As("staff3").Post($"api/signings/obligations/{id}/fulfil", new { evidence = "x" })).MustRefuse(404, "not-found");

        async Task<IReadOnlyList<string>> History(Guid obligation) => [.. (await Site.Auditor.Get($"api/signings/obligations/{obligation}/history")).Must(200).Items.Select(item => item.Text("type"))];
    }

    private static (string, string, string?) Told(JsonNode obligation) => (obligation.Text("kind"), obligation.Text("status"), obligation["fulfilledOn"]?.GetValue<string>());

    private static async Task<Guid> Oblige(object obligation) => (await Site.Staff.Post("api/signings/obligations", obligation)).Must(201).Id;

    private static async Task<IReadOnlyList<JsonNode>> Of(Guid paper) => (await Site.Staff.Get($"api/signings/obligations?agreement={paper}")).Must(200).Items;
}
