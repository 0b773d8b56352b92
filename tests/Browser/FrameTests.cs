using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class FrameTests(RunningLuodi luodi)
{
    [Theory]
    [InlineData("staff", new[] { "/", "/work", "/ceremonies", "/agreements", "/projects", "/enterprises", "/obligations", "/capital", "/funds", "/funds/family", "/funds/facilities", "/figures", "/rates", "/reports", "/history" })]
    [InlineData("manager", new[] { "/", "/work", "/ceremonies", "/agreements", "/projects", "/enterprises", "/obligations", "/capital", "/funds", "/funds/family", "/funds/facilities", "/figures", "/rates", "/reports", "/history", "/audit/erasures" })]
    [InlineData("auditor", new[] { "/", "/ceremonies", "/agreements", "/projects", "/enterprises", "/obligations", "/capital", "/funds", "/funds/family", "/funds/facilities", "/figures", "/rates", "/reports", "/history", "/audit", "/audit/erasures", "/admin" })]
    [InlineData("sysadmin", new[] { "/admin" })]
    [InlineData("secadmin", new[] { "/admin" })]
    public async Task The_navigation_offers_what_a_role_may_use_and_nothing_else(string account, string[] pages)
    {
        await using var visit = await Visit.Begin(luodi, account: account);
        var page = await visit.Open("/help");

        var offered = await page.Locator("#side li a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        offered.ShouldBe(pages);
        // First steps belong to the role too.
        (await page.Locator("[data-help]").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_is_counted_and_one_click_away()
    {
        var agreement = await luodi.Signed("microelectronics", 22_000_000m);
        var papers = (await luodi.Get("manager", "signings/work")).GetProperty("toConfirm").GetInt32();
        var landing = await luodi.Get("manager", "projects/work");
        var waiting = papers + landing.GetProperty("capital").GetInt32() + landing.GetProperty("contacts").GetInt32() + (await luodi.Get("manager", "funds/work")).GetProperty("entries").GetInt32();
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/help");

        await Expect(page.Locator("#side [data-count]")).ToHaveTextAsync($"{waiting}");
        await page.Locator("[data-notices] summary").ClickAsync();
        await Expect(page.Locator("[data-notices] h2").First).ToContainTextAsync($"{papers}");

        // While the page is open, the count follows.
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await Expect(page.Locator("#side [data-count], #side:not(:has([data-count]))").First).Not.ToHaveTextAsync($"{waiting}");

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-notices] .menu-panel")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_search_is_one_key_away()
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/agreements");

        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("测试签约方");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync(url => url.Contains("/search?q=", StringComparison.Ordinal));
        await Expect(page.Locator("main")).ToContainTextAsync("测试签约方");
    }

    [Fact]
    public async Task The_frame_can_be_skipped_by_keyboard()
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/agreements");
        (await page.EvaluateAsync<bool>("document.querySelector('a[href], button, input').matches('.skip')")).ShouldBeTrue();

        await page.Locator(".skip").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)")).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_phone_the_navigation_is_a_drawer()
    {
        await using var visit = await Visit.Begin(luodi, width: 375);
        var page = await visit.Open("/agreements");
        await Expect(page.Locator("#side")).ToBeHiddenAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(375);

        await page.Locator("[data-nav=open]").ClickAsync();
        await page.Locator("#side").GetByRole(AriaRole.Link, new() { Name = "仪式" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("签约仪式");
        await Expect(page.Locator("#side")).ToBeHiddenAsync();
        await Expect(page.Locator("#side a[aria-current=page]")).ToHaveAttributeAsync("href", "/ceremonies");
    }

    [Theory]
    [InlineData("/agreements")]
    [InlineData("/agreements/new")]
    [InlineData("/ceremonies")]
    [InlineData("/work")]
    [InlineData("/help")]
    public async Task No_page_is_wider_than_a_phone(string path)
    {
        await using var visit = await Visit.Begin(luodi, width: 375, account: "staff2");
        var page = await visit.Open(path);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(375);

        await page.Locator("[data-switch=language]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await visit.Alive();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(375);
    }
}
