using System.Net;
using Luodi.ServiceDefaults.Hosting;
using Marten;

namespace Luodi.Signings.KnownProjects;

/// <summary>Projects as Signings knows them. One that it has not heard of yet is asked for at Projects, so that a lead registered a moment ago can be signed.</summary>
public sealed class ProjectDirectory(IQuerySession session, IHttpClientFactory clients)
{
    /// <returns>Null where there is no such project.</returns>
    /// <exception cref="UnavailableException">It has not been heard of, and Projects cannot be asked.</exception>
    public async Task<KnownProject?> Find(Guid id, CancellationToken ct)
    {
        if (await session.LoadAsync<KnownProject>(id, ct) is { } known) return known;
        try
        {
            using var answer = await clients.CreateClient("projects").GetAsync($"api/projects/{id}", ct);
            if (answer.StatusCode is HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<KnownProject>(ct);
        }
        catch (Exception away) when (away is HttpRequestException or Polly.ExecutionRejectedException || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new UnavailableException("projects", away);
        }
    }
}
