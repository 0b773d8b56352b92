using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>A paper that follows another one, what a closing seals, and the order of the agenda: by hand, on the pages.</summary>
public sealed class FollowedPapersTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_contract_is_logged_from_the_page_of_the_intent_that_it_follows_and_both_show_the_chain()
    {
        var (project, first, _) = await Intent(500_000_000m);
        var fair = await Fair("2023-10-01");
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/{first}");
        await Expect(page.Locator("[data-tier=intent]")).ToHaveTextAsync("意向");
        await page.Locator("[data-follow=upgrade]").ClickAsync();

        await Expect(page.Locator($"[data-follows='{first}']")).ToContainTextAsync("升级");
        await page.Locator("[name=number]").FillAsync($"{project}-2");
        await page.Locator("[name='ceremonyId.text']").FillAsync((await luodi.Get($"signings/ceremonies/{fair}")).GetProperty("name").GetString()!);
        await page.Locator($"[data-option='{fair}']").ClickAsync();
        await page.Locator("[name=tier]").SelectOptionAsync("contract");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();
        await page.Locator("[data-act=sign] [name=signedOn]").FillAsync("2023-06-01");
        await page.Locator("[data-act=sign] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=sign]")).ToBeVisibleAsync();
        var second = Guid.Parse(new Uri(page.Url).Segments[^1]);
        await Expect(page.Locator("[data-chain] [data-paper]")).ToHaveCountAsync(2);
        (await luodi.Get($"signings/agreements/{second}")).GetProperty("follows").GetGuid().ShouldBe(first);

        await luodi.Post("staff2", $"signings/agreements/{second}/confirm", new { });
        await luodi.Heard(second, "signing_confirmed");
        // What is followed is no longer changed: what is to be changed is changed on the contract.
        await staff.Open($"/agreements/{first}");
        await Expect(page.Locator("[data-follow]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-do=amend]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-chain]")).ToContainTextAsync($"{project}-2");

        await staff.Open($"/ceremonies/{fair}?tier=contract");
        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync("0项");
        await Expect(page.Locator("[data-figure=upgrades] .figure-value")).ToHaveTextAsync("1项");
        await Expect(page.Locator("[data-tiers] [data-tier=contract]")).ToContainTextAsync("合同");
        await Expect(page.Locator("[data-claims]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_closing_is_shown_beside_the_figure_now_with_the_postings_that_explain_the_difference()
    {
        var (_, agreement, fair) = await Intent(120_000_000m, tier: "agreement");
        await using var manager = await Visit.Begin(luodi, account: "manager");
        var page = await manager.Open($"/ceremonies/{fair}?do=close");
        await page.Locator("[data-act=close] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=close]")).ToBeVisibleAsync();
        await luodi.Heard(fair, "ceremony_closed");
        await manager.Open($"/ceremonies/{fair}");
        await Expect(page.Locator("[data-seals] [data-agrees=yes]")).ToBeVisibleAsync();

        await luodi.Post("staff", $"signings/agreements/{agreement}/amend", new { amount = RunningLuodi.Yuan(90_000_000m), reason = "核减" });
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await Expect(page.Locator("[data-sealed=amount]")).ToHaveTextAsync("1.20 亿元");
        await Expect(page.Locator("[data-difference=amount]")).ToHaveTextAsync("−3,000.00 万元");
        await Expect(page.Locator("[data-difference=at-least-100-million]")).ToHaveTextAsync("−1");
        await Expect(page.Locator("[data-since-postings] tbody tr")).ToHaveCountAsync(2);
        await page.Locator("a[data-since]").ClickAsync();
        await Expect(page.Locator("[data-total=amount]")).ToContainTextAsync("3,000.00");

        await manager.Open($"/ceremonies/{fair}?do=reopen");
        await page.Locator("[name=reason]").FillAsync("漏登一项");
        await page.Locator("[data-act=reopen] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=reopen]")).ToBeVisibleAsync();
        (await luodi.Get($"signings/ceremonies/{fair}")).GetProperty("status").GetString().ShouldBe("scheduled");
    }

    [Fact]
    public async Task The_order_of_the_agenda_is_set_with_arrows()
    {
        var (_, first, fair) = await Intent(10_000_000m, tier: "agreement");
        var (_, second, _) = await Intent(20_000_000m, "contract", fair);
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/ceremonies/{fair}/agenda");
        // Tiers have no sum: each has a line of its own.
        await Expect(page.Locator("[data-sum]")).ToHaveTextAsync(["1,000.00", "2,000.00"]);
        await page.Locator("[data-do=agenda]").ClickAsync();
        await page.Locator($"[data-paper='{second}'] [data-earlier]").ClickAsync();
        await page.Locator("form[data-entry=agenda] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-act=agenda]")).ToHaveCountAsync(0);
        (await luodi.Get($"signings/ceremonies/{fair}")).GetProperty("agenda").EnumerateArray().Select(paper => paper.GetGuid()).ShouldBe([second, first]);
        await staff.Open($"/ceremonies/{fair}/agenda");
        await Expect(page.Locator("[data-paper]").First).ToHaveAttributeAsync("data-paper", second.ToString());

        // At a closed ceremony nothing is left to put in order, by its address neither.
        await luodi.Post("manager", $"signings/ceremonies/{fair}/close", new { });
        await staff.Open($"/ceremonies/{fair}/agenda?do=agenda");
        await Expect(page.Locator("[data-paper]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-do=agenda], [data-act=agenda], [data-earlier]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_fair_of_intents_alone_shows_what_they_come_to()
    {
        var (_, _, fair) = await Intent(500_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/ceremonies/{fair}");

        await Expect(page.Locator("[data-figure=signings] .figure-value")).ToHaveTextAsync("1项");
        await Expect(page.Locator("[data-figure=amount] .figure-exact")).ToHaveTextAsync("500,000,000.00 元");
        await Expect(page.Locator("[data-tiers] [data-tier=intent]")).ToContainTextAsync("意向");
    }

    [Fact]
    public async Task Two_records_that_signed_at_one_fair_are_told_of_before_they_are_merged()
    {
        var (project, _, fair) = await Intent(10_000_000m, tier: "agreement");
        var (other, _, _) = await Intent(10_000_000m, "agreement", fair);
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/projects/{project}?do=merge");

        var name = (await luodi.Get($"projects/{other}")).GetProperty("name").GetString()!;
        await page.Locator("[name='intoId.text']").FillAsync(name);
        await page.Locator($"[data-option='{other}']").ClickAsync();

        await Expect(page.Locator("[data-twice] a")).ToHaveTextAsync([$"{project}-1", $"{other}-1"]);
    }

    private async Task<Guid> Fair(string day) =>
        (await luodi.Post("staff", "signings/ceremonies", new { name = $"浏览器洽谈会{Guid.CreateVersion7().ToString("N")[^8..]}", heldOn = day })).GetProperty("id").GetGuid();

    /// <summary>A confirmed first paper of a project, at a fair of its own; its number begins with the project's id.</summary>
    private async Task<(Guid Project, Guid Agreement, Guid Fair)> Intent(decimal yuan, string tier = "intent", Guid? at = null)
    {
        var fair = at ?? await Fair("2023-03-01");
        var (project, _) = await luodi.Project("microelectronics", yuan);
        var agreement = (await luodi.Post("staff", "signings/agreements", new { number = $"{project}-1", projectId = project, ceremonyId = fair, counterparty = "测试签约方", amount = RunningLuodi.Yuan(yuan), tier })).GetProperty("id").GetGuid();
        await luodi.Post("staff", $"signings/agreements/{agreement}/sign", new { signedOn = "2023-03-01" });
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await luodi.Heard(agreement, "signing_confirmed");
        return (project, agreement, fair);
    }
}
