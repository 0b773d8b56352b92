using System.Security.Cryptography;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Proof;

/// <summary>
/// An event as an entry of the log. The entry is the event's canonical header (<see cref="Canonical.Header"/>), which names its payload by digest:
/// the payload's canonical bytes are kept beside the log, and when the law asks for their erasure no hash changes.
/// </summary>
public static class EventLeaf
{
    private static readonly JsonDocumentOptions OneMeaning = new() { AllowDuplicateProperties = false };

    /// <summary>The bytes of the entry; a header above 65,535 bytes does not fit into a bundle and is refused.</summary>
    public static byte[] Entry(CloudEvent cloudEvent)
    {
        var header = Canonical.Header(cloudEvent);
        EntryBundle.CheckLength(header.Length);
        return header;
    }

    /// <summary>The bytes that are kept beside the log.</summary>
    public static byte[] Payload(CloudEvent cloudEvent) => Canonical.Bytes(cloudEvent.Data);

    /// <summary>The hash of the entry in the tree.</summary>
    public static Digest Hash(CloudEvent cloudEvent) => MerkleTree.Leaf(Entry(cloudEvent));

    /// <summary>Reads an entry: one JSON object in canonical form, with <c>datasha256</c> and without <c>data</c>.</summary>
    public static JsonElement ReadHeader(ReadOnlyMemory<byte> entry)
    {
        EntryBundle.CheckLength(entry.Length);
        JsonElement header;
        byte[] canonical;
        try
        {
            using var document = JsonDocument.Parse(entry, OneMeaning);
            header = document.RootElement.Clone();
            canonical = Canonical.Bytes(header);
        }
        // InvalidOperationException is what a string with half an escaped surrogate gives.
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new ProofException(Flaw.Header, "The header of the event is not JSON.", cause);
        }
        if (!canonical.AsSpan().SequenceEqual(entry.Span)) throw new ProofException(Flaw.Header, "The header of the event is not in canonical form.");
        if (header.ValueKind is not JsonValueKind.Object || header.TryGetProperty("data", out _) || PayloadDigest(header) is null)
        {
            throw new ProofException(Flaw.Header, "The header of the event is no object that names its payload by datasha256, and only so.");
        }
        return header;
    }

    /// <summary>The entry is a header and names exactly these bytes as its payload. Gives the header.</summary>
    public static JsonElement CheckPayload(ReadOnlyMemory<byte> entry, ReadOnlySpan<byte> payload)
    {
        var header = ReadHeader(entry);
        return PayloadDigest(header) == Convert.ToHexStringLower(SHA256.HashData(payload))
            ? header
            : throw new ProofException(Flaw.Payload, "The payload is not the one whose digest stands in the header.");
    }

    private static string? PayloadDigest(JsonElement header) =>
        header.TryGetProperty("datasha256", out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: 64 } hex && hex.All(char.IsAsciiHexDigitLower) ? hex : null;
}
