using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="HeldOn">The day it really took place; the scheduled one where it is left out.</param>
public sealed record HoldCeremony(DateOnly? HeldOn);

public static class HoldCeremonyFeature
{
    public sealed record CeremonyAlreadyHeld() : Refusal("The ceremony has been held already.");

    public static void MapHoldCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/hold", (Guid id, HoldCeremony command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Records that the ceremony took place")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Ceremony ceremony, HoldCeremony command)
    {
        if (command.HeldOn is not null && Fields.Date(command.HeldOn, "heldOn") is { } wrong) return wrong;
        if (ceremony.Status is not CeremonyStatus.Scheduled) return new CeremonyAlreadyHeld();
        var heldOn = command.HeldOn ?? ceremony.HeldOn;
        return Decision.Accept(new CeremonyHeld(ceremony.Id, heldOn)).Effective(heldOn);
    }
}
