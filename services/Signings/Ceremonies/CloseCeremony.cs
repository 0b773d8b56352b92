using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

public static class CloseCeremonyFeature
{
    public sealed record CeremonyAlreadyClosed() : Refusal("The ceremony is closed already.");

    public static void MapCloseCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/close", (Guid id, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, async (state, facts) =>
            {
                await facts.Alone(id);
                return Decide(state);
            }, ct))
        .WithSummary("Closes the ceremony: nothing is signed at it any more")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Ceremony ceremony) => ceremony.Status is CeremonyStatus.Closed
        ? new CeremonyAlreadyClosed()
        : Decision.Accept(new CeremonyClosed(ceremony.Id));
}
