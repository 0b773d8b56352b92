using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Identity;
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

    /// <summary>It is there and failed at this question: asking again would fail again.</summary>
    Failed,
}

/// <summary>What a service answered: a value, or why there is none. A service that is away is an ordinary answer to a page, no exception.</summary>
public sealed record Answer<T>(T? Value, Silence? Silence)
    where T : class;

/// <summary>A part of a list.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="TotalAtLeast">There are more, and nobody counted them.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int? Total = null, bool TotalAtLeast = false)
{
    /// <summary>How many rows stand before the next page, where there is one behind this page that so many stand before.</summary>
    public string? After(int skipped) => skipped + Items.Count < Total ? (skipped + Items.Count).ToString(CultureInfo.InvariantCulture) : null;
}

/// <summary>What came of a command: what the service answered, or why nothing was done.</summary>
public sealed record Outcome(JsonElement? Done, Problem? Problem);

/// <summary>A problem document, as far as a page needs it.</summary>
/// <param name="Title">In the reader's language; null where there was no document.</param>
/// <param name="Errors">By field.</param>
public sealed record Problem(string Type, string? Title, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>No answer came: nobody knows whether it was done. The same key sent again settles it.</summary>
    public const string Unavailable = "/problems/unavailable";

    public static Problem Away { get; } = new(Unavailable, null, new Dictionary<string, string[]>(StringComparer.Ordinal));
}

/// <summary>How every client asks.</summary>
public static class Asking
{
    // A person waits no longer for a page, whatever the retries of the client underneath still intend.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // A command is worth a longer wait than a page: its answer says whether it was done.
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(10);

    // A figure that is missing in an answer must never read as 0: it is a bug, and fails.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="patience">For a question that is known to take longer than a page usually waits.</param>
    public static Task<Answer<T>> Ask<T>(this HttpClient http, string path, CancellationToken ct, TimeSpan? patience = null)
        where T : class =>
        http.Ask(path, (content, limit) => content.ReadFromJsonAsync<T>(Json, limit), ct, patience);

    /// <summary>The whole history of a record: a service gives so many events at once.</summary>
    public static async Task<Answer<RecordHistory>> AskHistory(this HttpClient http, string path, CancellationToken ct)
    {
        var (items, next) = (new List<HistoryEntry>(), (long?)0);
        while (next is { } after)
        {
            var part = await http.Ask<RecordHistory>($"{path}?after={after}", ct);
            if (part.Value is not { } read) return part;
            items.AddRange(read.Items);
            next = read.Next;
        }
        return new(new(items), null);
    }

    /// <summary>The body as it was sent, digit for digit.</summary>
    public static Task<Answer<string>> AskText(this HttpClient http, string path, CancellationToken ct) =>
        http.Ask(path, async (content, limit) => (string?)await content.ReadAsStringAsync(limit), ct);

    /// <summary>Sends a command. Sent again with the same key, it is done once.</summary>
    /// <param name="body">Written as JSON; a stream is sent as it is.</param>
    /// <param name="version">What the reader saw; a record that has changed since then refuses.</param>
    public static async Task<Outcome> Tell(this HttpClient http, string path, object body, string key, long? version, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CommandPatience);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is Stream file ? new StreamContent(file) : JsonContent.Create(body, options: WireJson.Options) };
        request.Headers.Add("Idempotency-Key", key);
        if (version is { } seen) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{seen}\""));
        try
        {
            using var response = await http.Dispatch(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (response.IsSuccessStatusCode) return new(JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "{}" : text), null);
            return new(null, (int)response.StatusCode is >= 500 ? Problem.Away : ProblemOf(text));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, Problem.Away);
        }
        catch (Exception e) when (IsAway(e))
        {
            return new(null, Problem.Away);
        }
    }

    private static async Task<Answer<T>> Ask<T>(
        this HttpClient http, string path, Func<HttpContent, CancellationToken, Task<T?>> read, CancellationToken ct, TimeSpan? patience = null)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience ?? Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (patience is { } longer) request.Options.Set(ServiceClients.Patience, longer);
        try
        {
            using var response = await http.Dispatch(request, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK when await read(response.Content, limit.Token) is { } value => new(value, null),
                HttpStatusCode.NotFound or HttpStatusCode.BadRequest => new(null, Silence.Unknown),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(null, Silence.Refused),
                HttpStatusCode.InternalServerError => new(null, Silence.Failed),
                _ => new(null, Silence.Away),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, Silence.Away);
        }
        catch (Exception e) when (IsAway(e))
        {
            return new(null, Silence.Away);
        }
    }

    /// <summary>The one place where a request leaves for a service.</summary>
    private static Task<HttpResponseMessage> Dispatch(this HttpClient http, HttpRequestMessage request, CancellationToken ct) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);

    private static bool IsAway(Exception e) => e is HttpRequestException or IOException or ExecutionRejectedException;

    private static Problem ProblemOf(string text)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, WireJson.Options);
            return new(document?.Type ?? "/problems/error", document?.Title, document?.Errors ?? Problem.Away.Errors);
        }
        catch (JsonException)
        {
            return new("/problems/error", null, Problem.Away.Errors);
        }
    }

    private sealed record Document(string? Type, string? Title, Dictionary<string, string[]>? Errors);
}
