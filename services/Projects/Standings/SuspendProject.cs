using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Standings;

public sealed record SuspendProject(string? Reason);

public static class SuspendProjectFeature
{
    public sealed record NotActive() : Refusal("Work on the project rests already: it is suspended or in the fall-out pool.");

    public static void MapSuspendProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/suspend", (Guid id, SuspendProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Suspends the project, with the reason: no limit runs until work goes on")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, SuspendProject command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : project.Standing is not Standing.Active ? new NotActive()
        : Decision.Accept(new ProjectSuspended(project.Id)).Because(command.Reason!.Trim());
}
