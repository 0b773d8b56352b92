namespace Luodi.SystemTests.Http;

/// <summary>Undoing by further events: one change of a record, and an import.</summary>
public sealed class UndoTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_description_is_undone_and_both_stay_in_the_history()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        (await Site.Staff.Post($"api/projects/{project}/describe", new { channel = "展会", tags = "重点" })).Must(200);
        var change = await LastOf($"api/projects/{project}");
        (await Site.Staff.Post($"api/projects/{project}/describe", new { channel = "展会", tags = "重点 二期" })).Must(200);
        var later = await LastOf($"api/projects/{project}");

        (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = change, reason = "录错" })).MustRefuse(409, "changed-since");
        (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = later, reason = "录错" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = change, reason = "录错" })).Must(200);
        // Once more changes nothing.
        var version = (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = change, reason = "录错" })).Must(200)["version"].GetValue<long>();
        var history = (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items;
        history.Select(item => item.Text("type")).ShouldBe(["lead_registered", .. Enumerable.Repeat("project_described", 4)]);
        version.ShouldBe(5);
        (await Site.Auditor.Get($"api/projects/{project}")).Must(200)["details"]["channel"].ShouldBeNull();
        history[^1].Text("reason").ShouldBe("录错");
        await Eventually(async () => (await Site.Auditor.Get($"api/projects/feed?after={history[^1]["sequence"]!.GetValue<long>() - 1}")).Must(200).Json!.AsArray()[0]!.Text("causationid").ShouldBe(change.ToString()));

        (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = Guid.CreateVersion7(), reason = "录错" })).MustRefuse(422, "not-in-its-history", "eventId");
        (await Site.Staff.Post($"api/projects/{project}/undo", new { eventId = history[0]["eventId"]!.GetValue<Guid>(), reason = "录错" })).MustRefuse(409, "stays-in-the-history");
    }

    [Fact]
    public async Task A_corrected_draft_goes_back()
    {
        var desk = await Desk.Open();
        var draft = await desk.Draft();
        (await Site.Staff.Post($"api/signings/agreements/{draft}/correct", new { amount = Desk.Yuan(80_000_000), fixedAssets = Desk.Yuan(10_000_000) })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{draft}/undo", new { eventId = await LastOf($"api/signings/agreements/{draft}"), reason = "更正有误" })).Must(200);
        (await Site.Auditor.Get($"api/signings/agreements/{draft}")).Must(200)["amount"].Yuan().ShouldBe(90_000_000);
        (await desk.HistoryOf(draft)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_import_is_undone_with_all_that_it_made_and_changed()
    {
        var desk = await Desk.Open();
        var (known, kept) = (await desk.Project(), await desk.Project());
        using var import = new Import(Site, 3);
        await import.Finish();
        var id = import.Said.Split('\n').Single(line => line.StartsWith("Imported as ", StringComparison.Ordinal)).Split(' ')[2].TrimEnd('.');
        var ceremony = await import.Ceremony();
        var papers = (await Site.Manager.Get($"api/signings/agreements?ceremony={ceremony}")).Must(200).Items;
        papers.Select(paper => paper.Text("status")).ShouldAllBe(status => status == "in-force");
        // An import may change what was there before: whoever sends the id is part of it.
        foreach (var record in (Guid[])[known, kept]) (await Site.Staff.Post($"api/projects/{record}/describe", new { channel = "导入" }, ("X-Correlation-Id", id))).Must(200);
        (await Site.Staff.Post($"api/projects/{kept}/describe", new { channel = "后来核实" })).Must(200);
        await Eventually(async () => (await Site.Manager.Get($"api/reporting/events?correlation={id}&type=project_described")).Must(200).Items.Count.ShouldBe(2));

        var (code, said) = await import.Undo(id, onlyLists: true);
        code.ShouldBe(0, said);
        (await Site.Manager.Get($"api/signings/agreements?ceremony={ceremony}")).Must(200).Items.Select(paper => paper.Text("status")).ShouldAllBe(status => status == "in-force");
        (code, said) = await import.Undo(id);
        // What was changed again since then is named, and nothing else is held up by it.
        code.ShouldBe(1, said);
        said.ShouldContain($"project_described of {kept}: cannot be undone");
        said.ShouldContain($"stays: ceremony_held of {ceremony}");
        said.ShouldContain("Undone: 7; refused: 1");
        (await Site.Manager.Get($"api/signings/agreements?ceremony={ceremony}")).Must(200).Items.Select(paper => paper.Text("status")).ShouldAllBe(status => status == "terminated");
        foreach (var paper in papers)
        {
            var project = (await Site.Manager.Get($"api/projects/{paper.Text("projectId")}")).Must(200);
            (project["standing"].GetValue<string>(), project["standingReason"].GetValue<string>()).ShouldBe(("fallen-out", $"撤销导入 {id}"));
        }
        (await Site.Auditor.Get($"api/projects/{known}")).Must(200)["details"]["channel"].ShouldBeNull();
        (await Site.Auditor.Get($"api/projects/{kept}")).Must(200)["details"]["channel"]!.GetValue<string>().ShouldBe("后来核实");
        await Eventually(async () => (await import.Rollup()).Signings.ShouldBe(0));

        (_, said) = await import.Undo(id);
        said.ShouldContain("Undone: 0; refused: 1");
    }

    private static async Task<Guid> LastOf(string record) => (await Site.Auditor.Get($"{record}/history")).Must(200).Items[^1]["eventId"]!.GetValue<Guid>();
}
