using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>One change of a record is undone from its history.</summary>
public sealed class UndoTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Staff_undo_a_change_of_a_project_and_both_stay_in_its_history()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await luodi.Post("staff", $"projects/{project}/describe", new { channel = "某展会" });
        await luodi.Heard(project, "project_described");
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/projects/{project}");

        await page.Locator("[data-type=project_described] [data-undo]").First.ClickAsync();
        await Expect(page.Locator("[data-act=undo] [data-who]")).ToHaveTextAsync("staff");
        await page.Locator("[data-act=undo] [name=reason]").FillAsync("录错项目");
        await page.Locator("form[data-entry=undo] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-did=undo]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-type=project_described]")).ToHaveCountAsync(2);
        (await luodi.Get($"projects/{project}")).GetProperty("details").ToString().ShouldNotContain("某展会");
    }

    [Fact]
    public async Task What_was_changed_again_is_refused_in_words()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await luodi.Post("staff", $"projects/{project}/describe", new { channel = "某展会" });
        await luodi.Post("staff", $"projects/{project}/describe", new { channel = "某商会" });
        var first = (await luodi.Get($"projects/{project}/history")).GetProperty("items")[1].GetProperty("eventId").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/projects/{project}?do=undo&event={first}");

        await page.Locator("[data-act=undo] [name=reason]").FillAsync("录错项目");
        await page.Locator("form[data-entry=undo] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-act=undo]")).ToContainTextAsync("后来又有变动");
    }
}
