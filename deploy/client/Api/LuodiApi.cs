using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Luodi.Client.SignIn;
using Polly;
using Polly.Timeout;

namespace Luodi.Client.Api;

/// <summary>An answer that repeating the request would not change.</summary>
public sealed class RefusedException(string request, int status, string problem)
    : ClientException($"{request} was answered with {status}: {problem}")
{
    public int Status { get; } = status;
}

/// <summary>Luodi as any client sees it: JSON over HTTP through the portal, with a person's token.</summary>
internal sealed class LuodiApi : IDisposable
{
    // A figure that is missing in an answer must never read as 0.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly HttpClient http;
    private readonly Person person;
    private readonly ResiliencePipeline<HttpResponseMessage> patience;

    public LuodiApi(Uri portal, string account, Patience patience)
    {
        person = new Person(portal, account, Person.PasswordOf(account), TimeProvider.System);
        // A proxy of the machine knows nothing of its loopback.
        var handler = new SocketsHttpHandler { UseProxy = !portal.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false };
        http = new HttpClient(handler) { BaseAddress = portal, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        this.patience = patience.Pipeline;
    }

    /// <summary>Sent as X-Correlation-Id: what belongs together, such as one import. Its events carry it.</summary>
    public string? Correlation { get; set; }

    /// <param name="key">Sent as Idempotency-Key with every try, so that a try whose answer was lost is not done twice.</param>
    public async Task<Answer> PostAsync<Answer>(string path, object body, string key, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body, key, ct);
        return await ReadAsync<Answer>($"POST /{path}", answer, ct);
    }

    public async Task PostAsync(string path, object body, string key, CancellationToken ct) =>
        (await SendAsync(HttpMethod.Post, path, body, key, ct)).Dispose();

    public async Task<Answer> GetAsync<Answer>(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, body: null, key: null, ct);
        return await ReadAsync<Answer>($"GET /{path}", answer, ct);
    }

    public void Dispose()
    {
        http.Dispose();
        person.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? key, CancellationToken ct)
    {
        var name = $"{method} /{path}";
        try
        {
            var answer = await patience.ExecuteAsync(async token =>
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await person.TokenAsync(token));
                if (key is not null) request.Headers.Add("Idempotency-Key", key);
                if (Correlation is not null) request.Headers.Add("X-Correlation-Id", Correlation);
                return await http.SendAsync(request, token);
            }, ct);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer)
            {
                throw new RefusedException(name, (int)answer.StatusCode, await Problem.ReadAsync(answer, ct));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw new ClientException($"{name}: gave up after {Patience.Limit.TotalMinutes} minutes: {Patience.Reason(e)}");
        }
    }

    private static async Task<Answer> ReadAsync<Answer>(string request, HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<Answer>(Json, ct) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new ClientException($"{request} was answered with {(int)answer.StatusCode} and a body that cannot be read: {e.Message}");
        }
    }
}
