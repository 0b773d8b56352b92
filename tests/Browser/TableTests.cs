using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class TableTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_list_is_sorted_by_its_service_and_says_so()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/agreements");
        await page.Locator("th a.sort", new() { HasTextString = "投资额" }).ClickAsync();
        await page.Locator("th[aria-sort=ascending] a.sort", new() { HasTextString = "投资额" }).ClickAsync();

        await Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("投资额");
        var first = (await luodi.Get("signings/agreements?sort=-amount&limit=1")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await Expect(page.Locator("tbody tr").First).ToHaveAttributeAsync("data-agreement", first.ToString());
        page.Url.ShouldContain("sort=-amount");
    }

    [Fact]
    public async Task A_record_is_found_by_a_part_of_its_number_and_the_address_can_be_sent()
    {
        var number = (await luodi.Get($"signings/agreements/{luodi.Confirmed[1]}")).GetProperty("number").GetString()!;
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/agreements");
        await page.Locator(".search-filter input").FillAsync(number[4..]);
        await page.Locator(".search-filter input").PressAsync("Enter");
        await Expect(page.Locator("tbody tr[data-agreement]")).ToHaveCountAsync(1);

        await using var colleague = await Visit.Begin(luodi, account: "auditor");
        var theirs = await colleague.Open(new Uri(page.Url).PathAndQuery);
        await Expect(theirs.Locator("tbody tr[data-agreement]")).ToHaveCountAsync(1);
        await Expect(theirs.Locator("tbody th a")).ToHaveTextAsync(number);
    }

    [Fact]
    public async Task Columns_are_chosen_and_an_export_has_what_is_shown()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");
        await page.Locator("[data-table] summary", new() { HasTextString = "列" }).ClickAsync();
        await page.GetByLabel("签约方", new() { Exact = true }).UncheckAsync();
        await Expect(page.Locator("[data-table] thead")).Not.ToContainTextAsync("签约方");

        await page.Locator("[data-table] summary", new() { HasTextString = "导出" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-export=csv]").ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("120000000.00");
        text.ShouldNotContain("测试签约方");
    }

    [Fact]
    public async Task A_view_that_is_shared_is_there_for_a_colleague()
    {
        var name = $"大额有效{Guid.CreateVersion7().ToString("N")[^6..]}";
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/agreements?status=in-force&sort=-amount");
        await page.Locator("[data-views] summary").ClickAsync();
        await page.Locator("#view-name").FillAsync(name);
        await page.Locator("[data-views]").GetByLabel("与所有人共享").CheckAsync();
        await page.Locator("[data-views] button[type=submit]").ClickAsync();
        await Expect(page.Locator($"[data-view='{name}']")).ToBeVisibleAsync();

        await using var colleague = await Visit.Begin(luodi, account: "auditor");
        var theirs = await colleague.Open("/agreements");
        await theirs.Locator("[data-views] summary").ClickAsync();
        await theirs.Locator($"[data-view='{name}'] a").ClickAsync();
        await Expect(theirs.Locator("select[name=status]")).ToHaveValueAsync("in-force");
        await Expect(theirs.Locator($"[data-view='{name}'] button")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_is_looked_at_as_of_a_day_and_its_export_is_of_that_day()
    {
        var number = (await luodi.Get($"signings/agreements/{luodi.Confirmed[1]}")).GetProperty("number").GetString()!;
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open($"/agreements?q={number}");
        await Expect(page.Locator("tbody tr[data-agreement]")).ToHaveCountAsync(1);
        await page.Locator(".past-menu summary").ClickAsync();
        await page.Locator(".past-menu input[name=knownAt]").FillAsync("2020-01-01");
        await Expect(page.Locator("[data-past]")).ToContainTextAsync("按 2020-01-01 所知");
        await Expect(page.Locator("tbody tr[data-agreement]")).ToHaveCountAsync(0);
        page.Url.ShouldContain("knownAt=2020-01-01");

        await page.Locator("[data-past] a").ClickAsync();
        await Expect(page.Locator("tbody tr[data-agreement]")).ToHaveCountAsync(1);
        await page.Locator(".past-menu summary").ClickAsync();
        await Expect(page.Locator(".past-menu input[name=knownAt]")).ToHaveValueAsync("");
        await page.Locator(".past-menu input[name=effectiveBy]").FillAsync("2099-01-01");
        await Expect(page.Locator("[data-past]")).ToContainTextAsync("按 2099-01-01 有效");
        await Expect(page.Locator("tbody th a")).ToHaveTextAsync(number);
        await page.Locator("[data-table] summary", new() { HasTextString = "导出" }).ClickAsync();
        (await page.Locator("[data-export=csv]").GetAttributeAsync("href")).ShouldNotBeNull().ShouldContain("effectiveBy=2099-01-01");
    }
}
