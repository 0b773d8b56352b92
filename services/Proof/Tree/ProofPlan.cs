using System.Numerics;
using System.Runtime.InteropServices;

namespace Luodi.Proof.Tree;

/// <summary>A complete subtree: 2^<paramref name="Level"/> leaves from <paramref name="Index"/> × 2^<paramref name="Level"/> on.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Node(int Level, long Index);

/// <summary>
/// Which complete subtrees give the hashes of a proof. A plan comes before its hashes, so that whoever keeps them elsewhere, in a database or behind HTTP, can ask for all at once;
/// calculating is then pure. Only complete subtrees are used: their hashes never change.
/// </summary>
/// <param name="Size">Of the tree that the proof is about, in leaves.</param>
/// <param name="Hashes">For each hash of the proof its subtrees side by side.</param>
public sealed record ProofPlan(long Size, IReadOnlyList<IReadOnlyList<Node>> Hashes)
{
    /// <summary>Root of a tree of at least one leaf: a plan of one hash.</summary>
    public static ProofPlan Root(long size) =>
        size < 1 ? throw new ProofException(Flaw.Bounds, $"A tree of {size} has no nodes.") : new(size, [Subtrees(0, size)]);

    /// <summary>PATH of RFC 9162, section 2.1.3.1.</summary>
    public static ProofPlan Inclusion(long index, long size)
    {
        if (index < 0 || index >= size) throw new ProofException(Flaw.Bounds, $"There is no entry {index} in a tree of {size}.");
        var (hashes, start, end) = (new List<IReadOnlyList<Node>>(), 0L, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                hashes.Add(Subtrees(middle, end));
                end = middle;
            }
            else
            {
                hashes.Add(Subtrees(start, middle));
                start = middle;
            }
        }
        hashes.Reverse();
        return new(size, hashes);
    }

    /// <summary>PROOF of RFC 9162, section 2.1.4.1; nothing is needed from the empty tree on.</summary>
    public static ProofPlan Consistency(long from, long to)
    {
        if (from < 0 || from > to) throw new ProofException(Flaw.Bounds, $"A tree of {to} does not continue one of {from}.");
        if (from == 0) return new(to, []);
        var (hashes, start, end) = (new List<IReadOnlyList<Node>>(), 0L, to);
        while (end != from)
        {
            var middle = start + Split(end - start);
            if (from <= middle)
            {
                hashes.Add(Subtrees(middle, end));
                end = middle;
            }
            else
            {
                hashes.Add(Subtrees(start, middle));
                start = middle;
            }
        }
        // From the beginning on it is the first tree itself, whose root the checker has.
        if (start > 0) hashes.Add(Subtrees(start, end));
        hashes.Reverse();
        return new(to, hashes);
    }

    /// <summary>The hashes of the proof.</summary>
    public IReadOnlyList<Digest> Compute(Func<Node, Digest> hash) => [.. Hashes.Select(subtrees => MerkleTree.Fold([.. subtrees.Select(hash)]))];

    /// <summary>The largest power of two below this number, which is at least 2.</summary>
    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));

    /// <summary>A stretch of leaves as complete subtrees, the largest first. Where a proof cuts the tree each of them is one: the start is a multiple of what it begins.</summary>
    private static List<Node> Subtrees(long start, long end)
    {
        var nodes = new List<Node>();
        while (start < end)
        {
            var level = BitOperations.Log2((ulong)(end - start));
            nodes.Add(new(level, start >> level));
            start += 1L << level;
        }
        return nodes;
    }
}
