using Luodi.Proof.Tree;

namespace Luodi.Proof.Tiles;

/// <summary>
/// The right edge of a log that grows: its unfinished tiles (<see cref="TileName.Unfinished"/>), which is all that appending needs.
/// A hash goes up a level only when its tile is full, so a tile that is full never changes again.
/// </summary>
public sealed class TileEdge
{
    private readonly IReadOnlyList<Tile> _unfinished;

    private TileEdge(long size, IReadOnlyList<Tile> unfinished) => (Size, _unfinished) = (size, unfinished);

    /// <summary>Of a log without entries.</summary>
    public static TileEdge Empty { get; } = new(0, []);

    /// <summary>In entries.</summary>
    public long Size { get; }

    /// <summary>The root of the tree.</summary>
    public Digest Root => Size == 0 ? MerkleTree.EmptyRoot : ProofPlan.Root(Size).Compute(_unfinished)[0];

    /// <summary>The edge of a log that was kept: exactly its unfinished tiles.</summary>
    public static TileEdge Of(long size, IEnumerable<Tile> unfinished)
    {
        var tiles = unfinished.OrderBy(tile => tile.Name.Level).ToList();
        return size >= 0 && tiles.Select(tile => tile.Name).SequenceEqual(TileName.Unfinished(size))
            ? new(size, tiles)
            : throw new ProofException(Flaw.Tile, $"These are not the unfinished tiles of a log of {size}.");
    }

    /// <summary>The edge with these leaves more, and the tiles to be written before a checkpoint of the new size: those that became full, and the unfinished ones that changed.</summary>
    public (TileEdge Edge, IReadOnlyList<Tile> Written) Append(IEnumerable<Digest> leaves)
    {
        var levels = Enumerable.Range(0, 8).Select(_ => new List<Digest>()).ToArray();
        foreach (var tile in _unfinished) levels[tile.Name.Level!.Value].AddRange(tile.Hashes);
        var (size, full) = (Size, new List<Tile>());
        foreach (var leaf in leaves)
        {
            if (size == long.MaxValue) throw new ProofException(Flaw.Bounds, "The tree is full.");
            size++;
            var hash = leaf;
            for (var level = 0; ; level++)
            {
                levels[level].Add(hash);
                if (levels[level].Count < TileName.FullWidth) break;
                full.Add(new(new(level, (size >> (8 * (level + 1))) - 1, TileName.FullWidth), [.. levels[level]]));
                hash = MerkleTree.Perfect(full[^1].Hashes.AsSpan());
                levels[level].Clear();
            }
        }
        var edge = new TileEdge(size, [.. TileName.Unfinished(size).Select(name => new Tile(name, [.. levels[name.Level!.Value]]))]);
        var before = _unfinished.Select(tile => tile.Name).ToHashSet();
        return (edge, [.. full, .. edge._unfinished.Where(tile => !before.Contains(tile.Name))]);
    }
}
