using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>A project's contacts on its page, and how one is forgotten.</summary>
public sealed class ContactsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Staff_add_a_contact_and_ask_that_it_be_forgotten_and_a_manager_has_it_done()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await using var visit = await Visit.Begin(luodi, account: "staff");
        var page = await visit.Open($"/projects/{project}");
        await page.Locator("[data-do=contacts]").ClickAsync();
        await page.Locator("[name=name]").FillAsync("联系人（示例）");
        await page.Locator("[name=position]").FillAsync("驻场代表");
        await page.Locator("[name=phone]").FillAsync("请电前台");
        await page.Locator("form[data-entry=contacts] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-field=phone] .field-error")).ToContainTextAsync("数字");
        await page.Locator("[name=phone]").FillAsync("+86 573 8200 0000");
        await page.Locator("form[data-entry=contacts] button[type=submit]").ClickAsync();
        var row = page.Locator("tr[data-contact]");
        await Expect(row).ToContainTextAsync("驻场代表");
        await Expect(row).ToContainTextAsync("+86 573 8200 0000");
        await Expect(page.Locator("[data-story] [data-type=contact_added]").First).ToBeVisibleAsync();

        await page.Locator("[data-do=change-contact]").ClickAsync();
        await Expect(page.Locator("[name=name]")).ToHaveValueAsync("联系人（示例）");
        await page.Locator("[name=position]").FillAsync("项目经理");
        await page.Locator("form[data-entry=change-contact] button[type=submit]").ClickAsync();
        await Expect(row).ToContainTextAsync("项目经理");

        await page.Locator("[data-do=request-forgetting]").ClickAsync();
        await page.Locator("[name=basis]").SelectOptionAsync("person-asked");
        await page.Locator("form[data-entry=request-forgetting] button[type=submit]").ClickAsync();
        await Expect(row).ToContainTextAsync("待删除");
        // Who asked does not decide.
        await Expect(page.Locator("[data-do=forget-contact]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-do=withdraw-forgetting]")).ToBeVisibleAsync();

        await using var second = await Visit.Begin(luodi, account: "manager");
        page = await second.Open("/work/contacts");
        await page.Locator($"tr[data-project='{project}'] [data-do=confirm]").ClickAsync();
        await page.Locator("[data-do=forget-contact]").ClickAsync();
        await page.Locator("form[data-entry=forget-contact] button[type=submit]").ClickAsync();
        row = page.Locator("tr[data-contact][data-status=forgotten]");
        await Expect(row).ToContainTextAsync("申请：staff，确认：manager");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("+86 573 8200 0000");
        await Expect(page.Locator("[data-story] [data-type=contact_forgotten]").First).ToBeVisibleAsync();
        page = await second.Open($"/history/project/{project}");
        await Expect(page.Locator("[data-line=contacts] ins")).ToHaveTextAsync("已删除 1");
    }

    [Fact]
    public async Task A_phone_shows_contacts_and_their_form()
    {
        var (project, _) = await luodi.Project("other", 5_000_000m);
        await luodi.Post("staff", $"projects/{project}/contacts", new { name = "联系人（示例）", position = new string('长', 60), phone = "+86 573 8200 0000", email = $"{new string('x', 60)}@example.com", note = new string('长', 200) });
        await using var visit = await Visit.Begin(luodi, account: "staff", width: 390);
        var page = await visit.Open($"/projects/{project}");
        await Expect(page.Locator("tr[data-contact]")).ToBeVisibleAsync();
        await page.Locator("[data-do=change-contact]").ClickAsync();
        await Expect(page.Locator("form[data-entry=change-contact]")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
    }
}
