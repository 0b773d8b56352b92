using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Milestones;

public sealed record WithdrawStage(string? Stage, string? Reason);

public static class WithdrawStageFeature
{
    public sealed record NotReached() : Refusal("The project has not reached this stage.", "stage");

    public sealed record ALeadStays() : Refusal("Every project began as a lead. One that came to nothing goes to the fall-out pool.", "stage");

    public sealed record AnotherRestsOnIt(StageNames Resting) : Refusal("Another stage rests on this one: withdraw {Resting} first.", "stage");

    public sealed record OfADuplicate() : Refusal("This stage was logged of a record that was merged into this one: un-merge that first.", "stage");

    public static void MapWithdrawStage(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/withdraw", (Guid id, WithdrawStage command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Takes back a stage that was logged in error or did not last, with the reason")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, WithdrawStage command)
    {
        var wrong = Check.All(Fields.Text(command.Stage, "stage"), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var stage = command.Stage!;
        if (stage is Stages.Lead) return new ALeadStays();
        if (stage is Stages.Signed) return new ReachStageFeature.FollowsFromItsAgreement();
        if (project.ReachedOn(stage) is not { } on) return new NotReached();
        // Of a record that this one stands for: it goes with that record.
        if (project.Own is { } own && own.All(each => each.Stage != stage)) return new OfADuplicate();
        return ReachStageFeature.RestingOn(project, stage).ToList() is { Count: > 0 } resting
            ? new AnotherRestsOnIt(new([.. resting]))
            : Decision.Accept(new StageWithdrawn(project.Id, stage, on)).Because(command.Reason!.Trim());
    }
}
