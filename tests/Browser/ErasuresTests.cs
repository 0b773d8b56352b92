using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>Texts that the law wants gone: asked for on an event's page, decided on by somebody else.</summary>
public sealed class ErasuresTests(RunningLuodi luodi)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task An_auditor_asks_on_the_event_s_page_and_a_manager_approves(int width)
    {
        var project = (await luodi.Post("staff", "projects", new { name = $"测试自然人 {Guid.CreateVersion7()}", industry = "other", investor = "测试投资方", expectedInvestment = RunningLuodi.Yuan(1_000_000m) })).GetProperty("id").GetString();
        var registered = (await luodi.Get($"projects/{project}/history")).GetProperty("items")[0].GetProperty("eventId").GetString();
        await luodi.Heard(Guid.Parse(project!), "lead_registered");
        await luodi.Logged(registered!);
        string erasure;
        await using (var auditor = await Visit.Begin(luodi, width, account: "auditor"))
        {
            var page = await auditor.Open($"/events/{registered}");
            await page.Locator("[data-ask-erasure]").ClickAsync();
            await page.Locator("select[name='text-name']").SelectOptionAsync("goes");
            await page.Locator("[name=basis]").FillAsync("个人信息保护法第四十七条，本人申请");
            await page.Locator("form[data-entry=erasure] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-state=requested]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-erasure-facts] code").First).ToHaveTextAsync("name");
            // Who asked may take it back, and does not decide.
            await Expect(page.Locator("form[data-entry=withdraw-erasure]")).ToBeVisibleAsync();
            await Expect(page.Locator("form[data-entry=approve-erasure]")).ToHaveCountAsync(0);
            erasure = new Uri(page.Url).AbsolutePath;
        }
        await using var manager = await Visit.Begin(luodi, width);
        var list = await manager.Open("/audit/erasures");
        await list.Locator($"a[href='{erasure}']").ClickAsync();
        await list.Locator("form[data-entry=approve-erasure] button[type=submit]").ClickAsync();
        await Expect(list.Locator("[data-state=approved]")).ToBeVisibleAsync();
        await manager.Open($"/events/{registered}");
        await Expect(list.Locator("[data-event-erasure=approved]")).ToContainTextAsync("auditor");
        // Wider than the window is no page.
        (await list.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_manager_refuses_with_a_reason_and_staff_are_offered_nothing()
    {
        var project = (await luodi.Post("staff", "projects", new { name = $"测试自然人 {Guid.CreateVersion7()}", industry = "other", investor = "测试投资方", expectedInvestment = RunningLuodi.Yuan(1_000_000m) })).GetProperty("id").GetString();
        var registered = (await luodi.Get($"projects/{project}/history")).GetProperty("items")[0].GetProperty("eventId").GetString();
        await luodi.Heard(Guid.Parse(project!), "lead_registered");
        await luodi.Logged(registered!);
        await using (var staff = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await staff.Open($"/events/{registered}");
            await Expect(page.Locator("[data-raw]")).ToBeVisibleAsync();
            (await page.Locator("[data-ask-erasure]").CountAsync()).ShouldBe(0);
        }
        string[] name = ["name"];
        var erasure = (await luodi.Post("auditor", "audit/erasures", new { eventId = registered, texts = name, basis = "个人信息保护法第四十七条" })).GetProperty("id").GetString();
        await using var manager = await Visit.Begin(luodi);
        var decide = await manager.Open($"/audit/erasures/{erasure}");
        await decide.Locator("form[data-entry=refuse-erasure] [name=reason]").FillAsync("依据不足");
        await decide.Locator("form[data-entry=refuse-erasure] button[type=submit]").ClickAsync();
        await Expect(decide.Locator("[data-state=refused]")).ToBeVisibleAsync();
        await Expect(decide.Locator("[data-erasure-facts]")).ToContainTextAsync("依据不足");
        await manager.Open($"/events/{registered}");
        await Expect(decide.Locator("[data-ask-erasure]")).ToBeVisibleAsync();
    }
}
