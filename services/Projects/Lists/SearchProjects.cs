using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Lists;

public static class SearchProjectsFeature
{
    public static void MapSearchProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("search", async (Sight sight, Rows rows, TimeProvider clock, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            // The newest first: who searches mostly means what they are working on.
            var found = await rows.Part("d.data", ProjectFilter.From, new ProjectFilter(q).ToSql(sight, clock.Today(), alsoMerged: true), "d.id desc", 0, Found.Limit, row => rows.Document<Project>(row, 0), ct, countTo: Found.Limit);
            return new { items = (IReadOnlyList<Found>)[.. found.Items.Select(project => new Found("project", project.Id, project.Name, project.Investor))] };
        })
        .WithSummary("Projects that hold these words in their name, investor or the bureau's own fields")
        .RequireAuthorization(Policies.Read);
}
