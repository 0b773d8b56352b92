using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>Projects and funds.</summary>
public sealed class LandingTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Staff_register_a_lead_and_begin_its_negotiation()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/projects/new");

        await page.Locator("[name=name]").FillAsync($"新线索{mark}");
        await page.Locator("[name=investor]").FillAsync("新投资方");
        await page.Locator("[name=industry]").SelectOptionAsync("biomedicine");
        await page.Locator("[name=expectedInvestment]").FillAsync("1.5");
        await page.Locator("button[type=submit].primary").ClickAsync();

        await page.WaitForURLAsync(url => Guid.TryParse(url.Split('/')[^1], out _));
        var project = await luodi.Get($"projects/{page.Url.Split('/')[^1]}");
        project.GetProperty("name").GetString().ShouldBe($"新线索{mark}");
        project.GetProperty("expectedInvestment").GetProperty("value").GetDecimal().ShouldBe(150_000_000m);

        await page.Locator("[data-do=reach]").ClickAsync();
        await page.Locator("[name=stage]").SelectOptionAsync("negotiating");
        await page.Locator("form[data-entry=reach] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-project]")).ToHaveAttributeAsync("data-stage", "negotiating");
        (await luodi.Get($"projects/{page.Url.Split('/')[^1]}")).GetProperty("stage").GetString().ShouldBe("negotiating");
    }

    [Fact]
    public async Task A_manager_shares_a_project_with_another_department_and_takes_it_back()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var project = (await luodi.Post("staff", "projects", new { name = $"共享项目{mark}", industry = "other", investor = "测试投资方" })).GetProperty("id").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/projects/{project}");

        await page.Locator("form[data-entry=share] select").SelectOptionAsync("investment-2");
        await page.Locator("form[data-entry=share] button").ClickAsync();
        await Expect(page.Locator("[data-department=investment-2]")).ToContainTextAsync("招商二部");
        await using (var other = await Visit.Begin(luodi, account: "staff3"))
        {
            await Expect((await other.Open($"/projects/{project}")).Locator("h1")).ToContainTextAsync($"共享项目{mark}");
        }

        await page.Locator("form[data-entry=unshare] button").ClickAsync();
        await Expect(page.Locator("[data-department=investment-2]")).ToHaveCountAsync(0);
        (await luodi.Get($"projects/{project}")).GetProperty("sharedWith").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_fund_commits_capital_to_a_project_and_not_more_than_its_target_size()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var name = $"出资项目{mark}";
        await luodi.Post("staff", "projects", new { name, industry = "other", investor = "测试投资方" });
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/funds/new");
        await page.Locator("[name=name]").FillAsync($"测试基金{mark}");
        await page.Locator("[name=kind]").SelectOptionAsync("market");
        await page.Locator("[name=targetSize]").FillAsync("2");
        await page.Locator("button[type=submit].primary").ClickAsync();
        await page.WaitForURLAsync(url => Guid.TryParse(url.Split('/')[^1], out _));
        var fund = page.Url.Split('/')[^1];

        await page.Locator("[name='projectId.text']").FillAsync(name);
        await page.Locator(".pick [data-option]").First.ClickAsync();
        await page.Locator("[name=amount]").FillAsync("3");
        await page.Locator("form[data-entry=commitment] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=amount] .field-error")).ToBeVisibleAsync();

        await page.Locator("[name=amount]").FillAsync("0.5");
        await page.Locator("form[data-entry=commitment] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-commitment]")).ToContainTextAsync(name);
        (await luodi.Get($"funds/{fund}")).GetProperty("committed").GetProperty("value").GetDecimal().ShouldBe(50_000_000m);
    }

    [Fact]
    public async Task The_list_of_projects_is_narrowed_by_what_the_address_says()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        foreach (var industry in (string[])["biomedicine", "other"])
        {
            await luodi.Post("staff", "projects", new { name = $"列表{mark}{industry}", industry, investor = "测试投资方" });
        }
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/projects?q={mark}");
        await Expect(page.Locator("tr[data-project]")).ToHaveCountAsync(2);

        await page.Locator("select[name=industry]").SelectOptionAsync("biomedicine");

        await page.WaitForURLAsync(url => url.Contains("industry=biomedicine", StringComparison.Ordinal));
        await Expect(page.Locator("tr[data-project]")).ToHaveCountAsync(1);
    }
}
