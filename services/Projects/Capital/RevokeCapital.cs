using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Capital;

public sealed record RevokeCapital(string? Reason);

public static class RevokeCapitalFeature
{
    public sealed record NotRecognised() : Refusal("Only capital that was confirmed can be revoked.");

    public static void MapRevokeCapital(this IEndpointRouteBuilder capital) => capital
        .MapPost("{id:guid}/revoke", (Guid id, RevokeCapital command, Deciding<CapitalEntry> entry, CancellationToken ct) =>
            entry.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Revokes the recognition of capital in place, with the reason; history shows that it counted")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(CapitalEntry entry, RevokeCapital command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : entry.Status is not CapitalStatus.Confirmed ? new NotRecognised()
        : Decision.Accept(new CapitalRevoked(entry.Id)).Because(command.Reason!.Trim()).Releasing(ConfirmCapitalFeature.Key(entry));
}
