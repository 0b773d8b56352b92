using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class EnterprisesTests(RunningLuodi luodi)
{
    [Fact]
    public async Task An_enterprise_is_entered_recognised_linked_and_found()
    {
        var (mark, code) = (Guid.CreateVersion7().ToString("N")[^12..], NewEnterprise.CreditCode());
        var project = (await luodi.Post("staff", "projects", new { name = $"企业项目{mark}", industry = "other", investor = "测试投资方" })).GetProperty("id").GetGuid();
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open("/enterprises/new");
        await page.Locator("[name=name]").FillAsync($"测试企业{mark}");
        await page.Locator("[name=creditCode]").FillAsync(code[..17]);
        await page.Locator("[name=industry]").SelectOptionAsync("biomedicine");
        await page.Locator("[name=registeredOn]").FillAsync("2023-10-01");
        await page.Locator("form[data-entry=enterprise] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=creditCode] .field-error")).ToBeVisibleAsync();
        await page.Locator("[name=creditCode]").FillAsync(code);
        await page.Locator("form[data-entry=enterprise] button[type=submit]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"测试企业{mark}");

        await page.Locator("[data-do=designations]").ClickAsync();
        var form = page.Locator("form[data-entry=designations]");
        await form.Locator("[name=kind]").SelectOptionAsync("national-little-giant");
        await form.Locator("[name=authority]").FillAsync("工信部");
        await form.Locator("[name=number]").FillAsync("公告 2024-1");
        await form.Locator("[name=grantedOn]").FillAsync("2024-01-01");
        await form.Locator("[name=expiresOn]").FillAsync("2025-12-31");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-designation=national-little-giant] [data-designation-state=expired]")).ToBeVisibleAsync();

        await page.Locator("details.menu:has([data-do=link]) summary").ClickAsync();
        await page.Locator("[data-do=link]").ClickAsync();
        form = page.Locator("form[data-entry=link]");
        await form.Locator("[name='projectId.text']").FillAsync(mark);
        await form.Locator($"[data-option='{project}']").ClickAsync();
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-projects] a")).ToHaveTextAsync($"企业项目{mark}");

        await Expect((await visit.Open($"/projects/{project}")).Locator("[data-enterprises] a")).ToHaveTextAsync($"测试企业{mark}");
        await Expect((await visit.Open($"/enterprises?q={code}")).Locator("tbody tr")).ToHaveCountAsync(1);
        (await luodi.Get($"projects/enterprises?q={code}")).GetProperty("items")[0].GetProperty("designations").GetArrayLength().ShouldBe(1);
    }
}
