using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Luodi.SystemTests.Running;

/// <summary>The public API in the hands of one caller.</summary>
internal sealed class Api(HttpClient http, Uri portal, string? token)
{
    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <param name="body">An object is sent as JSON, a string or bytes as they are; null is <c>{}</c>.</param>
    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body ?? new { }, headers);

    public async Task<Answer> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(portal, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
            HttpContent content => content,
            _ => JsonContent.Create(body, body.GetType()),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer($"{method} {path}", (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(string Request, int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private readonly Lazy<JsonNode?> _json = new(() => Text.Length == 0 ? null : JsonNode.Parse(Text));

    public JsonNode this[string name] => _json.Value?[name] ?? throw new JsonException($"{this} has no {name}.");

    public JsonNode? Json => _json.Value;

    public Guid Id => this["id"].GetValue<Guid>();

    /// <summary>All that a report of Reporting says but where in the ledger it was read: that moves with the whole ledger, whoever else logs.</summary>
    public string ButForThePosition => Regex.Replace(Text, @"""position"":\d+|[?&]position=\d+", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    public IReadOnlyList<JsonNode> Items => Rows("items");

    public IReadOnlyList<JsonNode> Rows(string name) => [.. this[name].AsArray().Select(item => item!)];

    /// <summary>This answer, if it has the status.</summary>
    public Answer Must(int status)
    {
        Status.ShouldBe(status, ToString());
        return this;
    }

    /// <summary>A problem document with the status and the stable type, and what it says of a field.</summary>
    public Answer MustRefuse(int status, string type, string? field = null)
    {
        Must(status);
        Headers["Content-Type"].ShouldStartWith("application/problem+json", Case.Sensitive, ToString());
        this["type"].GetValue<string>().ShouldBe($"/problems/{type}", ToString());
        this["status"].GetValue<int>().ShouldBe(status);
        this["title"].GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        if (field is not null) this["errors"].AsObject().ShouldContainKey(field, ToString());
        return this;
    }

    public override string ToString() => $"{Request} → {Status} {Text[..Math.Min(Text.Length, 1000)]}";
}

internal static class JsonReading
{
    public static decimal Yuan(this JsonNode amount)
    {
        amount["currency"]!.GetValue<string>().ShouldBe("CNY");
        return amount["value"]!.GetValue<decimal>();
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static int Number(this JsonNode node, string name) => node[name]!.GetValue<int>();

    public static long Long(this JsonNode node, string name) => node[name]!.GetValue<long>();
}
