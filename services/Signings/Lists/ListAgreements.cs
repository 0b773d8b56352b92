using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Signings.Lists;

public static class ListAgreementsFeature
{
    public static void MapListAgreements(this IEndpointRouteBuilder agreements) => agreements
        .MapGet("", async ([AsParameters] AgreementFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, string? after = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = AgreementFilter.Sorting.Of(filter.Sort, AgreementFilter.Number);
            if (unknown is not null) return Problems.Of(unknown);
            var byNumber = filter.Sort is null or "" or AgreementFilter.Number;
            var then = await rows.At(asOf, ct);
            var found = await then.Part(AgreementFilter.Columns, AgreementFilter.From, filter.ToSql(sight, then), order, skip, limit, AgreementFilter.Read(then), ct,
                ("d.data->>'number' > {0}", byNumber ? after : null), filter.Q is null ? Rows.CountedTo : Rows.FoundCountedTo);
            return Results.Ok(new { items = found.Items, total = found.Total, totalAtLeast = found.TotalAtLeast, next = byNumber && found.More ? found.Items[^1].Number : null });
        })
        .WithSummary("Agreements, by default by number; in that order `after` takes the `next` of the page before. More than 5,000 (with `q` 300) are not counted: `totalAtLeast`")
        .RequireAuthorization(Policies.Read);
}
