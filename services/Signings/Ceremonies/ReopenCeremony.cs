using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

public sealed record ReopenCeremony(string? Reason);

public static class ReopenCeremonyFeature
{
    public sealed record CeremonyNotClosed() : Refusal("The ceremony is not closed.");

    public static void MapReopenCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/reopen", (Guid id, ReopenCeremony command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Opens a closed ceremony again, with a reason; the figure that was sealed stays")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Ceremony ceremony, ReopenCeremony command) =>
        Fields.Text(command.Reason, "reason") is { } missing ? missing
        : ceremony.Status is not CeremonyStatus.Closed ? new CeremonyNotClosed()
        : Decision.Accept(new CeremonyReopened(ceremony.Id)).Because(command.Reason!.Trim());
}
