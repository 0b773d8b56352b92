using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class ReportsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_manager_publishes_what_they_see_and_later_it_is_reprinted_equal_and_the_difference_to_now_is_explained()
    {
        var name = $"通报测试仪式 {Guid.CreateVersion7():N}";
        var ceremony = (await luodi.Post("staff", "signings/ceremonies", new { name, heldOn = "2023-09-28" })).GetProperty("id").GetGuid();
        var (project, _) = await luodi.Project("biomedicine", 90_000_000);
        var paper = (await luodi.Post("staff", "signings/agreements", new { number = $"TB-{Guid.CreateVersion7():N}", projectId = project, ceremonyId = ceremony, counterparty = "某公司", amount = RunningLuodi.Yuan(90_000_000) })).GetProperty("id").GetGuid();
        await luodi.Post("staff", $"signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" });
        await luodi.Post("staff2", $"signings/agreements/{paper}/confirm", new { });
        await luodi.Heard(paper, "signing_confirmed");
        // It divides the rates.
        await luodi.Heard(project, "project_signed");

        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/reports");
        await page.Locator("[data-open=new]").ClickAsync();
        await page.Locator("select[name=kind]").SelectOptionAsync("bulletin");
        await page.Locator("select[name=ceremony]").SelectOptionAsync(ceremony.ToString());
        var amount = page.Locator("[data-table='agreed-investment industry confirmed'] tr[data-key=biomedicine] td").Last;
        await Expect(amount).ToHaveTextAsync("9,000.00");
        var seen = await page.Locator("[data-hash]").InnerTextAsync();
        await page.Locator("[data-act=publish] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/new", StringComparison.Ordinal));
        await Expect(page.Locator("[data-reprint=equal]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-hash]")).ToHaveTextAsync(seen);
        var report = new Uri(page.Url).AbsolutePath;

        await luodi.Post("staff", $"signings/agreements/{paper}/amend", new { amount = RunningLuodi.Yuan(110_000_000), reason = "规模扩大" });
        await luodi.Post("staff2", $"signings/agreements/{paper}/confirm", new { });
        await luodi.Heard(paper, "amendment_confirmed");

        page = await visit.Open(report);
        await Expect(page.Locator("[data-reprint=equal]")).ToBeVisibleAsync();
        await Expect(amount).ToHaveTextAsync("9,000.00");
        await page.Locator("[data-open=now]").ClickAsync();
        var industries = page.Locator("[data-compared='agreed-investment industry confirmed']");
        await Expect(industries.Locator("tr[data-key=biomedicine] [data-difference=amount]")).ToHaveTextAsync("+2,000.00");
        await Expect(industries.Locator("[data-event]")).ToHaveCountAsync(1);
        await Expect(industries.Locator("[data-event=amendment_confirmed]")).ToBeVisibleAsync();

        await page.Locator("[data-act=supersede] [name=reason]").FillAsync("金额变更");
        await page.Locator("[data-act=supersede] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/now", StringComparison.Ordinal) && !url.Contains(report, StringComparison.Ordinal));
        await Expect(amount).ToHaveTextAsync("11,000.00");
        page = await visit.Open(report);
        await Expect(page.Locator("[data-status=superseded]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-reprint=equal]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("auditor")]
    public async Task Who_is_no_manager_reads_reports_and_is_offered_no_more(string account)
    {
        await using var visit = await Visit.Begin(luodi, account: account);
        var page = await visit.Open("/reports");
        await Expect(page.Locator("h1")).ToHaveTextAsync("公布的报告");
        await Expect(page.Locator("[data-open=new]")).ToHaveCountAsync(0);
        await visit.Open($"/reports/new?kind=bulletin&ceremony={luodi.Ceremony}");
        await Expect(page.Locator("[data-hash]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-act=publish]")).ToHaveCountAsync(0);
    }
}
