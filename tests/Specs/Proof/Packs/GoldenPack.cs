using System.Globalization;
using System.Text;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Packs;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Specs.Proof.Packs;

/// <summary>A log of events of two services, its witness, and packs of it; keys and events are always the same.</summary>
internal sealed class GoldenPack : IDisposable
{
    public const string Origin = "log.example/nanhu";

    /// <summary>One full bundle and a part of the next.</summary>
    public const int Size = 300;

    private readonly SignerKey _log = new(Origin, SignatureType.Ed25519, Enumerable.Repeat((byte)1, 32).ToArray());
    private readonly SignerKey _witness = new("witness.example/w", SignatureType.Cosignature, Enumerable.Repeat((byte)2, 32).ToArray());

    public GoldenPack(IEnumerable<CloudEvent>? events = null)
    {
        Events = [.. events ?? Told(Size)];
        Headers = [.. Events.Select(EventLeaf.Entry)];
        Leaves = [.. Headers.Select(header => MerkleTree.Leaf(header))];
    }

    public CloudEvent[] Events { get; }

    public byte[][] Headers { get; }

    public Digest[] Leaves { get; }

    public string Policy => $"log {_log.Verifier}\nwitness w {_witness.Verifier}\nquorum w\n";

    public TrustPolicy Trust => TrustPolicy.Parse(Encoding.UTF8.GetBytes(Policy));

    /// <summary>Two services in turn, each with a hole in its store now and then.</summary>
    public static IEnumerable<CloudEvent> Told(int count)
    {
        var last = new long[2];
        for (var at = 0; at < count; at++)
        {
            var (service, previous) = (at % 2, last[at % 2]);
            last[service] = previous + (at % 7 == 0 ? 2 : 1);
            yield return new()
            {
                Id = new Guid(at, 7, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)service),
                Source = service == 0 ? "/nanhu/signings" : "/nanhu/funds",
                Type = "agreement_signed",
                Subject = "a1",
                Time = new DateTimeOffset(2023, 9, 28, 8, 0, 0, TimeSpan.Zero).AddSeconds(at),
                Sequence = last[service],
                Previous = previous,
                Actor = "staff",
                Data = JsonSerializer.SerializeToElement(new { amount = 90_000_000.00m + at, note = "南湖" }, WireJson.Options),
            };
        }
    }

    public Checkpoint At(int size) => new(Origin, size, TileEdge.Empty.Append(Leaves[..size]).Edge.Root);

    public Note Signed(int size) => Sign(At(size));

    public Note Sign(Checkpoint checkpoint, bool cosigned = true) => cosigned ? checkpoint.Sign(_log).With(_witness.Cosign(checkpoint, 1_700_000_000)) : checkpoint.Sign(_log);

    public AddCheckpointRequest Grown(int from, int to) => new(from, ProofPlan.Consistency(from, to).Compute(Tiles(to)), Signed(to));

    public PackedEvent Packed(int index, int size = Size) =>
        new(Headers[index], EventLeaf.Payload(Events[index]), new(index, ProofPlan.Inclusion(index, size).Compute(Tiles(size)), Signed(size)));

    /// <summary>Three events, and how the log grew from 100 by way of 200 to the 300 that the pack is about.</summary>
    public EvidencePack Few(JsonElement? figure = null) => new(new(Origin, new(2023, 10, 1, 0, 0, 0, TimeSpan.Zero), figure), Signed(Size))
    {
        Events = [Packed(3), Packed(42), Packed(299)],
        Checkpoints = [Signed(100), Signed(200)],
        Consistency = [Grown(100, 200), Grown(200, Size)],
    };

    /// <summary>The same with all entries of the log.</summary>
    public EvidencePack Whole(int size = Size) => (size == Size ? Few() : new(new(Origin, default), Signed(size))) with
    {
        Bundles = Enumerable.Range(0, (size + 255) / 256).Select(number => TileName.Of(level: null, number, size)).Select(name => (name, (ReadOnlyMemory<byte>)EntryBundle.Write([.. Headers.Skip((int)name.Index * 256).Take(name.Width).Select(header => (ReadOnlyMemory<byte>)header)]))),
    };

    public static byte[] Zip(EvidencePack pack)
    {
        using var stream = new MemoryStream();
        pack.Write(stream);
        return stream.ToArray();
    }

    /// <summary>The files of a pack by name, to be changed and written again.</summary>
    public static List<(string Name, byte[] Bytes)> Files(EvidencePack pack)
    {
        var stream = new MemoryStream(Zip(pack));
        return [.. PackZip.ReadDirectory(stream).Select(slot => (slot.Name.ToString(), PackZip.Read(stream, slot)))];
    }

    /// <summary>An archive in the form of a pack, whatever is in it.</summary>
    public static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var stream = new MemoryStream();
        var slots = new List<PackSlot>();
        foreach (var (name, bytes) in files)
        {
            var (slot, packed) = PackZip.Pack(PackName.Parse(name), bytes, stream.Length);
            slots.Add(slot);
            stream.Write(slot.Local());
            stream.Write(packed);
        }
        var start = stream.Length;
        foreach (var slot in slots) stream.Write(slot.Central());
        stream.Write(PackZip.End(slots.Count, start, stream.Length - start));
        return stream.ToArray();
    }

    public Verdict Check(byte[] archive, Note? pinned = null, FigureCheck? figure = null) => PackCheck.Run(new MemoryStream(archive), Trust, pinned ?? Signed(100), figure);

    public Verdict Check(IEnumerable<(string Name, byte[] Bytes)> files, Note? pinned = null) => Check(Zip(files), pinned);

    public static string Name(string kind, long number) => string.Create(CultureInfo.InvariantCulture, $"entries/{number}.{kind}");

    public void Dispose()
    {
        _log.Dispose();
        _witness.Dispose();
    }

    private IReadOnlyList<Tile> Tiles(int size) => TileEdge.Empty.Append(Leaves[..size]).Written;
}
