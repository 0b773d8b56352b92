using Luodi.Projects.Limits;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Projects;

/// <summary>Projects as the bearer of a token sees them.</summary>
public sealed class ProjectReader(IQuerySession session, Sight sight, TimeProvider clock) : ISee
{
    /// <returns>Null where there is no such project, or none that the reader sees.</returns>
    public async Task<Project?> Find(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Project>(id, ct) is { } project && sight.Sees(project.Department, project.SharedWith) ? project : null;

    /// <summary>As it stood after its <paramref name="version"/>th event.</summary>
    public async Task<Project?> FindAsOf(Guid id, long version, CancellationToken ct) =>
        version > 0 && await Sees(id, ct) && await session.Events.AggregateStreamAsync<Project>(id, version, token: ct) is { } project && project.Version == version ? project : null;

    /// <summary>With what is due: on the last day on which it stood so, so that history shows what was overdue until somebody logged that it had been done.</summary>
    public async Task<Project> WithDeadline(Project project, CancellationToken ct)
    {
        var next = await session.Events.QueryAllRawEvents().Where(e => e.StreamId == project.Id && e.Version == project.Version + 1).Select(e => e.Timestamp).ToListAsync(ct);
        var until = next is [var instant] ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Recording.BureauTime).DateTime) : clock.Today();
        return project with { Deadline = Deadlines.Of(project, await TimeLimits.Read(session, ct), until) };
    }

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadProjectFeature
{
    public static void MapReadProject(this IEndpointRouteBuilder projects) => projects
        .MapGet("{id:guid}", async (Guid id, HttpContext http, ProjectReader reader, CancellationToken ct, long? version = null) =>
        {
            if (await (version is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct)) is not { } project) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{project.Version}\"";
            return Results.Ok(await reader.WithDeadline(project, ct));
        })
        .WithSummary("One project, as it stands or as it stood after one of its events")
        .Produces<Project>()
        .RequireAuthorization(Policies.Read);
}
