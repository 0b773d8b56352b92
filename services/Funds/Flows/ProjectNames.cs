using System.Net.Http.Headers;

namespace Luodi.Funds.Flows;

/// <summary>Names of projects for a file, asked of Projects with the reader's own token: what they do not see has none here either.</summary>
public sealed class ProjectNames(IHttpClientFactory clients, IHttpContextAccessor accessor, ILogger<ProjectNames> log)
{
    internal const string Service = "projects";

    private const int AtOnce = 8;

    /// <summary>As far as they can be had: no file fails for a name.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Of(IEnumerable<Guid> projects, CancellationToken ct)
    {
        var names = new System.Collections.Concurrent.ConcurrentDictionary<Guid, string>();
        var token = AuthenticationHeaderValue.Parse(accessor.HttpContext!.Request.Headers.Authorization.ToString());
        await Parallel.ForEachAsync(projects.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (id, stop) =>
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"api/projects/{id}", UriKind.Relative));
                request.Headers.Authorization = token;
                using var answer = await clients.CreateClient(Service).SendAsync(request, stop);
                if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<Named>(stop) is { Name: { } name }) names[id] = name;
            }
            catch (Exception away) when (away is HttpRequestException or System.Text.Json.JsonException or Polly.ExecutionRejectedException)
            {
                log.LogWarning(away, "The name of project {Project} could not be asked for; the file shows its id alone", id);
            }
        });
        return names;
    }

    private sealed record Named(string? Name);
}
