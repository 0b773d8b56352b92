using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Luodi.Portal.SignIn;

/// <summary>
/// Signing in with the account of another house, over OpenID Connect (authorization code and PKCE). It says who somebody is; that
/// the account exists, what it may do and whether it shows a second factor stay ours. Configured under <c>Auth:External</c>:
/// <c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c>, <c>Name</c> (as the sign-in page calls it), <c>LoginClaim</c> (the claim
/// that equals our login; the provider must not let people choose it), <c>AllowHttp</c>.
/// </summary>
public static class ExternalProvider
{
    public const string Scheme = "external";

    /// <summary>What the sign-in page calls it; null where none is configured.</summary>
    public static string? Name(IConfiguration configuration) =>
        configuration["Auth:External:Authority"] is { Length: > 0 } authority ? configuration["Auth:External:Name"] ?? new Uri(authority).Host : null;

    public static void AddExternalProvider(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        if (Name(configuration) is null) return;
        var external = configuration.GetSection("Auth:External");
        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = external["Authority"];
            options.ClientId = external["ClientId"];
            options.ClientSecret = external["ClientSecret"];
            options.RequireHttpsMetadata = !external.GetValue<bool>("AllowHttp");
            options.SignInScheme = SessionCookie.Scheme;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // A form posted from elsewhere would come without our cookies.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.CallbackPath = "/door/external/back";
            options.MapInboundClaims = false;
            foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = SessionCookie.IsSecure(configuration) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }
            options.Events.OnTicketReceived = async context =>
            {
                context.HandleResponse();
                var feature = context.HttpContext.RequestServices.GetRequiredService<SignInFeature>();
                var login = context.Principal!.FindFirstValue(external["LoginClaim"] ?? "preferred_username");
                string[] factors = context.Principal!.HasClaim("amr", "mfa") ? ["external", "mfa"] : ["external"];
                await (await feature.FromElsewhere(context.HttpContext, login, factors, context.ReturnUri)).ExecuteAsync(context.HttpContext);
            };
            options.Events.OnRemoteFailure = async context =>
            {
                context.HandleResponse();
                await context.HttpContext.RequestServices.GetRequiredService<SecurityLog>().Write(context.HttpContext, SecurityEvents.ExternalRefused, login: null, "external");
                context.Response.Redirect(SignInFeature.Page("", "external", null));
            };
        });
    }

    /// <summary>The way to the provider, and from there to where somebody wanted.</summary>
    public static IResult Challenge(IConfiguration configuration, string? back) => Name(configuration) is null
        ? Results.NotFound()
        : Results.Challenge(new AuthenticationProperties { RedirectUri = SignInFeature.Local(back) }, [Scheme]);
}
