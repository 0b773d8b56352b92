using System.Globalization;
using System.Security.Claims;
using Luodi.Contracts.Portal;
using Luodi.Portal.Accounts;
using Marten;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = Luodi.Contracts.Portal.Scopes;

namespace Luodi.Portal.SignIn;

/// <summary>Tokens for whoever is not a page of the portal: people's programs by authorization code and PKCE, programs by their secret.</summary>
public static class Tokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static string SubjectOf(ApiClient client) => $"client:{client.Login}";

    public static void MapConnect(this IEndpointRouteBuilder app)
    {
        app.MapMethods("connect/authorize", [HttpMethods.Get, HttpMethods.Post], (Delegate)Authorize).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("connect/token", (Delegate)Exchange).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Authorize(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(SessionCookie.Scheme);
        if (session.Principal is not { } person) return Results.LocalRedirect($"/sign-in?back={Uri.EscapeDataString(http.Request.PathBase + http.Request.Path + http.Request.QueryString)}");
        return Results.SignIn(Principal(Claims(person), request.GetScopes()), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> Exchange(HttpContext http, Accounts.Directory directory, IQuerySession session, IConfiguration configuration, SecurityLog log, TimeProvider clock, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var id = request.ClientId!;
            if (configuration.GetSection("Auth:Services")[id] is not null)
            {
                return Granted([new("sub", $"service:{id}"), new("name", id), new("role", Roles.Service)], [Scopes.Luodi]);
            }
            var client = await session.Query<ApiClient>().FirstOrDefaultAsync(found => found.Login == id, ct);
            if (client is null or { Disabled: true }) return Refused();
            var asked = request.GetScopes();
            await log.Write(http, SecurityEvents.TokenIssued, SubjectOf(client), "secret");
            List<Claim> claims = [new("sub", SubjectOf(client)), new("name", client.Name), new("role", Roles.Integration), new(SessionCookie.Begun, clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))];
            if (client.Department is { } department) claims.Add(new("department", department));
            return Granted(claims, asked.Length > 0 ? asked : client.Scopes);
        }
        // The code was checked by OpenIddict; whether the account still stands is ours to know.
        var code = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (code.Principal is not { } person || await directory.Find(person.FindFirstValue("sub")!, ct) is not { Disabled: false } account) return Refused();
        await log.Write(http, SecurityEvents.TokenIssued, account.Login, "code");
        return Granted(Claims(person), code.Principal.GetScopes());

        static IResult Granted(IEnumerable<Claim> claims, IEnumerable<string> scopes) =>
            Results.SignIn(Principal(claims, scopes), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

        static IResult Refused() => Results.Forbid(
            new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal) { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant }),
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private static IEnumerable<Claim> Claims(ClaimsPrincipal person) => person.Claims.Where(claim => claim.Type is "sub" or "name" or "role" or "department" or "sid" or SessionCookie.Begun);

    private static ClaimsPrincipal Principal(IEnumerable<Claim> claims, IEnumerable<string> scopes)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "luodi", "name", "role"));
        principal.SetScopes(scopes);
        principal.SetResources(ServiceDefaults.Identity.Authentication.Audience);
        principal.SetDestinations(static _ => [Destinations.AccessToken]);
        return principal;
    }
}
