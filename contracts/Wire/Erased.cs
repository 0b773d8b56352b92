using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Luodi.Contracts.Wire;

/// <summary>
/// A payload of which texts were erased by law keeps its shape: each of them is <see cref="Mark"/>, everything else is as it was, digit for digit.
/// A path names a text by the members and indexes that lead to it, with dots between: <c>name</c>, <c>parties.0</c>.
/// </summary>
public static class Erased
{
    /// <summary>What stands where a text was erased.</summary>
    public const string Mark = "〔依法删除〕";

    // What rules, lists and figures go by, and names of accounts, which stand in the headers of events for ever. A name alone holds for all events.
    private static readonly FrozenSet<string> Codes = FrozenSet.Create(
        StringComparer.Ordinal,
        "base", "because", "block", "board", "by", "cause", "chain", "channel", "code", "country", "currency", "definitions", "denominator", "department", "feeBasis", "figures", "followsAs", "industry", "industryCode", "key", "kind", "level",
        "login", "measure", "mediaType", "number", "numerator", "options", "origin", "owner", "period", "product", "rate", "remainderSha256", "retiredOptions", "role", "rounding", "scopes", "sequence", "sha256", "stage", "stages", "texts", "tier", "way", "ways", "what",
        "capital_logged.evidence", "contact_forgetting_requested.basis", "contact_forgotten.basis", "source_fell_silent.source", "source_heard_again.source", "erasure_requested.source", "erasure_approved.source", "payload_erased.source");

    // What stands in documents beside what events say: states, codes under other names, and who did something.
    private static readonly FrozenSet<string> InDocuments = FrozenSet.Create(
        StringComparer.Ordinal,
        "chainRole", "designation", "fundKind", "moneyOrigin", "partnerKind", "roles", "sharedWith", "sizeBand", "standing", "state", "status", "traits", "vintage", "waiting",
        "capitalentry.evidence", "project.basis");

    /// <summary>The texts of a payload, by their paths.</summary>
    public static IReadOnlyDictionary<string, string> Texts(JsonElement payload)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Mask(payload, (path, text) =>
        {
            texts[path] = text;
            return false;
        });
        return texts;
    }

    /// <summary>Whether this is a text that may be erased: no id, day, code or name of an account.</summary>
    /// <param name="type">The event's stored name.</param>
    public static bool MayGo(string type, string path, string text) =>
        NameOf(path) is var name && !Codes.Contains(name) && !Codes.Contains($"{type}.{name}")
        && text != Mark && !Guid.TryParse(text, out _) && !(text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    /// <summary>Whether a text of a document may be: one that stands where codes, states and accounts do is none of the event's, though it reads the same.</summary>
    /// <param name="document">Its kind, in small letters.</param>
    public static bool MayGoFrom(string document, string path, string text) =>
        MayGo("", path, text) && !NameOf(path).EndsWith("By", StringComparison.Ordinal) && !InDocuments.Contains($"{document}.{NameOf(path)}") && !path.Split('.').Any(InDocuments.Contains);

    private static string NameOf(string path) => path.Split('.').Last(step => !step.All(char.IsAsciiDigit));

    /// <summary>The value with the mark in place of each text that goes.</summary>
    /// <param name="goes">Whether a text goes, by its path and itself.</param>
    public static JsonElement Mask(JsonElement value, Func<string, string, bool> goes) => JsonSerializer.SerializeToElement(Masked(value, "", goes));

    /// <summary>What remains of a payload without the texts at these paths.</summary>
    public static JsonElement Mask(JsonElement payload, IReadOnlyCollection<string> paths) => Mask(payload, (path, _) => paths.Contains(path));

    /// <summary>The digest by which a payload is named: of its canonical bytes, lower-case hex.</summary>
    public static string DigestOf(JsonElement payload) => Convert.ToHexStringLower(SHA256.HashData(Canonical.Bytes(payload)));

    private static JsonNode? Masked(JsonElement value, string at, Func<string, string, bool> goes) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Masked(member.Value, at.Length == 0 ? member.Name : $"{at}.{member.Name}", goes)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((item, nth) => Masked(item, at.Length == 0 ? $"{nth}" : $"{at}.{nth}", goes))]),
        JsonValueKind.String when goes(at, value.GetString()!) => JsonValue.Create(Mark),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };
}
