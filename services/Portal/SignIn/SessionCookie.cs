using System.Globalization;
using System.Security.Claims;
using Luodi.Portal.Accounts;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;

namespace Luodi.Portal.SignIn;

/// <summary>The cookie of a session: who, which session, how they signed in. What they may do is asked anew at every request.</summary>
public static class SessionCookie
{
    public const string Scheme = "session";

    /// <summary>Between password and second factor; opens nothing.</summary>
    public const string Half = "half-session";

    /// <summary>The claim of when somebody signed in, in milliseconds: what ended before is told from what began after, also within a second.</summary>
    public const string Begun = "begun";

    private static readonly TimeSpan HalfLifetime = TimeSpan.FromMinutes(5);

    public static AuthenticationBuilder AddSessionCookies(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var secure = IsSecure(configuration);
        authentication.AddCookie(Scheme, options =>
        {
            Shape(options, secure, "luodi");
            options.ExpireTimeSpan = Sessions.IdleLimit(configuration);
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = Validate;
            options.Events.OnCheckSlidingExpiration = context =>
            {
                context.ShouldRenew = !IsSocket(context.Request) && context.ElapsedTime > context.Options.ExpireTimeSpan / 30;
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized, $"/sign-in?back={Uri.EscapeDataString(context.Request.PathBase + context.Request.Path + context.Request.QueryString)}");
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, "/denied");
        });
        authentication.AddCookie(Half, options =>
        {
            Shape(options, secure, "luodi-half");
            options.ExpireTimeSpan = HalfLifetime;
            options.SlidingExpiration = false;
        });
        return authentication;
    }

    /// <summary>Whether the portal is reached over TLS.</summary>
    public static bool IsSecure(IConfiguration configuration) => TokenMint.Issuer(configuration).StartsWith("https://", StringComparison.Ordinal);

    /// <summary>The person of a new session.</summary>
    /// <param name="factors">How they signed in, as in RFC 8176: <c>pwd</c>, <c>mfa</c>; <c>external</c> for another house's word.</param>
    public static ClaimsPrincipal Begin(Account account, IEnumerable<string> factors, DateTimeOffset now) =>
        Person(account, [new("sid", Guid.CreateVersion7().ToString("N")), new(Begun, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)), .. factors.Select(factor => new Claim("amr", factor))]);

    /// <summary>When somebody signed in.</summary>
    public static DateTimeOffset BeganAt(ClaimsPrincipal person) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(person.FindFirstValue(Begun) ?? "0", CultureInfo.InvariantCulture));

    /// <summary>The same session with what the account may do now; null where it has ended.</summary>
    public static async Task<ClaimsPrincipal?> Renew(ClaimsPrincipal person, Sessions sessions, Accounts.Directory directory, TimeProvider clock, TimeSpan longest, CancellationToken ct)
    {
        var began = BeganAt(person);
        if (sessions.HasEnded(person, began) || began + longest < clock.GetUtcNow()) return null;
        if (await directory.Find(person.FindFirstValue("sub") ?? "", ct) is not { Disabled: false } account) return null;
        return Person(account, person.Claims.Where(claim => claim.Type is "sid" or Begun or "amr"));
    }

    public static TimeSpan Longest(IConfiguration configuration) => configuration.GetValue("Auth:AbsoluteLimit", Sessions.Longest);

    private static ClaimsPrincipal Person(Account account, IEnumerable<Claim> ofSession)
    {
        List<Claim> claims = [new("sub", account.Login), new("name", account.Name), .. account.Roles.Select(role => new Claim("role", role)), .. ofSession];
        if (account.Department is { } department) claims.Add(new("department", department));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, "name", "role"));
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        // Who it is cannot be asked; the page that says so is for anybody, and the cookie stays.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is { } failed && DatabaseAway.Is(failed.Error))
        {
            context.RejectPrincipal();
            return;
        }
        var services = context.HttpContext.RequestServices;
        var renewed = await Renew(context.Principal!, services.GetRequiredService<Sessions>(), services.GetRequiredService<Accounts.Directory>(),
            services.GetRequiredService<TimeProvider>(), Longest(services.GetRequiredService<IConfiguration>()), context.HttpContext.RequestAborted);
        if (renewed is null)
        {
            context.RejectPrincipal();
            return;
        }
        context.ReplacePrincipal(renewed);
        if (!IsSocket(context.Request)) services.GetRequiredService<Sessions>().Touch(renewed);
    }

    // A page that connects again by itself is nobody who does something.
    private static bool IsSocket(HttpRequest request) => request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    // A program that asks the API with a cookie is told so; a person is led to the door.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status, string page)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || IsSocket(context.Request)) context.Response.StatusCode = status;
        else context.Response.Redirect(page);
        return Task.CompletedTask;
    }

    private static void Shape(CookieAuthenticationOptions options, bool secure, string name)
    {
        options.Cookie.Name = secure ? $"__Host-{name}" : name;
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
    }
}
