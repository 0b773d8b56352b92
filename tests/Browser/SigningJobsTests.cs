using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>What people do with signings all day. Each job ends in what the API says.</summary>
public sealed class SigningJobsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task One_person_logs_a_signing_and_another_one_confirms_it()
    {
        var (project, name) = await luodi.Project("microelectronics", 42_000_000m);
        var number = $"LLJ-{project.ToString("N")[^12..]}";
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open("/agreements");

        await page.Locator("[data-new]").ClickAsync();
        await page.Locator("[name=number]").FillAsync(number);
        await page.Locator("[name='projectId.text']").FillAsync(name);
        await page.Locator($"[data-option='{project}']").ClickAsync();
        await page.Locator("[name='ceremonyId.text']").FillAsync("浏览器测试仪式");
        await page.Locator($"[data-option='{luodi.Ceremony}']").ClickAsync();
        await page.Locator("[name=counterparty]").FillAsync("测试签约方");
        await page.Locator("[name='amount.unit']").SelectOptionAsync("wan");
        await page.Locator("[name=amount]").FillAsync("4,211");
        await Expect(page.Locator("[data-means]")).ToContainTextAsync("42,110,000.00 元");
        await Expect(page.Locator("[data-means]")).ToContainTextAsync("肆仟贰佰壹拾壹万元整");
        await page.Locator("[name=parties]").FillAsync("测试研究院\n测试投资公司\n");
        await page.Locator("[name='fixedAssets.unit']").SelectOptionAsync("wan");
        await page.Locator("[name=fixedAssets]").FillAsync("3,000");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();

        await page.Locator("[data-act=sign] [name=signedOn]").FillAsync("2023-09-28");
        await page.Locator("[data-act=sign] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=sign]")).ToBeVisibleAsync();
        var agreement = Guid.Parse(new Uri(page.Url).Segments[^1]);
        (await Agreement(agreement)).GetProperty("waiting").GetString().ShouldBe("signing");
        // Who logged it is offered no confirmation.
        await Expect(page.Locator("[data-do=confirm]")).ToHaveCountAsync(0);

        await using var second = await Visit.Begin(luodi, account: "staff2");
        var work = await second.Open("/work");
        await work.Locator($"[data-agreement='{agreement}'] [data-do=confirm]").ClickAsync();
        await Expect(work.Locator("[data-act=confirm]")).ToContainTextAsync("4,211.00 万元");
        await work.Locator("[data-act=confirm] button[type=submit]").ClickAsync();
        await Expect(work.Locator("[data-did=confirm]")).ToBeVisibleAsync();

        var confirmed = await Agreement(agreement);
        confirmed.GetProperty("status").GetString().ShouldBe("in-force");
        confirmed.GetProperty("amount").GetProperty("value").GetDecimal().ShouldBe(42_110_000.00m);
        confirmed.GetProperty("fixedAssets").GetProperty("value").GetDecimal().ShouldBe(30_000_000.00m);
        confirmed.GetProperty("parties").EnumerateArray().Select(party => party.GetString()).ShouldBe(["测试研究院", "测试投资公司"]);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-parties]")).ToContainTextAsync("测试投资公司");
        await Expect(page.Locator("[data-fixed-assets]")).ToContainTextAsync("3,000.00 万元");
    }

    [Fact]
    public async Task What_is_returned_comes_back_with_its_reason_and_is_logged_again()
    {
        var agreement = await luodi.Signed("biomedicine", 61_000_000m);
        await using var second = await Visit.Begin(luodi, account: "staff2");
        var page = await second.Open($"/agreements/{agreement}?do=return");
        await page.Locator("[data-act=return] button[type=submit]").ClickAsync();
        // Nothing without a reason: told at the field, which has the focus.
        await Expect(page.Locator("[data-field=reason] .field-error")).ToBeVisibleAsync();
        await Expect(page.Locator("[name=reason]")).ToBeFocusedAsync();
        await page.Locator("[name=reason]").FillAsync("签约日期与文本不符");
        await page.Locator("[data-act=return] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=return]")).ToBeVisibleAsync();
        var returned = await Agreement(agreement);
        returned.GetProperty("returned").GetProperty("reason").GetString().ShouldBe("签约日期与文本不符");

        await using var staff = await Visit.Begin(luodi, account: "staff");
        var work = await staff.Open("/work/returned");
        await Expect(work.Locator($"[data-agreement='{agreement}']")).ToContainTextAsync("签约日期与文本不符");
        await Expect(work.Locator("[data-notices] [data-count]")).ToBeVisibleAsync();
        await work.Locator($"[data-agreement='{agreement}'] [data-do=again]").ClickAsync();
        await work.Locator("[name=signedOn]").FillAsync("2023-09-27");
        await work.Locator("[data-act=sign] button[type=submit]").ClickAsync();
        await Expect(work.Locator("[data-did=sign]")).ToBeVisibleAsync();

        var again = await Agreement(agreement);
        again.GetProperty("waiting").GetString().ShouldBe("signing");
        again.GetProperty("signedOn").GetString().ShouldBe("2023-09-27");
    }

    [Fact]
    public async Task A_draft_is_corrected_before_it_is_signed()
    {
        var (project, _) = await luodi.Project("other", 9_000_000m);
        var draft = (await luodi.Post("staff", "signings/agreements", new { number = $"LLD-{project.ToString("N")[^12..]}", projectId = project, ceremonyId = luodi.Ceremony, counterparty = "测试签约方", amount = RunningLuodi.Yuan(9_000_000m) })).GetProperty("id").GetGuid();
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/{draft}");

        await page.Locator("[data-do=correct]").ClickAsync();
        await page.Locator("[name=amount]").FillAsync("950");
        await Expect(page.Locator("[data-difference]")).ToHaveAttributeAsync("data-difference", "500000.00");
        await page.Locator("[name=tier]").SelectOptionAsync("contract");
        await page.Locator("[name=parties]").FillAsync("测试研究院");
        await page.Locator("[data-act=correct] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=correct]")).ToBeVisibleAsync();

        var corrected = await Agreement(draft);
        corrected.GetProperty("status").GetString().ShouldBe("draft");
        corrected.GetProperty("amount").GetProperty("value").GetDecimal().ShouldBe(9_500_000.00m);
        corrected.GetProperty("counterparty").GetString().ShouldBe("测试签约方");
        corrected.GetProperty("tier").GetString().ShouldBe("contract");
        corrected.GetProperty("parties").EnumerateArray().Select(party => party.GetString()).ShouldBe(["测试研究院"]);
    }

    [Fact]
    public async Task An_amendment_shows_its_difference_to_who_logs_it_and_to_who_confirms_it()
    {
        var agreement = await luodi.Signed("intelligent-equipment", 90_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/{agreement}");

        await page.Locator("[data-do=amend]").ClickAsync();
        await Expect(page.Locator("[name=amount]")).ToHaveValueAsync("9000");
        await page.Locator("[name=amount]").FillAsync("11000");
        await Expect(page.Locator("[data-difference]")).ToHaveAttributeAsync("data-difference", "20000000.00");
        await Expect(page.Locator("[data-crosses]")).ToBeVisibleAsync();
        await page.Locator("[name='fixedAssets.unit']").SelectOptionAsync("wan");
        await page.Locator("[name=fixedAssets]").FillAsync("8000");
        await page.Locator("[name=reason]").FillAsync("扩大二期产能");
        await page.Locator("[data-act=amend] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=amend]")).ToBeVisibleAsync();

        await using var manager = await Visit.Begin(luodi, account: "manager");
        var review = await manager.Open($"/agreements/{agreement}?do=confirm");
        await Expect(review.Locator("[data-act=confirm] [data-difference]")).ToHaveAttributeAsync("data-difference", "20000000.00");
        await Expect(review.Locator("[data-act=confirm] [data-fixed-assets]")).ToHaveAttributeAsync("data-fixed-assets", "80000000.00");
        await Expect(review.Locator("[data-type=agreement_amended]")).ToContainTextAsync("9,000.00 万元 → 1.10 亿元，其中固定资产投资改为 8,000.00 万元");
        await Expect(review.Locator("[data-logged]")).ToContainTextAsync("扩大二期产能");
        await review.Locator("[data-act=confirm] button[type=submit]").ClickAsync();
        await Expect(review.Locator("[data-did=confirm]")).ToBeVisibleAsync();

        (await Agreement(agreement)).GetProperty("amount").GetProperty("value").GetDecimal().ShouldBe(110_000_000.00m);
    }

    [Fact]
    public async Task A_termination_is_logged_with_its_reason()
    {
        var agreement = await luodi.Signed("other", 12_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/{agreement}?do=terminate");
        await page.Locator("[name=reason]").FillAsync("投资方撤回");
        await page.Locator("[data-act=terminate] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=terminate]")).ToBeVisibleAsync();

        (await Agreement(agreement)).GetProperty("waiting").GetString().ShouldBe("termination");
    }

    [Fact]
    public async Task A_signing_is_logged_by_keyboard_alone()
    {
        var (project, name) = await luodi.Project("biomedicine", 30_000_000m);
        var number = $"LLK-{project.ToString("N")[^12..]}";
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/new?ceremony={luodi.Ceremony}");
        var keys = page.Keyboard;

        await To(page, "[name=number]");
        await keys.TypeAsync(number);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(name);
        await Expect(page.Locator($"[data-option='{project}']")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[name=projectId]")).ToHaveValueAsync(project.ToString());
        await keys.PressAsync("Tab"); // The ceremony and the tier are chosen.
        await keys.PressAsync("Tab");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("测试签约方");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("0.3");
        await Expect(page.Locator("[data-means]")).ToContainTextAsync("30,000,000.00 元");
        await keys.PressAsync("Enter");

        await page.Locator("[data-act=sign]").WaitForAsync();
        await To(page, "[data-act=sign] button[type=submit]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-did=sign]")).ToBeVisibleAsync();

        var agreement = await Agreement(Guid.Parse(new Uri(page.Url).Segments[^1]));
        agreement.GetProperty("number").GetString().ShouldBe(number);
        agreement.GetProperty("waiting").GetString().ShouldBe("signing");
    }

    [Fact]
    public async Task A_form_keeps_what_was_typed_through_a_refusal_and_through_a_reload()
    {
        var taken = (await Agreement(luodi.Confirmed[0])).GetProperty("number").GetString()!;
        var (project, name) = await luodi.Project("other", 20_000_000m);
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/new?ceremony={luodi.Ceremony}");
        await page.Locator("[name=number]").FillAsync(taken);
        await page.Locator("[name='projectId.text']").FillAsync(name);
        await page.Locator($"[data-option='{project}']").ClickAsync();
        await page.Locator("[name=counterparty]").FillAsync("测试签约方");
        await page.Locator("[name=amount]").FillAsync("0.2");
        await page.Locator("form[data-entry=draft] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-field=number] .field-error")).ToContainTextAsync(taken);
        await Expect(page.Locator("[name=number]")).ToBeFocusedAsync();
        await Expect(page.Locator("[name=counterparty]")).ToHaveValueAsync("测试签约方");

        await page.ReloadAsync();
        await staff.Alive();
        await Expect(page.Locator("[data-restored]")).ToBeVisibleAsync();
        await Expect(page.Locator("[name=counterparty]")).ToHaveValueAsync("测试签约方");
        await Expect(page.Locator("[name=projectId]")).ToHaveValueAsync(project.ToString());
        await Expect(page.Locator("[name=amount]")).ToHaveValueAsync("0.2");
        await Expect(page.Locator("[data-means]")).ToContainTextAsync("20,000,000.00 元");
    }

    [Fact]
    public async Task An_amount_far_above_the_usual_one_asks_once_more()
    {
        var usual = (await luodi.Get("signings/agreements/usual-amount")).GetProperty("median").GetProperty("value").GetDecimal();
        var agreement = await luodi.Signed("other", 15_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open($"/agreements/{agreement}?do=amend");
        await page.Locator("[name='amount.unit']").SelectOptionAsync("yuan");
        await page.Locator("[name=amount]").FillAsync((usual * 200).ToString("0.##", CultureInfo.InvariantCulture));
        await page.Locator("[name=reason]").FillAsync("核对单位");
        await page.Locator("[data-act=amend] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-field=amount] .field-error")).ToBeVisibleAsync();
        (await Agreement(agreement)).GetProperty("waiting").ValueKind.ShouldBe(JsonValueKind.Null);

        await page.Locator("[name='amount.sure']").CheckAsync();
        await page.Locator("[data-act=amend] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=amend]")).ToBeVisibleAsync();
        (await Agreement(agreement)).GetProperty("waiting").GetString().ShouldBe("amendment");
    }

    [Fact]
    public async Task A_ceremony_is_scheduled_and_a_claim_that_contradicts_itself_is_told_so()
    {
        await using var staff = await Visit.Begin(luodi, account: "staff");
        var page = await staff.Open("/ceremonies/new");
        var name = $"浏览器排期仪式{Guid.CreateVersion7().ToString("N")[^8..]}";
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=heldOn]").FillAsync("2023-05-20");
        await page.Locator("form[data-entry=schedule] button[type=submit]").ClickAsync();
        await page.Locator("[data-agenda]").WaitForAsync();
        var ceremony = Guid.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'));
        (await luodi.Get($"signings/ceremonies/{ceremony}")).GetProperty("name").GetString().ShouldBe(name);

        await RunningLuodi.Until(async () =>
        {
            using var heard = await luodi.Send(HttpMethod.Get, "auditor", $"reporting/ceremonies/{ceremony}", body: null);
            return heard.IsSuccessStatusCode;
        });
        await staff.Open($"/ceremonies/{ceremony}?do=claims");
        await page.Locator("[name=source]").FillAsync("浏览器测试公报");
        await page.Locator("[name=signings]").FillAsync("3");
        await page.Locator("[name=amount]").FillAsync("2");
        await page.Locator("[name=atLeast100Million]").FillAsync("4");
        await page.Locator("[data-act=claims] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-contradiction=more-large-than-all]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-contradiction=large-exceed-amount]")).ToContainTextAsync("2.00 亿元");
    }

    [Fact]
    public async Task The_agenda_is_printed_without_the_frame()
    {
        await using var visit = await Visit.Begin(luodi, account: "manager");
        var page = await visit.Open($"/ceremonies/{luodi.Ceremony}/agenda");
        var papers = (await luodi.Get($"signings/agreements?ceremony={luodi.Ceremony}&limit=200")).GetProperty("items").EnumerateArray()
            .Where(paper => paper.GetProperty("status").GetString() != "terminated").ToArray();
        await Expect(page.Locator("[data-paper]")).ToHaveCountAsync(papers.Length);
        // Tiers have a sum each, and none together.
        foreach (var tier in papers.GroupBy(paper => paper.GetProperty("tier").GetString()))
        {
            var sum = tier.Sum(paper => paper.GetProperty("amount").GetProperty("value").GetDecimal());
            await Expect(page.Locator($"[data-sum={tier.Key}]")).ToHaveTextAsync((sum / 10_000m).ToString("#,##0.00", CultureInfo.InvariantCulture));
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".side")).ToBeHiddenAsync();
        await Expect(page.Locator(".bar")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-agenda] table")).ToBeVisibleAsync();
        (await page.PdfAsync(new() { Format = "A4" })).Length.ShouldBeGreaterThan(5_000);
    }

    private Task<JsonElement> Agreement(Guid id) => luodi.Get($"signings/agreements/{id}");

    /// <summary>Presses Tab until this has the focus, as a person would.</summary>
    private static async Task To(IPage page, string control)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            if (await page.EvaluateAsync<bool>("control => document.activeElement?.matches(control) ?? false", control)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"The keyboard does not reach {control}.");
    }
}
