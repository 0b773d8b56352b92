using System.Security.Claims;
using Luodi.Portal.Accounts;
using Marten;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Luodi.Portal.SignIn;

/// <summary>The door: password, then, where it is set up or demanded, a second factor, then the session.</summary>
public sealed class SignInFeature(
    UserManager<Credentials> users, Accounts.Directory directory, Sessions sessions, SecurityLog log, IQuerySession session, IAntiforgery antiforgery, TimeProvider clock)
{
    private const string Step = "step";
    private const string Return = "back";

    /// <summary>A hash of no password, so that an unknown login takes as long as a wrong password.</summary>
    private static readonly string Nobody = new PasswordHasher<Credentials>().HashPassword(new Credentials(), Passwords.Make());

    public static void MapSignIn(IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        door.MapPost("door/password", (HttpContext http, SignInFeature feature) => feature.Take(http, feature.Password));
        door.MapPost("door/factor", (HttpContext http, SignInFeature feature) => feature.TakeHalf(http, "factor", feature.Factor));
        door.MapPost("door/set-up-factor", (HttpContext http, SignInFeature feature) => feature.TakeHalf(http, "set-up-factor", feature.SetUpFactor));
        door.MapPost("door/new-password", (HttpContext http, SignInFeature feature) => feature.TakeHalf(http, "new-password", feature.NewPassword));
        door.MapGet("door/external", (IConfiguration configuration, string? back) => ExternalProvider.Challenge(configuration, back));
        // Work in an open page goes over its socket: the page says here that somebody works in it (wwwroot/luodi.js). The cookie is all it takes.
        door.MapPost("account/alive", () => Results.NoContent());
        door.MapPost("sign-out", (HttpContext http, SignInFeature feature) => feature.SignOut(http));
        var own = app.MapGroup("account").RequireAuthorization(Duties.SignedIn).DisableAntiforgery().ExcludeFromDescription();
        own.MapPost("password", (HttpContext http, SignInFeature feature) => feature.Take(http, feature.ChangePassword, "/account"));
        own.MapPost("second-factor", (HttpContext http, SignInFeature feature) => feature.Take(http, feature.ChangeFactor, "/account"));
    }

    /// <summary>The page of the step, with what was wrong; the way back goes along.</summary>
    public static string Page(string step, string? problem, string? back) =>
        $"/sign-in{(step.Length > 0 ? $"/{step}" : "")}{Query(("problem", problem), (Return, back))}";

    /// <summary>Only a path of this host, so that no link through the door leads elsewhere.</summary>
    public static string Local(string? back) =>
        back is ['/', ..] and not ['/', '/' or '\\', ..] && !back.StartsWith("/sign-", StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : "/";

    /// <summary>The secret that an authenticator app is given; made at the first question.</summary>
    public static async Task<string> FactorKey(UserManager<Credentials> users, Credentials credentials)
    {
        if (await users.GetAuthenticatorKeyAsync(credentials) is { Length: > 0 } known) return known;
        await users.ResetAuthenticatorKeyAsync(credentials);
        return (await users.GetAuthenticatorKeyAsync(credentials))!;
    }

    // A form of another site, or of a page that was opened before somebody else signed in here, is not taken; it is no error either.
    private async Task<IResult> Take(HttpContext http, Func<HttpContext, IFormCollection, Task<IResult>> step, string? page = null)
    {
        var back = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync())[Return].ToString() : null;
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
        {
            return http.User.Identity?.IsAuthenticated is true ? Results.LocalRedirect(page ?? Local(back)) : Results.LocalRedirect(Page("", "stale", back));
        }
        return await step(http, await http.Request.ReadFormAsync());
    }

    private Task<IResult> TakeHalf(HttpContext http, string name, Func<HttpContext, IFormCollection, Half, Task<IResult>> step) => Take(http, async (_, form) =>
        await HalfOf(http) is { } half && half.Step == name ? await step(http, form, half) : Results.LocalRedirect(Page("", "stale", form[Return])));

    private async Task<IResult> Password(HttpContext http, IFormCollection form)
    {
        var (login, password, back) = (form["login"].ToString().Trim(), form["password"].ToString(), form[Return].ToString());
        var account = login.Length is > 0 and <= 64 ? await directory.Find(login, http.RequestAborted) : null;
        var credentials = account is null ? null : await users.FindByIdAsync(account.Id.ToString());
        if (account is null || credentials is null)
        {
            _ = users.PasswordHasher.VerifyHashedPassword(new Credentials(), Nobody, password);
            await log.Write(http, SecurityEvents.UnknownLogin, login: null);
            return Wrong();
        }
        if (await users.IsLockedOutAsync(credentials))
        {
            await log.Write(http, SecurityEvents.LockedOut, account.Login);
            return Results.LocalRedirect(Page("", "locked", back));
        }
        if (!await users.CheckPasswordAsync(credentials, password))
        {
            await users.AccessFailedAsync(credentials);
            await log.Write(http, SecurityEvents.WrongPassword, account.Login);
            return await users.IsLockedOutAsync(credentials) ? Results.LocalRedirect(Page("", "locked", back)) : Wrong();
        }
        // Only who knows the password hears that the account is disabled.
        if (account.Disabled)
        {
            await log.Write(http, SecurityEvents.AccountDisabled, account.Login);
            return Results.LocalRedirect(Page("", "disabled", back));
        }
        return await AfterFirst(http, account, credentials, ["pwd"], back);

        IResult Wrong() => Results.LocalRedirect(Page("", "wrong", back));
    }

    /// <summary>Somebody for whom another house vouches.</summary>
    public async Task<IResult> FromElsewhere(HttpContext http, string? login, string[] factors, string? back)
    {
        var account = login is { Length: > 0 and <= 64 } ? await directory.Find(login, http.RequestAborted) : null;
        var credentials = account is null ? null : await users.FindByIdAsync(account.Id.ToString());
        if (account is null || credentials is null)
        {
            await log.Write(http, SecurityEvents.UnknownLogin, login: null, "external");
            return Results.LocalRedirect(Page("", "external-unknown", back));
        }
        if (account.Disabled)
        {
            await log.Write(http, SecurityEvents.AccountDisabled, account.Login, "external");
            return Results.LocalRedirect(Page("", "disabled", back));
        }
        return await AfterFirst(http, account, credentials, factors, back);
    }

    private Task<IResult> AfterFirst(HttpContext http, Account account, Credentials credentials, string[] factors, string? back) =>
        credentials.TwoFactorEnabled && !factors.Contains("mfa") ? Next(http, account, "factor", back, factors) : AfterFactor(http, account, credentials, factors, back);

    private async Task<IResult> Factor(HttpContext http, IFormCollection form, Half half)
    {
        if (await users.IsLockedOutAsync(half.Credentials)) return Results.LocalRedirect(Page("", "locked", half.Back));
        return await IsCode(half.Credentials, form["code"])
            ? await AfterFactor(http, half.Account, half.Credentials, [.. half.Factors, "mfa"], half.Back)
            : await WrongCode(http, half, "factor");
    }

    private async Task<IResult> SetUpFactor(HttpContext http, IFormCollection form, Half half)
    {
        if (await users.IsLockedOutAsync(half.Credentials)) return Results.LocalRedirect(Page("", "locked", half.Back));
        if (!await IsCode(half.Credentials, form["code"])) return await WrongCode(http, half, "set-up-factor");
        await users.SetTwoFactorEnabledAsync(half.Credentials, enabled: true);
        await log.Write(http, SecurityEvents.FactorSetUp, half.Account.Login);
        return await AfterFactor(http, half.Account, half.Credentials, [.. half.Factors, "mfa"], half.Back);
    }

    private async Task<IResult> NewPassword(HttpContext http, IFormCollection form, Half half)
    {
        if (await Replace(half.Credentials, form) is { } problem) return Results.LocalRedirect(Page("new-password", problem, half.Back));
        await log.Write(http, SecurityEvents.PasswordChanged, half.Account.Login);
        return await Enter(http, half.Account, half.Credentials, half.Factors, half.Back);
    }

    private async Task<IResult> ChangePassword(HttpContext http, IFormCollection form)
    {
        if (await Own(http) is not var (account, credentials)) return Results.LocalRedirect("/sign-in");
        if (await users.IsLockedOutAsync(credentials) || !await users.CheckPasswordAsync(credentials, form["old"].ToString()))
        {
            await users.AccessFailedAsync(credentials);
            await log.Write(http, SecurityEvents.WrongPassword, account.Login);
            return Results.LocalRedirect("/account?problem=old-wrong");
        }
        if (await Replace(credentials, form) is { } problem) return Results.LocalRedirect($"/account?problem={problem}");
        await log.Write(http, SecurityEvents.PasswordChanged, account.Login);
        // Whoever else was signed in with the old password is out.
        var factors = http.User.FindAll("amr").Select(claim => claim.Value).ToList();
        await sessions.EndAllOf(account.Login, http.RequestAborted);
        await http.SignInAsync(SessionCookie.Scheme, SessionCookie.Begin(account, factors, clock.GetUtcNow().AddMilliseconds(1)));
        return Results.LocalRedirect("/account?done=password");
    }

    private async Task<IResult> ChangeFactor(HttpContext http, IFormCollection form)
    {
        if (await Own(http) is not var (account, credentials)) return Results.LocalRedirect("/sign-in");
        if (await users.IsLockedOutAsync(credentials) || !await IsCode(credentials, form["code"]))
        {
            await users.AccessFailedAsync(credentials);
            await log.Write(http, SecurityEvents.WrongCode, account.Login);
            return Results.LocalRedirect("/account?problem=code-wrong");
        }
        await users.SetTwoFactorEnabledAsync(credentials, enabled: true);
        await log.Write(http, SecurityEvents.FactorSetUp, account.Login);
        return Results.LocalRedirect("/account?done=factor");
    }

    private async Task<IResult> SignOut(HttpContext http)
    {
        // From a page of an ended session, or of somebody else's by now, there is nothing to end.
        if (!await antiforgery.IsRequestValidAsync(http) || http.User.FindFirstValue("sid") is not { } sid) return Results.LocalRedirect("/");
        await log.Write(http, SecurityEvents.SignedOut, http.User.FindFirstValue("sub"));
        await http.SignOutAsync(SessionCookie.Scheme);
        // Before the cookie is gone from the browser, an open page would only load itself again.
        http.Response.OnCompleted(() => sessions.EndSession(sid, CancellationToken.None));
        return Results.LocalRedirect("/sign-in?problem=signed-out");
    }

    private async Task<IResult> AfterFactor(HttpContext http, Account account, Credentials credentials, string[] factors, string? back)
    {
        if (!factors.Contains("mfa") && (await session.LoadAsync<FactorPolicy>(FactorPolicy.Only, http.RequestAborted))?.Demands(account) is true) return await Next(http, account, "set-up-factor", back, factors);
        return credentials.MustChangePassword && factors.Contains("pwd") ? await Next(http, account, "new-password", back, factors) : await Enter(http, account, credentials, factors, back);
    }

    private async Task<IResult> Enter(HttpContext http, Account account, Credentials credentials, string[] factors, string? back)
    {
        await users.ResetAccessFailedCountAsync(credentials);
        await log.Write(http, SecurityEvents.SignedIn, account.Login, string.Join(' ', factors));
        var before = (await http.AuthenticateAsync(SessionCookie.Scheme)).Principal?.FindFirstValue("sid");
        await http.SignOutAsync(SessionCookie.Half);
        await http.SignInAsync(SessionCookie.Scheme, SessionCookie.Begin(account, factors, clock.GetUtcNow()));
        // Whoever was signed in here has left: their open pages end once the new cookie is out.
        if (before is not null) http.Response.OnCompleted(() => sessions.EndSession(before, CancellationToken.None));
        return Results.LocalRedirect(Local(back));
    }

    private static async Task<IResult> Next(HttpContext http, Account account, string step, string? back, string[] factors)
    {
        await http.SignInAsync(SessionCookie.Half, new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", account.Login), new(Step, step), new(Return, Local(back)), .. factors.Select(factor => new Claim("amr", factor))], SessionCookie.Half)));
        return Results.LocalRedirect(Page(step, null, null));
    }

    /// <summary>Who stands between two steps; null where nobody does.</summary>
    public async Task<Half?> HalfOf(HttpContext http)
    {
        var half = (await http.AuthenticateAsync(SessionCookie.Half)).Principal;
        if (half?.FindFirstValue("sub") is not { } login || await directory.Find(login, http.RequestAborted) is not { Disabled: false } account) return null;
        return await users.FindByIdAsync(account.Id.ToString()) is { } credentials
            ? new(account, credentials, half.FindFirstValue(Step)!, half.FindFirstValue(Return), [.. half.FindAll("amr").Select(claim => claim.Value)])
            : null;
    }

    private async Task<(Account, Credentials)?> Own(HttpContext http) =>
        await directory.Find(http.User.FindFirstValue("sub") ?? "", http.RequestAborted) is { } account && await users.FindByIdAsync(account.Id.ToString()) is { } credentials
            ? (account, credentials) : null;

    private async Task<IResult> WrongCode(HttpContext http, Half half, string step)
    {
        await users.AccessFailedAsync(half.Credentials);
        await log.Write(http, SecurityEvents.WrongCode, half.Account.Login);
        return Results.LocalRedirect(Page(step, "code-wrong", null));
    }

    // A code lies on a screen for half a minute and longer: whoever read it there must not get in with it.
    private async Task<bool> IsCode(Credentials credentials, string? given)
    {
        var code = new string([.. (given ?? "").Where(char.IsAsciiDigit)]);
        if (code.Length != 6 || code == credentials.UsedCode) return false;
        if (!await users.VerifyTwoFactorTokenAsync(credentials, TokenOptions.DefaultAuthenticatorProvider, code)) return false;
        credentials.UsedCode = code;
        return (await users.UpdateAsync(credentials)).Succeeded;
    }

    private async Task<string?> Replace(Credentials credentials, IFormCollection form)
    {
        var (password, repeated) = (form["new"].ToString(), form["repeated"].ToString());
        if (password != repeated) return "not-repeated";
        if (await users.CheckPasswordAsync(credentials, password)) return "same";
        foreach (var validator in users.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(users, credentials, password)).Succeeded) return "weak";
        }
        credentials.PasswordHash = users.PasswordHasher.HashPassword(credentials, password);
        credentials.MustChangePassword = false;
        return (await users.UpdateSecurityStampAsync(credentials)).Succeeded ? null : "weak";
    }

    private static string Query(params (string Name, string? Value)[] pairs)
    {
        var given = pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}").ToList();
        return given.Count == 0 ? "" : $"?{string.Join('&', given)}";
    }
}

/// <summary>Somebody whose password was right, and whom the door still asks something.</summary>
/// <param name="Step">What it asks.</param>
public sealed record Half(Account Account, Credentials Credentials, string Step, string? Back, string[] Factors);

/// <summary>A password does not contain its login, and is none of those that everybody tries first.</summary>
internal sealed class GuessablePasswords : IPasswordValidator<Credentials>
{
    private static readonly string[] Guessed = ["password", "qwerty", "123456", "admin", "luodi", "abc123", "woaini", "iloveyou", "nanhu"];

    public Task<IdentityResult> ValidateAsync(UserManager<Credentials> manager, Credentials user, string? password) => Task.FromResult(
        password is null
        || (user.UserName is { Length: > 2 } login && password.Contains(login, StringComparison.OrdinalIgnoreCase))
        || Guessed.Any(guess => password.Replace(guess, "", StringComparison.OrdinalIgnoreCase).Length < 6)
            ? IdentityResult.Failed(new IdentityError { Code = "Guessable" })
            : IdentityResult.Success);
}
