using System.Globalization;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class CeremonyTests(RunningLuodi luodi)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public async Task The_page_shows_the_figures_of_Reporting()
    {
        await luodi.Settled();
        var figures = await luodi.Figures();
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");

        await Expect(page.Locator("h1")).ToHaveTextAsync("浏览器测试仪式");
        await Expect(page.Locator("[data-figure=amount] .figure-value")).ToHaveTextAsync($"{Large(figures)}亿元");
        await Expect(page.Locator("[data-figure=amount] .figure-exact")).ToHaveTextAsync($"{Value(figures).ToString("N2", Chinese)} 元");
        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync($"{figures.GetProperty("signings")}项");
        await Expect(page.Locator("[data-figure=at-least-100-million] .figure-value")).ToHaveTextAsync($"{figures.GetProperty("atLeast100Million")}项");
        await Expect(page.Locator("[data-note=illustrative]")).ToContainTextAsync("1 项协议");
    }

    [Fact]
    public async Task The_charts_are_drawn_from_the_same_figures()
    {
        await luodi.Settled();
        var figures = await luodi.Figures();
        await using var visit = await Visit.Begin(luodi);
        await visit.Open($"/ceremonies/{luodi.Ceremony}");

        foreach (var (chart, rows) in new[] { ("industry", "byIndustry"), ("size-band", "bySizeBand") })
        {
            var (names, lengths) = await visit.Chart(chart);
            var expected = figures.GetProperty(rows).EnumerateArray().ToArray();
            lengths.ShouldBe(expected.Select(row => Value(row) / 100_000_000m));
            names.Length.ShouldBe(expected.Length);
        }
        // Another test may have confirmed one of another industry in the meantime.
        (string Key, string Name)[] industries = [("microelectronics", "微电子"), ("intelligent-equipment", "智能装备"), ("biomedicine", "生物医药"), ("other", "其他")];
        var shown = figures.GetProperty("byIndustry").EnumerateArray().Select(row => row.GetProperty("industry").GetString()).ToArray();
        (await visit.Chart("industry")).Names.ShouldBe(industries.Where(industry => shown.Contains(industry.Key)).Select(industry => industry.Name));
    }

    [Fact]
    public async Task The_table_lists_the_agreements_of_Signings_to_the_fen()
    {
        var agreements = (await luodi.Get($"signings/agreements?ceremony={luodi.Ceremony}&limit=100")).GetProperty("items").EnumerateArray().ToArray();
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");

        var rows = page.Locator("[data-agreements] tbody tr");
        await Expect(rows).ToHaveCountAsync(agreements.Length);
        foreach (var agreement in agreements)
        {
            var row = page.Locator($"[data-agreement='{agreement.GetProperty("id").GetGuid()}']");
            await Expect(row.Locator("[data-yuan]")).ToHaveAttributeAsync("title", $"{Value(agreement).ToString("N2", Chinese)} 元");
            await Expect(row.Locator(".illustrative")).ToHaveCountAsync(agreement.GetProperty("illustrative").GetBoolean() ? 1 : 0);
        }
    }

    [Fact]
    public async Task Claim_and_sum_stand_side_by_side_and_the_residue_is_said_in_words()
    {
        await luodi.Settled();
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");
        var claim = (await luodi.Figures()).GetProperty("claims")[0];
        var residue = claim.GetProperty("residue").GetProperty("value").GetDecimal();

        await Expect(page.Locator(".claim-verdict")).ToContainTextAsync(residue == 0 ? "一致" : "不一致");
        await Expect(page.Locator("[data-residue=signings]")).ToHaveTextAsync(claim.GetProperty("residueSignings").GetInt32() switch { 0 => "0", > 0 and var more => $"+{more}", var less => $"−{-less}" });
    }

    [Fact]
    public async Task What_is_confirmed_while_the_page_is_open_moves_from_pending_into_the_figures_by_itself()
    {
        var agreement = await luodi.Signed("microelectronics", 30_000_000m);
        await luodi.Heard(agreement, "agreement_signed");
        await luodi.Settled();
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");
        var before = await luodi.Figures();
        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync($"{before.GetProperty("signings")}项");
        await Expect(page.Locator("[data-figure=pending-signings] b")).ToHaveTextAsync($"+{before.GetProperty("pending").GetProperty("signings")}");

        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });

        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync($"{before.GetProperty("signings").GetInt32() + 1}项");
        var after = await luodi.Figures();
        await Expect(page.Locator("[data-figure=amount] .figure-value")).ToHaveTextAsync($"{Large(after)}亿元");
        // Drawn by a script, after the words.
        await RunningLuodi.Until(async () => (await visit.Chart("industry")).Lengths[0] == Value(after.GetProperty("byIndustry")[0]) / 100_000_000m);
    }

    private static decimal Value(JsonElement figure) => figure.GetProperty("amount").GetProperty("value").GetDecimal();

    private static string Large(JsonElement figure) => (Value(figure) / 100_000_000m).ToString("N2", Chinese);
}
