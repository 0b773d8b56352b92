using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Wire;

namespace Luodi.Benchmarks;

/// <summary>The public API as one account sees it.</summary>
internal sealed class Api(string address, string token) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
    {
        BaseAddress = new Uri(address),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
    }

    public async Task<Guid> Post(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, WireJson.Options);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public Task<Guid> RegisterProject(string name) =>
        Post("/api/projects", new { name, industry = Industries.Microelectronics, investor = "benchmark", expectedInvestment = Money.Yuan(90_000_000), illustrative = true });

    public void Dispose() => _http.Dispose();
}
