using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Sharing;

/// <param name="Department">The code of the department that may no longer read it.</param>
public sealed record UnshareProject(string? Department);

public static class UnshareProjectFeature
{
    public static void MapUnshareProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/unshare", (Guid id, UnshareProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Ends the sharing of the project with a department")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Project project, UnshareProject command)
    {
        if (Fields.Text(command.Department, "department") is { } wrong) return wrong;
        var department = command.Department!.Trim();
        return project.SharedWith.Contains(department) ? Decision.Accept(new ProjectUnshared(project.Id, department)) : Decision.Accept();
    }
}
