using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class HistoryTests(RunningLuodi luodi)
{
    [Fact]
    public async Task An_agreement_is_seen_as_it_stood_after_each_of_its_steps_and_what_changed_is_said()
    {
        var agreement = await luodi.Signed("microelectronics", 90_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await luodi.Post("staff2", $"signings/agreements/{agreement}/amend", new { amount = RunningLuodi.Yuan(110_000_000m), reason = "扩大二期产能" });
        await luodi.Post("staff", $"signings/agreements/{agreement}/confirm", new { });
        var then = await luodi.Get($"signings/agreements/{agreement}?version=3");
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open($"/history/agreement/{agreement}");

        await Expect(page.Locator("[data-moment='5']")).ToBeVisibleAsync();
        var amount = page.Locator("[data-line=amount]");
        await Expect(amount).ToHaveAttributeAsync("data-changed", "yes");
        await Expect(amount.Locator("del")).ToHaveTextAsync("9,000.00 万元");
        await Expect(amount.Locator("ins")).ToHaveTextAsync("1.10 亿元");
        await Expect(amount.Locator(".badge")).ToHaveTextAsync("变更");

        // By keyboard: two steps back, to the confirmation of the signing.
        await page.Locator("input[type=range]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("[data-line=proposed] ins")).ToHaveTextAsync("1.10 亿元");
        await Expect(page.Locator("[data-moment='4'] ~ .moment [data-why]")).ToContainTextAsync("扩大二期产能");
        await page.Keyboard.PressAsync("ArrowLeft");

        await Expect(page.Locator(".moment-event")).ToHaveAttributeAsync("data-type", "signing_confirmed");
        await Expect(page.Locator(".moment-event [data-who]")).ToHaveTextAsync("staff2");
        await Expect(page.Locator("[data-line=status] ins")).ToHaveTextAsync("有效");
        then.GetProperty("status").GetString().ShouldBe("in-force");
        await Expect(amount).ToContainTextAsync("9,000.00 万元");
        await page.WaitForURLAsync(url => url.EndsWith("version=3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_moment_is_found_by_its_time_and_can_be_sent_to_a_colleague()
    {
        var agreement = await luodi.Signed("other", 12_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open($"/history/agreement/{agreement}?version=1");

        await Expect(page.Locator(".moment-event")).ToHaveAttributeAsync("data-type", "agreement_drafted");
        await page.Locator("input[type=datetime-local]").FillAsync("2099-01-01T00:00:01");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".moment-event")).ToHaveAttributeAsync("data-type", "agreement_signed");
        await Expect(page.Locator("[data-line=waiting] ins")).ToHaveTextAsync("签约待确认");
    }

    [Fact]
    public async Task Events_are_found_by_kind_and_actor_and_open()
    {
        var agreement = await luodi.Signed("other", 13_000_000m);
        await luodi.Heard(agreement, "agreement_signed");
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        var page = await visit.Open($"/history?subject={agreement}");
        await Expect(page.Locator("[data-event]")).ToHaveCountAsync(2);

        await page.Locator("select[name=type]").SelectOptionAsync("agreement_signed");

        await page.WaitForURLAsync(url => url.Contains("type=agreement_signed", StringComparison.Ordinal));
        await Expect(page.Locator("[data-event]")).ToHaveCountAsync(1);
        await page.Locator("[data-event] th a").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("登记签约");
        await Expect(page.Locator("[data-who]")).ToHaveTextAsync("staff");
    }

    [Fact]
    public async Task A_project_has_its_moments_too()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var project = (await luodi.Post("staff", "projects", new { name = $"回看项目{mark}", industry = "other", investor = "测试投资方" })).GetProperty("id").GetGuid();
        await luodi.Post("staff", $"projects/{project}/reach", new { stage = "negotiating" });
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/history/project/{project}");

        await Expect(page.Locator("[data-line=stage] del")).ToHaveTextAsync("线索");
        await Expect(page.Locator("[data-line=stage] ins")).ToHaveTextAsync("在谈");
        await page.Locator("[data-step=back]").ClickAsync();
        await Expect(page.Locator("[data-changes]")).ToContainTextAsync("记录由此开始");
    }

    [Fact]
    public async Task What_one_looks_for_is_found_by_a_part_of_its_Chinese_name()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var project = (await luodi.Post("staff", "projects", new { name = $"查找光刻胶{mark}基地", industry = "other", investor = "测试投资方" })).GetProperty("id").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/search");

        await page.Locator("#search-words").FillAsync($"光刻胶{mark}");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator($"[data-find='{project}'] mark")).ToHaveTextAsync($"光刻胶{mark}");
        await page.Locator($"[data-find='{project}'] a").First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync($"查找光刻胶{mark}基地");
    }
}
