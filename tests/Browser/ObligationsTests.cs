using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class ObligationsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task An_obligation_is_written_down_fulfilled_with_evidence_taken_back_and_extended()
    {
        var paper = luodi.Confirmed[0];
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/agreements/{paper}");
        await page.Locator("[data-do=oblige]").ClickAsync();
        var form = page.Locator("form[data-entry=obligation]");
        await form.Locator("[name=kind]").SelectOptionAsync("tax-per-mu");
        await form.Locator("[name=dueOn]").FillAsync("2099-12-31");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.Locator("[data-field=amount] .field-error")).ToBeVisibleAsync();
        await form.Locator("[name='amount.unit']").SelectOptionAsync("wan");
        await form.Locator("[name=amount]").FillAsync("30");
        await form.Locator("button[type=submit]").ClickAsync();
        var row = page.Locator("[data-obligation=tax-per-mu]").First;
        await Expect(row).ToContainTextAsync("30.00 万元");

        await row.Locator("[data-do=obligation-fulfil]").ClickAsync();
        form = page.Locator("form[data-entry=obligation-fulfil]");
        await form.Locator("[name=evidence]").FillAsync("完税证明 001");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(row.Locator("[data-obligation-state=fulfilled]")).ToContainTextAsync("完税证明 001");
        await row.Locator("[data-do=obligation-reopen]").ClickAsync();
        form = page.Locator("form[data-entry=obligation-reopen]");
        await form.Locator("[name=reason]").FillAsync("证明作废");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(row.Locator("[data-obligation-state=open]")).ToBeVisibleAsync();

        await using var manager = await Visit.Begin(luodi, account: "manager");
        page = await manager.Open($"/agreements/{paper}");
        await page.Locator("[data-obligation=tax-per-mu] [data-do=obligation-extend]").First.ClickAsync();
        form = page.Locator("form[data-entry=obligation-extend]");
        await form.Locator("[name=to]").FillAsync("2098-12-31");
        await form.Locator("[name=reason]").FillAsync("汛期停工");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.Locator("[data-field=to] .field-error")).ToBeVisibleAsync();
        await form.Locator("[name=to]").FillAsync("2100-06-30");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-obligation=tax-per-mu]").First).ToContainTextAsync("2100-06-30");

        await Expect((await manager.Open("/obligations?kind=tax-per-mu&status=open")).Locator("[data-row-mark=obligation], tbody tr").First).ToContainTextAsync("亩均税收");
    }
}
