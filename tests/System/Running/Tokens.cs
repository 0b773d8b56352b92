using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.SystemTests.Running;

/// <summary>Bearer tokens, good ones and bad ones, made with the portal's own key.</summary>
internal static class Tokens
{
    private static readonly ConcurrentDictionary<(string, string), string> Made = new();

    public static string Of(Site site, string account) => Made.GetOrAdd((site.Home, account), _ => Issue(site, account));

    /// <param name="role">Null: that of the demo account.</param>
    /// <param name="key">Who signs; null is the portal.</param>
    /// <param name="validFor">From an hour ago on; two hours where it is left out.</param>
    public static string Issue(
        Site site, string account, string? role = null, string? issuer = null, string audience = "luodi", string type = "at+jwt", RSA? key = null, TimeSpan? validFor = null,
        string? scope = "luodi", string? department = null)
    {
        using var own = X509CertificateLoader.LoadPkcs12FromFile(Directory.EnumerateFiles(site.Keys, "signing-*.pfx").Order(StringComparer.Ordinal).First(), site.Password("portal-keys"), X509KeyStorageFlags.EphemeralKeySet);
        var from = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = account, ["name"] = account, ["role"] = role ?? RoleOf(account) };
        if (scope is not null) claims["scope"] = scope;
        if ((department ?? DepartmentOf(account)) is { } known) claims["department"] = known;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = issuer ?? site.Portal.ToString(),
            Audience = audience,
            IssuedAt = from,
            NotBefore = from,
            Expires = from + (validFor ?? TimeSpan.FromHours(2)),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key is null ? new X509SecurityKey(own) : new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
        });
    }

    private static string RoleOf(string account) => account switch
    {
        "sysadmin" => "system-administrator",
        "secadmin" => "security-administrator",
        _ when account.StartsWith("staff", StringComparison.Ordinal) => "staff",
        _ => account,
    };

    private static string? DepartmentOf(string account) => account switch
    {
        "staff" or "staff2" => "investment-1",
        "staff3" => "investment-2",
        _ => null,
    };
}
