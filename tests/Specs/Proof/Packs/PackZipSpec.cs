using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Luodi.Proof;
using Luodi.Proof.Packs;
using Luodi.Proof.Tiles;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof.Packs;

/// <summary>A pack is a zip archive of one form, and what archives can be made to do is not read.</summary>
public sealed class PackZipSpec : IDisposable
{
    private readonly GoldenPack _golden = new();
    private readonly byte[] _pack;

    public PackZipSpec() => _pack = GoldenPack.Zip(_golden.Few());

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("checkpoint")]
    [InlineData("checkpoints/0")]
    [InlineData("consistency/1-9223372036854775807")]
    [InlineData("entries/0.header")]
    [InlineData("entries/9223372036854775807.payload")]
    [InlineData("entries/42.proof")]
    [InlineData("log/tile/entries/x001/x234/067")]
    [InlineData("log/tile/entries/000.p/255")]
    public void A_name_is_written_as_it_was_read(string name)
    {
        PackName.Parse(name).ToString().ShouldBe(name);
        name.Length.ShouldBeLessThanOrEqualTo(PackName.MaximalLength);
        new PackName(PackPart.Consistency, long.MaxValue, long.MaxValue).ToString().Length.ShouldBeLessThanOrEqualTo(PackName.MaximalLength);
        new PackName(PackPart.Bundle, Tile: new TileName(level: null, long.MaxValue / 256 - 1, 255)).ToString().Length.ShouldBeLessThanOrEqualTo(PackName.MaximalLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("manifest.JSON")]
    [InlineData("Checkpoint")]
    [InlineData("checkpoint/")]
    [InlineData("./checkpoint")]
    [InlineData("../checkpoint")]
    [InlineData("/checkpoint")]
    [InlineData("c:checkpoint")]
    [InlineData("checkpoint\0")]
    [InlineData("checkpoint ")]
    [InlineData("checkpoints/")]
    [InlineData("checkpoints/01")]
    [InlineData("checkpoints/-1")]
    [InlineData("checkpoints/1.0")]
    [InlineData("checkpoints/9223372036854775808")]
    [InlineData("checkpoints/../checkpoint")]
    [InlineData("checkpoints\\1")]
    [InlineData("consistency/1")]
    [InlineData("consistency/1-")]
    [InlineData("consistency/1-2-3")]
    [InlineData("consistency/1-02")]
    [InlineData("entries/1")]
    [InlineData("entries/1.Header")]
    [InlineData("entries/01.header")]
    [InlineData("entries/1.header.proof")]
    [InlineData("entries/../1.header")]
    [InlineData("entries//1.header")]
    [InlineData("entries\\1.header")]
    [InlineData("log/tile/0/000")]
    [InlineData("log/tile/entries/0")]
    [InlineData("log/tile/entries/000.p/256")]
    [InlineData("log/log/tile/entries/000")]
    [InlineData("tile/entries/000")]
    [InlineData("readme.txt")]
    [InlineData("entries/\u0661.header")]
    public void Anything_else_is_no_name(string name) => Refused.Because(Flaw.PackName, () => PackName.Parse(name));

    [Fact]
    public void Nothing_stands_before_behind_or_between_the_files()
    {
        Fails(Flaw.Archive, [0, .. _pack]);
        Fails(Flaw.Archive, [.. _pack, 0]);
        Fails(Flaw.Archive, _pack[1..]);
        Fails(Flaw.Archive, _pack[..^1]);
        Fails(Flaw.Archive, []);
        Fails(Flaw.Archive, new byte[22]);
        Fails(Flaw.Archive, Encoding.UTF8.GetBytes("not an archive, but long enough to be one"));
        var (slots, start) = Directory();
        // A file that only the directory, or only the stream, knows.
        Fails(Flaw.Archive, Joined(slots.Skip(1), start));
        Fails(Flaw.Archive, Joined(slots.SkipLast(1), start));
        Fails(Flaw.Archive, Joined(slots.Reverse(), start));
        Fails(Flaw.PackName, Joined(slots.Append(slots[0]), start));
    }

    [Fact]
    public void Each_header_says_what_the_directory_says()
    {
        var (slots, start) = Directory();
        for (var at = 0; at < PackSlot.LocalBytes + slots[2].Name.ToString().Length; at++) Fails(null, Changed((int)slots[2].Offset + at));
        var line = start + slots[0].Central().Length + slots[1].Central().Length;
        for (var at = 0; at < slots[2].Central().Length; at++) Fails(null, Changed(line + at));
        for (var at = 1; at <= 22; at++) Fails(null, Changed(_pack.Length - at));
        // Both changed alike: encrypted, a name in another code, a link, a descriptor, another method, a size for a 64-bit field.
        foreach (var (local, central, value) in new[] { (6, 8, 0x0001), (6, 8, 0x0800), (6, 8, 0x0008), (8, 10, 12), (4, 6, 45), (28, 30, 4) })
        {
            var bytes = _pack.ToArray();
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((int)slots[2].Offset + local), (ushort)value);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(line + central), (ushort)value);
            Fails(Flaw.Archive, bytes);
        }
        var link = _pack.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(link.AsSpan(line + 38), 0xA1FF0000);
        Fails(Flaw.Archive, link);

        byte[] Changed(int at)
        {
            var bytes = _pack.ToArray();
            bytes[at] ^= 0x40;
            return bytes;
        }
    }

    [Fact]
    public void What_other_programs_pack_is_not_read()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in GoldenPack.Files(_golden.Few()))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }
        Fails(Flaw.Archive, stream.ToArray());
    }

    [Theory]
    [InlineData("../manifest.json")]
    [InlineData("/etc/passwd")]
    [InlineData("MANIFEST.json")]
    [InlineData("entries\\3.header")]
    [InlineData("c:\\x")]
    public void A_name_to_elsewhere_is_not_followed(string name)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry(name);
        Fails(Flaw.PackName, stream.ToArray());
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        // Zeros are packed to a thousandth. The writer keeps them as they are; whoever packs them is not read.
        var zeros = new byte[1_000_000];
        var (kept, _) = PackZip.Pack(new(PackPart.Payload, 3), zeros, 0);
        kept.Deflated.ShouldBeFalse();
        Refused.Because(Flaw.PackLimit, () => PackZip.Pack(new(PackPart.Checkpoint), zeros, 0));
        Refused.Because(Flaw.PackLimit, () => PackZip.Pack(new(PackPart.Header, 3), new byte[65_536], 0));
        Fails(Flaw.PackLimit, One(new(PackPart.Payload, 3), zeros, (uint)zeros.Length));
        // A size that is not said, or is said too small, or too large.
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9_000)));
        Fails(Flaw.Archive, One(new(PackPart.Manifest), text, (uint)text.Length - 1));
        Fails(Flaw.Archive, One(new(PackPart.Manifest), text, (uint)text.Length + 1));
        Fails(Flaw.PackLimit, One(new(PackPart.Manifest), text, uint.MaxValue));
        Fails(Flaw.Archive, One(new(PackPart.Manifest), text, 10));
    }

    [Fact]
    public void A_pack_has_a_number_of_files()
    {
        PackZip.MaximalFiles.ShouldBe(65_534);
        Fails(Flaw.PackLimit, PackZip.End(65_535, 0, 0));
        Fails(Flaw.Archive, PackZip.End(65_534, 0, 0));
        Fails(Flaw.Archive, PackZip.End(1, uint.MaxValue, uint.MaxValue));
    }

    [Fact]
    public void A_pack_unpacks_to_a_number_of_bytes()
    {
        // Bundles of 16 MB that are said to be packed to a hundredth: 257 of them are more than four gigabytes.
        using var stream = new MemoryStream();
        var slots = new List<PackSlot>();
        for (var at = 0; at < 257; at++)
        {
            var slot = new PackSlot(new(PackPart.Bundle, Tile: new TileName(level: null, at, 256)), Deflated: true, 0, 170_000, 16_777_472, (uint)stream.Length);
            slots.Add(slot);
            stream.Write(slot.Local());
            stream.Write(new byte[170_000]);
        }
        var start = stream.Length;
        foreach (var slot in slots) stream.Write(slot.Central());
        stream.Write(PackZip.End(slots.Count, start, stream.Length - start));
        Fails(Flaw.PackLimit, stream.ToArray());
    }

    [Fact]
    public void What_no_reader_takes_is_not_written()
    {
        Refused.Because(Flaw.PackLimit, () => GoldenPack.Zip(_golden.Few() with { Events = [_golden.Packed(3) with { Payload = new byte[17 * 1024 * 1024] }] }));
    }

    public void Dispose() => _golden.Dispose();

    /// <summary>One deflated file that is said to have this size.</summary>
    private static byte[] One(PackName name, byte[] content, uint said)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        var slot = new PackSlot(name, Deflated: true, PackZip.Pack(new(PackPart.Payload), content, 0).Slot.Crc, (uint)packed.Length, said, 0);
        var local = slot.Local();
        return [.. local, .. packed.ToArray(), .. slot.Central(), .. PackZip.End(1, local.Length + packed.Length, slot.Central().Length)];
    }

    private (IReadOnlyList<PackSlot> Slots, int Start) Directory() =>
        (PackZip.ReadDirectory(new MemoryStream(_pack)), (int)BinaryPrimitives.ReadUInt32LittleEndian(_pack.AsSpan(_pack.Length - 6)));

    private byte[] Joined(IEnumerable<PackSlot> slots, int start)
    {
        var lines = slots.Select(slot => slot.Central()).ToList();
        return [.. _pack[..start], .. lines.SelectMany(line => line), .. PackZip.End(lines.Count, start, lines.Sum(line => line.Length))];
    }

    private void Fails(Flaw? flaw, byte[] archive)
    {
        var finding = _golden.Check(archive).Findings.ShouldHaveSingleItem();
        (finding.Claim, finding.Ruling).ShouldBe((Claim.Archive, Ruling.Unreadable));
        if (flaw is not null) finding.Flaw.ShouldBe(flaw, finding.Detail);
    }
}
