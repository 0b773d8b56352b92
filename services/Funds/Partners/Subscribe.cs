using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Partners;

public sealed record Subscribe(Guid? PartnerId, Money? Amount, DateOnly? On);

public sealed record RevokeSubscription(Guid? SubscriptionId, string? Reason);

/// <summary>What a partner undertakes to pay 认缴.</summary>
public static class SubscribeFeature
{
    public sealed record PartnerUnknown(string Name) : Refusal("The fund has no such partner.", Name);

    public sealed record RaisingIsClosed() : Refusal("Raising has ended: a partner can only take over what another one subscribed.");

    public sealed record SubscribedInFuture() : Refusal("This day has not come yet.", "on");

    public sealed record SubscriptionUnknown() : Refusal("There is no such subscription that counts.", "subscriptionId");

    public sealed record SubscriptionInUse(decimal Free) : Refusal("Of this subscription only {Free} are neither called nor committed to deals: reverse that first.")
    {
        public override int Status => 409;
    }

    public static void MapSubscribe(this IEndpointRouteBuilder funds)
    {
        funds.MapPost("{id:guid}/subscriptions", (Guid id, Subscribe command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
            .WithSummary("Logs what a partner subscribed; a second person confirms it")
            .RequireAuthorization(Policies.LogDeals);

        funds.MapPost("{id:guid}/revoke-subscription", (Guid id, RevokeSubscription command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, state => Revoke(state, command), ct))
            .WithSummary("Takes a confirmed subscription back, with the reason, while none of it was called or committed")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Decide(Fund fund, Guid subscriptionId, Subscribe command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Present(command.PartnerId, "partnerId") ?? (fund.PartnerOf(command.PartnerId) is null ? new PartnerUnknown("partnerId") : null),
            Amounts.Wrong(command.Amount, "amount", fund),
            Fields.Date(command.On, "on") ?? (command.On > today ? new SubscribedInFuture() : null) ?? ClosePeriodFeature.Obstacle(fund, command.On, "on"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return fund.FinalSize is not null ? new RaisingIsClosed()
            : Decision.Accept(new SubscriptionLogged(subscriptionId, fund.Id, command.PartnerId!.Value, command.Amount!, command.On!.Value)).Effective(command.On.Value).Answering(new { id = subscriptionId });
    }

    public static Decision Revoke(Fund fund, RevokeSubscription command)
    {
        var partner = fund.Partners.FirstOrDefault(each => each.Subscriptions.Any(subscription => subscription.Id == command.SubscriptionId));
        var wrong = Check.All(
            Fields.Present(command.SubscriptionId, "subscriptionId") ?? (partner is null ? new SubscriptionUnknown() : null),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (fund.FinalSize is not null) return new RaisingIsClosed();
        var subscription = partner!.Subscriptions.First(each => each.Id == command.SubscriptionId);
        var free = Math.Max(0, Math.Min(partner.Unfunded, fund.Uncommitted));
        return ClosePeriodFeature.Obstacle(fund, subscription.On, "subscriptionId") is { } closed ? closed
            : subscription.Amount > free ? new SubscriptionInUse(free)
            : Decision.Accept(new SubscriptionRevoked(subscription.Id, fund.Id, partner.Id, new Money(subscription.Amount, fund.Currency), subscription.On)).Because(command.Reason!.Trim()).Effective(subscription.On);
    }
}
