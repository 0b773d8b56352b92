using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="HeldOn">The day it really took place; the scheduled one where it is left out.</param>
public sealed record HoldCeremony(DateOnly? HeldOn);

public static class HoldCeremonyFeature
{
    public sealed record CeremonyAlreadyHeld() : Refusal("The ceremony has been held already.");

    public sealed record HeldInFuture() : Refusal("The day on which the ceremony was held lies in the future.", "heldOn");

    public static void MapHoldCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/hold", (Guid id, HoldCeremony command, Deciding<Ceremony> ceremony, TimeProvider clock, CancellationToken ct) =>
            ceremony.Decide(id, state => Decide(state, command, clock.Today()), ct))
        .WithSummary("Records that the ceremony took place")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Ceremony ceremony, HoldCeremony command, DateOnly today)
    {
        if (command.HeldOn is not null && Fields.Date(command.HeldOn, "heldOn") is { } wrong) return wrong;
        if (ceremony.Status is CeremonyStatus.Closed) return new CloseCeremonyFeature.CeremonyAlreadyClosed();
        if (ceremony.Status is CeremonyStatus.Held) return new CeremonyAlreadyHeld();
        var heldOn = command.HeldOn ?? ceremony.HeldOn;
        if (heldOn > today) return new HeldInFuture();
        return Decision.Accept(new CeremonyHeld(ceremony.Id, heldOn)).Effective(heldOn);
    }
}
