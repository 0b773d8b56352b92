using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Luodi.SystemTests.Running;

/// <summary>An OpenID Connect provider of another house, in which everybody is <see cref="Login"/> already.</summary>
internal sealed class OtherHouse : IAsyncDisposable
{
    public const string ClientId = "luodi";
    public const string ClientSecret = "another-house-s-secret";

    private WebApplication? _app;

    public Uri Address => new(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Null: they say no.</summary>
    public string? Login { get; set; }

    /// <summary>How they proved it there.</summary>
    public string[] Factors { get; set; } = ["pwd"];

    public static async Task<OtherHouse> Open()
    {
        var house = new OtherHouse();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            options.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").AllowAuthorizationCodeFlow().RegisterScopes(Scopes.Profile)
                .AddEphemeralEncryptionKey().AddEphemeralSigningKey().EnableDegradedMode();
            options.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough();
            options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(asked =>
            {
                if (asked.ClientId != ClientId) asked.Reject(Errors.InvalidClient);
                return default;
            }));
            options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(asked =>
            {
                if (asked.ClientId != ClientId || asked.ClientSecret != ClientSecret) asked.Reject(Errors.InvalidClient);
                return default;
            }));
        });
        builder.Services.AddAuthentication();
        house._app = builder.Build();
        house._app.UseAuthentication();
        house._app.MapGet("authorize", house.Authorize);
        await house._app.StartAsync(TestContext.Current.CancellationToken);
        return house;
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private IResult Authorize(HttpContext http)
    {
        if (Login is null) return Results.Forbid(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        var identity = new ClaimsIdentity("house", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"subject of {Login}").SetClaim(Claims.PreferredUsername, Login);
        identity.SetClaims(Claims.AuthenticationMethodReference, [.. Factors]);
        identity.SetScopes(Scopes.OpenId, Scopes.Profile);
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
