using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Deals;

/// <param name="Value">Its fair value at the last valuation that counts; null while it has none.</param>
/// <param name="ValuedOn">Of what day that is.</param>
public sealed record DealItem(Deal Deal, decimal? Value, DateOnly? ValuedOn);

public static class ListDealsFeature
{
    public static void MapListDeals(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/deals", async (Guid id, FundReader reader, Sight sight, Rows rows, CancellationToken ct, long? version = null) =>
        {
            if (await (version is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct)) is not { } fund) return Problems.Of(new NotFound());
            var valued = (await rows.All("distinct on (d.data->>'dealId') d.data", FlowFilter.Tables, new FlowFilter(FlowKinds.Valued, AsOf: version).ToSql(sight, id),
                "d.data->>'dealId', d.data->>'on' desc, (d.data->>'since')::bigint desc", row => rows.Document<Flow>(row, 0), ct)).ToDictionary(flow => flow.DealId!.Value);
            return Results.Ok(new { items = fund.Deals.Select(deal => new DealItem(deal, valued.GetValueOrDefault(deal.Id)?.Amount, valued.GetValueOrDefault(deal.Id)?.On)), total = fund.Deals.Count, currency = fund.Currency });
        })
        .WithSummary("The deals of a fund with what is committed, paid out, got back, and their last valuation")
        .RequireAuthorization(Policies.Read);
}
