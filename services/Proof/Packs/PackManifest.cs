using System.Globalization;
using System.Text.Json;
using Luodi.Contracts.Wire;

namespace Luodi.Proof.Packs;

/// <summary>What a pack says of itself, as canonical JSON. Nothing authenticates it: a verdict rests on the rest.</summary>
/// <param name="Origin">Of the log; that of every checkpoint in the pack.</param>
/// <param name="MadeAt">To the microsecond, UTC.</param>
/// <param name="Figure">What is to be explained by the events, an object; or nothing.</param>
public sealed record PackManifest(string Origin, DateTimeOffset MadeAt, JsonElement? Figure = null)
{
    private const string Format = "luodi-evidence/1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a manifest, in canonical form, with exactly its four members.</summary>
    public static PackManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strictly);
            var root = document.RootElement;
            if (root.GetProperty("figure").ValueKind is JsonValueKind.Object or JsonValueKind.Null
                && DateTimeOffset.TryParseExact(root.GetProperty("madeAt").GetString(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var madeAt)
                && root.GetProperty("origin").GetString() is { } origin)
            {
                var manifest = new PackManifest(origin, madeAt, root.GetProperty("figure") is { ValueKind: JsonValueKind.Object } figure ? figure.Clone() : null);
                if (manifest.ToArray().AsSpan().SequenceEqual(json.Span)) return manifest;
            }
        }
        // A member that is missing, one of another kind, and half a surrogate.
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProofException(Flaw.Manifest, "The manifest cannot be read.", cause);
        }
        throw new ProofException(Flaw.Manifest, "The manifest does not have exactly its members, in canonical form.");
    }

    /// <summary>The file.</summary>
    public byte[] ToArray() => Canonical.Bytes(JsonSerializer.SerializeToElement(new SortedDictionary<string, object?>(StringComparer.Ordinal)
    {
        ["format"] = Format,
        ["origin"] = Origin,
        ["madeAt"] = MadeAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        ["figure"] = Figure,
    }, WireJson.Options));
}
