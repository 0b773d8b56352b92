using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>Who may do what. Every endpoint asks at least for <see cref="Read"/>.</summary>
public static class Policies
{
    /// <summary>Staff, managers, auditors and the services themselves.</summary>
    public const string Read = "read";

    /// <summary>Staff log deals.</summary>
    public const string LogDeals = "log-deals";

    /// <summary>Staff and managers confirm what somebody else logged.</summary>
    public const string Confirm = "confirm";
}

internal static class Authentication
{
    /// <summary>Bearer tokens of type <c>at+jwt</c>, RS256, issuer and audience <c>luodi</c>, checked with the key in <c>Auth:PublicKeyFile</c>.</summary>
    public static void AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(File.ReadAllText(configuration["Auth:PublicKeyFile"] ?? throw new InvalidOperationException("Auth:PublicKeyFile is not set.")));
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new()
            {
                IssuerSigningKey = new RsaSecurityKey(rsa),
                ValidIssuer = "luodi",
                ValidAudience = "luodi",
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                NameClaimType = "name",
                RoleClaimType = "role",
                ClockSkew = TimeSpan.FromSeconds(30),
            };
        });
        var read = new AuthorizationPolicyBuilder().RequireRole("staff", "manager", "auditor", "service").RequireClaim("sub").Build();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(read)
            .AddPolicy(Policies.Read, read)
            .AddPolicy(Policies.LogDeals, policy => policy.RequireRole("staff").RequireClaim("sub"))
            .AddPolicy(Policies.Confirm, policy => policy.RequireRole("staff", "manager").RequireClaim("sub"));
    }
}
