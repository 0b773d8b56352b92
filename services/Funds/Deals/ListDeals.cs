using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Deals;

/// <param name="Value">Its fair value at the last valuation that counts; null while it has none.</param>
/// <param name="ValuedOn">Of what day that is.</param>
public sealed record DealItem(Deal Deal, decimal? Value, DateOnly? ValuedOn);

public static class ListDealsFeature
{
    public static void MapListDeals(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/deals", async (Guid id, [AsParameters] RecordAsOf asOf, FundReader reader, Sight sight, Rows rows, CancellationToken ct) =>
        {
            if (await reader.FindAsOf(id, asOf, ct) is not { } fund) return Problems.Of(new NotFound());
            var then = await rows.At(asOf.Axes, ct);
            var valued = (await then.All("distinct on (d.data->>'dealId') d.data", FlowFilter.Tables, new FlowFilter(FlowKinds.Valued, AsOf: asOf.Version).ToSql(sight, id),
                "d.data->>'dealId', d.data->>'on' desc, (d.data->>'since')::bigint desc", row => then.Document<Flow>(row, 0), ct)).ToDictionary(flow => flow.DealId!.Value);
            return Results.Ok(new { items = fund.Deals.Select(deal => new DealItem(deal, valued.GetValueOrDefault(deal.Id)?.Amount, valued.GetValueOrDefault(deal.Id)?.On)), total = fund.Deals.Count, currency = fund.Currency });
        })
        .WithSummary("The deals of a fund with what is committed, paid out, got back, and their last valuation")
        .RequireAuthorization(Policies.Read);
}
