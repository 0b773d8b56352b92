using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Luodi.Browser;

/// <summary>Every page, in both languages and both looks, is read by axe; a page without a row fails the first test.</summary>
public sealed partial class AccessibilityTests(RunningLuodi luodi)
{
    // Reached by signing in, not by their address.
    private static readonly string[] AtTheDoor = ["/sign-in/factor", "/sign-in/set-up-factor", "/sign-in/new-password"];

    private static readonly string[] Names = ["name"];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Fact]
    public async Task Every_page_has_a_row_here()
    {
        var pages = Directory.EnumerateFiles(RunningLuodi.File("services/Portal"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => PageOf().Matches(File.ReadAllText(file)).Select(match => match.Groups["route"].Value));
        var rows = (await Rows()).SelectMany(row => row.Pages.Select(page => page.Route)).Concat(AtTheDoor);
        rows.Distinct().Order().ShouldBe(pages.Order());
    }

    [Theory]
    [InlineData("zh-CN", "light")]
    [InlineData("zh-CN", "dark")]
    [InlineData("en", "light")]
    [InlineData("en", "dark")]
    public async Task No_page_has_a_fault(string language, string look)
    {
        List<string> faults = [];
        foreach (var (account, pages) in await Rows())
        {
            await using var visit = await Visit.Begin(luodi, account: account, expects: "status of 404");
            await Choose(visit.Page, language, look);
            foreach (var (_, address) in pages)
            {
                await visit.Page.GotoAsync(address);
                // Who is not signed in gets a page without a circuit.
                if (account is not null) await visit.Alive();
                (await visit.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
                (await visit.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe(look);
                await Drawn(visit.Page);
                faults.AddRange(await FaultsOf(visit.Page, address));
            }
        }
        faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh-CN", "light")]
    [InlineData("en", "dark")]
    public async Task No_step_at_the_door_has_a_fault(string language, string look)
    {
        List<string> faults = [];
        var someone = await NewAccount.Open(luodi, "reader");
        await luodi.Post("secadmin", $"portal/accounts/{someone.Id}/grant", new { role = "security-administrator" });
        await luodi.Post("secadmin", "portal/second-factor/demand", new { role = "security-administrator" });
        try
        {
            await using var visit = await Visit.Begin(luodi, account: null);
            await Choose(visit.Page, language, look);
            await RunningLuodi.SignIn(visit.Page, someone.Login, someone.Password);
            // What a role demands comes before anything else, the first password's change too.
            await Step("/sign-in/set-up-factor");
            var key = (await visit.Page.Locator("[data-factor-key]").TextContentAsync())!;
            await visit.Page.Locator("#code").FillAsync(NewAccount.Code(key));
            await visit.Page.Locator("button[type=submit]").ClickAsync();
            await Step("/sign-in/new-password");
            await NewAccount.ChoosePassword(visit.Page);
            await visit.Alive();

            await using var again = await Visit.Begin(luodi, account: null);
            await Choose(again.Page, language, look);
            await RunningLuodi.SignIn(again.Page, someone.Login, NewAccount.Chosen);
            await again.Page.WaitForURLAsync(url => url.Contains("/sign-in/factor", StringComparison.Ordinal));
            faults.AddRange(await FaultsOf(again.Page, "/sign-in/factor"));
            faults.ShouldBeEmpty();

            async Task Step(string page)
            {
                await visit.Page.WaitForURLAsync(url => url.Contains(page, StringComparison.Ordinal));
                faults.AddRange(await FaultsOf(visit.Page, page));
            }
        }
        finally
        {
            await luodi.Post("secadmin", "portal/second-factor/waive", new { role = "security-administrator" });
        }
    }

    private async Task<(string? Account, (string Route, string Address)[] Pages)[]> Rows()
    {
        var agreement = luodi.Confirmed[0];
        var project = (await luodi.Get($"signings/agreements/{agreement}")).GetProperty("projectId").GetString();
        await luodi.Post("staff", $"signings/agreements/{agreement}/conditions", new { text = "环评批复取得后生效", dueOn = "2023-12-31" });
        var signed = (await luodi.Get($"reporting/events?subject={agreement}")).GetProperty("items")[0].GetProperty("id").GetString();
        var enterprise = (await luodi.Post("staff", "projects/enterprises", new { name = "测试企业", creditCode = NewEnterprise.CreditCode(), registeredOn = "2023-10-01", industry = "other" })).GetProperty("id").GetString();
        var capital = (await luodi.Post("staff", "projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = RunningLuodi.Yuan(1_000_000m), evidence = "bank-slip", evidenceNumber = Guid.CreateVersion7() })).GetProperty("id").GetString();
        await Contacts(project!);
        var obligation = (await luodi.Post("staff", "signings/obligations", new { agreementId = agreement, kind = "other", dueOn = "2099-12-31", text = "测试条款" })).GetProperty("id").GetString();
        var partnered = (await luodi.Post("staff", "funds", new { name = "测试合伙基金", kind = "own-brand", targetSize = RunningLuodi.Yuan(100_000_000m) })).GetProperty("id").GetString();
        var partner = (await luodi.Post("staff", $"funds/{partnered}/partners", new { name = "测试合伙人", kind = "government" })).GetProperty("id").GetString();
        await luodi.Post("staff", $"funds/{partnered}/subscriptions", new { partnerId = partner, amount = RunningLuodi.Yuan(1_000_000m), on = "2023-11-01" });
        await luodi.Post("staff", $"funds/{partnered}/sizes", new { source = "测试公报", statedOn = "2023-11-01", size = RunningLuodi.Yuan(1_000_000m) });
        var facility = (await luodi.Post("staff", "funds/facilities", new { name = "测试产品", product = "guaranteed-loan", lender = "某银行", limit = RunningLuodi.Yuan(100_000_000m) })).GetProperty("id").GetString();
        await luodi.Post("staff", $"funds/facilities/{facility}/entries", new { kind = "drawn", on = "2023-11-01", amount = RunningLuodi.Yuan(1_000_000m), firm = "测试企业", evidence = "借据" });
        var report = await Report();
        var signedSize = (await luodi.Get("audit/standing")).GetProperty("signed").GetInt64();
        var reconciliation = (await luodi.Post("auditor", "audit/reconciliations", new { })).GetProperty("id").GetString();
        var leads = (await luodi.Get($"projects/{project}/history")).GetProperty("items")[0].GetProperty("eventId").GetString();
        var asked = (await luodi.Get($"audit/erasures?eventId={leads}")).GetProperty("items");
        var erasure = (asked.GetArrayLength() > 0 ? asked[0] : await luodi.Post("auditor", "audit/erasures", new { eventId = leads, texts = Names, basis = "个人信息保护法第四十七条" })).GetProperty("id").GetString();
        var account = (await luodi.Get("portal/accounts")).GetProperty("items")[0].GetProperty("id").GetString();
        return
        [
            ("manager", [
                ("/", "/"), ("/wall", "/wall"), ("/work", "/work"), ("/work/{List}", "/work/returned"), ("/work/{List}", "/work/obligations"), ("/work/{List}", "/work/conditions"), ("/ceremonies", "/ceremonies"),
                ("/ceremonies/{Id:guid}", $"/ceremonies/{luodi.Ceremony}"), ("/ceremonies/{Id:guid}/agenda", $"/ceremonies/{luodi.Ceremony}/agenda"),
                ("/agreements", "/agreements"), ("/agreements/{Id:guid}", $"/agreements/{agreement}"), ("/projects", "/projects"), ("/projects/blocks", "/projects/blocks"),
                ("/projects/{Id:guid}", $"/projects/{project}"), ("/funds", "/funds"), ("/funds/{Id:guid}", $"/funds/{luodi.Fund}"), ("/funds/{Id:guid}", $"/funds/{partnered}"), ("/funds/{Id:guid}/accounts", $"/funds/{partnered}/accounts"), ("/funds/family", "/funds/family"), ("/funds/facilities", "/funds/facilities"), ("/funds/facilities/{Id:guid}", $"/funds/facilities/{facility}"), ("/work/{List}", "/work/funds"), ("/work/{List}", "/work/contacts"), ("/history", "/history"),
                ("/history/agreement/{Id:guid}", $"/history/agreement/{agreement}"), ("/history/project/{Id:guid}", $"/history/project/{project}"),
                ("/events/{Id:guid}", $"/events/{signed}"), ("/postings", "/postings"), ("/figures", "/figures?columns=year"), ("/enterprises", "/enterprises"), ("/enterprises/{Id:guid}", $"/enterprises/{enterprise}"), ("/obligations", "/obligations"), ("/obligations/{Id:guid}", $"/obligations/{obligation}"),
                ("/capital", "/capital"), ("/capital/{Id:guid}", $"/capital/{capital}"), ("/history/enterprise/{Id:guid}", $"/history/enterprise/{enterprise}"), ("/history/capital/{Id:guid}", $"/history/capital/{capital}"),
                ("/history/obligation/{Id:guid}", $"/history/obligation/{obligation}"), ("/projects/fields", "/projects/fields"), ("/rates", "/rates"), ("/definitions", "/definitions"), ("/reports", "/reports"), ("/reports/new", $"/reports/new?kind=bulletin&ceremony={luodi.Ceremony}"), ("/reports/{Id:guid}", $"/reports/{report}"), ("/reports/{Id:guid}", $"/reports/{report}?do=withdraw"), ("/reports/{Id:guid}/now", $"/reports/{report}/now"), ("/search", "/search?q=测试"), ("/account", "/account"), ("/audit/erasures", "/audit/erasures"), ("/audit/erasures/{Id:guid}", $"/audit/erasures/{erasure}"), ("/audit/erasures/new", $"/audit/erasures/new?event={signed}"),
                ("/help", "/help"), ("/denied", "/denied"), ("/error", "/error"), ("/not-found", "/nothing-here"),
            ]),
            ("staff", [
                ("/", "/"), ("/projects/new", "/projects/new"), ("/enterprises/new", "/enterprises/new"), ("/projects/board", "/projects/board"), ("/projects/limits", "/projects/limits"), ("/projects/{Id:guid}", $"/projects/{project}?do=fill"), ("/ceremonies/new", "/ceremonies/new"), ("/agreements/new", "/agreements/new"), ("/funds/new", "/funds/new"), ("/funds/{Id:guid}", $"/funds/{partnered}?do=terms"), ("/funds/{Id:guid}", $"/funds/{partnered}?do=flow&as=called"), ("/funds/facilities", "/funds/facilities?do=open"),
                ("/agreements/{Id:guid}", $"/agreements/{agreement}"), ("/search", "/search?q=没有这样的记录"),
            ]),
            ("auditor", [
                ("/ceremonies/{Id:guid}/proof", $"/ceremonies/{luodi.Ceremony}/proof"),
                ("/audit", "/audit"), ("/audit/checkpoints/{Size:long}", $"/audit/checkpoints/{signedSize}"), ("/audit/reconciliations/{Id:guid}", $"/audit/reconciliations/{reconciliation}"), ("/events/{Id:guid}", $"/events/{signed}"), ("/audit/erasures/{Id:guid}", $"/audit/erasures/{erasure}"), ("/events/{Id:guid}", $"/events/{leads}"),
            ]),
            ("sysadmin", [
                ("/admin", "/admin"), ("/admin/accounts/new", "/admin/accounts/new"), ("/admin/accounts/{Id:guid}", $"/admin/accounts/{account}"), ("/admin/dictionary", "/admin/dictionary"),
            ]),
            ("secadmin", [
                ("/admin/accounts/{Id:guid}", $"/admin/accounts/{account}"), ("/admin/programs", "/admin/programs"), ("/admin/policy", "/admin/policy"), ("/admin/security-log", "/admin/security-log"),
            ]),
            (null, [("/sign-in", "/sign-in"), ("/not-found", "/not-found")]),
        ];
    }

    /// <summary>One contact that is to be forgotten, and one that was.</summary>
    private async Task Contacts(string project)
    {
        foreach (var forgotten in (bool[])[false, true])
        {
            var contactId = (await luodi.Post("staff", $"projects/{project}/contacts", new { name = "联系人（示例）", position = "驻场代表", phone = "+86 573 8200 0000" })).GetProperty("id").GetGuid();
            await luodi.Post("staff", $"projects/{project}/request-forgetting", new { contactId, basis = "person-asked" });
            if (forgotten) await luodi.Post("manager", $"projects/{project}/forget-contact", new { contactId });
        }
    }

    /// <summary>A bulletin of what was known early, so that the page that compares has something to show; of a ceremony one stands at a time.</summary>
    private async Task<string?> Report()
    {
        var standing = (await luodi.Get("reporting/reports?kind=bulletin&status=published&limit=200")).GetProperty("items").EnumerateArray().Where(item => item.GetProperty("ceremonyId").GetGuid() == luodi.Ceremony).ToArray();
        if (standing is [var first, ..]) return first.GetProperty("id").GetString();
        var early = (await luodi.Get($"reporting/postings?ceremony={luodi.Ceremony}&limit=1")).GetProperty("items")[0].GetProperty("position").GetInt64();
        return (await luodi.Post("manager", "reporting/reports", new { kind = "bulletin", ceremonyId = luodi.Ceremony, position = early })).GetProperty("id").GetString();
    }

    private static async Task Choose(IPage page, string language, string look)
    {
        await page.GotoAsync($"/preferences/language/{language}?back=/sign-in");
        await page.GotoAsync($"/preferences/theme/{look}?back=/sign-in");
    }

    // What is still on its way would be read as it is.
    private static async Task Drawn(IPage page)
    {
        await Assertions.Expect(page.Locator(".skeleton, [aria-busy=true]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
    }

    // Not by the package's own call for Playwright: for each page that one opens another, which takes three times as long.
    private static async Task<IEnumerable<string>> FaultsOf(IPage page, string address)
    {
        await page.EvaluateAsync(Axe);
        var faults = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(fault =>
                `${fault.id} (${fault.impact}): ${fault.nodes.slice(0, 3).map(node => `${node.target} ${node.html.slice(0, 160)}`).join(" | ")}`)
            """);
        return faults.Select(fault => $"{address}: {fault}");
    }

    [GeneratedRegex("^@page \"(?<route>.*)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageOf();
}
