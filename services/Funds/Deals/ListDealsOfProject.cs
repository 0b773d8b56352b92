using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Deals;

/// <summary>A deal of a fund with a project, in the fund's currency.</summary>
/// <param name="Value">Its fair value at the last valuation that counts; null while it has none.</param>
/// <param name="ValuedOn">Of what day that is.</param>
public sealed record DealOfProject(Guid FundId, string FundName, string Currency, Deal Deal, decimal? Value, DateOnly? ValuedOn);

/// <summary>The money of all funds, seen from the projects.</summary>
public static class ListDealsOfProjectFeature
{
    private const string From = $$"""
        funds.mt_doc_fund d cross join jsonb_array_elements(d.data->'deals') deal
        left join lateral (
            select v.data from funds.mt_doc_flow v
            where v.data->>'dealId' = deal->>'id' and v.data->>'kind' = '{{FlowKinds.Valued}}' and v.data->>'until' is null
            order by v.data->>'on' desc, (v.data->>'since')::bigint desc limit 1) valued on true
        """;

    public static void MapListDealsOfProject(this IEndpointRouteBuilder funds) => funds
        .MapGet("deals", async ([AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, Guid? project = null, int skip = 0, int limit = Rows.Limit) =>
        {
            var conditions = new Conditions();
            conditions.And(sight.In(conditions, "d.data->>'department'")).And("(deal->>'projectId')::uuid = {0}", project);
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data, deal->>'id', valued.data", From, conditions, "deal->>'id'", skip, limit, row =>
            {
                var (fund, id) = (then.Document<Fund>(row, 0), Guid.Parse(row.GetString(1)));
                var valued = row.IsDBNull(2) ? null : then.Document<Flow>(row, 2);
                return new DealOfProject(fund.Id, fund.Name, fund.Currency, fund.DealOf(id)!, valued?.Amount, valued?.On);
            }, ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("The deals of all funds, or those with one project, with what is committed, paid out, got back, and their last valuation")
        .RequireAuthorization(Policies.Read);
}
