using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>Two administrators and what each may do alone.</summary>
public sealed class AdministrationTests(RunningLuodi luodi)
{
    [Fact]
    public async Task One_opens_an_account_the_other_says_what_it_may_do_and_its_person_signs_in()
    {
        var login = $"clerk-{Guid.CreateVersion7().ToString("N")[^8..]}";
        await using var system = await Visit.Begin(luodi, account: "sysadmin");
        // An administrator begins where they work.
        await system.Open("/");
        await system.Page.WaitForURLAsync("**/admin");
        await system.Open("/admin/accounts/new");
        await system.Page.Locator("[name=login]").FillAsync(login);
        await system.Page.Locator("[name=name]").FillAsync("窗口职员");
        await system.Page.Locator("[name=department]").SelectOptionAsync("investment-1");
        await system.Page.Locator("[data-entry=account] button[type=submit]").ClickAsync();
        var password = await system.Page.Locator("[data-password]").TextContentAsync();

        await using var security = await Visit.Begin(luodi, account: "secadmin");
        await security.Open($"/admin?q={login}");
        await security.Page.GetByRole(AriaRole.Link, new() { Name = login }).ClickAsync();
        await security.Page.Locator("[data-entry=grant] [name=role]").SelectOptionAsync("staff");
        await security.Page.Locator("[data-entry=grant] button[type=submit]").ClickAsync();
        await Expect(security.Page.Locator("[data-roles]")).ToHaveTextAsync("招商专员");

        await using var clerk = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(clerk.Page, login, password);
        await clerk.Page.Locator("#new").FillAsync("a-new-long-secret-7");
        await clerk.Page.Locator("#repeated").FillAsync("a-new-long-secret-7");
        await clerk.Page.Locator("button[type=submit]").ClickAsync();
        await clerk.Open("/agreements");
        await Expect(clerk.Page.Locator("[data-table]")).ToBeVisibleAsync();

        // Who granted what is history.
        var accounts = await luodi.Get("auditor", $"portal/accounts?q={login}");
        var id = accounts.GetProperty("items")[0].GetProperty("id").GetGuid();
        var history = await luodi.Get("auditor", $"portal/accounts/{id}/history");
        history.GetProperty("items").EnumerateArray().Select(entry => (entry.GetProperty("type").GetString(), entry.GetProperty("actor").GetString()))
            .ShouldBe([("account_opened", "sysadmin"), ("role_granted", "secadmin")]);
    }

    [Fact]
    public async Task The_system_administrator_is_offered_no_role_and_staff_no_administration()
    {
        var id = (await luodi.Get("auditor", "portal/accounts?q=staff3")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await using var system = await Visit.Begin(luodi, account: "sysadmin");
        await system.Open($"/admin/accounts/{id}");
        await Expect(system.Page.Locator("[data-entry=reset-password]")).ToBeVisibleAsync();
        await Expect(system.Page.Locator("[data-entry=grant]")).ToHaveCountAsync(0);
        await using var staff = await Visit.Begin(luodi, account: "staff");
        await staff.Page.GotoAsync("/admin");
        await Expect(staff.Page.Locator("[data-denied]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_program_is_let_in_gets_a_token_and_reads_what_it_was_let_in_for()
    {
        var login = $"city-{Guid.CreateVersion7().ToString("N")[^8..]}";
        await using var security = await Visit.Begin(luodi, account: "secadmin");
        await security.Open("/admin/programs");
        await security.Page.Locator("[data-entry=program] [name=login]").FillAsync(login);
        await security.Page.Locator("[data-entry=program] [name=name]").FillAsync("市级平台");
        await security.Page.Locator("[data-entry=program] [name=scopes]").SelectOptionAsync("figures");
        await security.Page.Locator("[data-entry=program] button[type=submit]").ClickAsync();
        await Expect(security.Page.Locator("[data-login]")).ToHaveTextAsync(login);
        var secret = (await security.Page.Locator("[data-password]").TextContentAsync())!;

        var token = await luodi.TokenOf(login, secret);
        (await luodi.StatusOf("reporting/overview", token)).ShouldBe(200);
        (await luodi.StatusOf("signings/agreements", token)).ShouldBe(403);
        await security.Page.Locator($"[data-program='{login}'] [data-entry=disable-program] button").ClickAsync();
        // At once, not when its token is over.
        await RunningLuodi.Until(async () => await luodi.StatusOf("reporting/overview", token) == 401);
    }
}
