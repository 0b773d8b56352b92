using System.Net.Http.Json;
using System.Text.Json;

namespace Luodi.Client.Api;

/// <summary>A problem document (RFC 9457) as one line of text.</summary>
internal sealed record Problem(string? Type, string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    public static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<Problem>(ct);
            return problem?.ToString() is { Length: > 0 } text ? text : Plain(answer);
        }
        catch (JsonException)
        {
            return Plain(answer);
        }
    }

    public override string ToString()
    {
        var said = new[] { Title, Detail }.Where(text => !string.IsNullOrEmpty(text)).Distinct(StringComparer.Ordinal);
        // A refusal about one field is often said twice, for people and for forms.
        var fields = (Errors ?? new Dictionary<string, string[]>()).SelectMany(field => field.Value.Except([Title, Detail]).Select(text => $"{field.Key}: {text}"));
        var line = string.Join(' ', said.Concat(fields));
        return string.IsNullOrEmpty(Type) ? line : $"{line} [{Type}]";
    }

    private static string Plain(HttpResponseMessage answer) => answer.ReasonPhrase ?? "no reason given";
}
