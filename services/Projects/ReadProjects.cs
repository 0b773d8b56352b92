using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Projects;

public static class ReadProjectsFeature
{
    private const int Limit = 200;

    public static void MapReadProjects(this IEndpointRouteBuilder projects)
    {
        // Ids are UUIDv7: their order is the order of registration.
        projects.MapGet("", async (IQuerySession session, CancellationToken ct, Guid? after = null, int limit = 50) =>
        {
            var size = Math.Clamp(limit, 1, Limit);
            var place = after ?? Guid.Empty;
            var found = await session.Query<Project>().Where(project => project.Id.CompareTo(place) > 0).OrderBy(project => project.Id).Take(size + 1).ToListAsync(ct);
            return new { items = found.Take(size), next = found.Count > size ? found[size - 1].Id : (Guid?)null };
        })
        .WithSummary("Projects in the order of registration; `after` takes the `next` of the page before")
        .RequireAuthorization(Policies.Read);

        projects.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, CancellationToken ct) =>
        {
            if (await session.LoadAsync<Project>(id, ct) is not { } project) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{project.Version}\"";
            return Results.Ok(project);
        })
        .WithSummary("One project")
        .RequireAuthorization(Policies.Read);
    }
}
