using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>The auditor's pages: from an event to its proof, and whether history is as it was.</summary>
public sealed class ProofTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_printed_checkpoint_is_compared_with_todays_log()
    {
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open("/audit");
        await Expect(page.Locator("[data-witness]")).ToContainTextAsync("正常联署");
        await page.Locator("[data-log] a[href^='/audit/checkpoints/']").ClickAsync();
        await Expect(page.Locator("[data-checkpoint] img")).ToBeVisibleAsync();
        var printed = await page.Locator("[data-checkpoint] pre").InnerTextAsync();
        printed.ShouldStartWith("luodi/nanhu\n");

        await visit.Open("/audit");
        await page.Locator("form[data-entry=compare] textarea").FillAsync(printed);
        await page.Locator("form[data-entry=compare] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-comparison=consistent]")).ToBeVisibleAsync();

        await page.Locator("form[data-entry=compare] textarea").FillAsync(printed.Replace("luodi/nanhu\n", "luodi/beihu\n", StringComparison.Ordinal));
        await page.Locator("form[data-entry=compare] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-comparison=log]")).ToContainTextAsync("不一致");
    }

    [Fact]
    public async Task Stores_journal_and_log_are_compared_at_a_click()
    {
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open("/audit");
        await page.Locator("form[data-entry=reconcile] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/audit/reconciliations/", StringComparison.Ordinal));
        await Expect(page.Locator("[data-reconciliation=agrees]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task From_the_figure_of_a_ceremony_to_its_papers_their_events_and_a_proof()
    {
        await luodi.Settled();
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}");
        await page.Locator("[data-evidence-of]").ClickAsync();
        await visit.Alive();
        var figures = await luodi.Figures();
        await Expect(page.Locator("[data-sum]")).ToContainTextAsync($"{figures.GetProperty("signings").GetInt32()}");
        await Expect(page.Locator("[data-paper]").First).ToBeVisibleAsync();
        (await page.Locator("[data-paper]").CountAsync()).ShouldBeGreaterThanOrEqualTo(figures.GetProperty("signings").GetInt32());
        await page.Locator($"[data-paper='{luodi.Confirmed[0]}'] a[href^='/events/']").First.ClickAsync();
        await Expect(page.Locator("[data-proof] a[download$='.tlog-proof']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_event_leads_to_its_proof_for_the_auditor_alone()
    {
        await using (var visit = await Visit.Begin(luodi, account: "auditor"))
        {
            var page = await visit.Open($"/history?subject={luodi.Confirmed[0]}");
            // The oldest one: the log may not have the newest yet.
            await page.Locator("[data-event]").Last.Locator("a").First.ClickAsync();
            await Expect(page.Locator("[data-proof]")).ToContainTextAsync("叶哈希");
            var address = await page.Locator("[data-proof] a[download$='.tlog-proof']").GetAttributeAsync("href");
            (await (await page.APIRequest.GetAsync(address!)).TextAsync()).ShouldStartWith("c2sp.org/tlog-proof@v1\nindex ");
        }
        await using var manager = await Visit.Begin(luodi);
        var signed = (await luodi.Get($"signings/agreements/{luodi.Confirmed[0]}/history")).GetProperty("items")[0].GetProperty("eventId").GetString();
        var event_ = await manager.Open($"/events/{signed}");
        await Expect(event_.Locator("[data-raw]")).ToBeVisibleAsync();
        (await event_.Locator("[data-proof]").CountAsync()).ShouldBe(0);
    }
}
