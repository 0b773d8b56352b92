using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Signings.Lists;

public static class ListAgreementsFeature
{
    public static void MapListAgreements(this IEndpointRouteBuilder agreements) => agreements
        .MapGet("", async ([AsParameters] AgreementFilter filter, Sight sight, Rows rows, CancellationToken ct, string? after = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = AgreementFilter.Sorting.Of(filter.Sort, AgreementFilter.Number);
            if (unknown is not null) return Problems.Of(unknown);
            var byNumber = filter.Sort is null or "" or AgreementFilter.Number;
            var found = await rows.Part(AgreementFilter.Columns, AgreementFilter.From, filter.ToSql(sight), order, skip, limit, AgreementFilter.Read(rows), ct,
                ("d.data->>'number' > {0}", byNumber ? after : null), filter.Q is null ? Rows.CountedTo : Rows.FoundCountedTo);
            return Results.Ok(new { items = found.Items, total = found.Total, totalAtLeast = found.TotalAtLeast, next = byNumber && found.More ? found.Items[^1].Number : null });
        })
        .WithSummary("Agreements, by default by number; in that order `after` takes the `next` of the page before. More than 5,000 (with `q` 300) are not counted: `totalAtLeast`")
        .RequireAuthorization(Policies.Read);
}
