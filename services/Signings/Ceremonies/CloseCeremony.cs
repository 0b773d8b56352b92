using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="On">The day on which it was over; today where it is left out. What a fair's signings came to is measured from it.</param>
/// <param name="Reason">Why it is closed only now, for a day that has passed.</param>
public sealed record CloseCeremony(DateOnly? On, string? Reason);

public static class CloseCeremonyFeature
{
    public sealed record ClosedInFuture() : Refusal("This day has not come yet.", "on");

    public sealed record ClosedBeforeHeld(DateOnly HeldOn) : Refusal("The ceremony was held on {HeldOn}: it was not over before.", "on");

    public sealed record ClosedLateWithoutReason() : Refusal("The day has passed: say why the ceremony is closed only now.", "reason");

    public sealed record CeremonyAlreadyClosed() : Refusal("The ceremony is closed already.");

    public static void MapCloseCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/close", (Guid id, CloseCeremony? command, Deciding<Ceremony> ceremony, TimeProvider clock, CancellationToken ct) =>
            ceremony.Decide(id, async (state, facts) =>
            {
                await facts.Alone(id);
                return Decide(state, command ?? new(null, null), clock.Today());
            }, ct))
        .WithSummary("Closes the ceremony: nothing is signed at it any more. The day may be an earlier one, with the reason")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Ceremony ceremony, CloseCeremony command, DateOnly today)
    {
        var on = command.On ?? today;
        var wrong = Check.All(
            command.On is null ? null : Fields.Date(command.On, "on") ?? (on > today ? new ClosedInFuture() : ceremony.Status is CeremonyStatus.Held && on < ceremony.HeldOn ? new ClosedBeforeHeld(ceremony.HeldOn) : null),
            command.Reason is { Length: > 0 } ? Fields.Text(command.Reason, "reason") : on < today ? new ClosedLateWithoutReason() : null);
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : ceremony.Status is CeremonyStatus.Closed ? new CeremonyAlreadyClosed()
            : Decision.Accept(new CeremonyClosed(ceremony.Id)).Effective(on).Because(command.Reason is { Length: > 0 } reason ? reason.Trim() : null);
    }
}
