using Luodi.Proof;
using Luodi.Proof.Tree;

namespace Luodi.Specs.Proof;

/// <summary>The definitions of RFC 9162, section 2.1, word for word: recursive, over all leaves. Hashes are remembered, so that all proofs of a tree can be asked for.</summary>
internal sealed class Naive(Digest[] leaves)
{
    private readonly Dictionary<(long, long), Digest> _hashes = [];

    /// <summary>MTH(D[start:end]).</summary>
    public Digest Mth(long start, long end)
    {
        if (start == end) return MerkleTree.EmptyRoot;
        if (end - start == 1) return leaves[start];
        if (_hashes.TryGetValue((start, end), out var hash)) return hash;
        var middle = start + Split(end - start);
        return _hashes[(start, end)] = MerkleTree.Node(Mth(start, middle), Mth(middle, end));
    }

    /// <summary>PATH(index, D[start:end]), the index counted from start.</summary>
    public List<Digest> Path(long index, long start, long end)
    {
        if (end - start == 1) return [];
        var k = Split(end - start);
        return index < k ? [.. Path(index, start, start + k), Mth(start + k, end)] : [.. Path(index - k, start + k, end), Mth(start, start + k)];
    }

    /// <summary>SUBPROOF(from, D[start:end], known).</summary>
    public List<Digest> Subproof(long from, long start, long end, bool known)
    {
        if (from == end - start) return known ? [] : [Mth(start, end)];
        var k = Split(end - start);
        return from <= k ? [.. Subproof(from, start, start + k, known), Mth(start + k, end)] : [.. Subproof(from - k, start + k, end, known: false), Mth(start, start + k)];
    }

    public Digest Hash(Node node) => Mth(node.Index << node.Level, (node.Index + 1) << node.Level);

    private static long Split(long size)
    {
        long k = 1;
        while (k * 2 < size) k *= 2;
        return k;
    }
}
