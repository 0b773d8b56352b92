using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class FigureTablesTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_table_is_turned_and_each_of_its_cells_opens_to_postings_that_add_up_to_it()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/figures");
        await Expect(page.Locator("[data-table=agreed-investment]")).ToBeVisibleAsync();
        await page.Locator("select[name=rows]").SelectOptionAsync("industry");
        await page.Locator("select[name=columns]").SelectOptionAsync("sizeBand");
        var cell = page.Locator("tr[data-key=biomedicine] td[data-column] a").First;
        await Expect(cell).ToBeVisibleAsync();
        var shown = await cell.GetAttributeAsync("title");

        await cell.ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("/postings?", StringComparison.Ordinal));
        await Expect(page.Locator("[data-total=amount]")).ToHaveAttributeAsync("title", shown!.Split(" · ")[1]);
        await Expect(page.Locator("select[name=industry]")).ToHaveValueAsync("biomedicine");
    }

    [Fact]
    public async Task Stages_have_no_total_and_a_stage_opens_to_its_projects()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/figures?measure=stages-reached&rows=stage");
        await Expect(page.Locator("[data-no-total]")).ToBeVisibleAsync();
        var count = page.Locator("tr[data-key=signed] td[data-count] a");
        var shown = await count.InnerTextAsync();

        await count.ClickAsync();

        await Expect(page.Locator("[data-total=signings]")).ToHaveTextAsync(shown);
        await Expect(page.Locator("[data-posting] a[href^='/projects/']").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Money_of_funds_is_the_familys_unless_all_is_asked_for_and_opens_to_the_fund()
    {
        async Task<Guid> Log(string what, object body) => (await luodi.Post("staff", what, body)).GetProperty("id").GetGuid();
        var fund = await Log("funds", new { name = $"示例基金 {Guid.CreateVersion7():N}", kind = "market", targetSize = RunningLuodi.Yuan(50_000_000) });
        var partner = await Log($"funds/{fund}/partners", new { name = "某财政局", kind = "government" });
        var subscription = await Log($"funds/{fund}/subscriptions", new { partnerId = partner, amount = RunningLuodi.Yuan(20_000_000), on = "2023-11-01" });
        await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { subscription } });
        await luodi.Heard(fund, "subscription_confirmed");
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/definitions");
        await Expect(page.Locator("tr[data-measure=family-committed]")).ToContainTextAsync("不计同币种本系母基金");
        await page.Locator("tr[data-measure=family-committed] a").ClickAsync();
        var amount = page.Locator($"tr[data-key='{fund}'] td[data-amount] a");
        await Expect(amount).ToHaveTextAsync("2,000.00");
        await Expect(page.Locator("tr[data-key=total]")).ToBeVisibleAsync();
        await page.Locator("select[name=partnerKind]").SelectOptionAsync(["全部（含本系母基金）"]);
        await Expect(page.Locator("[data-no-total]")).ToBeVisibleAsync();

        await amount.ClickAsync();

        await Expect(page.Locator("[data-total=amount]")).ToHaveAttributeAsync("title", "20,000,000.00 元");
        await Expect(page.Locator($"[data-posting] a[href='/funds/{fund}']").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_rate_shows_what_it_divides_and_both_open()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/rates?by=industry");
        var rate = page.Locator("tr[data-key=biomedicine] td[data-rate=performance]");
        await Expect(rate.Locator("a")).ToHaveCountAsync(2);
        var signed = await rate.Locator("a").Last.InnerTextAsync();

        await rate.Locator("a").Last.ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("stage=signed", StringComparison.Ordinal));
        await Expect(page.Locator("[data-total=signings]")).ToHaveTextAsync(signed);
    }

    [Fact]
    public async Task A_manager_defines_a_rate_anew_and_sets_a_target()
    {
        var year = Random.Shared.Next(2030, 2098).ToString(CultureInfo.InvariantCulture);
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/definitions");
        var form = page.Locator("form[data-entry=rate]");
        await form.Locator("[name=rate]").SelectOptionAsync("production");
        await form.Locator("[name=numerator]").SelectOptionAsync("in-production");
        await form.Locator("[name=denominator]").SelectOptionAsync("in-production");
        await form.Locator("[name=effectiveFrom]").FillAsync("2098-01-01");
        await form.Locator("[name=source]").FillAsync("测试用文件");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.Locator("[data-field=denominator] .field-error")).ToBeVisibleAsync();
        await form.Locator("[name=denominator]").SelectOptionAsync("registered");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("tr[data-rate=production]").First).ToContainTextAsync("已投产项目数 ÷ 已注册项目数");

        form = page.Locator("form[data-entry=target]");
        await form.Locator("[name=year]").FillAsync(year);
        await form.Locator("[name=kind]").SelectOptionAsync("province");
        await form.Locator("[name=value]").FillAsync("12.5");
        await form.Locator("[name=source]").FillAsync("测试用目标");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-targets]")).ToContainTextAsync(year);
        (await luodi.Get("projects/definitions/targets")).GetProperty("items").EnumerateArray()
            .Where(target => target.GetProperty("year").GetInt32() == int.Parse(year, CultureInfo.InvariantCulture) && target.GetProperty("measure").ValueEquals("agreed-investment"))
            .ShouldHaveSingleItem().GetProperty("value").GetDecimal().ShouldBe(1_250_000_000m);

        await using var reader = await Visit.Begin(luodi, account: "auditor");
        await Expect((await reader.Open("/definitions")).Locator("form[data-entry]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_overview_shows_the_path_and_each_stage_opens()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/");
        var stage = page.Locator("[data-path] [data-stage=signed] a");
        var shown = await stage.InnerTextAsync();
        await Expect(page.Locator("[data-overview-rates] [data-rate=performance]")).ToBeVisibleAsync();

        await stage.ClickAsync();

        await Expect(page.Locator("[data-total=signings]")).ToHaveTextAsync(shown);
    }
}
