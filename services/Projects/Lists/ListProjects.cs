using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Lists;

public static class ListProjectsFeature
{
    public static void MapListProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("", async ([AsParameters] ProjectFilter filter, Sight sight, Rows rows, TimeProvider clock, CancellationToken ct, Guid? after = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ProjectFilter.Sorting.Of(filter.Sort, ProjectFilter.Registered);
            if (unknown is not null) return Problems.Of(unknown);
            var inOrder = filter.Sort is null or "" or ProjectFilter.Registered;
            var found = await rows.Part(ProjectFilter.Columns, ProjectFilter.From, filter.ToSql(sight, clock.Today()), order, skip, limit, ProjectFilter.Read(rows, clock.Today()), ct,
                ("d.id > {0}", inOrder ? after : null), filter.Q is null ? Rows.CountedTo : Rows.FoundCountedTo);
            return Results.Ok(new { items = found.Items, total = found.Total, totalAtLeast = found.TotalAtLeast, next = inOrder && found.More ? found.Items[^1].Id : (Guid?)null });
        })
        .WithSummary("Projects, by default in the order of registration; in that order `after` takes the `next` of the page before. `field.ID=VALUE`: this stands in a field of the bureau's own. More than 5,000 (with `q` 300) are not counted: `totalAtLeast`")
        .RequireAuthorization(Policies.Read);
}
