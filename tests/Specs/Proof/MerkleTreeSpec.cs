using Luodi.Proof;
using Luodi.Proof.Tree;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>The tree of eight entries that logs of Certificate Transparency are tested with (github.com/transparency-dev/merkle, testonly).</summary>
public sealed class MerkleTreeSpec
{
    private static readonly Dictionary<string, Digest> Known = """
        leaf0 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
        leaf1 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7
        leaf2 0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7
        leaf3 07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7
        leaf4 bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b
        leaf5 4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658
        leaf6 b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f
        leaf7 46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1
        root0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        root1 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
        root2 fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
        root3 aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
        root4 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
        root5 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
        root6 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
        root7 ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
        root8 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
        2-4 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        4-6 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a
        6-8 ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0
        4-8 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4
        """.Split('\n').Select(line => line.Split(' ')).ToDictionary(line => line[0], line => new Digest(Convert.FromHexString(line[1])), StringComparer.Ordinal);

    private static readonly Digest[] Leaves = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(hex => MerkleTree.Leaf(Convert.FromHexString(hex)))];

    private static readonly Naive Tree = new(Leaves);

    [Fact]
    public void A_leaf_is_hashed_apart_from_a_node()
    {
        Leaves.ShouldBe(Enumerable.Range(0, 8).Select(at => Known[$"leaf{at}"]));
        MerkleTree.Leaf("L123456"u8).ToHex().ShouldBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        // Two inputs of four bytes are no hashes, so the node is put together here.
        Digest.Sha256([1, .. "N123"u8, .. "N456"u8]).ToHex().ShouldBe("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
        MerkleTree.Node(Leaves[2], Leaves[3]).ShouldBe(Known["2-4"]);
    }

    [Fact]
    public void Roots_by_size()
    {
        var frontier = Frontier.Empty;
        frontier.Root.ShouldBe(Known["root0"]);
        for (var size = 1; size <= 8; size++)
        {
            frontier = frontier.Append(Leaves[size - 1]);
            frontier.Root.ShouldBe(Known[$"root{size}"]);
            ProofPlan.Root(size).Compute(Tree.Hash).ShouldBe([Known[$"root{size}"]]);
        }
        Known["4-6"].ShouldBe(Tree.Hash(new Node(1, 2)));
        Known["4-8"].ShouldBe(Tree.Hash(new Node(2, 1)));
    }

    [Theory]
    [InlineData(0, 8, "leaf1 2-4 4-8")]
    [InlineData(5, 8, "leaf4 6-8 root4")]
    [InlineData(2, 3, "root2")]
    [InlineData(1, 5, "leaf0 2-4 leaf4")]
    [InlineData(0, 1, "")]
    public void An_entry_stands_in_the_tree(int index, int size, string path)
    {
        var hashes = Hashes(path);
        ProofPlan.Inclusion(index, size).Compute(Tree.Hash).ShouldBe(hashes);
        MerkleTree.CheckInclusion(Leaves[index], index, size, Known[$"root{size}"], hashes);
    }

    [Theory]
    [InlineData(1, 8, "leaf1 2-4 4-8")]
    [InlineData(6, 8, "4-6 6-8 root4")]
    [InlineData(2, 5, "2-4 leaf4")]
    [InlineData(6, 7, "4-6 leaf6 root4")]
    [InlineData(5, 5, "")]
    [InlineData(0, 5, "")]
    [InlineData(0, 0, "")]
    public void A_tree_continues_an_earlier_one(int from, int to, string path)
    {
        var hashes = Hashes(path);
        ProofPlan.Consistency(from, to).Compute(Tree.Hash).ShouldBe(hashes);
        MerkleTree.CheckConsistency(from, Known[$"root{from}"], to, Known[$"root{to}"], hashes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void An_entry_beyond_the_tree_is_refused(long index, long size)
    {
        Refused.Because(Flaw.Bounds, () => ProofPlan.Inclusion(index, size));
        Refused.Because(Flaw.Bounds, () => MerkleTree.CheckInclusion(default, index, size, default, []));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    [InlineData(0, -1)]
    public void A_tree_does_not_continue_a_larger_one(long from, long to)
    {
        Refused.Because(Flaw.Bounds, () => ProofPlan.Consistency(from, to));
        Refused.Because(Flaw.Bounds, () => MerkleTree.CheckConsistency(from, default, to, default, []));
    }

    [Fact]
    public void Two_trees_of_one_size_are_one() => Refused.Because(Flaw.Root, () => MerkleTree.CheckConsistency(3, Known["root3"], 3, Known["root4"], []));

    [Fact]
    public void The_empty_tree_has_one_root_and_no_path()
    {
        Refused.Because(Flaw.Root, () => MerkleTree.CheckConsistency(0, Known["root1"], 3, Known["root3"], []));
        Refused.Because(Flaw.PathLength, () => MerkleTree.CheckConsistency(0, Known["root0"], 3, Known["root3"], [Known["root3"]]));
        Refused.Because(Flaw.PathLength, () => MerkleTree.CheckConsistency(3, Known["root3"], 3, Known["root3"], [Known["root3"]]));
        Refused.Because(Flaw.Bounds, () => ProofPlan.Root(0));
    }

    [Fact]
    public void The_largest_tree_is_checked_as_any_other()
    {
        // All nodes of one level are the same where all leaves are.
        var levels = new List<Digest> { Leaves[0] };
        while (levels.Count < 63) levels.Add(MerkleTree.Node(levels[^1], levels[^1]));
        Digest Same(Node node) => levels[node.Level];
        var root = ProofPlan.Root(long.MaxValue).Compute(Same)[0];
        foreach (var index in new[] { 0, 1, long.MaxValue / 2, long.MaxValue - 2, long.MaxValue - 1 })
        {
            MerkleTree.CheckInclusion(Leaves[0], index, long.MaxValue, root, ProofPlan.Inclusion(index, long.MaxValue).Compute(Same));
            if (index > 0) MerkleTree.CheckConsistency(index, ProofPlan.Root(index).Compute(Same)[0], long.MaxValue, root, ProofPlan.Consistency(index, long.MaxValue).Compute(Same));
        }
        Refused.Because(Flaw.Bounds, () => Frontier.Of(long.MaxValue, levels).Append(Leaves[0]));
    }

    [Fact]
    public void A_frontier_that_was_kept_has_a_hash_for_each_bit_of_its_size()
    {
        Frontier.Of(5, [Known["root4"], Known["leaf4"]]).Root.ShouldBe(Known["root5"]);
        Refused.Because(Flaw.Bounds, () => Frontier.Of(5, [Known["root4"]]));
        Refused.Because(Flaw.Bounds, () => Frontier.Of(-1, [Known["root4"]]));
    }

    private static Digest[] Hashes(string path) => [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Known[name])];
}
