using System.Security.Claims;

namespace Luodi.Portal.Layout;

/// <summary>Who is signed in, as far as pages need it: what a role may not do is not offered. What happens is decided by the services alone.</summary>
/// <param name="Account">The login name.</param>
/// <param name="Department">Its code; staff have one.</param>
public sealed record Person(string Account, string Name, IReadOnlyList<string> Roles, string? Department)
{
    /// <summary>Null for a reader who has not signed in.</summary>
    public static Person? Of(ClaimsPrincipal? principal) => principal?.FindFirst("sub")?.Value is { Length: > 0 } account
        ? new(account, principal.FindFirst("name")?.Value ?? account, [.. principal.FindAll("role").Select(role => role.Value)], principal.FindFirst("department")?.Value)
        : null;

    /// <summary>Logs deals.</summary>
    public bool Logs => Roles.Contains("staff", StringComparer.Ordinal);

    /// <summary>The record is of their department, or older than departments. What another department shares is to be read.</summary>
    public bool Owns(string? department) => department is null || department == Department;

    /// <summary>Logs deals, and of this department's records.</summary>
    public bool LogsOf(string? department) => Logs && Owns(department);

    /// <summary>Confirms or returns what somebody else logged.</summary>
    public bool Confirms => Logs || Manages;

    public bool Manages => Roles.Contains("manager", StringComparer.Ordinal);

    /// <summary>Reads everything, also what administrators did, and changes nothing.</summary>
    public bool Audits => Roles.Contains("auditor", StringComparer.Ordinal);

    /// <summary>Has texts erased by law, with a second person.</summary>
    public bool Erases => Manages || Audits;

    /// <summary>Sees deals and their figures.</summary>
    public bool Reads => Confirms || Audits;

    public bool Administers => Roles.Contains("system-administrator", StringComparer.Ordinal) || Roles.Contains("security-administrator", StringComparer.Ordinal);
}
