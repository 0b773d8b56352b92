using Luodi.Projects.Limits;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects;

/// <summary>Projects as the bearer of a token sees them.</summary>
public sealed class ProjectReader(IQuerySession session, Pasts pasts, Sight sight, TimeProvider clock) : ISee
{
    /// <returns>Null where there is no such project, or none that the reader sees.</returns>
    public async Task<Project?> Find(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Project>(id, ct) is { } project && sight.Sees(project.Department, project.SharedWith) ? project : null;

    /// <summary>With what is due: of a version on the last day on which it stood so, so that history shows what was overdue until somebody logged that it had been done.</summary>
    public async Task<Project?> FindWithDeadline(Guid id, RecordAsOf asOf, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } project) return null;
        var then = asOf.IsNow ? new(project, clock.Today()) : await pasts.Find<Project>(id, asOf, ct);
        return then is null ? null : then.Record with { Deadline = Deadlines.Of(then.Record, await TimeLimits.Read(session, pasts, asOf.Axes, ct), then.Day) };
    }

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadProjectFeature
{
    public static void MapReadProject(this IEndpointRouteBuilder projects) => projects
        .MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, ProjectReader reader, CancellationToken ct) => http.Answer(await reader.FindWithDeadline(id, asOf, ct), project => project.Version))
        .WithSummary("One project, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`)")
        .Produces<Project>()
        .RequireAuthorization(Policies.Read);
}
