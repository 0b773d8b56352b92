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
    public async Task What_stands_in_a_block_is_on_the_plan_and_opens()
    {
        var (project, name) = await luodi.Project("other", 5_000_000m);
        var block = $"测试片{Guid.CreateVersion7().ToString("N")[^12..]}";
        await luodi.Post("staff", $"projects/{project}/describe", new { block });
        await luodi.Heard(project, "project_described");
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/projects/blocks");
        var tile = page.Locator($"[data-block='{block}']");
        await Expect(tile.Locator("[data-stage=lead] a")).ToHaveTextAsync("1");
        await Expect(tile.Locator("[data-stage=signed]")).ToContainTextAsync("0");
        await tile.Locator("h2 a").ClickAsync();
        await Expect(page.Locator("tr[data-project]")).ToHaveCountAsync(1);
        await Expect(page.Locator($"tr[data-project='{project}']")).ToContainTextAsync(name);
        await page.GoBackAsync();
        await tile.Locator("[data-stage=lead] a").ClickAsync();
        await Expect(page.Locator("[data-event]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_card_that_is_dragged_logs_its_stage_and_what_the_rule_says_against_it_is_shown()
    {
        var (project, name) = await luodi.Project("other", 5_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/projects/board");
        var card = page.Locator($"[data-card='{project}']");

        await Drag("signed");
        await Expect(page.Locator("[data-problem]")).ToContainTextAsync("签约阶段随协议而定");
        await Expect(page.Locator($"[data-column=lead] [data-card='{project}']")).ToBeVisibleAsync();

        await Drag("land-secured");
        await Expect(page.Locator($"[data-column=land-secured] [data-card='{project}']")).ToContainTextAsync(name);
        await Expect(page.Locator("[data-problem]")).ToHaveCountAsync(0);
        (await luodi.Get($"projects/{project}")).GetProperty("stage").GetString().ShouldBe("land-secured");

        // By hand: a drag begins once the mouse has moved a little.
        async Task Drag(string stage)
        {
            await card.ScrollIntoViewIfNeededAsync();
            var (from, to) = ((await card.BoundingBoxAsync())!, (await page.Locator($"[data-column={stage}] h2").BoundingBoxAsync())!);
            await page.Mouse.MoveAsync(from.X + 20, from.Y + from.Height - 8);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(from.X + 40, from.Y + from.Height - 4, new() { Steps = 4 });
            await page.Mouse.MoveAsync(to.X + 10, to.Y + 6, new() { Steps = 6 });
            await page.Mouse.UpAsync();
        }
    }

    [Fact]
    public async Task What_is_overdue_is_found_until_somebody_logs_that_it_was_done_and_history_still_shows_it()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await luodi.Post("staff", $"projects/{project}/reach", new { stage = "negotiating", on = "2023-09-01", reason = "补登" });
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/projects?due=overdue&sort=-registered");
        await page.Locator($"[data-project='{project}'] a").First.ClickAsync();
        await Expect(page.Locator("[data-note=overdue]")).ToContainTextAsync("2023-10-01");

        await page.Locator("[data-do=reach]").ClickAsync();
        await page.Locator("[name=stage]").SelectOptionAsync("reviewed");
        await page.Locator("[name=on]").FillAsync("2023-09-20");
        await page.Locator("form[data-entry=reach] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=reason] .field-error")).ToContainTextAsync("补登");
        await page.Locator("[name=reason]").FillAsync("纪要迟到");
        await page.Locator("form[data-entry=reach] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-did=reach]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-note=overdue]")).ToHaveCountAsync(0);
        await page.GotoAsync($"/history/project/{project}?version=2");
        await Expect(page.Locator("[data-line=due]")).ToContainTextAsync("逾期");
    }

    [Fact]
    public async Task A_project_is_handed_over_falls_out_and_comes_back()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/projects/{project}?do=assign");
        await page.Locator("[name=owner]").SelectOptionAsync("staff2");
        await page.Locator("[name=reason]").FillAsync("轮岗");
        await page.Locator("form[data-entry=assign] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-owner]")).ToContainTextAsync("staff2");

        await page.GotoAsync($"/projects/{project}?do=drop");
        await visit.Alive();
        await page.Locator("[name=reason]").FillAsync("投资方转投外地");
        await page.Locator("form[data-entry=drop] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-note=standing]")).ToContainTextAsync("投资方转投外地");
        (await luodi.Get($"projects/{project}")).GetProperty("standing").GetString().ShouldBe("fallen-out");

        await page.Locator("[data-do=reinstate]").ClickAsync();
        await page.Locator("[name=reason]").FillAsync("重新洽谈");
        await page.Locator("form[data-entry=reinstate] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-note=standing]")).ToHaveCountAsync(0);
        (await luodi.Get($"projects/{project}")).GetProperty("standing").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task Capital_is_logged_with_its_evidence_and_confirmed_by_a_second_person()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/projects/{project}");
        await page.Locator("[data-do=capital]").ClickAsync();
        await page.Locator("[name=arrivedOn]").FillAsync("2023-10-28");
        await page.Locator("[name=currency]").SelectOptionAsync("USD");
        await page.Locator("[name='amount.unit']").SelectOptionAsync("yuan");
        await page.Locator("[name=amount]").FillAsync("1000000");
        await page.Locator("[name=evidence]").SelectOptionAsync("bank-slip");
        await page.Locator("[name=evidenceNumber]").FillAsync("回单 001");
        await page.Locator("form[data-entry=capital] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=rate] .field-error")).ToBeVisibleAsync();
        await page.Locator("[name=rate]").FillAsync("7.1798");
        await page.Locator("[name=rateSource]").FillAsync("中国外汇交易中心");
        await page.Locator("form[data-entry=capital] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-entry-id][data-status=logged]")).ToContainTextAsync("717.98 万元");

        await using var second = await Visit.Begin(luodi, account: "staff2");
        page = await second.Open($"/projects/{project}");
        await page.Locator("[data-do=capital-confirm]").ClickAsync();
        await page.Locator("form[data-entry=capital-confirm] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-entry-id][data-status=confirmed]")).ToBeVisibleAsync();
        (await luodi.Get($"projects/capital?project={project}")).GetProperty("sums").GetProperty("foreign").GetProperty("value").GetDecimal().ShouldBe(7_179_800m);
    }

    [Fact]
    public async Task A_manager_settles_how_long_a_stage_may_last()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/projects/limits");
        await page.Locator("[name=what]").SelectOptionAsync("completed");
        await page.Locator("[name=days]").FillAsync("90");
        await page.Locator("form[data-entry=limits] button").ClickAsync();
        await Expect(page.Locator("[data-limit=completed]")).ToContainTextAsync("90");
        (await luodi.Get("projects/limits")).GetProperty("days").GetProperty("completed").GetInt32().ShouldBe(90);
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
            await luodi.Post("staff", "projects", new { name = $"列表{mark}{industry}", industry, investor = "测试投资方", another = "另一行" });
        }
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/projects?q={mark}");
        await Expect(page.Locator("tr[data-project]")).ToHaveCountAsync(2);

        await page.Locator("select[name=industry]").SelectOptionAsync("biomedicine");

        await page.WaitForURLAsync(url => url.Contains("industry=biomedicine", StringComparison.Ordinal));
        await Expect(page.Locator("tr[data-project]")).ToHaveCountAsync(1);
    }
}
