using Microsoft.Playwright;

namespace Luodi.Browser;

/// <summary>The door: who comes in, and when they are out again.</summary>
public sealed class SignInTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_door_and_from_there_to_where_they_wanted()
    {
        await using var visit = await Visit.Begin(luodi, account: null);
        await visit.Page.GotoAsync("/ceremonies");
        await At(visit.Page, "/sign-in?back=");
        // Demo accounts are marked so.
        await Assertions.Expect(visit.Page.Locator("[data-demo]")).ToContainTextAsync("staff2");
        await RunningLuodi.SignIn(visit.Page, "manager");
        await At(visit.Page, "/ceremonies");
        await visit.Alive();
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_an_unknown_account_says_the_same()
    {
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, "auditor", "not the password 1");
        var told = await visit.Page.Locator("[role=alert]").TextContentAsync();
        await RunningLuodi.SignIn(visit.Page, "nobody-here", "not the password 1");
        (await visit.Page.Locator("[role=alert]").TextContentAsync()).ShouldBe(told);
    }

    [Fact]
    public async Task After_five_failures_the_account_is_locked_until_its_password_is_reset()
    {
        var (id, login, password) = await NewAccount.Open(luodi, "locked");
        await using var visit = await Visit.Begin(luodi, account: null);
        for (var failure = 0; failure < 5; failure++) await RunningLuodi.SignIn(visit.Page, login, $"not the password {failure}");
        await RunningLuodi.SignIn(visit.Page, login, password);
        await Assertions.Expect(visit.Page.Locator("[role=alert]")).ToContainTextAsync("锁定");
        var again = (await luodi.Post("sysadmin", $"portal/accounts/{id}/reset-password", new { reason = "忘记密码" })).GetProperty("password").GetString()!;
        await RunningLuodi.SignIn(visit.Page, login, again);
        await At(visit.Page, "/sign-in/new-password");
        var log = await luodi.Get("secadmin", $"portal/security-log?login={login}");
        log.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()).Distinct().ShouldBe(["locked-out", "wrong-password"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_first_password_is_changed_at_the_first_sign_in()
    {
        var (_, login, password) = await NewAccount.Open(luodi, "first");
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, login, password);
        await Fill(visit.Page, "#new", "short");
        await Fill(visit.Page, "#repeated", "short");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        // The browser itself does not send what is too short.
        await At(visit.Page, "/sign-in/new-password");
        await NewAccount.ChoosePassword(visit.Page);
        await Assertions.Expect(visit.Page).ToHaveURLAsync(luodi.Portal.ToString());
        await visit.Alive();
    }

    [Fact]
    public async Task Signing_out_ends_every_open_page_of_the_session()
    {
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, "auditor");
        await visit.Alive();
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("/ceremonies");
        await other.Locator("main[data-interactive='1']").WaitForAsync();
        await SignOut(visit.Page);
        await At(visit.Page, "/sign-in");
        await At(other, "/sign-in");
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_takes_the_other_page_along()
    {
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, "auditor");
        await visit.Alive();
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("/sign-in");
        await RunningLuodi.SignIn(other, "manager");
        await other.Locator("main[data-interactive='1']").WaitForAsync();
        // The first page has loaded itself anew with the new cookie: what it asks it asks as the manager.
        await Assertions.Expect(visit.Page.Locator("[data-account='manager']")).ToBeAttachedAsync();
    }

    [Fact]
    public async Task Two_forms_of_the_door_end_in_no_error()
    {
        await using var visit = await Visit.Begin(luodi, account: null);
        await visit.Page.GotoAsync("/sign-in");
        var second = await visit.Page.Context.NewPageAsync();
        await second.GotoAsync("/sign-in");
        await RunningLuodi.SignIn(visit.Page, "auditor");
        await visit.Alive();
        await RunningLuodi.SignIn(second, "auditor");
        await second.Locator("main[data-interactive='1']").WaitForAsync();
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_open_page_within_seconds()
    {
        var (id, login, password) = await NewAccount.Open(luodi, "leaver");
        await luodi.Post("secadmin", $"portal/accounts/{id}/grant", new { role = "auditor" });
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, login, password);
        await NewAccount.ChoosePassword(visit.Page);
        await visit.Alive();
        await luodi.Post("sysadmin", $"portal/accounts/{id}/disable", new { reason = "离职" });
        await At(visit.Page, "/sign-in");
        await RunningLuodi.SignIn(visit.Page, login, NewAccount.Chosen);
        await Assertions.Expect(visit.Page.Locator("[role=alert]")).ToContainTextAsync("停用");
    }

    [Fact]
    public async Task A_second_factor_is_set_up_and_asked_for_and_no_code_is_taken_twice()
    {
        var (_, login, password) = await NewAccount.Open(luodi, "factor");
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, login, password);
        await NewAccount.ChoosePassword(visit.Page);
        await visit.Page.GotoAsync("/account");
        var key = (await visit.Page.Locator("[data-factor-key]").TextContentAsync())!;
        var code = NewAccount.Code(key);
        await Fill(visit.Page, "#code", code);
        await visit.Page.Locator("form[action='/account/second-factor'] button").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-factor='on']")).ToBeVisibleAsync();

        await using var again = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(again.Page, login, NewAccount.Chosen);
        await At(again.Page, "/sign-in/factor");
        await Fill(again.Page, "#code", code);
        await again.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(again.Page.Locator("[role=alert]")).ToContainTextAsync("用过");
        // One step of the clock is waited for: the same half minute has only that code.
        await RunningLuodi.Until(() => Task.FromResult(NewAccount.Code(key) != code));
        await Fill(again.Page, "#code", NewAccount.Code(key));
        var sent = Posts(again.Page);
        await again.Page.Locator("button[type=submit]").DblClickAsync();
        await again.Alive();
        sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_form_of_the_door_that_is_pressed_twice_is_sent_once()
    {
        var (_, login, password) = await NewAccount.Open(luodi, "twice");
        await using var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, login, password);
        await Fill(visit.Page, "#new", NewAccount.Chosen);
        await Fill(visit.Page, "#repeated", NewAccount.Chosen);
        var sent = Posts(visit.Page);
        await visit.Page.Locator("button[type=submit]").DblClickAsync();
        await visit.Alive();
        sent.ShouldBe([$"{luodi.Portal}door/new-password"]);
        // Who comes back to a form may send it again.
        await visit.Page.GotoAsync("/account");
        foreach (var old in (string[])["not the password 1", NewAccount.Chosen])
        {
            await Fill(visit.Page, "#old", old);
            await Fill(visit.Page, "#new", $"{NewAccount.Chosen}-again");
            await Fill(visit.Page, "#repeated", $"{NewAccount.Chosen}-again");
            await visit.Page.Locator("form[action='/account/password'] button").DblClickAsync();
            await At(visit.Page, old == NewAccount.Chosen ? "done=password" : "problem=old-wrong");
        }
    }

    [Fact]
    public async Task An_administrator_sees_no_deals_and_staff_no_accounts()
    {
        foreach (var account in new[] { "sysadmin", "secadmin" })
        {
            using var refused = await luodi.Send(HttpMethod.Get, account, "signings/agreements", body: null);
            ((int)refused.StatusCode).ShouldBe(403);
        }
        using var staff = await luodi.Send(HttpMethod.Get, "staff", "portal/accounts", body: null);
        ((int)staff.StatusCode).ShouldBe(403);
    }

    /// <summary>The forms that the browser sends from now on.</summary>
    private static List<string> Posts(IPage page)
    {
        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method == "POST" && request.IsNavigationRequest) sent.Add(request.Url);
        };
        return sent;
    }

    private static Task At(IPage page, string path) => page.WaitForURLAsync(url => url.Contains(path, StringComparison.Ordinal));

    private static Task Fill(IPage page, string field, string text) => page.Locator(field).FillAsync(text);

    private static async Task SignOut(IPage page)
    {
        await page.Locator(".account summary").ClickAsync();
        await page.Locator("[data-sign-out]").ClickAsync();
    }
}
