using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Projects;

/// <summary>Projects as the bearer of a token sees them.</summary>
public sealed class ProjectReader(IQuerySession session, Sight sight) : ISee
{
    /// <returns>Null where there is no such project, or none that the reader sees.</returns>
    public async Task<Project?> Find(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Project>(id, ct) is { } project && sight.Sees(project.Department, project.SharedWith) ? project : null;

    /// <summary>As it stood after its <paramref name="version"/>th event.</summary>
    public async Task<Project?> FindAsOf(Guid id, long version, CancellationToken ct) =>
        version > 0 && await Sees(id, ct) && await session.Events.AggregateStreamAsync<Project>(id, version, token: ct) is { } project && project.Version == version ? project : null;

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadProjectFeature
{
    public static void MapReadProject(this IEndpointRouteBuilder projects) => projects
        .MapGet("{id:guid}", async (Guid id, HttpContext http, ProjectReader reader, CancellationToken ct, long? version = null) =>
        {
            if (await (version is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct)) is not { } project) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{project.Version}\"";
            return Results.Ok(project);
        })
        .WithSummary("One project, as it stands or as it stood after one of its events")
        .Produces<Project>()
        .RequireAuthorization(Policies.Read);
}
