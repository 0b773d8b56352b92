using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Standings;

public sealed record ReinstateProject(string? Reason);

public static class ReinstateProjectFeature
{
    public sealed record NotInThePool() : Refusal("The project is not in the fall-out pool.");

    public static void MapReinstateProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/reinstate", (Guid id, ReinstateProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Brings the project back from the fall-out pool, with the reason")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, ReinstateProject command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : project.Standing is not Standing.FallenOut ? new NotInThePool()
        : Decision.Accept(new ProjectReinstated(project.Id)).Because(command.Reason!.Trim());
}
