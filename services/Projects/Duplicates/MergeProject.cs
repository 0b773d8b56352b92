using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Duplicates;

/// <param name="IntoId">The record that stands for both from now on.</param>
/// <param name="Reason">By what they were seen to be one project.</param>
public sealed record MergeProject(Guid? IntoId, string? Reason);

public static class MergeProjectFeature
{
    public sealed record MergedAway() : Refusal("This record was merged into another one: log it there, or un-merge the two first.");

    public sealed record MergeTargetUnknown() : Refusal("There is no such project.", "intoId");

    public sealed record MergedWithItself() : Refusal("A record is merged into another one.", "intoId");

    public sealed record TargetMergedAway() : Refusal("That record was merged into another one itself: merge into that one.", "intoId");

    public sealed record StandsForOthers() : Refusal("Other records were merged into this one: merge that way round, or un-merge them first.");

    public static void MapMergeProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/merge", (Guid id, MergeProject command, Deciding<Project> project, TimeProvider clock, CancellationToken ct) =>
            project.Decide(id, async (state, facts) => Decide(state, command, command.IntoId is { } into ? await facts.State<Project>(into) : null, clock.Today()), ct, aside: true))
        .WithSummary("The record is another one's duplicate: what was logged about it counts there; nothing is lost, and it can be un-merged")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Project project, MergeProject command, Project? into, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Present(command.IntoId, "intoId") ?? (into is null ? new MergeTargetUnknown() : into.Id == project.Id ? new MergedWithItself() : null),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (project.MergedInto is { } already) return already == into!.Id ? Decision.Accept() : new MergedAway();
        if (into!.MergedInto is not null) return new TargetMergedAway();
        if (project.Duplicates.Count > 0) return new StandsForOthers();
        return Retold(project, Decision.Accept(new ProjectMerged(project.Id, into.Id)).Because(command.Reason!.Trim()), today);
    }

    /// <summary>The record that stands for this one is told of it, and again when what was decided changes its stages.</summary>
    public static Decision Retold(Project before, Decision decision, DateOnly today)
    {
        var after = decision.Events.Aggregate(before, (project, fact) => ProjectHistory.Evolve(project, fact, new Told(today))!);
        return after.MergedInto is { } into && (before.MergedInto is null || !after.Stages.SequenceEqual(before.Stages))
            ? decision.AndOf(into, new DuplicateTakenIn(into, after.Id, [.. after.Stages.Select(each => each.Stage)], [.. after.Stages.Select(each => each.On)]))
            : decision;
    }
}
