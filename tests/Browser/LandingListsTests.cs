using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>Capital, enterprises and obligations: their lists, their files, the search, and each of them as it was.</summary>
public sealed class LandingListsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Capital_of_all_projects_is_narrowed_summed_up_and_taken_away()
    {
        var (project, name) = await luodi.Project("other", 5_000_000m);
        var mark = Mark();
        var entry = await Capital(project, $"回单{mark}A", 1_000_000.50m);
        await Capital(project, $"回单{mark}B", 2_000_000m);
        await luodi.Post("staff2", $"projects/capital/{entry}/confirm", new { });
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/capital?q={mark}");
        await Expect(page.Locator("[data-capital]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-sum=domestic]")).ToHaveAttributeAsync("title", "1,000,000.50 元");
        await Expect(page.Locator("[data-sum=pending]")).ToHaveAttributeAsync("title", "2,000,000.00 元");

        await page.Locator("select[name=status]").SelectOptionAsync("logged");
        await Expect(page.Locator("[data-capital]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-sum=domestic]")).ToHaveAttributeAsync("title", "0.00 元");
        await Expect(page.Locator("[data-sum=pending]")).ToHaveAttributeAsync("title", "2,000,000.00 元");
        await page.Locator("select[name=status]").SelectOptionAsync("");
        await page.Locator("details.more-filters summary").ClickAsync();
        await page.Locator("input[name=amountTo]").FillAsync("100.01");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-capital]")).ToHaveCountAsync(1);
        await Expect(page.Locator($"[data-capital='{entry}']")).ToContainTextAsync(name);

        // In the language of the page, whatever the browser would rather have.
        (await File(page)).ShouldBe($"到账日期,项目,折合人民币（元）,资金来源,凭证,凭证编号,状态\r\n2023-11-01,{name},1000000.50,内资,银行回单,回单{mark}A,已确认\r\n");

        await page.Locator($"[data-capital='{entry}'] th a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("到位资金 2023-11-01");
        await Expect(page.Locator("[data-status=confirmed]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-event]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_list_is_narrowed_to_a_project_that_is_found_by_its_name()
    {
        var ((project, name), (other, _)) = (await luodi.Project("other", 5_000_000m), await luodi.Project("other", 5_000_000m));
        var mark = Mark();
        await Capital(project, $"回单{mark}A", 1_000_000m);
        await Capital(other, $"回单{mark}B", 2_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/capital?q=回单{mark}");
        await Expect(page.Locator("[data-capital]")).ToHaveCountAsync(2);
        await page.Locator("details.more-filters summary").ClickAsync();
        await page.Locator("[data-filter=project]").FillAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains(project.ToString(), StringComparison.Ordinal));
        await Expect(page.Locator("[data-capital]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-filter=project]")).ToHaveValueAsync($"{name} · 测试投资方");

        await visit.Open($"/capital?project={project}");
        await Expect(page.Locator("[data-filter=project]")).ToHaveValueAsync($"{name} · 测试投资方");
        await page.Locator(".clear").ClickAsync();
        await Expect(page.Locator("[data-filter=project]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Enterprises_and_obligations_are_taken_away_as_their_pages_show_them()
    {
        var (mark, code) = (Mark(), NewEnterprise.CreditCode());
        await Enterprise($"测试企业{mark}", code);
        var obligation = await Obligation($"不得转让{mark}");
        await using var visit = await Visit.Begin(luodi, account: "staff");
        (await File(await visit.Open($"/enterprises?q={mark}"))).ShouldBe($"企业名称,统一社会信用代码,产业,资质,产业链,产业链角色,注册日期\r\n测试企业{mark},{code},其他,,,,2023-10-01\r\n");
        var page = await visit.Open($"/obligations?q={mark}&columns=kind,amount,what,dueOn,status");
        (await File(page)).ShouldBe($"事项,金额（元）,条款,期限,状态\r\n其他,,不得转让{mark},2099-12-31,履行中\r\n");
        await page.Locator($"[data-obligation='{obligation}'] th a").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("其他 · LLQ-");
        await Expect(page.Locator("[data-obligation-state=open]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_search_finds_all_three_and_leads_to_each_at_any_moment()
    {
        var mark = Mark();
        var enterprise = await Enterprise($"测试企业{mark}", NewEnterprise.CreditCode());
        await luodi.Post("staff", $"projects/enterprises/{enterprise}/rename", new { name = $"新名{mark}" });
        var obligation = await Obligation($"不得转让{mark}");
        await luodi.Post("manager", $"signings/obligations/{obligation}/extend", new { to = "2100-06-30", reason = "汛期停工" });
        var (project, _) = await luodi.Project("other", 5_000_000m);
        var capital = await Capital(project, $"回单{mark}", 1_000_000m);
        await luodi.Post("staff2", $"projects/capital/{capital}/return", new { reason = "回单有误" });

        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/search?q={mark}");
        await Expect(page.Locator("[data-group=enterprise] [data-find] mark").First).ToHaveTextAsync(mark);
        await Expect(page.Locator($"[data-find='{obligation}']")).ToContainTextAsync($"不得转让{mark}");
        await Expect(page.Locator($"[data-find='{capital}']")).ToContainTextAsync($"2023-11-01 · 回单{mark}");

        await page.Locator($"[data-find='{enterprise}'] a.beside").ClickAsync();
        await Expect(page.Locator("[data-line=name] ins")).ToHaveTextAsync($"新名{mark}");
        await Expect(page.Locator("[data-line=aliases] ins")).ToHaveTextAsync($"测试企业{mark}");
        await Expect(page.Locator(".moment-event [data-who]")).ToHaveTextAsync("staff");
        await page.Locator("[data-step=back]").ClickAsync();
        await Expect(page.Locator("[data-changes]")).ToContainTextAsync("记录由此开始");

        await visit.Open($"/history/obligation/{obligation}");
        await Expect(page.Locator("[data-line=dueOn] del")).ToHaveTextAsync("2099-12-31");
        await Expect(page.Locator("[data-line=dueOn] ins")).ToHaveTextAsync("2100-06-30");
        await Expect(page.Locator(".moment-event [data-why]")).ToContainTextAsync("汛期停工");

        await visit.Open($"/capital/{capital}");
        await page.Locator($"a[href='/history/capital/{capital}']").ClickAsync();
        await Expect(page.Locator("[data-line=status] del")).ToHaveTextAsync("待确认");
        await Expect(page.Locator("[data-line=status] ins")).ToHaveTextAsync("已退回");
        await Expect(page.Locator("[data-line=statusReason] ins")).ToHaveTextAsync("回单有误");
    }

    [Fact]
    public async Task The_page_of_a_project_shows_the_enterprise_and_the_capital_of_the_record_that_was_merged_into_it()
    {
        var ((first, _), (into, _)) = (await luodi.Project("other", 5_000_000m), await luodi.Project("other", 5_000_000m));
        var mark = Mark();
        var enterprise = await Enterprise($"测试企业{mark}", NewEnterprise.CreditCode());
        await luodi.Post("staff", $"projects/enterprises/{enterprise}/link", new { projectId = first });
        var capital = await Capital(first, $"回单{mark}", 1_000_000m);
        await luodi.Post("manager", $"projects/{first}/merge", new { intoId = into, reason = "同一项目" });
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open($"/projects/{into}");
        await Expect(page.Locator("[data-enterprises] a")).ToHaveTextAsync($"测试企业{mark}");
        await Expect(page.Locator($"[data-entry-id='{capital}']")).ToContainTextAsync($"回单{mark}");
    }

    [Fact]
    public async Task An_agreement_is_drafted_at_an_old_ceremony_that_is_looked_up_by_its_name()
    {
        var mark = Mark();
        // Older than everything else: among the newest it would never be.
        var ceremony = (await luodi.Post("staff", "signings/ceremonies", new { name = $"旧仪式{mark}", heldOn = "1999-09-09" })).GetProperty("id").GetGuid();
        var closed = (await luodi.Post("staff", "signings/ceremonies", new { name = $"收口仪式{mark}", heldOn = "1999-09-10" })).GetProperty("id").GetGuid();
        await luodi.Post("staff", $"signings/ceremonies/{closed}/hold", new { heldOn = "1999-09-10" });
        await luodi.Post("manager", $"signings/ceremonies/{closed}/close", new { });
        var (project, name) = await luodi.Project("other", 5_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/new?project={project}&ceremony={closed}");
        await Expect(page.Locator("[name='projectId.text']")).ToHaveValueAsync(name);
        // Nothing is signed there any more.
        await Expect(page.Locator("[name='ceremonyId.text']")).ToHaveValueAsync("");
        await page.Locator("[name=number]").FillAsync($"LLC-{mark}");
        await page.Locator("[name='ceremonyId.text']").FillAsync(mark);
        await Expect(page.Locator($"[data-option='{ceremony}']")).ToContainTextAsync("1999-09-09");
        await Expect(page.Locator($"[data-option='{closed}']")).ToHaveCountAsync(0);
        await page.Locator($"[data-option='{ceremony}']").ClickAsync();
        await page.Locator("[name=counterparty]").FillAsync("测试签约方");
        await page.Locator("[name=amount]").FillAsync("0.1");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();
        await page.Locator("[data-act=sign]").WaitForAsync();
        (await luodi.Get($"signings/agreements/{new Uri(page.Url).Segments[^1]}")).GetProperty("ceremonyId").GetGuid().ShouldBe(ceremony);
    }

    private static string Mark() => Guid.CreateVersion7().ToString("N")[^12..];

    private static async Task<string> File(IPage page)
    {
        await page.Locator("details.menu:has([data-export]) summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-export=csv]").ClickAsync());
        return (await System.IO.File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).TrimStart('\uFEFF');
    }

    private async Task<Guid> Capital(Guid project, string number, decimal yuan) =>
        (await luodi.Post("staff", "projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = RunningLuodi.Yuan(yuan), evidence = "bank-slip", evidenceNumber = number })).GetProperty("id").GetGuid();

    private async Task<Guid> Enterprise(string name, string code) =>
        (await luodi.Post("staff", "projects/enterprises", new { name, creditCode = code, registeredOn = "2023-10-01", industry = "other" })).GetProperty("id").GetGuid();

    private async Task<Guid> Obligation(string text) =>
        (await luodi.Post("staff", "signings/obligations", new { agreementId = luodi.Confirmed[0], kind = "other", dueOn = "2099-12-31", text })).GetProperty("id").GetGuid();
}
