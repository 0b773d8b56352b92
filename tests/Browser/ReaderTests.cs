using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed partial class ReaderTests(RunningLuodi luodi)
{
    [Fact]
    public async Task English_is_one_click_away_and_stays()
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");

        await page.Locator("[data-switch=language]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await visit.Alive();

        new Uri(page.Url).AbsolutePath.ShouldBe($"/ceremonies/{luodi.Ceremony}");
        await Expect(page.Locator("[data-figure=amount] .figure-name")).ToContainTextAsync("Agreed investment");
        await Expect(page.Locator("[data-figure=amount] .figure-exact")).ToContainTextAsync("CNY ");
        (await visit.Chart("industry")).Names[0].ShouldBe("Microelectronics");

        await page.Locator("[data-figure=amount]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Postings");
    }

    [Fact]
    public async Task The_dark_theme_is_one_click_away_and_is_there_from_the_first_byte()
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/");
        (await Brightness(page)).ShouldBeGreaterThan(600);

        await page.Locator("[data-switch=theme]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await visit.Alive();

        (await Brightness(page)).ShouldBeLessThan(120);
        (await (await page.APIRequest.GetAsync("/")).TextAsync()).ShouldContain("data-theme=\"dark\"");
        await visit.Chart("size-band");
    }

    /// <summary>The visit itself fails on a console error and on a request that leaves the host.</summary>
    [Theory]
    [InlineData("en", "dark")]
    [InlineData("zh-CN", "light")]
    public async Task Every_page_comes_from_this_host_and_names_every_word(string language, string theme)
    {
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/");
        await page.GotoAsync($"/preferences/language/{language}?back=/");
        await page.GotoAsync($"/preferences/theme/{theme}?back=/");
        var posting = (await luodi.Get($"reporting/postings?ceremony={luodi.Ceremony}&limit=1")).GetProperty("items")[0];

        var project = (await luodi.Get($"signings/agreements/{luodi.Confirmed[0]}")).GetProperty("projectId").GetGuid();

        foreach (var path in (string[])
        [
            "/", "/wall", "/ceremonies", $"/ceremonies/{luodi.Ceremony}", $"/agreements/{luodi.Confirmed[0]}", "/postings", $"/events/{posting.GetProperty("event").GetProperty("id").GetGuid()}",
            "/projects", $"/projects/{project}", "/funds", "/history", $"/history/agreement/{luodi.Confirmed[0]}", $"/history/project/{project}", "/search", "/search?q=LLQ",
            "/figures?rows=industry&columns=year", "/figures?measure=stages-reached&rows=stage&columns=origin", "/rates", "/definitions", "/enterprises", "/obligations",
            "/capital", "/capital?origin=foreign", "/enterprises?level=national", "/obligations?department=investment-1",
        ])
        {
            await visit.Open(path);
            // A word that is missing shows as its key: Family.Name.
            (await page.Locator("body").InnerTextAsync()).Split(' ', '\n', '\t').ShouldNotContain(word => IsKey().IsMatch(word), path);
        }
    }

    [Fact]
    public async Task The_API_reference_describes_every_service_without_leaving_the_host()
    {
        await using var visit = await Visit.Begin(luodi);
        foreach (var service in (string[])["signings", "projects", "funds", "reporting", "audit"])
        {
            (await visit.Page.APIRequest.GetAsync($"/api/{service}/openapi/v1.json")).Status.ShouldBe(200, service);
        }
        await visit.Page.GotoAsync("/docs/api");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Luodi signings" }).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/wall")]
    [InlineData("/postings")]
    [InlineData("/projects")]
    [InlineData("/funds")]
    [InlineData("/history")]
    [InlineData("/figures?rows=industry&columns=year")]
    [InlineData("/rates")]
    [InlineData("/definitions")]
    [InlineData("/enterprises")]
    [InlineData("/obligations")]
    [InlineData("/capital")]
    [InlineData("/capital?amountFrom=1")]
    [InlineData("/search?q=LLQ")]
    public async Task On_a_phone_a_page_is_no_wider_than_the_screen(string path)
    {
        await using var visit = await Visit.Begin(luodi, width: 390);
        var page = await visit.Open(path);

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
    }

    [Fact]
    public void Both_languages_have_the_same_words()
    {
        static string[] Words(string file) =>
            [.. XDocument.Load(RunningLuodi.File($"services/Portal/Language/{file}")).Root!.Elements("data").Select(word => word.Attribute("name")!.Value)];

        Words("Words.en.resx").ShouldBe(Words("Words.resx"));
    }

    private static Task<int> Brightness(IPage page) =>
        page.EvaluateAsync<int>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b)");

    [GeneratedRegex("^(Capital|Obligations|Enterprises?|Evidence|MoneyOrigin|Ceremony|Industry|SizeBand|Status|PostingStatus|Stage|Event|Claim|Chart|Agreements?|Postings|Amount|History|Pending|Nav|Page|Account|Agenda|CeremonyStatus|Contradiction|Department|Did|Difference|Do|Draft|Find|Form|Help|Notices|Returned|Role|Schedule|Table|Views|Waits|Work|Overview|Wall|Projects?|Funds?|FundKind|FundFigures|FundCurve|FundBridge|FundAccounts|Family|FamilyMoney|AccountLine|UnfundedLine|RecallCustom|NoRate|InternalRate|Kind|EventSource|Events|Moment|Search|Freshness|Actor)\\.[A-Za-z0-9_-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsKey();
}
