using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Contracts.Projects.Stages;

namespace Luodi.Projects.Milestones;

/// <param name="Stage">One of the stages; a lead is registered, and a signing follows from its agreement.</param>
/// <param name="On">The day on which it was reached; today where it is left out.</param>
/// <param name="Reason">Why it is logged only now, for a day that has passed.</param>
public sealed record ReachStage(string? Stage, DateOnly? On, string? Reason);

public static class ReachStageFeature
{
    /// <summary>What cannot be without something else: nobody completes what was never begun. Everything else may come in any order.</summary>
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        [GroundBroken] = [LandSecured, PremisesLeased],
        [Completed] = [GroundBroken],
        [InProduction] = [Registered],
        [FullCapacity] = [InProduction],
    };

    public sealed record StageUnknown() : Refusal("There is no such stage.", "stage");

    public sealed record FollowsFromItsAgreement() : Refusal("A project is signed when an agreement about it is signed: log that, or have it returned or terminated.", "stage");

    public sealed record NeedsAnotherStage(StageNames Needed) : Refusal("Log first what this rests on: {Needed}.", "stage");

    public sealed record BeforeWhatItRestsOn(DateOnly Earliest) : Refusal("What this rests on came later, on {Earliest}.", "on");

    public sealed record InTheFuture() : Refusal("This day has not come yet: log it when it has happened.", "on");

    public sealed record LateWithoutReason() : Refusal("The day has passed: say why it is logged only now.", "reason");

    public sealed record ReachedAlready(DateOnly On) : Refusal("This stage was reached on {On}. Withdraw it first if that is wrong.", "stage");

    public sealed record WorkRests() : Refusal("The project is suspended or in the fall-out pool: bring it back first.");

    public static void MapReachStage(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/reach", (Guid id, ReachStage command, Deciding<Project> project, TimeProvider clock, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command, clock.Today()), ct))
        .WithSummary("Logs that the project reached a stage, on any day up to today")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, ReachStage command, DateOnly today)
    {
        var on = command.On ?? today;
        var wrong = Check.All(
            command.Stage is null ? new Missing("stage") : !All.Contains(command.Stage) || command.Stage is Lead ? new StageUnknown() : command.Stage is Signed ? new FollowsFromItsAgreement() : null,
            command.On is null ? null : Fields.Date(command.On, "on") ?? (on > today ? new InTheFuture() : null),
            command.Reason is { Length: > 0 } ? Fields.Text(command.Reason, "reason") : on < today ? new LateWithoutReason() : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var stage = command.Stage!;
        if (project.Standing is not Standing.Active) return new WorkRests();
        if (project.ReachedOn(stage) is { } before) return before == on ? Decision.Accept() : new ReachedAlready(before);
        if (Needed.TryGetValue(stage, out var needed))
        {
            if (needed.Select(project.ReachedOn).Min() is not { } earliest) return new NeedsAnotherStage(new(needed));
            if (on < earliest) return new BeforeWhatItRestsOn(earliest);
        }
        return Decision.Accept(new StageReached(project.Id, stage, on)).Effective(on).Because(command.Reason is { Length: > 0 } reason ? reason.Trim() : null);
    }

    /// <summary>The stages that rest on this one alone.</summary>
    internal static IEnumerable<string> RestingOn(Project project, string stage) => project.Stages.Select(each => each.Stage)
        .Where(reached => Needed.TryGetValue(reached, out var needed) && needed.Contains(stage) && !needed.Any(other => other != stage && project.ReachedOn(other) is not null));
}
