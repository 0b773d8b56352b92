using System.Security.Claims;
using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>A record with the department of who logged it; null for one that is older than departments, which everybody sees who may read deals.</summary>
public interface IOfDepartment
{
    string? Department { get; }
}

/// <summary>Whether the reader of this request may see a record.</summary>
public interface ISee
{
    Task<bool> Sees(Guid id, CancellationToken ct);
}

/// <summary>
/// Which records the bearer of a token sees: staff, and integrations of a department, those of their department and what a manager shares
/// with it; everybody else who may read deals sees the whole bureau. What is not seen is not found by its id and is in no list,
/// search, export or drill-down.
/// </summary>
/// <param name="Administration">Sees what administrators did.</param>
/// <param name="Department">The code of the bearer's department; with neither a department nor the whole, only what belongs to no department is seen.</param>
public sealed record Sight(bool Whole, string? Department, bool Administration = false)
{
    public static Sight Of(ClaimsPrincipal who)
    {
        var department = who.FindFirst("department")?.Value;
        var whole = who.IsInRole(Roles.Manager) || who.IsInRole(Roles.Auditor) || who.IsInRole(Roles.Service)
            || (who.IsInRole(Roles.Integration) && !who.IsInRole(Roles.Staff) && department is null);
        return new Sight(whole, whole ? null : department, Policies.Allows(Policies.Administration, who));
    }

    /// <param name="owner">The record's department.</param>
    /// <param name="sharers">Other departments that may read it.</param>
    public bool Sees(string? owner, params IEnumerable<string?> sharers) => MayChange(owner) || (Department is not null && sharers.Contains(Department, StringComparer.Ordinal));

    /// <summary>What is shared is shared to be read; it is changed by the department it belongs to. Which roles may change anything at all is <see cref="Policies"/>.</summary>
    public bool MayChange(string? owner) => Whole || owner is null || string.Equals(owner, Department, StringComparison.Ordinal);

    /// <summary>The same rule as a condition of a query.</summary>
    /// <param name="owner">The expression for the record's department.</param>
    /// <param name="shared">Conditions under which a record of another department is shared with <c>{0}</c>.</param>
    public string In(Conditions query, string owner, params IEnumerable<string> shared)
    {
        if (Whole) return "true";
        if (Department is null) return $"{owner} is null";
        var department = query.Parameter(Department);
        var conditions = shared.Prepend($"{owner} = {{0}}").Select(condition => condition.Replace("{0}", department, StringComparison.Ordinal));
        return $"({owner} is null or {string.Join(" or ", conditions)})";
    }
}
