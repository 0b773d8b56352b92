using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Portal.Accounts;

public sealed record AssignDepartment(string? Department);

public static class AssignDepartmentFeature
{
    public sealed record SameDepartment() : Refusal("The account belongs to this department already.", "department");

    public static void MapAssignDepartment(this IEndpointRouteBuilder accounts) => accounts
        .MapPost("{id:guid}/assign-department", (Guid id, AssignDepartment command, HttpContext http, Deciding<Account> account, Sessions sessions, CancellationToken ct) =>
            sessions.EndAfter(account.Decide(id, async (state, facts) =>
                Decide(state, command, await Terms.Find(facts, TermKinds.Department, command.Department), Acting.Of(http).Actor), ct), id, ct))
        .WithSummary("Moves the account to another department: it sees that department's deals from then on")
        .RequireAuthorization(Duties.SystemAdministration);

    public static Decision Decide(Account account, AssignDepartment command, Term? department, string actor)
    {
        if (command.Department is null) return new Missing("department");
        if (department is null or { Retired: true }) return new OpenAccountFeature.DepartmentUnknown();
        if (account.Login == actor) return new GrantRoleFeature.OwnAccount();
        return account.Department == command.Department ? new SameDepartment() : Decision.Accept(new DepartmentAssigned(account.Id, command.Department));
    }
}
