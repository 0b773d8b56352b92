using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Lists;

public static class ListFundsFeature
{
    public static void MapListFunds(this IEndpointRouteBuilder funds) => funds
        .MapGet("", async ([AsParameters] FundFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, Guid? after = null, int skip = 0, int limit = Rows.Limit) =>
        {
            var (order, unknown) = FundFilter.Sorting.Of(filter.Sort, FundFilter.Established);
            if (unknown is not null) return Problems.Of(unknown);
            var inOrder = filter.Sort is null or "" or FundFilter.Established;
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", FundFilter.From, filter.ToSql(sight), order, skip, limit, row => then.Document<Fund>(row, 0), ct,
                ("d.id > {0}", inOrder ? after : null));
            return Results.Ok(new { items = found.Items, total = found.Total, next = inOrder && found.More ? found.Items[^1].Id : (Guid?)null });
        })
        .WithSummary("The fund family, by default in the order of entry; in that order `after` takes the `next` of the page before")
        .RequireAuthorization(Policies.Read);
}
