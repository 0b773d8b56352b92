using Luodi.Contracts.Portal;

namespace Luodi.Portal.Accounts;

/// <summary>Who may do what in the portal itself. Deals are the services' own business.</summary>
public static class Duties
{
    /// <summary>Anybody with an account.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Reads the dictionary: anybody with a role.</summary>
    public const string ReadTerms = "read-terms";

    /// <summary>Opens and disables accounts, keeps the dictionary.</summary>
    public const string SystemAdministration = "system-administration";

    /// <summary>Decides who has which role, the policy, and which programs come in.</summary>
    public const string SecurityAdministration = "security-administration";

    /// <summary>Reads accounts, for both administrators and the auditor.</summary>
    public const string ReadAccounts = "read-accounts";

    /// <summary>Reads the security log.</summary>
    public const string SecurityLog = "security-log";

    public static void AddDuties(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(SignedIn, policy => policy.RequireClaim("sub"))
        .AddPolicy(ReadTerms, policy => policy.RequireRole([.. Roles.OfPeople, Roles.Service]).RequireClaim("sub"))
        .AddPolicy(SystemAdministration, policy => policy.RequireRole(Roles.SystemAdministrator).RequireClaim("sub"))
        .AddPolicy(SecurityAdministration, policy => policy.RequireRole(Roles.SecurityAdministrator).RequireClaim("sub"))
        .AddPolicy(ReadAccounts, policy => policy.RequireRole(Roles.Apart).RequireClaim("sub"))
        .AddPolicy(SecurityLog, policy => policy.RequireRole(Roles.SecurityAdministrator, Roles.Auditor).RequireClaim("sub"));
}
