using System.Text.Json;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>What a fund has brought, its statement, and the family of funds.</summary>
public sealed class FundFiguresTests(RunningLuodi luodi)
{
    private const string YearEnd = "2025-12-31";

    [Fact]
    public async Task A_fund_shows_its_figures_of_a_day_by_a_custom_and_its_statement()
    {
        var fund = await Grown();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/funds/{fund}?on={YearEnd}");
        await Expect(page.Locator("[data-figure=dpi] b")).ToHaveTextAsync("0.4800");
        await Expect(page.Locator("[data-figure=rvpi] b")).ToHaveTextAsync("0.9467");
        await Expect(page.Locator("[data-figure=tvpi] b")).ToHaveTextAsync("1.4267");
        await Expect(page.Locator("[data-figure=irr] .rate")).ToHaveAttributeAsync("data-rate", "0.10810375");
        await Expect(page.Locator("#chart-curve svg")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-chart=curve] tbody tr")).ToHaveCountAsync(19);

        await page.Locator("select[name=custom]").SelectOptionAsync("net-of-paid-in");
        await Expect(page).ToHaveURLAsync(new Regex("custom=net-of-paid-in", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Locator("[name=bridgeFrom]").FillAsync("2025-01-01");
        await Expect(page.Locator("[data-chart=bridge] [data-line=unrealised] td")).Not.ToHaveTextAsync("0.00");
        await page.Locator("[name=on]").FillAsync("2021-06-29");
        await Expect(page.Locator("[data-figure=irr] dd > [data-rate=undefined]")).ToBeVisibleAsync();

        await page.Locator("[data-open=accounts]").ClickAsync();
        await page.Locator("select[name=period]").SelectOptionAsync("2025");
        await Expect(page.Locator("[data-statement=fund] [data-line=ending] td")).ToHaveTextAsync("71,000,000.00");
        await page.Locator("[data-partner] a").ClickAsync();
        await Expect(page.Locator("[data-statement] [data-unfunded=ending] td")).ToHaveTextAsync("25,000,000.00");
        await Expect(page.Locator("button[data-print]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_manager_closes_the_books_on_the_statement_and_opens_them_again_with_a_reason()
    {
        var fund = await Grown();
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open($"/funds/{fund}/accounts?period=2024-Q4");
            await Expect(page.Locator("[data-books]")).ToHaveCountAsync(0);
        }
        await using (var visit = await Visit.Begin(luodi, account: "manager"))
        {
            var page = await visit.Open($"/funds/{fund}/accounts?period=2024-Q4");
            await page.Locator("form[data-entry=fund-close] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-did=close]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-statement=fund] [data-closed]")).ToBeVisibleAsync();
            await visit.Open($"/funds/{fund}");
            await Expect(page.Locator("[data-closed-through='2024-12-31']")).ToBeVisibleAsync();
            await visit.Open($"/funds/{fund}/accounts?period=2024-Q3");
            await page.Locator("form[data-entry=fund-reopen] [name=reason]").FillAsync("回单补登");
            await page.Locator("form[data-entry=fund-reopen] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-did=reopen]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-closed]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task The_family_stands_beside_what_was_published_of_it()
    {
        var fund = await Grown();
        await using var visit = await Visit.Begin(luodi, width: 390, account: "staff");
        var page = await visit.Open("/funds/family");
        await Expect(page.Locator($"[data-fund='{fund}'] a")).ToBeVisibleAsync();
        await Expect(page.Locator("#chart-family-CNY svg")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-from='{fund}']").First).ToBeVisibleAsync();
        var source = $"公报 {fund}";
        await page.Locator("details.act summary").ClickAsync();
        await page.Locator("[name=source]").FillAsync(source);
        await page.Locator("[name=statedOn]").FillAsync("2023-12-01");
        await page.Locator("[name=size]").FillAsync("10000");
        await page.Locator("[name=atLeast]").SelectOptionAsync("yes");
        await page.Locator("form[data-entry=family-claim] button[type=submit]").ClickAsync();
        var claim = page.Locator("[data-claim=family]").Filter(new() { HasText = source });
        await Expect(claim.Locator("[data-holds=no]")).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
    }

    private async Task<Guid> Grown()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var fund = Id(await luodi.Post("staff", "funds", new { name = $"业绩基金{mark}", kind = "own-brand", targetSize = RunningLuodi.Yuan(100_000_000) }));
        async Task<Guid> Confirmed(string what, object body)
        {
            var id = Id(await luodi.Post("staff", $"funds/{fund}/{what}", body));
            await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { id } });
            return id;
        }
        var partner = Id(await luodi.Post("staff", $"funds/{fund}/partners", new { name = "测试财政局", kind = "government" }));
        await Confirmed("subscriptions", new { partnerId = partner, amount = RunningLuodi.Yuan(100_000_000), on = "2021-06-01" });
        var project = Id(await luodi.Post("staff", "projects", new { name = $"业绩项目{mark}", industry = "other", investor = "测试投资方" }));
        var deal = await Confirmed("deals", new { projectId = project, amount = RunningLuodi.Yuan(90_000_000), on = "2021-06-15" });
        Task<Guid> Flow(string kind, string on, decimal wan, Guid? of = null, Guid? at = null) => Confirmed("flows", new { kind, on, amount = RunningLuodi.Yuan(wan * 10_000), partnerId = of, dealId = at });
        foreach (var (on, wan) in (IReadOnlyList<(string, decimal)>)[("2021-06-30", 3_000), ("2022-03-31", 2_500), ("2023-06-30", 2_000)])
        {
            await Flow("called", on, wan, partner);
            await Flow("paid-in", on, wan, partner);
            await Flow("disbursed", on, wan, at: deal);
        }
        foreach (var (on, wan) in (IReadOnlyList<(string, decimal)>)[("2024-06-30", 1_200), ("2025-06-30", 2_400)])
        {
            await Flow("income", on, wan, at: deal);
            await Flow("distributed", on, wan, partner);
        }
        await Flow("valued", YearEnd, 7_100, at: deal);
        return fund;
    }

    private static Guid Id(JsonElement answer) => answer.GetProperty("id").GetGuid();
}
