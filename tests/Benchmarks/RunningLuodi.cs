using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Luodi.Contracts.Wire;

namespace Luodi.Benchmarks;

/// <summary>The system that tests/benchmarks has started.</summary>
/// <param name="Portal">The front door.</param>
/// <param name="Projects">The service of projects itself, past the portal.</param>
/// <param name="Signings">The service of signings itself.</param>
/// <param name="Reporting">The service of figures itself.</param>
/// <param name="Staff">The token of who logs.</param>
/// <param name="SecondStaff">The token of who confirms.</param>
/// <param name="Manager">The token of who may ask how far the services have come.</param>
/// <param name="Postgres">May make databases on the server that the services use.</param>
/// <param name="ManagersPassword">What the account <c>manager</c> signs in with.</param>
/// <param name="PortalProcess">The portal's process.</param>
internal sealed record RunningLuodi(Uri Portal, Uri Projects, Uri Signings, Uri Reporting, string Staff, string SecondStaff, string Manager, string Postgres, string ManagersPassword, int PortalProcess)
{
    public static RunningLuodi OfEnvironment() =>
        new(new(Told("PORTAL")), new(Told("PROJECTS")), new(Told("SIGNINGS")), new(Told("REPORTING")), Told("STAFF"), Told("STAFF2"), Told("MANAGER_TOKEN"), Told("POSTGRES"), Told("MANAGER"), int.Parse(Told("PORTAL_PID"), CultureInfo.InvariantCulture));

    private static string Told(string name) =>
        Environment.GetEnvironmentVariable($"LUODI_BENCH_{name}") ?? throw new InvalidOperationException($"LUODI_BENCH_{name} is not set: tests/benchmarks sets it.");
}

/// <summary>One account at one address. Nothing is tried twice: an answer that is not the expected one ends the run.</summary>
internal sealed class Api(Uri address, string token) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new("Bearer", token) },
    };

    /// <summary>Null where there is no such record.</summary>
    public async Task<JsonElement?> Find(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.StatusCode is HttpStatusCode.NotFound ? null : await Read(answer, path);
    }

    public async Task<JsonElement> Get(string path) => await Find(path) ?? throw new InvalidOperationException($"{path} is not there.");

    /// <summary>The id in the answer.</summary>
    public async Task<Guid> Post(string path, object body)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options)) { Headers = { ContentType = Json } };
        using var answer = await _http.PostAsync(path, content);
        return (await Read(answer, path)).GetProperty("id").GetGuid();
    }

    public async Task<string> Text(string path)
    {
        using var answer = await _http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Up to here the service's events may be read.</summary>
    public async Task<long> HighWater(string service)
    {
        using var answer = await _http.GetAsync($"api/{service}/feed?after={long.MaxValue}");
        answer.EnsureSuccessStatusCode();
        return long.Parse(answer.Headers.GetValues("Luodi-High-Water").Single(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> Read(HttpResponseMessage answer, string path)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} was answered with {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        return JsonElement.Parse(body);
    }
}
