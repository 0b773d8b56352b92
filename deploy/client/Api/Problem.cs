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
        var fields = Errors?.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}") ?? [];
        var text = string.Join(' ', new[] { Title, Detail }.Concat(fields).Where(part => !string.IsNullOrEmpty(part)).Distinct(StringComparer.Ordinal));
        return string.IsNullOrEmpty(Type) ? text : $"{text} [{Type}]";
    }

    private static string Plain(HttpResponseMessage answer) => answer.ReasonPhrase ?? "no reason given";
}
