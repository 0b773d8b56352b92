using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Luodi.Proof.Tiles;

namespace Luodi.Proof;

/// <summary>Of an event's header, what places it among the events of its source.</summary>
/// <param name="Sequence">Its place in its source's store.</param>
/// <param name="Previous">The place of the event before it, 0 before the first.</param>
internal sealed record EventHeader(string Source, Guid Id, long Sequence, long Previous)
{
    /// <summary>
    /// Reads an entry as <see cref="EventLeaf.ReadHeader"/> does. Of a whole log there are millions, so the usual form, an object of strings and nulls without escapes, is read in one pass;
    /// whatever is not that goes the long way.
    /// </summary>
    public static EventHeader Read(ReadOnlyMemory<byte> entry, string? likelySource = null)
    {
        EntryBundle.CheckLength(entry.Length);
        if (Scan(entry.Span, likelySource) is { } header) return header;
        var slow = EventLeaf.ReadHeader(entry);
        return Text("source") is { Length: > 0 } source && Guid.TryParseExact(Text("id"), "D", out var id) && Place(Text("sequence")) is { } sequence and > 0 && Place(Text("previous")) is { } previous
            ? new(source, id, sequence, previous)
            : throw new ProofException(Flaw.Header, "The header of the event does not say which event of which source it is.");

        string? Text(string name) => slow.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }

    private static EventHeader? Scan(ReadOnlySpan<byte> entry, string? likelySource)
    {
        if (entry.Length < 2 || entry[0] != '{' || entry[^1] != '}' || entry.Contains((byte)'\\') || entry.ContainsAnyInRange((byte)0, (byte)0x1F) || !Utf8.IsValid(entry)) return null;
        ReadOnlySpan<byte> last = [], source = [], id = [], sequence = [], previous = [], digest = [];
        var rest = entry[1..^1];
        while (true)
        {
            if (!TakeString(ref rest, out var name) || !Ascii.IsValid(name) || (!last.IsEmpty && last.SequenceCompareTo(name) >= 0) || name.IsEmpty || rest.IsEmpty || rest[0] != ':') return null;
            last = name;
            rest = rest[1..];
            ReadOnlySpan<byte> value = [];
            if (rest.StartsWith("null"u8)) rest = rest[4..];
            else if (!TakeString(ref rest, out value)) return null;
            if (name.SequenceEqual("source"u8)) source = value;
            else if (name.SequenceEqual("id"u8)) id = value;
            else if (name.SequenceEqual("sequence"u8)) sequence = value;
            else if (name.SequenceEqual("previous"u8)) previous = value;
            else if (name.SequenceEqual("datasha256"u8)) digest = value;
            else if (name.SequenceEqual("data"u8)) return null;
            if (rest.IsEmpty) break;
            if (rest[0] != ',') return null;
            rest = rest[1..];
        }
        if (digest.Length != 64 || digest.ContainsAnyExcept(LowerHex) || source.IsEmpty || id.Length != 36 || !Utf8Parser.TryParse(id, out Guid guid, out var used, 'D') || used != 36) return null;
        return Place(sequence) is { } at and > 0 && Place(previous) is { } before ? new(likelySource is not null && Matches(source, likelySource) ? likelySource : Encoding.UTF8.GetString(source), guid, at, before) : null;
    }

    private static readonly System.Buffers.SearchValues<byte> LowerHex = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    private static bool Matches(ReadOnlySpan<byte> utf8, string text) => Ascii.Equals(utf8, text);

    private static bool TakeString(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = [];
        if (rest.IsEmpty || rest[0] != '"') return false;
        var length = rest[1..].IndexOf((byte)'"');
        if (length < 0) return false;
        text = rest.Slice(1, length);
        rest = rest[(length + 2)..];
        return true;
    }

    /// <summary>As on the wire: twenty digits.</summary>
    private static long? Place(ReadOnlySpan<byte> digits) =>
        digits.Length == 20 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static long? Place(string? digits) => digits is null ? null : Place(Encoding.UTF8.GetBytes(digits));
}
