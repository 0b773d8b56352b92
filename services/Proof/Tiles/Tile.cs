using System.Collections.Immutable;
using Luodi.Proof.Tree;

namespace Luodi.Proof.Tiles;

/// <summary>Consecutive hashes of one level of the tree, side by side (https://c2sp.org/tlog-tiles): 32 bytes each, up to 256 of them.</summary>
public sealed class Tile
{
    /// <param name="name">Of a tile of hashes; its width is their number.</param>
    public Tile(TileName name, ImmutableArray<Digest> hashes)
    {
        if (name.Level is null || hashes.Length != name.Width) throw new ProofException(Flaw.Tile, $"{name} does not have {hashes.Length} hashes.");
        (Name, Hashes) = (name, hashes);
    }

    public TileName Name { get; }

    public ImmutableArray<Digest> Hashes { get; }

    /// <summary>Reads exactly as many bytes as the name is wide.</summary>
    public static Tile Read(TileName name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != name.Width * Digest.Length) throw new ProofException(Flaw.Tile, $"{name} does not have {bytes.Length} bytes.");
        var hashes = ImmutableArray.CreateBuilder<Digest>(name.Width);
        for (; bytes.Length > 0; bytes = bytes[Digest.Length..]) hashes.Add(new(bytes[..Digest.Length]));
        return new(name, hashes.MoveToImmutable());
    }

    /// <summary>As it is served.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Hashes.Length * Digest.Length];
        for (var at = 0; at < Hashes.Length; at++) Hashes[at].CopyTo(bytes.AsSpan(at * Digest.Length));
        return bytes;
    }

    /// <summary>The tile that holds this node, or the hashes under it, in a tree of this size.</summary>
    public static TileName NameOf(Node node, long size)
    {
        if (node.Level is < 0 or > 62 || node.Index < 0 || node.Index >= size >> node.Level) throw new ProofException(Flaw.Bounds, $"A tree of {size} has no node {node.Index} on level {node.Level}.");
        return TileName.Of(node.Level / 8, (node.Index << (node.Level % 8)) / TileName.FullWidth, size);
    }

    /// <summary>The hash of a node that this tile holds, or that is over hashes of it.</summary>
    public Digest Hash(Node node)
    {
        var (height, first) = (node.Level % 8, (node.Index << (node.Level % 8)) - (Name.Index * TileName.FullWidth));
        return node.Level / 8 == Name.Level && first >= 0 && first + (1 << height) <= Name.Width
            ? MerkleTree.Perfect(Hashes.AsSpan((int)first, 1 << height))
            : throw new ProofException(Flaw.Tile, $"{Name} does not hold node {node.Index} of level {node.Level}.");
    }
}
