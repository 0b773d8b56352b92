using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Portal.Accounts;

public sealed record ChangeRole(string? Role);

/// <summary>Who may do what is decided by the security administrator, never for themselves.</summary>
public static class GrantRoleFeature
{
    public sealed record RoleUnknown() : Refusal("The role is one of staff, manager, auditor, system-administrator, security-administrator.", "role");

    public sealed record RoleHeld() : Refusal("The account has this role already.", "role");

    public sealed record RoleNotHeld() : Refusal("The account does not have this role.", "role");

    public sealed record RolesApart() : Refusal("An auditor or administrator has no other role: revoke the others first, or open another account for another person.", "role");

    public sealed record StaffNeedDepartment() : Refusal("Staff belong to a department: assign it first.", "role");

    public sealed record OwnAccount() : Refusal("Nobody changes what they themselves may do: another administrator has to.");

    public static void MapGrantRole(this IEndpointRouteBuilder accounts)
    {
        accounts.MapPost("{id:guid}/grant", (Guid id, ChangeRole command, HttpContext http, Deciding<Account> account, Sessions sessions, CancellationToken ct) =>
            sessions.EndAfter(account.Decide(id, state => Grant(state, command, Acting.Of(http).Actor), ct), id, ct))
            .WithSummary("Grants a role")
            .RequireAuthorization(Duties.SecurityAdministration);

        accounts.MapPost("{id:guid}/revoke", (Guid id, ChangeRole command, HttpContext http, Deciding<Account> account, Sessions sessions, CancellationToken ct) =>
            sessions.EndAfter(account.Decide(id, state => Revoke(state, command, Acting.Of(http).Actor), ct), id, ct))
            .WithSummary("Takes a role away")
            .RequireAuthorization(Duties.SecurityAdministration);
    }

    public static Decision Grant(Account account, ChangeRole command, string actor)
    {
        if (Known(command) is { } wrong) return wrong;
        if (account.Login == actor) return new OwnAccount();
        if (account.Is(command.Role!)) return new RoleHeld();
        if (account.Roles.Count > 0 && (Roles.Apart.Contains(command.Role!) || account.Roles.Any(Roles.Apart.Contains))) return new RolesApart();
        if (command.Role == Roles.Staff && account.Department is null) return new StaffNeedDepartment();
        return Decision.Accept(new RoleGranted(account.Id, command.Role!));
    }

    public static Decision Revoke(Account account, ChangeRole command, string actor)
    {
        if (Known(command) is { } wrong) return wrong;
        if (account.Login == actor) return new OwnAccount();
        return account.Is(command.Role!) ? Decision.Accept(new RoleRevoked(account.Id, command.Role!)) : new RoleNotHeld();
    }

    internal static Refusal? Known(ChangeRole command) =>
        command.Role is null ? new Missing("role") : Roles.OfPeople.Contains(command.Role) ? null : new RoleUnknown();
}
