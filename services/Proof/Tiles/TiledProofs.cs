using Luodi.Proof.Tree;

namespace Luodi.Proof.Tiles;

/// <summary>
/// Proofs from the tiles of a log. Tiles are believed here: whoever has them from somebody else checks the proof against a signed checkpoint,
/// as any proof (<see cref="MerkleTree.CheckInclusion"/>, <see cref="MerkleTree.CheckConsistency"/>).
/// </summary>
public static class TiledProofs
{
    /// <summary>The tiles that a plan needs, each once.</summary>
    public static IReadOnlyList<TileName> Tiles(this ProofPlan plan) => [.. plan.Hashes.SelectMany(nodes => nodes).Select(node => Tile.NameOf(node, plan.Size)).Distinct()];

    /// <summary>The hashes of a plan from its tiles; one that is missing is <see cref="Flaw.Tile"/>.</summary>
    public static IReadOnlyList<Digest> Compute(this ProofPlan plan, IEnumerable<Tile> tiles)
    {
        var byName = tiles.DistinctBy(tile => tile.Name).ToDictionary(tile => tile.Name);
        return plan.Compute(node =>
        {
            var name = Tile.NameOf(node, plan.Size);
            return byName.TryGetValue(name, out var tile) ? tile.Hash(node) : throw new ProofException(Flaw.Tile, $"{name} is missing.");
        });
    }
}
