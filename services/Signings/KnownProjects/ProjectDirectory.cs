using System.Net;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Signings.KnownProjects;

/// <summary>
/// Projects as Signings knows them, and as the bearer of the token sees them. One that it has not heard of yet, or not that it is shared,
/// is asked for at Projects, so that a lead registered or shared a moment ago can be signed.
/// </summary>
public sealed class ProjectDirectory(IQuerySession session, Sight sight, IHttpClientFactory clients)
{
    /// <returns>Null where there is no such project, or none that the reader sees.</returns>
    /// <exception cref="UnavailableException">It has not been heard of, and Projects cannot be asked.</exception>
    public async Task<KnownProject?> Find(Guid id, CancellationToken ct)
    {
        if (await session.LoadAsync<KnownProject>(id, ct) is { } known && Sees(known)) return known;
        try
        {
            using var answer = await clients.CreateClient("projects").GetAsync($"api/projects/{id}", ct);
            if (answer.StatusCode is HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<KnownProject>(ct) is { } asked && Sees(asked) ? asked : null;
        }
        catch (Exception away) when (away is HttpRequestException or Polly.ExecutionRejectedException || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new UnavailableException("projects", away);
        }
    }

    private bool Sees(KnownProject project) => sight.Sees(project.Department, project.SharedWith);
}
