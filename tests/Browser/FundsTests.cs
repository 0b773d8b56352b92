using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>A fund with partners: what is logged of it waits, counts once somebody else has confirmed it, and is read by all.</summary>
public sealed class FundsTests(RunningLuodi luodi)
{
    private const decimal Yi = 100_000_000m;

    [Fact]
    public async Task A_call_and_its_payment_count_once_somebody_else_has_confirmed_them()
    {
        var fund = await Subscribed();
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open($"/funds/{fund}");
            await Expect(page.Locator("[data-figure=subscribed]")).ToHaveAttributeAsync("title", "500,000,000.00 元");
            await Expect(page.Locator("[data-residue]")).ToHaveAttributeAsync("title", "+500,000,000.00 元");

            await page.Locator("[data-do=call]").ClickAsync();
            await page.Locator("[name=amount]").FillAsync("6");
            await page.Locator("form[data-entry=fund-call] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-field=amount] .field-error")).ToBeVisibleAsync();
            await page.Locator("[name=amount]").FillAsync("1");
            await page.Locator("[name=dueOn]").FillAsync("2024-01-15");
            await page.Locator("form[data-entry=fund-call] button[type=submit]").ClickAsync();

            await Expect(page.Locator("[data-did=call]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-waiting] tr[data-kind=called]")).ToHaveCountAsync(2);
            await Expect(page.Locator("[data-waiting] [data-own]")).ToHaveCountAsync(2);
            // Nobody confirms what they logged themselves.
            await Expect(page.Locator("[data-do=confirm], [data-do=return], [data-day]")).ToHaveCountAsync(0);
            await Expect(page.Locator("[data-figure=called]")).ToHaveAttributeAsync("title", "0.00 元");
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff2"))
        {
            var page = await visit.Open($"/work/funds?record={fund}");
            await Expect(page.Locator("[data-fund-entry]")).ToHaveCountAsync(2);
            await page.Locator("[data-fund-entry] [data-do=confirm]").First.ClickAsync();
            await Expect(page.Locator("[data-meant] li")).ToHaveCountAsync(1);
            await page.GotoAsync($"/funds/{fund}");
            await visit.Alive();
            await page.Locator("[data-day='2024-01-15']").ClickAsync();
            await Expect(page.Locator("[data-meant] li")).ToHaveCountAsync(2);
            await page.Locator("form[data-entry=fund-confirm] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-figure=called]")).ToHaveAttributeAsync("title", "100,000,000.00 元");
            await Expect(page.Locator("[data-calls] [data-overdue]")).ToHaveCountAsync(2);

            await page.Locator("[data-do=flow]").ClickAsync();
            await page.Locator("[data-as=paid-in]").ClickAsync();
            await page.Locator("[name=partnerId]").SelectOptionAsync(new SelectOptionValue { Label = "市母基金" });
            await page.Locator("[name=amount]").FillAsync("0.6");
            await page.Locator("form[data-entry] [name=on]").FillAsync("2024-01-16");
            await page.Locator("form[data-entry=fund-flow] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-waiting] tr[data-kind=paid-in]")).ToHaveCountAsync(1);
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open($"/funds/{fund}");
            await page.Locator("[data-waiting] [data-do=confirm]").ClickAsync();
            await page.Locator("form[data-entry=fund-confirm] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-figure=paid-in]")).ToHaveAttributeAsync("title", "60,000,000.00 元");
            await Expect(page.Locator("[data-figure=cash]")).ToHaveAttributeAsync("title", "60,000,000.00 元");
            await Expect(page.Locator("[data-calls] tr[data-call]")).ToHaveCountAsync(1);
            await Expect(page.Locator("tr[data-flow]")).ToHaveCountAsync(3);
            await page.Locator("select[name=kind]").SelectOptionAsync("paid-in");
            await Expect(page.Locator("tr[data-flow]")).ToHaveCountAsync(1);
            await Expect(page.Locator("[data-do=reverse]")).ToHaveCountAsync(0);
        }
        await using (var visit = await Visit.Begin(luodi, account: "manager"))
        {
            var page = await visit.Open($"/funds/{fund}?kind=paid-in");
            await page.Locator("tr[data-flow] [data-do=reverse]").ClickAsync();
            await Expect(page.Locator("[data-reverses]")).ToContainTextAsync("市母基金");
            await page.Locator("[name=reason]").FillAsync("回单有误");
            await page.Locator("form[data-entry=fund-reverse] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-did=reverse]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-figure=paid-in]")).ToHaveAttributeAsync("title", "0.00 元");
        }
    }

    [Fact]
    public async Task A_draft_names_the_fund_that_takes_part()
    {
        var fund = await Subscribed();
        var (project, name) = await luodi.Project("biomedicine", 30_000_000m);
        var ofFund = (await luodi.Get($"funds/{fund}")).GetProperty("name").GetString()!;
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/new?ceremony={luodi.Ceremony}");
        await page.Locator("[name=number]").FillAsync($"JJ-{project.ToString("N")[^12..]}");
        await page.Locator("[name='projectId.text']").FillAsync(name);
        await page.Locator($"[data-option='{project}']").ClickAsync();
        await page.Locator("[name=counterparty]").FillAsync("测试签约方");
        await page.Locator("[name=amount]").FillAsync("0.3");
        await page.Locator("[name='fundId.text']").FillAsync(ofFund);
        await page.Locator($"[data-option='{fund}']").ClickAsync();
        await page.Locator("[name=fundAmount]").FillAsync("0.4");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=fundAmount] .field-error")).ToBeVisibleAsync();
        await page.Locator("[name=fundAmount]").FillAsync("0.1");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();
        await Expect(page.Locator("dd[data-fund]")).ToContainTextAsync(ofFund);
    }

    [Fact]
    public async Task Who_audits_reads_a_fund_and_a_product_and_is_offered_nothing()
    {
        var fund = await Subscribed();
        await luodi.Post("staff", $"funds/{fund}/calls", new { amount = RunningLuodi.Yuan(Yi), dueOn = "2024-01-15" });
        var facility = await Facility();
        await luodi.Post("staff", $"funds/facilities/{facility}/entries", new { kind = "drawn", on = "2024-01-15", amount = RunningLuodi.Yuan(1_000_000), firm = "测试企业", evidence = "借据1" });
        await using var visit = await Visit.Begin(luodi, account: "auditor");
        foreach (var path in (string[])[$"/funds/{fund}", $"/funds/{fund}?do=call", $"/funds/facilities/{facility}", "/funds/facilities?do=open"])
        {
            var page = await visit.Open(path);
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            await Expect(page.Locator("main [data-do], main form.entry, main [data-act]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task A_product_is_opened_drawn_upon_and_confirmed_by_somebody_else()
    {
        var name = $"测试产品{Guid.CreateVersion7():N}";
        string facility;
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open("/funds/facilities");
            await page.Locator("main [data-do=open]").First.ClickAsync();
            await page.Locator("[name=name]").FillAsync(name);
            await page.Locator("form[data-entry=facility] [name=product]").SelectOptionAsync("guaranteed-loan");
            await page.Locator("[name=lender]").FillAsync("某银行");
            await page.Locator("[name=limit]").FillAsync("1");
            await page.Locator("form[data-entry=facility] button[type=submit]").ClickAsync();
            await page.Locator("[data-do=log]").ClickAsync();
            await page.Locator("[name=kind]").SelectOptionAsync("drawn");
            await page.Locator("[name=firm]").FillAsync("测试企业");
            await page.Locator("[name=amount]").FillAsync("0.2");
            await page.Locator("[name=evidence]").FillAsync("借据2024-1");
            await page.Locator("form[data-entry=facility-log] button[type=submit]").ClickAsync();
            await Expect(page.Locator("tr[data-status=logged]")).ToContainTextAsync("测试企业");
            await Expect(page.Locator("[data-do=confirm]")).ToHaveCountAsync(0);
            facility = (await page.Locator("[data-facility]").GetAttributeAsync("data-facility"))!;
        }
        await using (var visit = await Visit.Begin(luodi, account: "manager"))
        {
            var page = await visit.Open($"/work/funds?record={facility}");
            await Expect(page.Locator("[data-fund-entry]")).ToContainTextAsync("测试企业");
            await page.Locator("[data-fund-entry] [data-do=confirm]").ClickAsync();
            await page.Locator("form[data-entry=facility-confirm] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-figure=outstanding]")).ToHaveAttributeAsync("title", "20,000,000.00 元");
            await page.Locator("[data-do=revoke]").ClickAsync();
            await page.Locator("[name=reason]").FillAsync("重复登记");
            await page.Locator("form[data-entry=facility-revoke] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-figure=outstanding]")).ToHaveAttributeAsync("title", "0.00 元");
        }
    }

    [Fact]
    public async Task A_manager_changes_the_limit_of_a_product_by_a_paper_and_not_below_what_is_outstanding()
    {
        var facility = await Facility();
        var entry = (await luodi.Post("staff", $"funds/facilities/{facility}/entries", new { kind = "drawn", on = "2024-01-15", amount = RunningLuodi.Yuan(30_000_000), firm = "测试企业", evidence = "借据1" })).GetProperty("entryId").GetGuid();
        await luodi.Post("staff2", $"funds/facilities/{facility}/confirm-entry", new { entryId = entry });
        await using (var staff = await Visit.Begin(luodi, account: "staff"))
        {
            var closed = await staff.Open($"/funds/facilities/{facility}?do=limit");
            await Expect(closed.Locator("[data-do=limit], form[data-entry=facility-limit]")).ToHaveCountAsync(0);
        }
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/funds/facilities/{facility}");
        await page.Locator("[data-do=limit]").ClickAsync();
        await page.Locator("[name=limit]").FillAsync("0.2");
        await page.Locator("form[data-entry=facility-limit] [name=on]").FillAsync("2024-01-20");
        await page.Locator("[name=evidence]").FillAsync("授信批复2024-7");
        await page.Locator("form[data-entry=facility-limit] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=limit] .field-error")).ToContainTextAsync("30,000,000.00");
        await page.Locator("[name=limit]").FillAsync("2.5");
        await page.Locator("form[data-entry=facility-limit] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=limit]")).ToBeVisibleAsync();
        (await luodi.Get($"funds/facilities/{facility}")).GetProperty("limit").GetProperty("value").GetDecimal().ShouldBe(250_000_000m);
        await Expect(page.Locator("[data-type=facility_limit_changed]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_transfer_and_a_commitment_that_were_wrong_are_taken_back_by_two_persons()
    {
        var fund = await Subscribed();
        var partners = (await luodi.Get($"funds/{fund}/partners")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("partner").GetProperty("id").GetGuid()).ToArray();
        var (project, _) = await luodi.Project("other", 5_000_000m);
        foreach (var (what, body) in (IReadOnlyList<(string, object)>)
        [
            ("transfers", new { fromPartnerId = partners[0], toPartnerId = partners[1], amount = RunningLuodi.Yuan(Yi), on = "2024-02-01" }),
            ("deals", new { projectId = project, amount = RunningLuodi.Yuan(30_000_000), on = "2024-02-01" }),
        ])
        {
            var logged = Id(await luodi.Post("staff", $"funds/{fund}/{what}", body));
            await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { logged } });
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open($"/funds/{fund}?do=reverse-transfer");
            await page.Locator("[name=transferId]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await page.Locator("[name=reason]").FillAsync("协议未生效");
            await page.Locator("form[data-entry=fund-reverse-transfer] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-did=reverse-transfer]")).ToBeVisibleAsync();
            await visit.Open($"/funds/{fund}?do=reverse-deal");
            await page.Locator("[name=dealId]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await page.Locator("[name=reason]").FillAsync("误登");
            await page.Locator("form[data-entry=fund-reverse-deal] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-waiting] tr[data-kind=deal-reversal]")).ToHaveCountAsync(1);
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff2"))
        {
            var page = await visit.Open($"/funds/{fund}");
            foreach (var kind in (string[])["transfer-reversal", "deal-reversal"])
            {
                await page.Locator($"[data-waiting] tr[data-kind={kind}] [data-do=confirm]").ClickAsync();
                await page.Locator("form[data-entry=fund-confirm] button[type=submit]").ClickAsync();
                await Expect(page.Locator("[data-did=confirm]")).ToBeVisibleAsync();
            }
            await Expect(page.Locator($"tr[data-partner='{partners[0]}'] [data-sum=subscribed] [title]")).ToHaveAttributeAsync("title", "300,000,000.00 元");
            await Expect(page.Locator("tr[data-commitment]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Reinvestment_is_owed_by_its_rule_and_recognised_by_a_second_person()
    {
        var fund = await PaidIn();
        await using (var visit = await Visit.Begin(luodi, account: "manager"))
        {
            var page = await visit.Open($"/funds/{fund}");
            await page.Locator("[data-do=reinvestment-rule]").ClickAsync();
            await page.Locator("[name=base]").SelectOptionAsync("fund");
            await page.Locator("[name=multiple]").FillAsync("1.5");
            await page.Locator("[name=ways]").FillAsync("1");
            await page.Locator("[name=source]").FillAsync("合伙协议第九条");
            await page.Locator("[name=effectiveFrom]").FillAsync("2023-01-01");
            await page.Locator("form[data-entry=reinvestment-rule] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-owed]")).ToHaveAttributeAsync("title", "150,000,000.00 元");
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff"))
        {
            var page = await visit.Open($"/funds/{fund}");
            await page.Locator("[data-do=reinvestment-log]").ClickAsync();
            await page.Locator("[name=firm]").FillAsync("测试企业");
            await page.Locator("[name=way]").SelectOptionAsync("own-spending");
            await page.Locator("form[data-entry] [name=on]").FillAsync("2024-02-01");
            await page.Locator("[name=amount]").FillAsync("0.3");
            await page.Locator("[name=evidence]").FillAsync("付款凭证1");
            await page.Locator("form[data-entry=reinvestment-log] button[type=submit]").ClickAsync();
            await Expect(page.Locator("tr[data-case][data-status=logged]")).ToContainTextAsync("付款凭证1");
            await Expect(page.Locator("[data-do=reinvestment-recognise]")).ToHaveCountAsync(0);
        }
        await using (var visit = await Visit.Begin(luodi, account: "staff2"))
        {
            var page = await visit.Open($"/funds/{fund}");
            await page.Locator("[data-do=reinvestment-recognise]").ClickAsync();
            await page.Locator("form[data-entry=reinvestment-recognise] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-recognised]")).ToHaveAttributeAsync("title", "30,000,000.00 元");
        }
    }

    [Fact]
    public async Task A_project_shows_what_funds_have_put_into_it_and_no_page_is_wider_than_a_phone()
    {
        var fund = await PaidIn();
        var (project, _) = await luodi.Project("other", 5_000_000m);
        var deal = Id(await luodi.Post("staff", $"funds/{fund}/deals", new { projectId = project, amount = RunningLuodi.Yuan(30_000_000), on = "2024-02-01" }));
        await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { deal } });
        await using var visit = await Visit.Begin(luodi, width: 390);
        var page = await visit.Open($"/projects/{project}");
        await Expect(page.Locator($"[data-deal='{deal}'] .number").First).ToContainTextAsync("3,000.00");
        foreach (var path in (string[])[$"/funds/{fund}", $"/funds/{fund}?do=flow", $"/funds/{fund}?do=terms", "/funds/facilities", $"/funds/facilities/{await Facility()}", "/work/funds", "/funds/new"])
        {
            await visit.Open(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390, path);
        }
    }

    /// <summary>Two partners, 3 and 2 亿; published as 10.</summary>
    private async Task<Guid> Subscribed()
    {
        var fund = Id(await luodi.Post("staff", "funds", new { name = $"测试基金{Guid.CreateVersion7():N}", kind = "market", targetSize = RunningLuodi.Yuan(10 * Yi), terms = new { manager = "测试管理人", vintage = 2023 } }));
        await luodi.Post("staff", $"funds/{fund}/sizes", new { source = "测试公报", statedOn = "2023-10-01", size = RunningLuodi.Yuan(10 * Yi) });
        foreach (var (name, kind, amount) in ((string, string, decimal)[])[("市母基金", "government", 3 * Yi), ("某银行", "institution", 2 * Yi)])
        {
            var partner = Id(await luodi.Post("staff", $"funds/{fund}/partners", new { name, kind }));
            var subscription = Id(await luodi.Post("staff", $"funds/{fund}/subscriptions", new { partnerId = partner, amount = RunningLuodi.Yuan(amount), on = "2023-10-01" }));
            await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { subscription } });
        }
        return fund;
    }

    /// <summary>The same with 1 亿 called and paid.</summary>
    private async Task<Guid> PaidIn()
    {
        var fund = await Subscribed();
        var calls = await luodi.Post("staff", $"funds/{fund}/calls", new { amount = RunningLuodi.Yuan(Yi), dueOn = "2024-01-15" });
        await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = calls.GetProperty("flows") });
        foreach (var partner in (await luodi.Get($"funds/{fund}/partners")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("partner")))
        {
            var paid = Id(await luodi.Post("staff", $"funds/{fund}/flows", new { kind = "paid-in", on = "2024-01-16", amount = RunningLuodi.Yuan(partner.GetProperty("called").GetDecimal()), partnerId = partner.GetProperty("id").GetGuid() }));
            await luodi.Post("staff2", $"funds/{fund}/confirm", new { entries = new[] { paid } });
        }
        return fund;
    }

    private async Task<Guid> Facility() =>
        Id(await luodi.Post("staff", "funds/facilities", new { name = $"测试产品{Guid.CreateVersion7():N}", product = "guaranteed-loan", lender = "某银行", limit = RunningLuodi.Yuan(Yi) }));

    private static Guid Id(System.Text.Json.JsonElement answer) => answer.GetProperty("id").GetGuid();
}
