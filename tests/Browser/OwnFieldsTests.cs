using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class OwnFieldsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_manager_defines_a_field_and_staff_fill_it_in_list_it_and_narrow_by_it()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var (land, power) = ($"用地 {mark}", $"负荷 {mark}");
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/projects/fields");
        try
        {
            await Define(page, land, "choice", "出让\n租赁\n出让");
            await Expect(page.Locator("[data-field=options] .field-error")).ToContainTextAsync("出让");
            await page.Locator("[name=options]").FillAsync("出让\n租赁");
            await page.Locator("form[data-entry=field-define] button[type=submit]").ClickAsync();
            await Expect(Row(page, land)).ToContainTextAsync("出让、租赁");
            await Define(page, power, "number");
            await Expect(Row(page, power)).ToBeVisibleAsync();
            await Expect(page.Locator("[data-entry-field]").First).ToHaveTextAsync(power);

            var (project, name) = await luodi.Project("other", 5_000_000m);
            await using var staff = await Visit.Begin(luodi, account: "staff");
            var sheet = await staff.Open($"/projects/{project}");
            await sheet.Locator("details.menu:has([data-do=fill]) summary").ClickAsync();
            await sheet.Locator("[data-do=fill]").ClickAsync();
            var form = sheet.Locator("form[data-entry=fill]");
            await form.GetByLabel(power).FillAsync("很大");
            await form.GetByLabel(land).SelectOptionAsync("租赁");
            await form.Locator("button[type=submit]").ClickAsync();
            await Expect(form.Locator(".field-error")).ToContainTextAsync("4 位小数");
            await form.GetByLabel(power).FillAsync("1200.50");
            await form.Locator("button[type=submit]").ClickAsync();
            await Expect(sheet.Locator($"[data-own-field='{power}']")).ToHaveTextAsync("1200.5");
            await Expect(sheet.Locator($"[data-own-field='{land}']")).ToHaveTextAsync("租赁");
            await Expect(sheet.Locator("[data-entry-field]", new() { HasText = power })).ToContainTextAsync("1200.5");

            // As a column, as a condition, and at any moment of its history.
            var fields = (await luodi.Get("projects/fields")).GetProperty("items").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!, field => field.GetProperty("id").GetString()!);
            sheet = await staff.Open($"/projects?columns=name,field.{fields[power]}&field.{fields[land]}=租赁");
            await Expect(sheet.Locator($"[data-project='{project}']")).ToContainTextAsync("1200.5");
            await Expect(sheet.Locator("thead")).ToContainTextAsync(power);
            sheet = await staff.Open($"/projects?q={name}&field.{fields[land]}=出让");
            await Expect(sheet.Locator($"[data-project='{project}']")).ToHaveCountAsync(0);
            sheet = await staff.Open($"/history/project/{project}?version=1");
            await Expect(sheet.Locator($"[data-line='field.{fields[power]}']")).Not.ToContainTextAsync("1200.5");
            await sheet.Locator("[data-step=on]").ClickAsync();
            await sheet.Locator("[data-step=on]").ClickAsync();
            await Expect(sheet.Locator($"[data-line='field.{fields[power]}']")).ToContainTextAsync("1200.5");
        }
        finally
        {
            await Retire(mark);
        }
    }

    [Fact]
    public async Task A_field_is_changed_retired_and_taken_up_and_a_required_one_is_asked_of_a_new_lead()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        await using var visit = await Visit.Begin(luodi);
        var page = await visit.Open("/projects/fields");
        try
        {
            await Define(page, $"用地 {mark}", "choice", "出让\n租赁");
            await Row(page, $"用地 {mark}").Locator("[data-do=change]").ClickAsync();
            var form = page.Locator("form[data-entry=field-change]");
            await form.Locator("[name=name]").FillAsync($"供地 {mark}");
            await form.Locator("[name=options]").FillAsync("出让\n先租后让");
            await form.Locator("[name=required]").SelectOptionAsync("yes");
            await form.Locator("button[type=submit]").ClickAsync();
            await Expect(Row(page, $"供地 {mark}")).ToContainTextAsync("已停用：租赁");

            await using var staff = await Visit.Begin(luodi, account: "staff");
            var lead = await staff.Open("/projects/new");
            await lead.Locator("[name=name]").FillAsync($"浏览器测试线索{mark}");
            await lead.Locator("[name=investor]").FillAsync("测试投资方");
            await lead.Locator("[name=industry]").SelectOptionAsync("other");
            await lead.Locator("form[data-entry=project] button[type=submit]").ClickAsync();
            await Expect(lead.Locator(".field.wrong")).ToContainTextAsync($"供地 {mark}");
            await lead.GetByLabel($"供地 {mark}").SelectOptionAsync("先租后让");
            await lead.Locator("form[data-entry=project] button[type=submit]").ClickAsync();
            await Expect(lead.Locator($"[data-own-field='供地 {mark}']")).ToHaveTextAsync("先租后让");

            await Row(page, $"供地 {mark}").Locator("[data-do=retire]").ClickAsync();
            form = page.Locator("form[data-entry=field-retire]");
            await form.Locator("button[type=submit]").ClickAsync();
            await Expect(form.Locator("[data-field=reason] .field-error")).ToBeVisibleAsync();
            await form.Locator("[name=reason]").FillAsync("不再统计");
            await form.Locator("button[type=submit]").ClickAsync();
            await Row(page, $"供地 {mark}").Locator("[data-do=take-up]").ClickAsync();
            await page.Locator("form[data-entry=field-take-up] button[type=submit]").ClickAsync();
            await Expect(Row(page, $"供地 {mark}").Locator("[data-do=retire]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-type=project_field_retired] [data-why]").First).ToContainTextAsync("不再统计");
        }
        finally
        {
            await Retire(mark);
        }
    }

    [Fact]
    public async Task Who_does_not_manage_reads_them()
    {
        await using var visit = await Visit.Begin(luodi, account: "staff", width: 390);
        var page = await visit.Open("/projects/fields");
        await Expect(page.Locator("h1")).ToHaveTextAsync("自定义字段");
        await Expect(page.Locator("[data-do=define]")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
    }

    private static ILocator Row(IPage page, string name) => page.Locator($"[data-field-row='{name}']");

    private static async Task Define(IPage page, string name, string kind, string options = "")
    {
        await page.Locator("[data-do=define]").ClickAsync();
        var form = page.Locator("form[data-entry=field-define]");
        await form.Locator("[name=name]").FillAsync(name);
        await form.Locator("[name=kind]").SelectOptionAsync(kind);
        await form.Locator("[name=options]").FillAsync(options);
        await form.Locator("button[type=submit]").ClickAsync();
    }

    private async Task Retire(string mark)
    {
        foreach (var field in (await luodi.Get("projects/fields")).GetProperty("items").EnumerateArray().Where(field => field.GetProperty("name").GetString()!.Contains(mark, StringComparison.Ordinal)))
        {
            await luodi.Post("manager", $"projects/fields/{field.GetProperty("id").GetString()}/retire", new { reason = "测试结束" });
        }
    }
}
