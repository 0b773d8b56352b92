using CsCheck;
using Luodi.Proof;
using Luodi.Proof.Tree;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>What holds for every tree up to 300 leaves, against the definitions word for word.</summary>
public sealed class MerkleTreeLaws
{
    private const int Largest = 300;

    private static readonly Digest[] Leaves = [.. Enumerable.Range(0, Largest).Select(at => MerkleTree.Leaf([(byte)(at >> 8), (byte)at]))];

    private readonly Naive _tree = new(Leaves);

    [Fact]
    public void Every_entry_of_every_tree_has_the_path_of_the_definition()
    {
        for (var size = 1; size <= Largest; size++)
        {
            var root = _tree.Mth(0, size);
            for (var index = 0; index < size; index++)
            {
                var path = ProofPlan.Inclusion(index, size).Compute(_tree.Hash);
                Assert.Equal(_tree.Path(index, 0, size), path);
                MerkleTree.CheckInclusion(Leaves[index], index, size, root, path);
            }
        }
    }

    [Fact]
    public void Every_tree_continues_every_smaller_one_as_defined()
    {
        for (var to = 1; to <= Largest; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var path = ProofPlan.Consistency(from, to).Compute(_tree.Hash);
                Assert.Equal(_tree.Subproof(from, 0, to, known: true), path);
                MerkleTree.CheckConsistency(from, _tree.Mth(0, from), to, _tree.Mth(0, to), path);
            }
        }
    }

    [Fact]
    public void A_frontier_has_the_root_of_its_tree()
    {
        var frontier = Frontier.Empty;
        for (var size = 1; size <= Largest; size++)
        {
            frontier = frontier.Append(Leaves[size - 1]);
            frontier.Root.ShouldBe(_tree.Mth(0, size));
            Frontier.Of(size, frontier.Subtrees).Root.ShouldBe(frontier.Root);
        }
    }

    // Places are numbers of a thousand, brought down to what a tree has.
    private static readonly Gen<(int To, int From, int At, int Bit)> Place = Gen.Select(Gen.Int[1, Largest], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 255]);

    [Fact]
    public void An_entry_is_not_shown_by_anything_else() => Place.Sample((size, from, at, bit) =>
    {
        var tree = new Naive(Leaves);
        var (index, root) = (from % size, tree.Mth(0, size));
        var path = tree.Path(index, 0, size);
        void Check(Flaw[] flaws, string change, IReadOnlyList<Digest>? hashes = null, Digest? leaf = null, Digest? other = null, int? place = null) =>
            Refused.Because(flaws, () => MerkleTree.CheckInclusion(leaf ?? Leaves[index], place ?? index, size, other ?? root, hashes ?? path), change);

        foreach (var (change, flaw, hashes) in Changes(path, at, bit)) Check([flaw], change, hashes);
        Check([Flaw.Root], "leaf", leaf: Flip(Leaves[index], bit));
        Check([Flaw.Root], "root", other: Flip(root, bit));
        Check([Flaw.Bounds, Flaw.PathLength, Flaw.Root], "next", place: index + 1);
        Check([Flaw.Bounds, Flaw.PathLength, Flaw.Root], "previous", place: index - 1);
        if (at % size != index) Check([Flaw.PathLength, Flaw.Root], "elsewhere", place: at % size);
    }, iter: 2_000);

    [Fact]
    public void A_continuation_is_not_shown_by_anything_else() => Place.Sample((to, first, at, bit) =>
    {
        var tree = new Naive(Leaves);
        var from = 1 + (first % to);
        var (fromRoot, toRoot) = (tree.Mth(0, from), tree.Mth(0, to));
        var path = tree.Subproof(from, 0, to, known: true);
        void Check(Flaw[] flaws, string change, IReadOnlyList<Digest>? hashes = null, Digest? before = null, Digest? after = null, int? size = null) =>
            Refused.Because(flaws, () => MerkleTree.CheckConsistency(size ?? from, before ?? fromRoot, to, after ?? toRoot, hashes ?? path), change);

        foreach (var (change, flaw, hashes) in Changes(path, at, bit)) Check([flaw], change, hashes);
        Check([Flaw.Root], "first root", before: Flip(fromRoot, bit));
        Check([Flaw.Root], "second root", after: Flip(toRoot, bit));
        Check([Flaw.Bounds, Flaw.PathLength, Flaw.Root], "one more", size: from + 1);
        Check([Flaw.Bounds, Flaw.PathLength, Flaw.Root], "one less", size: from - 1);
        if (at % (to + 1) != from) Check([Flaw.PathLength, Flaw.Root], "another size", size: at % (to + 1));
    }, iter: 2_000);

    private static IEnumerable<(string Change, Flaw Flaw, IReadOnlyList<Digest> Path)> Changes(List<Digest> path, int at, int bit)
    {
        var place = at % (path.Count + 1);
        yield return ("one added", Flaw.PathLength, [.. path[..place], Leaves[at % Largest], .. path[place..]]);
        if (place == path.Count) yield break;
        yield return ("one flipped", Flaw.Root, [.. path[..place], Flip(path[place], bit), .. path[(place + 1)..]]);
        yield return ("one dropped", Flaw.PathLength, [.. path[..place], .. path[(place + 1)..]]);
        yield return ("one twice", Flaw.PathLength, [.. path[..place], path[place], .. path[place..]]);
        if (path.Count > 1) yield return ("turned round", Flaw.Root, [.. path.AsEnumerable().Reverse()]);
        yield return ("none", Flaw.PathLength, []);
    }

    private static Digest Flip(Digest digest, int bit)
    {
        var bytes = digest.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new(bytes);
    }
}
