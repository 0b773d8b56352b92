namespace Luodi.SystemTests.Http;

/// <summary>What a second person does not confirm goes back with a reason, and comes again.</summary>
public sealed class ReturnsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_signing_is_returned_corrected_and_confirmed()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Signed();
        await desk.Shows(0, 0, 0, pendingSignings: 1, pendingYuan: 90_000_000);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/return", new { reason = "日期有误" })).MustRefuse(409, "logged-by-yourself");
        (await Site.Manager.Post($"api/signings/agreements/{agreement}/return", new { })).MustRefuse(422, "missing", "reason");
        (await Site.Manager.Post($"api/signings/agreements/{agreement}/return", new { reason = "日期有误" })).Must(200);
        await desk.Shows(0, 0, 0);

        var returned = (await Site.Staff.Get($"api/signings/agreements/{agreement}")).Must(200);
        (returned["status"].GetValue<string>(), returned.Json!["waiting"], returned.Json!["signedOn"], returned["loggedBy"].GetValue<string>()).ShouldBe(("draft", null, null, "staff"));
        (returned["returned"].Text("what"), returned["returned"].Text("reason"), returned["returned"].Text("by")).ShouldBe(("signing", "日期有误", "manager"));
        var told = (await desk.HistoryOf(agreement))[^1];
        (told.Text("type"), told.Text("reason"), told.Text("actor")).ShouldBe(("signing_returned", "日期有误", "manager"));
        (returned["returned"]["at"]!.GetValue<DateTimeOffset>() - told["recordedAt"]!.GetValue<DateTimeOffset>()).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await Site.Manager.Post($"api/signings/agreements/{agreement}/confirm")).MustRefuse(409, "nothing-waits");

        (await Site.Staff.Post($"api/signings/agreements/{agreement}/correct", new { amount = Desk.Yuan(95_000_000) })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-27" })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/correct", new { amount = Desk.Yuan(1) })).MustRefuse(409, "not-a-draft");
        (await Site.Staff.Get($"api/signings/agreements/{agreement}")).Must(200).Json!["returned"].ShouldBeNull();
        await desk.Confirm(agreement);
        await desk.Shows(1, 95_000_000, 0);
    }

    [Fact]
    public async Task The_place_of_a_returned_signing_may_be_taken_by_another_agreement_about_the_project()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var first = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 1))).Must(201).Id;
        var second = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 2))).Must(201).Id;
        Task<Answer> Sign(Guid agreement) => Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" });
        (await Sign(first)).Must(200);
        (await Sign(second)).MustRefuse(409, "project-counted-already");
        (await Site.Staff2.Post($"api/signings/agreements/{first}/return", new { reason = "金额有误" })).Must(200);
        (await Sign(second)).Must(200);
        (await Sign(first)).MustRefuse(409, "project-counted-already");
    }

    [Fact]
    public async Task A_returned_amendment_and_a_returned_termination_leave_what_counts()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await desk.Amend(agreement, 110_000_000);
        await desk.Shows(1, 90_000_000, 0, pendingYuan: 20_000_000);
        (await Site.Staff2.Post($"api/signings/agreements/{agreement}/return", new { reason = "请附补充协议" })).Must(200);
        await desk.Shows(1, 90_000_000, 0);
        (await Site.Staff.Get($"api/signings/agreements/{agreement}")).Must(200)["returned"].Text("what").ShouldBe("amendment");
        await desk.Terminate(agreement);
        await desk.Shows(1, 90_000_000, 0, pendingSignings: -1, pendingYuan: -90_000_000);
        (await Site.Staff2.Post($"api/signings/agreements/{agreement}/return", new { reason = "项目仍在推进" })).Must(200);
        await desk.Shows(1, 90_000_000, 0);
        var standing = (await Site.Staff.Get($"api/signings/agreements/{agreement}")).Must(200);
        (standing["status"].GetValue<string>(), standing["amount"].Yuan(), standing["returned"].Text("what")).ShouldBe(("in-force", 90_000_000m, "termination"));
    }

    [Fact]
    public async Task A_record_can_be_seen_as_it_stood_after_each_of_its_events()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await desk.Amend(agreement, 110_000_000);
        async Task<string> At(int version) => (await Site.Auditor.Get($"api/signings/agreements/{agreement}?version={version}")).Must(200) is var then ? $"{then["status"]} {then.Json!["waiting"]} {then["version"]}" : "";
        (await At(1)).ShouldBe("draft  1");
        (await At(2)).ShouldBe("signed signing 2");
        (await At(3)).ShouldBe("in-force  3");
        (await At(4)).ShouldBe("in-force amendment 4");
        foreach (var version in (int[])[-1, 0, 5]) (await Site.Auditor.Get($"api/signings/agreements/{agreement}?version={version}")).MustRefuse(404, "not-found");
        var project = (await Site.Auditor.Get($"api/signings/agreements/{agreement}"))["projectId"].GetValue<Guid>();
        (await Site.Auditor.Get($"api/projects/{project}?version=1")).Must(200)["stage"].GetValue<string>().ShouldBe("lead");
    }
}
