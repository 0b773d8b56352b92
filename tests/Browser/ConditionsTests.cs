using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class ConditionsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_condition_is_noted_met_waived_or_withdrawn_and_keeps_the_agreement_from_being_fulfilled_while_it_is_open()
    {
        var paper = await luodi.Signed("other", 7_000_000m);
        await luodi.Post("staff2", $"signings/agreements/{paper}/confirm", new { });
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/{paper}");
        var rows = page.Locator("[data-condition]");

        foreach (var (text, due) in new[] { ("环评批复取得后生效", "2023-12-31"), ("配套资金到位", ""), ("重复登记的条件", "2099-12-31") })
        {
            await page.Locator("[data-do=note-condition]").ClickAsync();
            var form = page.Locator("form[data-entry=condition-note]");
            if (due == "")
            {
                await form.Locator("button[type=submit]").ClickAsync();
                await Expect(form.Locator("[data-field=text] .field-error")).ToBeVisibleAsync();
            }
            await form.Locator("[name=text]").FillAsync(text);
            await form.Locator("[name=dueOn]").FillAsync(due);
            await form.Locator("button[type=submit]").ClickAsync();
            await Expect(rows.Filter(new() { HasText = text })).ToBeVisibleAsync();
        }
        await Expect(rows.First).ToContainTextAsync("逾期");
        await Expect(page.Locator("[data-type=condition_noted]")).ToHaveCountAsync(3);

        // What it is about changed meanwhile, and the page has followed: the next act is not refused for that.
        await page.Locator("[data-do=fulfil]").First.ClickAsync();
        var fulfil = page.Locator("form[data-entry=fulfil]");
        await fulfil.Locator("[name=on]").FillAsync("2024-09-28");
        await fulfil.Locator("[name=reason]").FillAsync("验收报告");
        await fulfil.Locator("button[type=submit]").ClickAsync();
        await Expect(fulfil.Locator("[data-problem='/problems/conditions-open']")).ToContainTextAsync("3 项");

        await rows.Nth(0).Locator("[data-do=meet-condition]").ClickAsync();
        await page.Locator("form[data-entry=condition-meet] [name=on]").FillAsync("2023-12-20");
        await page.Locator("form[data-entry=condition-meet] [name=evidence]").FillAsync("批复 018");
        await page.Locator("form[data-entry=condition-meet] button[type=submit]").ClickAsync();
        await Expect(rows.Nth(0)).ToContainTextAsync("批复 018");
        await rows.Nth(1).Locator("[data-do=waive-condition]").ClickAsync();
        await page.Locator("form[data-entry=condition-waive] [name=reason]").FillAsync("改由区级配套");
        await page.Locator("form[data-entry=condition-waive] button[type=submit]").ClickAsync();
        await Expect(rows.Nth(1)).ToContainTextAsync("改由区级配套");
        await rows.Nth(2).Locator("[data-do=withdraw-condition]").ClickAsync();
        await page.Locator("form[data-entry=condition-withdraw] [name=reason]").FillAsync("重复登记");
        await page.Locator("form[data-entry=condition-withdraw] button[type=submit]").ClickAsync();
        await Expect(rows.Nth(2)).ToHaveAttributeAsync("data-condition-state", "withdrawn");

        page = await visit.Open($"/agreements/{paper}?do=fulfil");
        await page.Locator("[name=on]").FillAsync("2024-09-28");
        await page.Locator("[name=reason]").FillAsync("验收报告");
        await page.Locator("form[data-entry=fulfil] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-did=fulfil]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-do=note-condition]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_overdue_waits_in_the_work_list_and_a_phone_shows_it()
    {
        var paper = await luodi.Signed("other", 7_000_000m);
        var number = (await luodi.Get($"signings/agreements/{paper}")).GetProperty("number").GetString()!;
        await luodi.Post("staff", $"signings/agreements/{paper}/conditions", new { text = new string('长', 400), dueOn = "1990-01-01" });
        await using var visit = await Visit.Begin(luodi, account: "staff", width: 390);
        var page = await visit.Open("/work/conditions");
        await Expect(page.Locator("[data-condition]").Filter(new() { HasText = number })).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
        page = await visit.Open($"/agreements/{paper}");
        await Expect(page.Locator("[data-condition]")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();

        page = await visit.Open($"/agreements?columns=number,openConditions&condition=open&q={number}");
        await Expect(page.Locator($"[data-agreement='{paper}']")).ToContainTextAsync("1");
    }
}
