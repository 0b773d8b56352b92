using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Capital;

public sealed record ReturnCapital(string? Reason);

/// <summary>The second person's word on capital that was logged.</summary>
public static class ConfirmCapitalFeature
{
    public sealed record NoCapitalWaits() : Refusal("This entry does not wait to be confirmed.");

    public sealed record CapitalLoggedByYourself() : Refusal("You logged this yourself: somebody else has to confirm or return it.");

    public static void MapConfirmCapital(this IEndpointRouteBuilder capital)
    {
        capital.MapPost("{id:guid}/confirm", (Guid id, HttpContext http, Deciding<CapitalEntry> entry, CancellationToken ct) =>
            entry.Decide(id, state => Confirm(state, Acting.Of(http).Actor), ct))
            .WithSummary("Confirms capital in place: it counts from its day on")
            .RequireAuthorization(Policies.Confirm);

        capital.MapPost("{id:guid}/return", (Guid id, ReturnCapital command, HttpContext http, Deciding<CapitalEntry> entry, CancellationToken ct) =>
            entry.Decide(id, state => Return(state, command, Acting.Of(http).Actor), ct))
            .WithSummary("Returns capital that was logged, with the reason; it can be logged anew")
            .RequireAuthorization(Policies.Confirm);
    }

    public static Decision Confirm(CapitalEntry entry, string actor) =>
        Waits(entry, actor) is { } wrong ? wrong : Decision.Accept(new CapitalConfirmed(entry.Id)).Effective(entry.ArrivedOn);

    public static Decision Return(CapitalEntry entry, ReturnCapital command, string actor) =>
        (Fields.Text(command.Reason, "reason") ?? Waits(entry, actor)) is { } wrong ? wrong
        : Decision.Accept(new CapitalReturned(entry.Id)).Because(command.Reason!.Trim()).Releasing(Key(entry));

    internal static string Key(CapitalEntry entry) => LogCapitalFeature.CountedOnce(entry.ProjectId, entry.Evidence, entry.EvidenceNumber);

    private static Refusal? Waits(CapitalEntry entry, string actor) =>
        entry.Status is not CapitalStatus.Logged ? new NoCapitalWaits() : entry.LoggedBy == actor ? new CapitalLoggedByYourself() : null;
}
