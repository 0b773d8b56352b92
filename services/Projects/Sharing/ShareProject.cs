using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Sharing;

/// <param name="Department">The code of the department that may read the project and its agreements from now on.</param>
public sealed record ShareProject(string? Department);

public static class ShareProjectFeature
{
    public sealed record OwnDepartment() : Refusal("The project is this department's own already.", "department");

    public static void MapShareProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/share", (Guid id, ShareProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Shares the project with another department, which may then read it and its agreements")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Project project, ShareProject command)
    {
        if (Fields.Text(command.Department, "department") is { } wrong) return wrong;
        var department = command.Department!.Trim();
        if (department == project.Department) return new OwnDepartment();
        return project.SharedWith.Contains(department) ? Decision.Accept() : Decision.Accept(new ProjectShared(project.Id, department));
    }
}
