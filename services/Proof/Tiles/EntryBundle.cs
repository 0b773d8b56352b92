using System.Buffers.Binary;

namespace Luodi.Proof.Tiles;

/// <summary>The entries under a tile of level 0 (https://c2sp.org/tlog-tiles): each after its length as 16 bits, big-endian.</summary>
public static class EntryBundle
{
    /// <summary>The bytes of a bundle of 1 to 256 entries.</summary>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count is < 1 or > TileName.FullWidth) throw new ProofException(Flaw.Bundle, $"A bundle does not hold {entries.Count} entries.");
        foreach (var entry in entries) CheckLength(entry.Length);
        var bytes = new byte[entries.Sum(entry => 2 + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }
        return bytes;
    }

    /// <summary>Reads exactly as many entries as the name is wide, and no byte more.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(TileName name, ReadOnlyMemory<byte> bytes)
    {
        if (name.Level is not null) throw new ProofException(Flaw.Bundle, $"{name} holds hashes.");
        var entries = new List<ReadOnlyMemory<byte>>(name.Width);
        while (entries.Count < name.Width)
        {
            if (bytes.Length < 2 || bytes.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(bytes.Span)) throw new ProofException(Flaw.Bundle, $"{name} ends within entry {entries.Count}.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            entries.Add(bytes.Slice(2, length));
            bytes = bytes[(2 + length)..];
        }
        return bytes.IsEmpty ? entries : throw new ProofException(Flaw.Bundle, $"{name} has {bytes.Length} bytes after its last entry.");
    }

    internal static void CheckLength(int bytes)
    {
        if (bytes > ushort.MaxValue) throw new ProofException(Flaw.EntryLength, $"An entry of {bytes} bytes does not fit into 16 bits of length.");
    }
}
