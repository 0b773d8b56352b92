using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Obligations;

/// <param name="On">The day on which it was; today where it is left out.</param>
/// <param name="Evidence">The paper that shows it: its title and number.</param>
public sealed record FulfilObligation(DateOnly? On, string? Evidence);

/// <param name="Reason">Why it does not count as fulfilled.</param>
public sealed record ReopenObligation(string? Reason);

public static class FulfilObligationFeature
{
    public sealed record FulfilledInFuture() : Refusal("This day has not come yet: log it when it has happened.", "on");

    public sealed record NotByHand() : Refusal("What a stage or confirmed capital fulfilled is undone there: withdraw the stage or revoke the capital.");

    public static void MapFulfilObligation(this IEndpointRouteBuilder obligations)
    {
        obligations.MapPost("{id:guid}/fulfil", (Guid id, FulfilObligation command, Deciding<Obligation> obligation, TimeProvider clock, CancellationToken ct) =>
            obligation.Decide(id, state => Fulfil(state, command, clock.Today()), ct))
            .WithSummary("Logs by hand that an obligation was fulfilled, with its evidence")
            .RequireAuthorization(Policies.LogDeals);

        obligations.MapPost("{id:guid}/reopen", (Guid id, ReopenObligation command, Deciding<Obligation> obligation, CancellationToken ct) =>
            obligation.Decide(id, state => Reopen(state, command), ct))
            .WithSummary("Takes back what was logged by hand, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Fulfil(Obligation obligation, FulfilObligation command, DateOnly today)
    {
        var on = command.On ?? today;
        var wrong = Check.All(
            command.On is null ? null : Fields.Date(command.On, "on") ?? (on > today ? new FulfilledInFuture() : null),
            Fields.Text(command.Evidence, "evidence"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return obligation.FulfilledOn is not null
            ? new ExtendObligationFeature.FulfilledAlready()
            : Decision.Accept(new ObligationFulfilled(obligation.Id, on, Fulfilments.Evidence, command.Evidence!.Trim())).Effective(on);
    }

    public static Decision Reopen(Obligation obligation, ReopenObligation command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : obligation.FulfilledBy is not Fulfilments.Evidence ? new NotByHand()
        : Decision.Accept(new ObligationReopened(obligation.Id)).Because(command.Reason!.Trim());
}
