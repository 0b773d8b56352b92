using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Confirming;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Closing;

/// <param name="On">The day of the final closing; today where it is left out.</param>
public sealed record CloseRaising(DateOnly? On = null);

public static class CloseRaisingFeature
{
    public sealed record NobodySubscribed() : Refusal("No partner has subscribed: there is nothing to close.");

    public sealed record SubscriptionsWait() : Refusal("A subscription still waits to be confirmed or returned.");

    public sealed record RaisingClosedInFuture() : Refusal("This day has not come yet.", "on");

    public static void MapCloseRaising(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/close-raising", (Guid id, CloseRaising command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, command, clock.Today()), ct))
        .WithSummary("Ends raising; the final size is what partners have subscribed. What was published about it is a claim")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Fund fund, CloseRaising command, DateOnly today)
    {
        var on = command.On ?? today;
        if ((Fields.Date(on, "on") ?? (on > today ? new RaisingClosedInFuture() : null)) is { } wrong) return wrong;
        if (fund.FinalSize is not null) return Decision.Accept();
        if (fund.Pending.Any(entry => entry.Kind is EntryKinds.Subscription)) return new SubscriptionsWait();
        return fund.Subscribed == 0 ? new NobodySubscribed() : Decision.Accept(new RaisingClosed(fund.Id, new Money(fund.Subscribed, fund.Currency))).Effective(on);
    }
}
