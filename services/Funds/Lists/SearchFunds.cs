using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Lists;

public static class SearchFundsFeature
{
    public static void MapSearchFunds(this IEndpointRouteBuilder funds) => funds
        .MapGet("search", async (Sight sight, Rows rows, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var found = await rows.Part("d.data", FundFilter.From, new FundFilter(q).ToSql(sight), "d.id desc", 0, Found.Limit, row => rows.Document<Fund>(row, 0), ct);
            return new { items = (IReadOnlyList<Found>)[.. found.Items.Select(fund => new Found("fund", fund.Id, fund.Name, fund.Kind))] };
        })
        .WithSummary("Funds that hold these words in their name")
        .RequireAuthorization(Policies.Read);
}
