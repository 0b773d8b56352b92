using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class OverviewTests(RunningLuodi luodi)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public async Task The_overview_shows_the_bureaus_figures_as_Reporting_says_them()
    {
        await luodi.Settled();
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/");
        var bureau = await luodi.Get("reporting/overview");
        var total = bureau.GetProperty("total");

        await Expect(page.Locator("[data-figure=amount] .figure-exact")).ToHaveTextAsync($"{Yuan(total).ToString("N2", Chinese)} 元");
        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync($"{Count(total)}项");
        await Expect(page.Locator("[data-figure=at-least-100-million] .figure-value")).ToHaveTextAsync($"{total.GetProperty("atLeast100Million")}项");
        await Expect(page.Locator("[data-figure=this-month] b")).ToHaveTextAsync($"{Count(bureau.GetProperty("thisMonth"))}");
        await Expect(page.Locator("[data-figure=this-year] b")).ToHaveTextAsync($"{Count(bureau.GetProperty("thisYear"))}");
        await Expect(page.Locator("[data-figure=pending-signings] b")).ToHaveTextAsync($"+{Count(bureau.GetProperty("pending"))}");
    }

    [Theory]
    [InlineData("[data-figure=amount]", "staff2")]
    [InlineData("[data-figure=signings]", "staff2")]
    [InlineData("[data-figure=at-least-100-million]", "staff2")]
    [InlineData("[data-figure=pending-signings]", "staff")]
    [InlineData("[data-chart=months] tr[data-key='2023-09'] a", "staff2")]
    [InlineData("[data-chart=industry] tr[data-key=biomedicine] a", "staff2")]
    [InlineData("[data-chart=size-band] tr[data-key='100m-500m'] a", "staff2")]
    public async Task Every_figure_opens_to_an_event_in_two_clicks(string figure, string who)
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/?year=2023");

        await page.Locator(figure).First.ClickAsync();
        // The newest ones are this run's own.
        var posting = page.Locator("[data-posting]").Filter(new() { HasText = who == "staff" ? "登记签约" : "确认签约" }).Last;
        await posting.Locator("[data-event]").ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("/events/", StringComparison.Ordinal));
        await Expect(page.Locator("[data-raw]")).ToContainTextAsync("\"specversion\": \"1.0\"");
        await Expect(page.Locator("[data-who]")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_month_opens_from_its_column_in_the_chart()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/?year=2023");
        var chart = page.Locator("#chart-months");
        await page.Locator("#chart-months svg").WaitForAsync();
        await chart.ScrollIntoViewIfNeededAsync();
        var place = await page.EvaluateAsync<float[]>("(c => [c.convertToPixel({ xAxisIndex: 0 }, 8) - 12, c.convertToPixel({ yAxisIndex: 0 }, 0) - 3])(vizorECharts.charts.get('chart-months'))");

        await chart.ClickAsync(new() { Position = new() { X = place[0], Y = place[1] } });

        await page.WaitForURLAsync(url => url.Contains("month=2023-09", StringComparison.Ordinal) && url.Contains("status=confirmed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/", "[data-figure=signings] .figure-value")]
    [InlineData("/wall", "[data-figure=signings] .wall-value")]
    public async Task A_newly_confirmed_signing_shows_by_itself_within_seconds(string path, string figure)
    {
        var agreement = await luodi.Signed("other", 20_000_000m);
        await luodi.Settled();
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open(path);
        await Expect(page.Locator("[data-live=yes]")).ToBeVisibleAsync();
        await RunningLuodi.Until(async () => await page.Locator(figure).InnerTextAsync() == $"{Count((await luodi.Get("reporting/overview")).GetProperty("total"))}项");
        var before = Count((await luodi.Get("reporting/overview")).GetProperty("total"));

        var confirmed = Stopwatch.GetTimestamp();
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await Expect(page.Locator(figure)).ToHaveTextAsync($"{before + 1}项");

        // A second on a machine of its own; here everything shares one with the browser.
        Stopwatch.GetElapsedTime(confirmed).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_comes_by_itself_comes_in_the_readers_language()
    {
        var agreement = await luodi.Signed("other", 20_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "manager");
        await visit.Page.GotoAsync("/preferences/language/en?back=/");
        await visit.Alive();
        var name = visit.Page.Locator("[data-figure=amount] .figure-name");
        var position = visit.Page.Locator("[data-live=yes]");
        await Expect(name).ToContainTextAsync("Agreed investment in all");
        var before = await position.InnerTextAsync();

        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });

        await RunningLuodi.Until(async () => await position.InnerTextAsync() != before);
        await Expect(name).ToContainTextAsync("Agreed investment in all");
        await Expect(position).ToContainTextAsync("Live");
    }

    [Fact]
    public async Task Claims_stand_beside_sums_for_each_ceremony()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/");

        var row = page.Locator($"[data-claims-beside-sums] tr[data-ceremony='{luodi.Ceremony}']");
        await Expect(row).ToContainTextAsync("浏览器测试公报");
        await Expect(row).ToContainTextAsync("3 项 · 2.19 亿元");
        await row.Locator("th a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("浏览器测试仪式");
    }

    [Fact]
    public async Task The_wall_has_the_figures_and_nothing_else_and_fits_the_screen()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open("/");
        var amount = await page.Locator("[data-figure=amount] .figure-value").InnerTextAsync();

        await page.Locator("[data-open=wall]").ClickAsync();

        await Expect(page.Locator("[data-figure=amount] .wall-value")).ToHaveTextAsync(amount.Replace("\n", "", StringComparison.Ordinal));
        await Expect(page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        (await page.EvaluateAsync<float>("parseFloat(getComputedStyle(document.querySelector('[data-figure=amount] .wall-value')).fontSize)")).ShouldBeGreaterThan(120);
        (await page.EvaluateAsync<int>("document.documentElement.scrollHeight")).ShouldBeLessThanOrEqualTo(900);
    }

    private static int Count(JsonElement figures) => figures.GetProperty("signings").GetInt32();

    private static decimal Yuan(JsonElement figures) => figures.GetProperty("amount").GetProperty("value").GetDecimal();
}
