using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Agreements;
using static Luodi.Signings.AgreementConditions.NoteConditionFeature;

namespace Luodi.Signings.AgreementConditions;

/// <param name="On">The day on which it was met; today where it is left out.</param>
/// <param name="Evidence">By what that is seen.</param>
public sealed record MeetCondition(Guid? ConditionId, DateOnly? On, string? Evidence);

/// <param name="Reason">Why it need not be met.</param>
public sealed record WaiveCondition(Guid? ConditionId, string? Reason);

/// <param name="Reason">What was wrong.</param>
public sealed record WithdrawCondition(Guid? ConditionId, string? Reason);

public static class SettleConditionFeature
{
    public sealed record NoSuchCondition() : Refusal("The agreement has no such condition, or it was withdrawn.", "conditionId");

    public sealed record ConditionNotOpen() : Refusal("The condition was met or waived already. If that was said in error, withdraw it and note it anew.", "conditionId")
    {
        public override int Status => 409;
    }

    public sealed record MetInFuture() : Refusal("This day has not come yet: log it when the condition is met.", "on");

    public static void MapSettleCondition(this IEndpointRouteBuilder agreements)
    {
        agreements.MapPost("{id:guid}/meet-condition", (Guid id, MeetCondition command, Deciding<Agreement> agreement, TimeProvider clock, CancellationToken ct) =>
            agreement.Decide(id, state => Meet(state, command, clock.Today()), ct))
            .WithSummary("Says that a condition is met, since when and by what that is seen")
            .RequireAuthorization(Policies.LogDeals);

        agreements.MapPost("{id:guid}/waive-condition", (Guid id, WaiveCondition command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Waive(state, command), ct))
            .WithSummary("Says that a condition need not be met, with the reason")
            .RequireAuthorization(Policies.LogDeals);

        agreements.MapPost("{id:guid}/withdraw-condition", (Guid id, WithdrawCondition command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Withdraw(state, command), ct))
            .WithSummary("Takes back a condition, or what was said of it, that was entered in error, with the reason; it stays to be read")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Meet(Agreement agreement, MeetCondition command, DateOnly today)
    {
        var on = command.On ?? today;
        var wrong = Check.All(Of(agreement, command.ConditionId), Fields.Date(on, "on") ?? (on > today ? new MetInFuture() : null), Fields.Text(command.Evidence, "evidence"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : NotOpen(agreement, command.ConditionId!.Value) is { } settled ? settled
            : Decision.Accept(new ConditionMet(agreement.Id, command.ConditionId.Value, on, command.Evidence!.Trim())).Effective(on);
    }

    public static Decision Waive(Agreement agreement, WaiveCondition command)
    {
        var wrong = Check.All(Of(agreement, command.ConditionId), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : NotOpen(agreement, command.ConditionId!.Value) is { } settled ? settled
            : Decision.Accept(new ConditionWaived(agreement.Id, command.ConditionId.Value)).Because(command.Reason!.Trim());
    }

    public static Decision Withdraw(Agreement agreement, WithdrawCondition command)
    {
        var wrong = Check.All(Of(agreement, command.ConditionId), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong) : Decision.Accept(new ConditionWithdrawn(agreement.Id, command.ConditionId!.Value)).Because(command.Reason!.Trim());
    }

    private static Refusal? Of(Agreement agreement, Guid? condition) =>
        Fields.Present(condition, "conditionId") ?? (agreement.Conditions.Any(each => each.Id == condition && each.Status is not ConditionStates.Withdrawn) ? null : new NoSuchCondition());

    private static Refusal? NotOpen(Agreement agreement, Guid condition) =>
        !agreement.Conditions.Any(each => each.Id == condition && each.IsOpen) ? new ConditionNotOpen()
        : agreement.Status is AgreementStatus.Terminated ? new OfATerminatedAgreement()
        : null;
}
