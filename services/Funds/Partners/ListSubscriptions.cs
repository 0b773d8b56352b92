using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Funds.Partners;

/// <param name="PartnerName">Who subscribed it, or took it over.</param>
/// <param name="FromPartnerName">Who handed it over; null for what was subscribed anew.</param>
public sealed record SubscriptionItem(Subscription Subscription, string? PartnerName, string? FromPartnerName);

public static class ListSubscriptionsFeature
{
    public static void MapListSubscriptions(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/subscriptions", async (Guid id, FundReader reader, IQuerySession session, CancellationToken ct) =>
        {
            if (await reader.Find(id, ct) is not { } fund) return Problems.Of(new NotFound());
            var counting = (await session.Query<Subscription>().Where(each => each.FundId == id && each.Until == null).ToListAsync(ct)).OrderBy(each => each.On).ThenBy(each => each.Since);
            var items = counting.Select(each => new SubscriptionItem(each, fund.PartnerOf(each.PartnerId)?.Name, fund.PartnerOf(each.FromPartnerId)?.Name)).ToList();
            return Results.Ok(new { items, total = items.Count, currency = fund.Currency });
        })
        .WithSummary("What partners of a fund subscribed and handed over to one another, that counts")
        .RequireAuthorization(Policies.Read);
}
