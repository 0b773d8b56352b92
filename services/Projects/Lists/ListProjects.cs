using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Projects.Lists;

public static class ListProjectsFeature
{
    public static void MapListProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("", async ([AsParameters] ProjectFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, Guid? after = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ProjectFilter.Sorting.Of(filter.Sort, ProjectFilter.Registered);
            if (unknown is not null) return Problems.Of(unknown);
            var inOrder = filter.Sort is null or "" or ProjectFilter.Registered;
            var then = await rows.At(asOf, ct);
            var found = await then.Part(ProjectFilter.Columns, ProjectFilter.From, filter.ToSql(sight, then), order, skip, limit, ProjectFilter.Read(then), ct,
                ("d.id > {0}", inOrder ? after : null), filter.Q is null ? Rows.CountedTo : Rows.FoundCountedTo);
            return Results.Ok(new { items = found.Items, total = found.Total, totalAtLeast = found.TotalAtLeast, next = inOrder && found.More ? found.Items[^1].Id : (Guid?)null });
        })
        .WithSummary("Projects, by default in the order of registration; in that order `after` takes the `next` of the page before. `field.ID=VALUE`: this stands in a field of the bureau's own. More than 5,000 (with `q` 300) are not counted: `totalAtLeast`")
        .RequireAuthorization(Policies.Read);
}
