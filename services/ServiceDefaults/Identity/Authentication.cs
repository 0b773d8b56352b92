using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.ServiceDefaults.Identity;

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
        services.AddPolicies();
    }
}
