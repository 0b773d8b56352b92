using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>Bearer tokens of the portal, and nothing else.</summary>
public static class Authentication
{
    /// <summary>Whom tokens are for.</summary>
    public const string Audience = "luodi";

    /// <summary>
    /// Type <c>at+jwt</c>, RS256, issuer <c>Auth:Issuer</c>, audience <c>luodi</c>, a scope that fits. The keys are asked for at
    /// <c>Auth:Authority</c> (where the portal is reached from here; the issuer where it is left out), again every
    /// <c>Auth:KeysAskedEvery</c> (a minute): the portal publishes the next key long before it is used.
    /// </summary>
    internal static void AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        var issuer = configuration["Auth:Issuer"] ?? throw new InvalidOperationException("Auth:Issuer is not set.");
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MetadataAddress = $"{(configuration["Auth:Authority"] ?? issuer).TrimEnd('/')}/.well-known/openid-configuration";
            options.RequireHttpsMetadata = !configuration.GetValue<bool>("Auth:AllowHttp");
            options.RefreshInterval = TimeSpan.FromSeconds(2);
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new()
            {
                ValidIssuer = issuer,
                ValidAudience = Audience,
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                NameClaimType = "name",
                RoleClaimType = "role",
                ClockSkew = TimeSpan.FromSeconds(30),
            };
            options.Events = new JwtBearerEvents
            {
                // A program is held to its scopes by the policies; whoever else comes has the one that opens what the role opens.
                OnTokenValidated = context =>
                {
                    if (!context.Principal!.IsInRole(Roles.Integration) && !context.Principal.HasScope(Scopes.Luodi)) context.Fail("The token has not the scope luodi.");
                    return Task.CompletedTask;
                },
            };
        });
        services.AddHostedService<KeysAsked>();
        services.AddPolicies();
    }

    /// <summary>Whether a token may be used for this. Scopes stand in one claim, blanks between, or in several.</summary>
    public static bool HasScope(this System.Security.Claims.ClaimsPrincipal person, string scope) =>
        person.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    /// <summary>Without the portal's keys a service would refuse everybody: it is not ready until it has them.</summary>
    internal static void AddKeysCheck(this IHealthChecksBuilder health) => health.AddCheck<KeysCheck>("keys", tags: [ProcessHosting.Ready]);

    // The framework asks every five minutes at the soonest, and otherwise only once it has refused somebody.
    private sealed class KeysAsked(IOptionsMonitor<JwtBearerOptions> options, IConfiguration configuration, TimeProvider clock) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            if (options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is not { } portal) return;
            using var timer = new PeriodicTimer(configuration.GetValue("Auth:KeysAskedEvery", TimeSpan.FromMinutes(1)), clock);
            while (await timer.WaitForNextTickAsync(stoppingToken)) portal.RequestRefresh();
        }
    }

    private sealed class KeysCheck(IOptionsMonitor<JwtBearerOptions> options) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                // The portal itself asks nobody. Elsewhere they are kept once they were read: a portal that is away later does no harm.
                if (options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is not { } portal) return HealthCheckResult.Healthy();
                var known = await portal.GetConfigurationAsync(cancellationToken);
                return known.SigningKeys.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the portal publishes no keys");
            }
            catch (InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy("the portal's keys are not known yet");
            }
        }
    }
}
