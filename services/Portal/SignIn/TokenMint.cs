using System.Security.Claims;
using Luodi.Contracts.Portal;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.Portal.SignIn;

/// <summary>Tokens for the portal's own calls, made in process for the person who is signed in, one per call: none lies in a cookie.</summary>
public sealed class TokenMint(KeyFiles keys, IConfiguration configuration, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly string[] Carried = ["sub", "name", "department", "sid", SessionCookie.Begun];

    private readonly string _issuer = Issuer(configuration);

    public static string Issuer(IConfiguration configuration) => configuration["Auth:Issuer"] ?? throw new InvalidOperationException("Auth:Issuer is not set.");

    /// <summary>With the claims of a session.</summary>
    public string For(ClaimsPrincipal person)
    {
        var claims = Carried.Select(person.FindFirst).OfType<Claim>().ToDictionary(claim => claim.Type, object (claim) => claim.Value, StringComparer.Ordinal);
        claims["role"] = person.FindAll("role").Select(claim => claim.Value).ToArray();
        return Mint(claims);
    }

    /// <summary>For what the portal asks on nobody's behalf.</summary>
    public string ForItself() => Mint(new(StringComparer.Ordinal) { ["sub"] = "service:portal", ["name"] = "portal", ["role"] = Roles.Service });

    private string Mint(Dictionary<string, object> claims)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        claims["scope"] = Scopes.Luodi;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = _issuer,
            Audience = ServiceDefaults.Identity.Authentication.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = keys.Current,
        });
    }
}
