using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Partners;

/// <param name="PartnerName">Who subscribed it, or took it over.</param>
/// <param name="FromPartnerName">Who handed it over; null for what was subscribed anew.</param>
public sealed record SubscriptionItem(Subscription Subscription, string? PartnerName, string? FromPartnerName);

public static class ListSubscriptionsFeature
{
    public static void MapListSubscriptions(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/subscriptions", async (Guid id, [AsParameters] AsOf asOf, FundReader reader, Rows rows, CancellationToken ct) =>
        {
            if (await reader.FindAsOf(id, asOf.OfRecord, ct) is not { } fund) return Problems.Of(new NotFound());
            var then = await rows.At(asOf, ct);
            var counting = await then.All("d.data", "funds.mt_doc_subscription d", new Conditions().And("(d.data->>'fundId')::uuid = {0}", id).And("d.data->>'until' is null"), "d.data->>'on', (d.data->>'since')::bigint", row => then.Document<Subscription>(row, 0), ct);
            var items = counting.Select(each => new SubscriptionItem(each, fund.PartnerOf(each.PartnerId)?.Name, fund.PartnerOf(each.FromPartnerId)?.Name)).ToList();
            return Results.Ok(new { items, total = items.Count, currency = fund.Currency });
        })
        .WithSummary("What partners of a fund subscribed and handed over to one another, that counts")
        .RequireAuthorization(Policies.Read);
}
