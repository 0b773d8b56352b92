using CsCheck;
using Luodi.Proof;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>A log as files that never change (https://c2sp.org/tlog-tiles).</summary>
public sealed class TilesSpec
{
    [Theory]
    [InlineData("tile/0/x001/067.p/112", 0, 1067, 112)]
    [InlineData("tile/0/x001/x234/067", 0, 1234067, 256)]
    [InlineData("tile/entries/273.p/112", null, 273, 112)]
    [InlineData("tile/entries/000", null, 0, 256)]
    [InlineData("tile/2/000.p/1", 2, 0, 1)]
    [InlineData("tile/7/000.p/127", 7, 0, 127)]
    [InlineData("tile/0/x036/x028/x797/x018/x963/967.p/255", 0, 36028797018963967, 255)]
    public void A_tile_has_one_name(string path, int? level, long index, int width)
    {
        var name = new TileName(level, index, width);
        name.ToString().ShouldBe(path);
        TileName.Parse(path).ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/99999999999/000")]
    [InlineData("tile/data/000")]
    [InlineData("TILE/0/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/1067")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/xx01/067")]
    [InlineData("tile/0/x001.p/067")]
    [InlineData("tile/0/067.p")]
    [InlineData("tile/0/067.p/")]
    [InlineData("tile/0/067.p/0")]
    [InlineData("tile/0/067.p/256")]
    [InlineData("tile/0/067.p/012")]
    [InlineData("tile/0/067.p/-1")]
    [InlineData("tile/0/067.p/99999999999")]
    [InlineData("tile/0/067.p/1/1")]
    [InlineData("tile/0/x036/x028/x797/x018/x963/967")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/7/000.p/128")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/../000")]
    public void Another_path_names_no_tile(string path) => Refused.Because(Flaw.TileName, () => TileName.Parse(path));

    [Fact]
    public void A_log_of_70000_has_the_tiles_of_the_specification()
    {
        var leaves = Enumerable.Range(0, 70_000).Select(at => MerkleTree.Leaf(BitConverter.GetBytes(at))).ToArray();
        var (edge, written) = TileEdge.Empty.Append(leaves);
        written.Count(tile => tile.Name is { Level: 0, Width: 256 }).ShouldBe(273);
        written.Where(tile => tile.Name is not { Level: 0, Width: 256 }).Select(tile => tile.Name.ToString()).ShouldBe(["tile/1/000", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        var frontier = leaves.Aggregate(Frontier.Empty, (before, leaf) => before.Append(leaf));
        edge.Root.ShouldBe(frontier.Root);

        Gen.Select(Gen.Int[0, 69_999], Gen.Int[1, 70_000]).Sample((index, from) =>
        {
            var plan = ProofPlan.Inclusion(index, 70_000);
            MerkleTree.CheckInclusion(leaves[index], index, 70_000, edge.Root, plan.Compute(written.Where(tile => plan.Tiles().Contains(tile.Name))));
            var before = ProofPlan.Root(from).Compute(node => MerkleTreeRoot(leaves, node));
            MerkleTree.CheckConsistency(from, before[0], 70_000, edge.Root, ProofPlan.Consistency(from, 70_000).Compute(written));
        }, iter: 20);
    }

    [Fact]
    public void A_tree_of_256_is_a_full_tile_and_one_hash_above_it() => TileName.Unfinished(256).Select(name => name.ToString()).ShouldBe(["tile/1/000.p/1"]);

    [Fact]
    public void However_a_log_grows_it_becomes_the_same() => Gen.Int[0, 400].Array[0, 6].Sample(steps =>
    {
        var leaves = Enumerable.Range(0, steps.Sum()).Select(at => MerkleTree.Leaf(BitConverter.GetBytes(at))).ToArray();
        var (store, edge) = (new Dictionary<TileName, Tile>(), TileEdge.Empty);
        foreach (var step in steps)
        {
            // Written, read again, and reopened: as after a restart between any two steps.
            var (grown, written) = edge.Append(leaves[(int)edge.Size..((int)edge.Size + step)]);
            foreach (var tile in written) store.Add(tile.Name, Tile.Read(TileName.Parse(tile.Name.ToString()), tile.ToArray()));
            edge = TileEdge.Of(grown.Size, TileName.Unfinished(grown.Size).Select(name => store[name]));
        }
        var once = TileEdge.Empty.Append(leaves);
        edge.Root.ShouldBe(once.Edge.Root);
        var naive = new Naive(leaves);
        edge.Root.ShouldBe(naive.Mth(0, leaves.Length));
        foreach (var tile in once.Written) store[tile.Name].ToArray().ShouldBe(tile.ToArray());

        for (var index = 0; index < leaves.Length; index += 37)
        {
            MerkleTree.CheckInclusion(leaves[index], index, leaves.Length, edge.Root, ProofPlan.Inclusion(index, leaves.Length).Compute(store.Values));
            MerkleTree.CheckConsistency(index + 1, naive.Mth(0, index + 1), leaves.Length, edge.Root, ProofPlan.Consistency(index + 1, leaves.Length).Compute(store.Values));
        }
    }, iter: 40);

    [Fact]
    public void An_edge_is_exactly_its_unfinished_tiles()
    {
        var tile = TileEdge.Empty.Append(GoldenLog.Leaves).Written.Single();
        TileEdge.Of(15, [tile]).Root.ShouldBe(GoldenLog.Edge(15).Root);
        Refused.Because(Flaw.Tile, () => TileEdge.Of(14, [tile]));
        Refused.Because(Flaw.Tile, () => TileEdge.Of(15, []));
        Refused.Because(Flaw.Tile, () => TileEdge.Of(15, [tile, tile]));
        Refused.Because(Flaw.Tile, () => TileEdge.Of(-1, []));
    }

    [Fact]
    public void A_tile_is_as_long_as_it_is_wide()
    {
        var name = TileName.Parse("tile/0/000.p/15");
        foreach (var length in new[] { 0, 479, 481, 480 - 32, 480 + 32 }) Refused.Because(Flaw.Tile, () => Tile.Read(name, new byte[length]));
        Refused.Because(Flaw.Tile, () => Tile.Read(TileName.Parse("tile/entries/000.p/15"), new byte[480]));
    }

    [Fact]
    public void A_proof_asks_for_tiles_of_its_tree_only()
    {
        var tile = TileEdge.Empty.Append(GoldenLog.Leaves).Written.Single();
        ProofPlan.Inclusion(3, 15).Tiles().ShouldBe([tile.Name]);
        Refused.Because(Flaw.Tile, () => ProofPlan.Inclusion(3, 14).Compute([tile]));
        Refused.Because(Flaw.Tile, () => ProofPlan.Inclusion(3, 15).Compute(Array.Empty<Tile>()));
        Refused.Because(Flaw.Tile, () => tile.Hash(new Node(0, 15)));
        Refused.Because(Flaw.Tile, () => tile.Hash(new Node(8, 0)));
        Refused.Because(Flaw.Bounds, () => Tile.NameOf(new Node(0, 15), 15));
        Refused.Because(Flaw.Bounds, () => Tile.NameOf(new Node(4, 0), 15));
        Refused.Because(Flaw.TileName, () => TileName.Of(0, 1, 256));
    }

    [Fact]
    public void A_bundle_holds_its_entries_and_no_byte_more()
    {
        var bundle = EntryBundle.Write(["one"u8.ToArray(), Array.Empty<byte>(), new byte[65_535]]);
        var name = new TileName(level: null, 0, 3);
        EntryBundle.Read(name, bundle).Select(entry => entry.Length).ShouldBe([3, 0, 65_535]);
        for (var length = 0; length < 12; length++) Refused.Because(Flaw.Bundle, () => EntryBundle.Read(name, bundle.AsMemory(0, length)));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Read(name, bundle.AsMemory(0, bundle.Length - 1)));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Read(name, (byte[])[.. bundle, 0]));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Read(new TileName(level: null, 0, 2), bundle));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Read(new TileName(level: null, 0, 4), bundle));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Read(new TileName(0, 0, 3), bundle));
        Refused.Because(Flaw.EntryLength, () => EntryBundle.Write([new byte[65_536]]));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Write([]));
        Refused.Because(Flaw.Bundle, () => EntryBundle.Write([.. Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, 257)]));
    }

    private static Digest MerkleTreeRoot(Digest[] leaves, Node node) => node.Level == 0 ? leaves[node.Index] : MerkleTree.Node(MerkleTreeRoot(leaves, new(node.Level - 1, node.Index * 2)), MerkleTreeRoot(leaves, new(node.Level - 1, (node.Index * 2) + 1)));
}
