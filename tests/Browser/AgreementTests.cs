using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class AgreementTests(RunningLuodi luodi)
{
    [Fact]
    public async Task After_an_amendment_the_history_shows_who_when_what_and_why()
    {
        var agreement = await luodi.Signed("microelectronics", 90_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await luodi.Post("staff2", $"signings/agreements/{agreement}/amend", new { amount = RunningLuodi.Yuan(110_000_000m), reason = "扩大二期产能" });
        var amended = (await luodi.Get($"signings/agreements/{agreement}/history")).GetProperty("items").EnumerateArray().Last();
        var recordedAt = amended.GetProperty("recordedAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/agreements/{agreement}");

        var entry = page.Locator("[data-type=agreement_amended]");
        await Expect(entry.Locator("h3")).ToContainTextAsync("登记变更");
        await Expect(entry.Locator("h3")).ToContainTextAsync("9,000.00 万元 → 1.10 亿元");
        await Expect(entry.Locator("[data-who]")).ToHaveTextAsync("staff2");
        await Expect(entry.Locator("[data-when]")).ToContainTextAsync(recordedAt);
        await Expect(entry.Locator("[data-why]")).ToContainTextAsync("扩大二期产能");
        await Expect(page.Locator(".states .hatched")).ToHaveTextAsync("变更待确认");

        await entry.Locator("summary").ClickAsync();
        await Expect(entry.Locator("pre")).ToContainTextAsync("110000000.00");

        await RunningLuodi.Until(async () =>
        {
            using var heard = await luodi.Send(HttpMethod.Get, "auditor", $"reporting/events/{amended.GetProperty("eventId").GetGuid()}", body: null);
            return heard.IsSuccessStatusCode;
        });
        await entry.Locator("h3 a").ClickAsync();
        await Expect(page.Locator("[data-why]")).ToHaveTextAsync("扩大二期产能");
    }

    [Fact]
    public async Task A_paper_names_a_fund_and_shows_what_it_answered()
    {
        var (project, _) = await luodi.Project("microelectronics", 30_000_000m);
        var agreement = (await luodi.Post("staff", "signings/agreements", new { number = $"LLJ-{project.ToString("N")[^12..]}", projectId = project, ceremonyId = luodi.Ceremony, counterparty = "测试签约方", tier = "intent", amount = RunningLuodi.Yuan(30_000_000m) })).GetProperty("id").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/{agreement}");
        await page.Locator("[data-do=fund]").ClickAsync();
        await page.Locator("[name='fundId.text']").FillAsync("浏览器测试基金");
        await page.Locator($"[data-option='{luodi.Fund}']").ClickAsync();
        await page.Locator("[name='amount.unit']").SelectOptionAsync("wan");
        await page.Locator("[name=amount]").FillAsync("500");
        await page.Locator("form[data-entry=fund] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-fund=asked]")).ToContainTextAsync("500.00 万元");

        await luodi.Post("staff", $"signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" });
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await RunningLuodi.Until(async () => (await luodi.Get($"signings/agreements/{agreement}")).GetProperty("fund").GetProperty("status").GetString() == "refused");

        // Nobody has subscribed to this fund.
        await page.ReloadAsync();
        await Expect(page.Locator("[data-fund=refused]")).ToContainTextAsync("可承诺资金不足");
        await Expect(page.Locator("[data-do=ask-fund-again]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_agreement_opens_from_the_table()
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");
        var row = page.Locator($"[data-agreement='{luodi.Confirmed[0]}']");
        var number = await row.Locator("th a").InnerTextAsync();

        await row.Locator("th a").ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync($"协议 {number}");
        await Expect(page.Locator("[data-note=illustrative]")).ToBeVisibleAsync();
        await Expect(page.Locator("dd.prominent")).ToContainTextAsync("120,000,000.00 元");
    }

    [Fact]
    public async Task An_unknown_agreement_is_told_in_words()
    {
        await using var visit = await Visit.Begin(luodi, expects: "404");
        var answer = await visit.Page.GotoAsync($"/agreements/{Guid.CreateVersion7()}");

        answer!.Status.ShouldBe(404);
        await visit.Alive();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("没有这一页");
    }
}
