using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Owners;

/// <param name="Owner">The account of who has the project from now on.</param>
/// <param name="From">Their first day; today where it is left out.</param>
/// <param name="Reason">Why it changes hands.</param>
public sealed record AssignOwner(string? Owner, DateOnly? From, string? Reason);

public static class AssignOwnerFeature
{
    public sealed record NotBeforeTheLast(DateOnly Last) : Refusal("The one before took it over on {Last}: a handover comes after that day.", "from");

    public sealed record HandedOverLater() : Refusal("A handover is logged when it has happened.", "from");

    public static void MapAssignOwner(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/assign", (Guid id, AssignOwner command, Deciding<Project> project, TimeProvider clock, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command, clock.Today()), ct))
        .WithSummary("Hands the project over; what was reached before stays credited to who had it then")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Project project, AssignOwner command, DateOnly today)
    {
        var from = command.From ?? today;
        var wrong = Check.All(
            Fields.Text(command.Owner, "owner"),
            command.From is null ? null : Fields.Date(command.From, "from") ?? (from > today ? new HandedOverLater() : null),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var owner = command.Owner!.Trim();
        if (owner == project.Owner) return Decision.Accept();
        // On the very day of the last one it corrects that: nobody has had it yet.
        return project.Owners is [.., var last] && from < last.From
            ? new NotBeforeTheLast(last.From)
            : Decision.Accept(new OwnerAssigned(project.Id, owner, from)).Effective(from).Because(command.Reason!.Trim());
    }
}
