using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Luodi.Proof.Packs;

/// <summary>One file as it stands in the archive.</summary>
/// <param name="Deflated">Otherwise its bytes stand there as they are.</param>
/// <param name="Packed">In bytes, in the archive.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Offset">Of its header, from the beginning of the archive.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PackSlot(PackName Name, bool Deflated, uint Crc, uint Packed, uint Size, uint Offset)
{
    public const int LocalBytes = 30;
    public const int CentralBytes = 46;

    /// <summary>1 January 1980: a pack says when it was made in its manifest, and nowhere else.</summary>
    private const uint NoTime = 0x0021_0000;

    /// <summary>The header before its bytes.</summary>
    public byte[] Local()
    {
        var name = Encoding.ASCII.GetBytes(Name.ToString());
        var bytes = new byte[LocalBytes + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x04034b50);
        WriteCommon(bytes.AsSpan(4), name.Length);
        name.CopyTo(bytes, LocalBytes);
        return bytes;
    }

    /// <summary>Its line in the directory at the end.</summary>
    public byte[] Central()
    {
        var name = Encoding.ASCII.GetBytes(Name.ToString());
        var bytes = new byte[CentralBytes + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), 20);
        WriteCommon(bytes.AsSpan(6), name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(42), Offset);
        name.CopyTo(bytes, CentralBytes);
        return bytes;
    }

    /// <summary>What must not happen to a reader: a few bytes that become very many.</summary>
    public void CheckLimits()
    {
        if (Size > Name.MaximalSize) throw new ProofException(Flaw.PackLimit, $"{Name} has {Size} bytes, above {Name.MaximalSize}.");
        if (!PackZip.Plausible(Size, Packed)) throw new ProofException(Flaw.PackLimit, $"{Name} unpacks from {Packed} bytes to {Size}.");
        if (Packed > Size) throw new ProofException(Flaw.Archive, $"{Name} is packed to more bytes than it has.");
    }

    private void WriteCommon(Span<byte> bytes, int nameLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)(Deflated ? 8 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[6..], NoTime);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[10..], Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[14..], Packed);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[18..], Size);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[22..], (ushort)nameLength);
    }
}

/// <summary>
/// The one way in which a pack is a zip archive. Any program unpacks it; this reader takes nothing else, for what two readers of one archive see differently is where tricks are:
/// files one after another from the first byte on, each header said again in the directory, and no comments, extra fields, encryption, links, descriptors, second disks or 64-bit sizes.
/// </summary>
internal static class PackZip
{
    /// <summary>One fewer than the number that means 64-bit sizes.</summary>
    public const int MaximalFiles = ushort.MaxValue - 1;

    /// <summary>Of all files together, unpacked.</summary>
    public const long MaximalTotal = 4L * 1024 * 1024 * 1024;

    private const int EndBytes = 22;

    /// <summary>JSON that repeats itself is packed to a fiftieth; deflate can do a thousandth.</summary>
    public static bool Plausible(long size, long packed) => size <= 65_536 + (100 * packed);

    /// <summary>The files in their order, each header read and compared.</summary>
    public static IReadOnlyList<PackSlot> ReadDirectory(Stream archive)
    {
        if (archive.Length is < EndBytes or > uint.MaxValue) throw Broken($"an archive does not have {archive.Length} bytes");
        var end = ReadAt(archive, archive.Length - EndBytes, EndBytes);
        var (count, size, start) = (BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16)));
        if (count > MaximalFiles) throw new ProofException(Flaw.PackLimit, $"The pack has {count} files or more.");
        if (!end.AsSpan().SequenceEqual(End(count, start, size)) || start + (long)size + EndBytes != archive.Length) throw Broken("its end is not that of a pack, or something stands behind it");
        if (size > (long)count * (PackSlot.CentralBytes + PackName.MaximalLength)) throw Broken("its directory is too long");

        var directory = ReadAt(archive, start, (int)size).AsSpan();
        var (slots, names, total, next) = (new List<PackSlot>(count), new HashSet<PackName>(), 0L, 0L);
        for (var at = 0; at < count; at++)
        {
            if (directory.Length < PackSlot.CentralBytes || directory.Length < PackSlot.CentralBytes + BinaryPrimitives.ReadUInt16LittleEndian(directory[28..])) throw Broken("its directory ends within a line");
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var line = directory[..(PackSlot.CentralBytes + nameLength)];
            var slot = new PackSlot(
                PackName.Parse(Encoding.Latin1.GetString(line[PackSlot.CentralBytes..])),
                line[10] == 8,
                BinaryPrimitives.ReadUInt32LittleEndian(line[16..]),
                BinaryPrimitives.ReadUInt32LittleEndian(line[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(line[24..]),
                (uint)next);
            if (!names.Add(slot.Name)) throw new ProofException(Flaw.PackName, $"{slot.Name} is there twice.");
            if (!line.SequenceEqual(slot.Central())) throw Broken($"{slot.Name} is not kept as files of a pack are");
            slot.CheckLimits();
            if ((total += slot.Size) > MaximalTotal) throw new ProofException(Flaw.PackLimit, $"The pack unpacks to more than {MaximalTotal} bytes.");
            if (next + PackSlot.LocalBytes + nameLength + slot.Packed > start) throw Broken($"{slot.Name} reaches into the directory");
            if (!ReadAt(archive, next, PackSlot.LocalBytes + nameLength).AsSpan().SequenceEqual(slot.Local())) throw Broken($"{slot.Name} has another header than the directory says");
            next += PackSlot.LocalBytes + nameLength + slot.Packed;
            slots.Add(slot);
            directory = directory[line.Length..];
        }
        return directory.IsEmpty && next == start ? slots : throw Broken("it has bytes that belong to no file");
    }

    /// <summary>The bytes of a file, exactly as many as its header says.</summary>
    public static byte[] Read(Stream archive, PackSlot slot)
    {
        var packed = ReadAt(archive, slot.Offset + PackSlot.LocalBytes + slot.Name.ToString().Length, (int)slot.Packed);
        var bytes = slot.Deflated ? Inflate(packed, slot) : packed;
        return bytes.Length == slot.Size && Crc(bytes) == slot.Crc ? bytes : throw Broken($"{slot.Name} is damaged");
    }

    /// <summary>Packs a file; what would look like a trick is kept as it is.</summary>
    public static (PackSlot Slot, byte[] Packed) Pack(PackName name, ReadOnlySpan<byte> bytes, long offset)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(bytes);
        var deflated = packed.Length < bytes.Length && Plausible(bytes.Length, packed.Length);
        var content = deflated ? packed.ToArray() : bytes.ToArray();
        var slot = new PackSlot(name, deflated, Crc(bytes), (uint)content.Length, (uint)bytes.Length, (uint)offset);
        slot.CheckLimits();
        return (slot, content);
    }

    /// <summary>The last bytes of the archive.</summary>
    public static byte[] End(int count, long start, long size)
    {
        var bytes = new byte[EndBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), (uint)start);
        return bytes;
    }

    private static byte[] Inflate(byte[] packed, PackSlot slot)
    {
        var bytes = new byte[slot.Size];
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            var length = inflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length == bytes.Length && inflate.ReadByte() < 0 ? bytes : throw Broken($"{slot.Name} does not have as many bytes as its header says");
        }
        catch (InvalidDataException cause)
        {
            throw new ProofException(Flaw.Archive, $"The archive cannot be read: {slot.Name} is damaged.", cause);
        }
    }

    private static byte[] ReadAt(Stream archive, long at, int count)
    {
        var bytes = new byte[count];
        archive.Position = at;
        return archive.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw Broken("it ends too early");
    }

    private static ProofException Broken(string why) => new(Flaw.Archive, $"The archive cannot be read: {why}.");

    /// <summary>CRC-32 of zip, four tables wide.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = CrcTables[0x300 + (byte)crc] ^ CrcTables[0x200 + (byte)(crc >> 8)] ^ CrcTables[0x100 + (byte)(crc >> 16)] ^ CrcTables[crc >> 24];
        }
        foreach (var octet in bytes) crc = CrcTables[(byte)crc ^ octet] ^ (crc >> 8);
        return ~crc;
    }

    private static readonly uint[] CrcTables = MakeCrcTables();

    private static uint[] MakeCrcTables()
    {
        var tables = new uint[4 * 256];
        for (var at = 0; at < tables.Length; at++)
        {
            var value = at < 256 ? (uint)at : tables[at - 256];
            if (at >= 256)
            {
                tables[at] = tables[(byte)value] ^ (value >> 8);
                continue;
            }
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            tables[at] = value;
        }
        return tables;
    }
}
