using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>One project that is entered twice: seen on entry, merged by a manager, and parted again.</summary>
public sealed class DuplicatesTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Who_enters_a_lead_again_sees_the_one_that_is_there_and_a_manager_merges_them()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var first = (await luodi.Post("staff", "projects", new { name = $"碳化硅外延{mark}基地", industry = "microelectronics", investor = "示例半导体有限公司" })).GetProperty("id").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/projects/new");
        await page.Locator("[name=name]").FillAsync($"碳化硅外延{mark}项目");
        await page.Locator("[name=investor]").FillAsync("示例半导体");
        await page.Locator("[name=industry]").SelectOptionAsync("microelectronics");
        await page.Locator("form[data-entry=project] button[type=submit]").ClickAsync();
        await Expect(page.Locator($"[data-alike] [data-candidate='{first}']")).ToContainTextAsync($"碳化硅外延{mark}基地");
        await Expect(page.Locator("[data-field=another] .field-error")).ToBeVisibleAsync();
        await page.Locator("[name=another]").FillAsync("二期，另一地块");
        await page.Locator("form[data-entry=project] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => Guid.TryParse(url.Split('/')[^1], out _));
        var second = page.Url.Split('/')[^1];
        await Expect(page.Locator("[data-story]")).ToContainTextAsync("二期，另一地块");
        await Expect(page.Locator("[data-do=merge]")).ToHaveCountAsync(0);

        await using var manager = await Visit.Begin(luodi, account: "manager");
        var desk = await manager.Open($"/projects/{second}?do=merge");
        await Expect(desk.Locator($"[data-alike] [data-candidate='{first}']")).ToBeVisibleAsync();
        await desk.Locator("[name='intoId.text']").FillAsync($"{mark}基地");
        await desk.Locator($"[data-option='{first}']").ClickAsync();
        await desk.Locator("form[data-entry=merge] [name=reason]").FillAsync("同一投资方同一地块");
        await desk.Locator("form[data-entry=merge] button[type=submit]").ClickAsync();
        await Expect(desk.Locator("[data-note=merged]")).ToContainTextAsync($"碳化硅外延{mark}基地");
        await Expect(desk.Locator("[data-story]")).ToContainTextAsync("并入另一记录");
        await desk.Locator("[data-note=merged] a").ClickAsync();
        await Expect(desk.Locator("[data-note=duplicates]")).ToContainTextAsync($"碳化硅外延{mark}项目");
        // Its story is that of both records.
        await Expect(desk.Locator("[data-story] [data-type=lead_registered]")).ToHaveCountAsync(2);
        await desk.Locator("[data-story-kind=agreement]").ClickAsync();
        await Expect(desk.Locator("[data-story] [data-type]")).ToHaveCountAsync(0);

        desk = await manager.Open($"/projects/{second}?do=unmerge");
        await desk.Locator("form[data-entry=unmerge] [name=reason]").FillAsync("确是两期");
        await desk.Locator("form[data-entry=unmerge] button[type=submit]").ClickAsync();
        await Expect(desk.Locator("[data-did=unmerge]")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-note=merged]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_file_is_attached_to_an_agreement_and_what_is_no_document_is_refused()
    {
        var agreement = await luodi.Signed("other", 12_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/{agreement}");
        await page.Locator("[data-do=attach]").ClickAsync();
        // The field hears of a choice once its script has come to it: no person is faster.
        await page.WaitForFunctionAsync("() => document.querySelector('form[data-entry=attach] input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await page.Locator("form[data-entry=attach] input[type=file]").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "照片.png", MimeType = "image/png", Buffer = "%PDF-1.7 %%EOF"u8.ToArray() });
        await page.Locator("form[data-entry=attach] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=file] .field-error")).ToContainTextAsync("内容却不是");
        await page.Locator("form[data-entry=attach] input[type=file]").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "签署文本.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 %%EOF"u8.ToArray() });
        await page.Locator("form[data-entry=attach] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-files] tbody th a")).ToHaveTextAsync("签署文本.pdf");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-files] tbody th a").ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldBe("%PDF-1.7 %%EOF");

        await page.Locator("[data-do=withdraw-file]").ClickAsync();
        await page.Locator("form[data-entry=withdraw-file] [name=reason]").FillAsync("传错了");
        await page.Locator("form[data-entry=withdraw-file] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-files] tbody")).ToContainTextAsync("已撤下");
    }

    [Fact]
    public async Task Capital_that_waits_is_in_the_list_of_who_may_confirm_it_and_gone_when_they_have()
    {
        var (project, name) = await luodi.Project("other", 5_000_000m);
        var number = Guid.CreateVersion7().ToString("N")[^12..];
        await luodi.Post("staff", "projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = RunningLuodi.Yuan(1_000_000m), evidence = "bank-slip", evidenceNumber = number });
        await using var visit = await Visit.Begin(luodi, account: "staff2");
        var page = await visit.Open("/work/capital?sort=-registered");
        var row = page.Locator("[data-capital]", new() { HasText = number });
        await Expect(row).ToContainTextAsync(name);
        await row.Locator("[data-do=confirm]").ClickAsync();
        await page.Locator("[data-entry-id] [data-do=capital-confirm]").ClickAsync();
        await page.Locator("form[data-entry=capital-confirm] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-entry-id]")).ToHaveAttributeAsync("data-status", "confirmed");
        page = await visit.Open("/work/capital?sort=-registered");
        await Expect(page.Locator("[data-tab=capital]")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.Locator("[data-capital]", new() { HasText = number })).ToHaveCountAsync(0);
        await page.Locator("[data-tab=projects]").ClickAsync();
        await Expect(page.Locator("[data-tab=projects]")).ToHaveAttributeAsync("aria-current", "page");
    }
}
