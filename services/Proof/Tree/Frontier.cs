using System.Collections.Immutable;
using System.Numerics;

namespace Luodi.Proof.Tree;

/// <summary>
/// As much of a tree as its next leaf and its root need: the roots of its complete subtrees, one for each bit of the size, the largest first.
/// Who reads a log from its beginning keeps this and nothing else.
/// </summary>
public sealed class Frontier
{
    private Frontier(long size, ImmutableArray<Digest> subtrees) => (Size, Subtrees) = (size, subtrees);

    /// <summary>Of the tree without leaves.</summary>
    public static Frontier Empty { get; } = new(0, []);

    /// <summary>In leaves.</summary>
    public long Size { get; }

    /// <summary>The largest first.</summary>
    public ImmutableArray<Digest> Subtrees { get; }

    /// <summary>The root of the tree.</summary>
    public Digest Root => Size == 0 ? MerkleTree.EmptyRoot : MerkleTree.Fold(Subtrees);

    /// <summary>A frontier that was kept: one hash for each bit of the size.</summary>
    public static Frontier Of(long size, IReadOnlyList<Digest> subtrees) =>
        size >= 0 && BitOperations.PopCount((ulong)size) == subtrees.Count
            ? new(size, [.. subtrees])
            : throw new ProofException(Flaw.Bounds, $"A tree of {size} does not have {subtrees.Count} complete subtrees.");

    /// <summary>The tree with one leaf more.</summary>
    public Frontier Append(Digest leaf)
    {
        if (Size == long.MaxValue) throw new ProofException(Flaw.Bounds, "The tree is full.");
        // Each bit that the size carries over joins two subtrees of one height.
        var joined = BitOperations.TrailingZeroCount(Size + 1);
        for (var step = 1; step <= joined; step++) leaf = MerkleTree.Node(Subtrees[^step], leaf);
        return new(Size + 1, [.. Subtrees[..^joined], leaf]);
    }
}
