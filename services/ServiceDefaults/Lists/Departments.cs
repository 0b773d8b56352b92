using System.Net.Http.Headers;
using System.Net.Http.Json;
using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Identity;
using Microsoft.Extensions.Logging;

namespace Luodi.ServiceDefaults.Lists;

/// <summary>The names of departments for a file. Records keep codes, and the portal keeps the dictionary: it is asked, with the service's own token, once a minute at most.</summary>
public sealed class Departments(IHttpClientFactory clients, IOwnToken own, TimeProvider clock, ILogger<Departments> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private (IReadOnlyDictionary<string, string> Names, DateTimeOffset Until) _known = (new Dictionary<string, string>(StringComparer.Ordinal), DateTimeOffset.MinValue);

    /// <summary>By their codes, those that are retired too. While the portal is away, what it said last; no file waits or fails for a name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(CancellationToken ct)
    {
        if (_known.Until > clock.GetUtcNow()) return _known.Names;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/portal/terms", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await own.Get(ct));
            using var answer = await clients.CreateClient(TokenOfTheService.Client).SendAsync(request, ct);
            answer.EnsureSuccessStatusCode();
            var terms = await answer.Content.ReadFromJsonAsync<Dictionary>(ct) ?? throw new HttpRequestException("The portal answered without a dictionary.");
            _known = (terms.Items.Where(term => term.Kind is TermKinds.Department).ToDictionary(term => term.Code, term => term.Name, StringComparer.Ordinal), clock.GetUtcNow() + Kept);
        }
        catch (Exception away) when (away is HttpRequestException or System.Text.Json.JsonException || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning(away, "The names of departments could not be asked for; files show those that are known, and codes otherwise");
        }
        return _known.Names;
    }

    private sealed record Dictionary(IReadOnlyList<Term> Items);

    private sealed record Term(string Kind, string Code, string Name);
}
