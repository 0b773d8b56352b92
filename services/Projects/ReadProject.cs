using Luodi.Projects.Limits;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Relay;
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
        await Sees(id, ct) ? await session.After<Project>(id, version, project => project.Version, ct) : null;

    /// <summary>With what is due: on the last day on which it stood so, so that history shows what was overdue until somebody logged that it had been done.</summary>
    public async Task<Project> WithDeadline(Project project, CancellationToken ct)
    {
        var until = await session.Until(project.Id, project.Version, ct) is { } instant ? Recording.DayOf(instant) : clock.Today();
        return project with { Deadline = Deadlines.Of(project, await TimeLimits.Read(session, ct), until) };
    }

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadProjectFeature
{
    public static void MapReadProject(this IEndpointRouteBuilder projects) => projects
        .MapGet("{id:guid}", async (Guid id, HttpContext http, ProjectReader reader, IQuerySession session, CancellationToken ct, long? version = null, DateTimeOffset? knownAt = null) =>
        {
            var found = await (await session.VersionAsked(id, version, knownAt, ct) is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct));
            return http.Answer(found is null ? null : await reader.WithDeadline(found, ct), project => project.Version);
        })
        .WithSummary("One project, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`)")
        .Produces<Project>()
        .RequireAuthorization(Policies.Read);
}
