using System.Security.Claims;
using Luodi.Contracts.Portal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>Who may do what. An endpoint that asks for none of them asks for <see cref="Read"/>. Which records a reader may see is <see cref="Sight"/>.</summary>
public static class Policies
{
    /// <summary>Staff, managers, auditors, the services themselves, and integrations with <see cref="Scopes.DealsRead"/>.</summary>
    public const string Read = "read";

    /// <summary>Staff, and integrations of a department with <see cref="Scopes.DealsWrite"/>, log deals.</summary>
    public const string LogDeals = "log-deals";

    /// <summary>Staff and managers confirm what somebody else logged, or return it.</summary>
    public const string Confirm = "confirm";

    /// <summary>Managers share and assign.</summary>
    public const string Manage = "manage";

    /// <summary>Whole events as they are stored: managers, auditors, services, and integrations with <see cref="Scopes.FeedRead"/>.</summary>
    public const string Feed = "feed";

    /// <summary>What administrators did: auditors, services, and integrations with <see cref="Scopes.FeedRead"/>.</summary>
    public const string Administration = "administration";

    /// <summary>Auditors have the records compared with the log.</summary>
    public const string Examine = "examine";

    /// <summary>Managers and auditors have texts erased that the law wants gone, two of them together.</summary>
    public const string Erase = "erase";

    /// <summary>Whoever may read deals, and integrations with <see cref="Scopes.FiguresRead"/>.</summary>
    public const string Figures = "figures";

    /// <summary>Whether the bearer of a token may do what the policy stands for.</summary>
    public static bool Allows(string policy, ClaimsPrincipal who)
    {
        // Running the system, granting rights and working on deals are kept apart, also where a token carries several roles by mistake.
        if (!who.HasClaim(claim => claim is { Type: "sub", Value.Length: > 0 }) || who.IsInRole(Roles.SystemAdministrator) || who.IsInRole(Roles.SecurityAdministrator)) return false;
        // Who audits changes nothing. Erasing is no work on a deal: figures, days and proofs stay what they are.
        var changes = policy is LogDeals or Confirm or Manage;
        if (changes && who.IsInRole(Roles.Auditor)) return false;
        return policy switch
        {
            Read => Is(who, Roles.Staff, Roles.Manager, Roles.Auditor, Roles.Service) || May(who, Scopes.DealsRead),
            Figures => Allows(Read, who) || May(who, Scopes.FiguresRead),
            Feed => Is(who, Roles.Manager, Roles.Auditor, Roles.Service) || May(who, Scopes.FeedRead),
            Administration => Is(who, Roles.Auditor, Roles.Service) || May(who, Scopes.FeedRead),
            Examine => who.IsInRole(Roles.Auditor),
            Erase => Is(who, Roles.Manager, Roles.Auditor),
            LogDeals => who.IsInRole(Roles.Staff) || (May(who, Scopes.DealsWrite) && who.FindFirst("department") is not null),
            Confirm => Is(who, Roles.Staff, Roles.Manager),
            Manage => who.IsInRole(Roles.Manager),
            _ => false,
        };
    }

    internal static void AddPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(Of(Read));
        foreach (var policy in (string[])[Read, LogDeals, Confirm, Manage, Feed, Administration, Examine, Erase, Figures]) authorization.AddPolicy(policy, Of(policy));
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
        who.IsInRole(Roles.Integration) && who.HasScope(scope);
}
