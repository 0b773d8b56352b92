using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.Client.Keys;

/// <summary>Who acts: a person of the demo or a service. The names are names of roles, not of people.</summary>
internal sealed record Account(string Subject, string Name, string Role)
{
    private static readonly Account[] People =
    [
        new("staff", "招商专员甲", "staff"),
        new("staff2", "招商专员乙", "staff"),
        new("manager", "招商科长", "manager"),
        new("auditor", "审计员", "auditor"),
    ];

    public static Account Find(string subject) =>
        Array.Find(People, account => account.Subject == subject)
        ?? throw new ClientException(
            $"There is no account '{subject}': use one of {string.Join(", ", People.Select(account => account.Subject))}.", ClientException.WrongUse);

    public static Account Service(string service) => new($"service:{service}", service, "service");
}

internal static class Tokens
{
    public static readonly TimeSpan OfAPerson = TimeSpan.FromHours(12);
    public static readonly TimeSpan OfAService = TimeSpan.FromDays(90);

    public static string Issue(RSA key, Account account, TimeSpan lifetime, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = "luodi",
            Audience = "luodi",
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = account.Subject,
                [JwtRegisteredClaimNames.Name] = account.Name,
                ["role"] = account.Role,
            },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256)
            {
                // The common factory keeps the signer of the first RSA object, also when that one is disposed and another holds the same key.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
}
