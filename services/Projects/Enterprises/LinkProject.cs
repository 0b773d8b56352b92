using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

public sealed record LinkProject(Guid? ProjectId);

public sealed record UnlinkProject(Guid? ProjectId, string? Reason);

public static class LinkProjectFeature
{
    public sealed record NoSuchProject() : Refusal("There is no such project.", "projectId");

    public sealed record NotLinked() : Refusal("The enterprise does not carry out this project.", "projectId");

    public static void MapLinkProject(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapPost("{id:guid}/link", (Guid id, LinkProject command, Deciding<Enterprise> enterprise, ProjectReader projects, CancellationToken ct) =>
            enterprise.Decide(id, async (state, _) => Link(state, command, command.ProjectId is { } project && await projects.Sees(project, ct)), ct))
            .WithSummary("The enterprise carries out a project")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/unlink", (Guid id, UnlinkProject command, Deciding<Enterprise> enterprise, CancellationToken ct) =>
            enterprise.Decide(id, state => Unlink(state, command), ct))
            .WithSummary("It does not, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    /// <param name="known">There is such a project, and who asks sees it.</param>
    public static Decision Link(Enterprise enterprise, LinkProject command, bool known) =>
        Fields.Present(command.ProjectId, "projectId") is { } missing ? missing
        : !known ? new NoSuchProject()
        : enterprise.Projects.Contains(command.ProjectId!.Value) ? Decision.Accept()
        : Decision.Accept(new ProjectLinked(enterprise.Id, command.ProjectId.Value));

    public static Decision Unlink(Enterprise enterprise, UnlinkProject command)
    {
        var wrong = Check.All(Fields.Present(command.ProjectId, "projectId"), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : !enterprise.Projects.Contains(command.ProjectId!.Value) ? new NotLinked()
            : Decision.Accept(new ProjectUnlinked(enterprise.Id, command.ProjectId.Value)).Because(command.Reason!.Trim());
    }
}
