using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Lists;

public static class SearchFundsFeature
{
    public static void MapSearchFunds(this IEndpointRouteBuilder funds) => funds
        .MapGet("search", async ([AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", FundFilter.From, new FundFilter(q).ToSql(sight), "d.id desc", 0, Found.Limit, row => then.Document<Fund>(row, 0), ct);
            return new { items = (IReadOnlyList<Found>)[.. found.Items.Select(fund => new Found("fund", fund.Id, fund.Name, fund.Kind))] };
        })
        .WithSummary("Funds that hold these words in their name")
        .RequireAuthorization(Policies.Read);
}
