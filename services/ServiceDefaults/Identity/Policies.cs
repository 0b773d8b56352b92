using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>The roles that a token may carry.</summary>
public static class Roles
{
    public const string Staff = "staff";
    public const string Manager = "manager";
    public const string Auditor = "auditor";
    public const string SystemAdministrator = "system-administrator";
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>One of our own services.</summary>
    public const string Service = "service";

    /// <summary>Somebody else's program; its scopes say what it may do.</summary>
    public const string Integration = "integration";
}

/// <summary>What an integration may do: the scopes of its token, with blanks between.</summary>
public static class Scopes
{
    public const string ReadDeals = "deals.read";

    /// <summary>What staff log, for the department of the client.</summary>
    public const string WriteDeals = "deals.write";

    public const string ReadFigures = "figures.read";
    public const string ReadFeed = "feed.read";
}

/// <summary>Who may do what. An endpoint that asks for none of them asks for <see cref="Read"/>. Which records a reader may see is <see cref="Sight"/>.</summary>
public static class Policies
{
    /// <summary>Staff, managers, auditors, the services themselves, and integrations with <see cref="Scopes.ReadDeals"/>.</summary>
    public const string Read = "read";

    /// <summary>Staff, and integrations of a department with <see cref="Scopes.WriteDeals"/>, log deals.</summary>
    public const string LogDeals = "log-deals";

    /// <summary>Staff and managers confirm what somebody else logged, or return it.</summary>
    public const string Confirm = "confirm";

    /// <summary>Managers share and assign.</summary>
    public const string Manage = "manage";

    /// <summary>Whole events as they are stored: managers, auditors, services, and integrations with <see cref="Scopes.ReadFeed"/>.</summary>
    public const string Feed = "feed";

    /// <summary>Whoever may read deals, and integrations with <see cref="Scopes.ReadFigures"/>.</summary>
    public const string Figures = "figures";

    /// <summary>Whether the bearer of a token may do what the policy stands for.</summary>
    public static bool Allows(string policy, ClaimsPrincipal who)
    {
        // Running the system, granting rights and working on deals are kept apart, also where a token carries several roles by mistake.
        if (!who.HasClaim(claim => claim is { Type: "sub", Value.Length: > 0 }) || who.IsInRole(Roles.SystemAdministrator) || who.IsInRole(Roles.SecurityAdministrator)) return false;
        // Who audits changes nothing.
        var changes = policy is LogDeals or Confirm or Manage;
        if (changes && who.IsInRole(Roles.Auditor)) return false;
        return policy switch
        {
            Read => Is(who, Roles.Staff, Roles.Manager, Roles.Auditor, Roles.Service) || May(who, Scopes.ReadDeals),
            Figures => Allows(Read, who) || May(who, Scopes.ReadFigures),
            Feed => Is(who, Roles.Manager, Roles.Auditor, Roles.Service) || May(who, Scopes.ReadFeed),
            LogDeals => who.IsInRole(Roles.Staff) || (May(who, Scopes.WriteDeals) && who.FindFirst("department") is not null),
            Confirm => Is(who, Roles.Staff, Roles.Manager),
            Manage => who.IsInRole(Roles.Manager),
            _ => false,
        };
    }

    internal static void AddPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(Of(Read));
        foreach (var policy in (string[])[Read, LogDeals, Confirm, Manage, Feed, Figures]) authorization.AddPolicy(policy, Of(policy));
    }

    private static AuthorizationPolicy Of(string policy) => new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => Allows(policy, context.User)).Build();

    private static bool Is(ClaimsPrincipal who, params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (who.IsInRole(role)) return true;
        }
        return false;
    }

    private static bool May(ClaimsPrincipal who, string scope) =>
        who.IsInRole(Roles.Integration) && who.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));
}
