using System.Net;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Polly;

namespace Luodi.Portal.Services;

/// <summary>Why a service gave nothing to show.</summary>
public enum Silence
{
    /// <summary>It could not be reached, or not in time: asking again helps.</summary>
    Away,

    /// <summary>It does not know what was asked for.</summary>
    Unknown,

    /// <summary>It does not let this caller read.</summary>
    Refused,
}

/// <summary>What a service answered: a value, or why there is none. A service that is away is an ordinary answer to a page, no exception.</summary>
public sealed record Answer<T>(T? Value, Silence? Silence)
    where T : class;

/// <summary>How every client asks.</summary>
public static class Asking
{
    // A person waits no longer for a page, whatever the retries of the client underneath still intend.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // A figure that is missing in an answer must never read as 0: it is a bug, and fails.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static Task<Answer<T>> Ask<T>(this HttpClient http, string path, CancellationToken ct)
        where T : class =>
        http.Ask(path, (content, limit) => content.ReadFromJsonAsync<T>(Json, limit), ct);

    /// <summary>The body as it was sent, digit for digit.</summary>
    public static Task<Answer<string>> AskText(this HttpClient http, string path, CancellationToken ct) =>
        http.Ask(path, async (content, limit) => (string?)await content.ReadAsStringAsync(limit), ct);

    private static async Task<Answer<T>> Ask<T>(
        this HttpClient http, string path, Func<HttpContent, CancellationToken, Task<T?>> read, CancellationToken ct)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK when await read(response.Content, limit.Token) is { } value => new(value, null),
                HttpStatusCode.NotFound or HttpStatusCode.BadRequest => new(null, Silence.Unknown),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(null, Silence.Refused),
                _ => new(null, Silence.Away),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, Silence.Away);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ExecutionRejectedException)
        {
            return new(null, Silence.Away);
        }
    }
}
