using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Standings;

public sealed record DropProject(string? Reason);

public static class DropProjectFeature
{
    public sealed record InThePoolAlready() : Refusal("The project is in the fall-out pool already.");

    public sealed record PapersStand() : Refusal("An agreement about the project stands: terminate it first.");

    public static void MapDropProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/drop", (Guid id, DropProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Puts the project into the fall-out pool, with the reason; it can come back with its history")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, DropProject command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : project.Standing is Standing.FallenOut ? new InThePoolAlready()
        : project.Papers.Count > 0 ? new PapersStand()
        : Decision.Accept(new ProjectFellOut(project.Id)).Because(command.Reason!.Trim());
}
