using System.Numerics;

namespace Luodi.Proof.Tree;

/// <summary>
/// The Merkle tree of RFC 9162, section 2.1 (the same as RFC 6962's), over SHA-256. Sizes and indexes are below 2^63.
/// A path binds a leaf to a root, and some sizes share the shape of a path: what binds the root to its size is the checkpoint, which signs both together.
/// </summary>
public static class MerkleTree
{
    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.Sha256([]);

    /// <summary>The hash of an entry: SHA-256(0x00 || entry).</summary>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        // Of a whole log there are millions, and most are short.
        Span<byte> input = entry.Length < 2_048 ? stackalloc byte[1 + entry.Length] : new byte[1 + entry.Length];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        return Digest.Sha256(input);
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 || left || right).</summary>
    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Length)..]);
        return Digest.Sha256(input);
    }

    /// <summary>The leaf stands at this index of the tree with this size and root, or a <see cref="ProofException"/> says why that is not shown. RFC 9162, section 2.1.3.2.</summary>
    /// <param name="path">From the leaf's sibling up to the root's child.</param>
    public static void CheckInclusion(Digest leaf, long index, long size, Digest root, IReadOnlyList<Digest> path)
    {
        if (index < 0 || index >= size) throw new ProofException(Flaw.Bounds, $"There is no entry {index} in a tree of {size}.");
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (last == 0) throw TooMany(path);
            if (long.IsOddInteger(node) || node == last)
            {
                hash = Node(sibling, hash);
                Climb(ref node, ref last);
            }
            else
            {
                hash = Node(hash, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        if (last != 0) throw TooFew(path);
        if (hash != root) throw new ProofException(Flaw.Root, $"The path does not lead from entry {index} to the root of the tree of {size}.");
    }

    /// <summary>
    /// The tree of the second size begins with all leaves of the first, or a <see cref="ProofException"/> says why that is not shown. RFC 9162, section 2.1.4.2.
    /// Of the empty tree, which the RFC leaves out, every tree is a continuation, with an empty path.
    /// </summary>
    public static void CheckConsistency(long from, Digest fromRoot, long to, Digest toRoot, IReadOnlyList<Digest> path)
    {
        if (from < 0 || from > to) throw new ProofException(Flaw.Bounds, $"A tree of {to} does not continue one of {from}.");
        if ((from == 0 && fromRoot != EmptyRoot) || (from == to && fromRoot != toRoot)) throw new ProofException(Flaw.Root, $"Two trees of one size, {from}, have different roots.");
        if (from == 0 || from == to)
        {
            if (path.Count > 0) throw TooMany(path);
            return;
        }

        // The path begins with the highest node that ends where the first tree ends; where that is the whole first tree its root is known.
        var (rest, start) = BitOperations.IsPow2(from) ? (path, fromRoot) : path.Count > 0 ? (path.Skip(1), path[0]) : throw TooFew(path);
        var level = BitOperations.TrailingZeroCount(from);
        var (node, last) = ((from - 1) >> level, (to - 1) >> level);
        var (first, second) = (start, start);
        foreach (var sibling in rest)
        {
            if (last == 0) throw TooMany(path);
            if (long.IsOddInteger(node) || node == last)
            {
                first = Node(sibling, first);
                second = Node(sibling, second);
                Climb(ref node, ref last);
            }
            else
            {
                second = Node(second, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        if (last != 0) throw TooFew(path);
        if (first != fromRoot || second != toRoot) throw new ProofException(Flaw.Root, $"The path does not lead to the roots of the trees of {from} and {to}: what was there has changed.");
    }

    /// <summary>The root over complete subtrees side by side, the largest first; at least one.</summary>
    internal static Digest Fold(IReadOnlyList<Digest> subtrees)
    {
        var root = subtrees[^1];
        for (var at = subtrees.Count - 2; at >= 0; at--) root = Node(subtrees[at], root);
        return root;
    }

    /// <summary>The root over neighbours of one level; their number is a power of two.</summary>
    internal static Digest Perfect(ReadOnlySpan<Digest> nodes) =>
        nodes.Length == 1 ? nodes[0] : Node(Perfect(nodes[..(nodes.Length / 2)]), Perfect(nodes[(nodes.Length / 2)..]));

    /// <summary>A node without a right neighbour is its own parent: goes up to where it is a right child, or to the top.</summary>
    private static void Climb(ref long node, ref long last)
    {
        while (node != 0 && long.IsEvenInteger(node)) (node, last) = (node >> 1, last >> 1);
    }

    private static ProofException TooMany(IReadOnlyList<Digest> path) => new(Flaw.PathLength, $"The path has more hashes than this place has: {path.Count}.");

    private static ProofException TooFew(IReadOnlyList<Digest> path) => new(Flaw.PathLength, $"The path has fewer hashes than this place has: {path.Count}.");
}
