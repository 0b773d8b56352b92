using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Standings;

/// <param name="Reason">May be left out: the suspension had one.</param>
public sealed record ResumeProject(string? Reason);

public static class ResumeProjectFeature
{
    public sealed record NotSuspended() : Refusal("The project is not suspended.");

    public static void MapResumeProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/resume", (Guid id, ResumeProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Takes up work on a suspended project")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, ResumeProject command) =>
        command.Reason is { Length: > 0 } && Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : project.Standing is not Standing.Suspended ? new NotSuspended()
        : Decision.Accept(new ProjectResumed(project.Id)).Because(command.Reason is { Length: > 0 } reason ? reason.Trim() : null);
}
