using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Duplicates;

public sealed record UnmergeProject(string? Reason);

public static class UnmergeProjectFeature
{
    public sealed record NotMerged() : Refusal("This record was not merged into another one.");

    public static void MapUnmergeProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/unmerge", (Guid id, UnmergeProject command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, (state, _) => ValueTask.FromResult(Decide(state, command)), ct, aside: true))
        .WithSummary("The record is a project of its own after all, with all that was logged about it")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Project project, UnmergeProject command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : project.MergedInto is not { } into ? new NotMerged()
        : Decision.Accept(new ProjectUnmerged(project.Id, into)).Because(command.Reason!.Trim()).AndOf(into, new DuplicateLetGo(into, project.Id));
}
