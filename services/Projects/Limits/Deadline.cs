using Luodi.Contracts.Projects;

namespace Luodi.Projects.Limits;

/// <summary>What is to be done next with a project, and by when.</summary>
/// <param name="What">The stage that it has to leave, or <c>follow-up</c>.</param>
/// <param name="OverdueDays">How many days have passed since then; 0 while it is not overdue.</param>
public sealed record Deadline(string What, DateOnly DueOn, int OverdueDays);

public static class Deadlines
{
    /// <summary>The nearer of: leaving its stage, and the next follow-up while nothing is signed. Null where neither has a limit, and for a project on which no work is done.</summary>
    public static Deadline? Of(Project project, TimeLimits limits, DateOnly today)
    {
        if (project.Standing is not Standing.Active) return null;
        (string What, DateOnly DueOn)? stage = limits.Days.TryGetValue(project.Stage, out var days) ? (project.Stage, project.Since.AddDays(days)) : null;
        var due = new[] { stage, FollowUpOf(project, limits) }.OfType<(string What, DateOnly DueOn)>().OrderBy(each => each.DueOn).ToList();
        return due is [var next, ..] ? new Deadline(next.What, next.DueOn, Math.Max(0, today.DayNumber - next.DueOn.DayNumber)) : null;
    }

    /// <summary>The same day in SQL.</summary>
    /// <param name="project">The expression for the project's document.</param>
    /// <param name="days">The expression for the days of the limits.</param>
    internal static string DueOn(string project, string days) => $$"""
        case when {{project}}->>'standing' = 'Active' then least(
          ({{project}}->>'since')::date + ({{days}}->>({{project}}->>'stage'))::int,
          coalesce(({{project}}->'lastFollowUp'->>'nextOn')::date,
            case when not {{project}}->'stages' @> '[{"stage":"signed"}]' then coalesce(({{project}}->'lastFollowUp'->>'on')::date, ({{project}}->'stages'->0->>'on')::date) + ({{days}}->>'follow-up')::int end)) end
        """;

    private static (string, DateOnly)? FollowUpOf(Project project, TimeLimits limits) =>
        project.LastFollowUp?.NextOn is { } agreed ? (TimeLimits.FollowUp, agreed)
        : project.ReachedOn(Stages.Signed) is null && limits.Days.TryGetValue(TimeLimits.FollowUp, out var days)
            ? (TimeLimits.FollowUp, (project.LastFollowUp?.On ?? project.ReachedOn(Stages.Lead) ?? project.Since).AddDays(days))
            : null;
}
