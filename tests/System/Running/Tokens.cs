using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.SystemTests.Running;

/// <summary>Bearer tokens, good ones and bad ones.</summary>
internal static class Tokens
{
    private static readonly ConcurrentDictionary<(string, string), string> Made = new();

    public static string Of(Site site, string account) => Made.GetOrAdd((site.Home, account), _ => Issue(site, account));

    /// <param name="key">Who signs; null is the site itself.</param>
    /// <param name="validFor">From an hour ago on; two hours where it is left out.</param>
    public static string Issue(Site site, string account, string? role = null, string issuer = "luodi", string audience = "luodi", string type = "at+jwt", RSA? key = null, TimeSpan? validFor = null, string? department = null, string? scope = null)
    {
        using var own = RSA.Create();
        own.ImportFromPem(File.ReadAllText(Path.Combine(site.Keys, "signing.pem")));
        var from = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = account, ["name"] = account, ["role"] = role ?? (account.StartsWith("staff", StringComparison.Ordinal) ? "staff" : account) };
        if (department is not null) claims["department"] = department;
        if (scope is not null) claims["scope"] = scope;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = issuer,
            Audience = audience,
            IssuedAt = from,
            NotBefore = from,
            Expires = from + (validFor ?? TimeSpan.FromHours(2)),
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? own), SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
        });
    }
}
