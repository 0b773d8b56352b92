using System.Security.Cryptography;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Audit.Reconciling;

/// <summary>
/// The log against itself, from its first entry on: entries make the hashes, hashes the tree, the tree every checkpoint that was signed, payloads their digests.
/// Each is calculated anew and compared with what is kept.
/// </summary>
internal sealed class LogCheck(LogReader reader, LogKeys keys, ApprovedErasures erasures, TimeProvider clock)
{
    private const int Step = 2_560;

    private readonly List<Finding> _findings = [];
    private readonly IReadOnlyList<VerifierKey> _known = keys.Known();

    public async Task<IReadOnlyList<Finding>> Run(Action<int> progress, CancellationToken ct)
    {
        var (size, last) = (await reader.Size(ct), keys.Last());
        var signed = new Queue<SignedCheckpoint>(await reader.CheckpointsAfter(-1, 500, ct));
        var (edge, frontier) = (TileEdge.Empty, Frontier.Empty);
        var heads = new Dictionary<string, long>(StringComparer.Ordinal);
        await Look(frontier);
        while (edge.Size < size)
        {
            var entries = await reader.Entries(edge.Size, (int)long.Min(Step, size - edge.Size), ct);
            if (entries.Count == 0 || entries[^1].Index != edge.Size + entries.Count - 1)
            {
                _findings.Add(new(Places.Log, "", null, entries.Where((entry, at) => entry.Index != edge.Size + at).Select(entry => (long?)entry.Index - 1).FirstOrDefault() ?? edge.Size + entries.Count, FindingKinds.Missing));
                return _findings;
            }
            var leaves = entries.Select(entry => MerkleTree.Leaf(entry.Header)).ToList();
            foreach (var (entry, leaf) in entries.Zip(leaves))
            {
                this.Look(entry, heads);
                frontier = frontier.Append(leaf);
                await Look(frontier);
            }
            (edge, var written) = edge.Append(leaves);
            await this.Look(written.Where(tile => tile.Name.Width == TileName.FullWidth || edge.Size == size), ct);
            progress(entries.Count);
        }
        foreach (var beyond in signed) _findings.Add(new(Places.Log, keys.Origin, null, beyond.Size, FindingKinds.Shortened));
        if (last?.Size > size) _findings.Add(new(Places.Log, last.Origin, null, last.Size, FindingKinds.Shortened));
        return _findings;

        async Task Look(Frontier grown)
        {
            // Kept apart from the database: of one that was put back to an earlier day, and has grown since, it alone knows another tree.
            if (grown.Size == last?.Size && grown.Root != last.Root) _findings.Add(new(Places.Log, last.Origin, null, last.Size, FindingKinds.CheckpointBroken));
            while (signed.TryPeek(out var checkpoint) && checkpoint.Size <= grown.Size)
            {
                signed.Dequeue();
                this.Look(checkpoint, grown);
                if (signed.Count > 0) continue;
                foreach (var next in await reader.CheckpointsAfter(checkpoint.Size, 500, ct)) signed.Enqueue(next);
            }
        }
    }

    private void Look(LogEntry entry, Dictionary<string, long> heads)
    {
        var at = new Finding(Places.Log, entry.Source, entry.Sequence, entry.Index, FindingKinds.Changed);
        try
        {
            var header = EventLeaf.ReadHeader(entry.Header);
            string? Said(string name) => header.TryGetProperty(name, out var value) ? value.GetString() : null;
            if (Said("source") != entry.Source || Said("sequence") != $"{entry.Sequence:D20}" || Said("id") != entry.EventId.ToString()) _findings.Add(at with { Fields = "source, sequence, id" });
            if (Said("previous") != $"{heads.GetValueOrDefault(entry.Source):D20}") _findings.Add(at with { Kind = FindingKinds.OutOfOrder });
            if (entry.Payload is null && erasures.RemainderOf(entry) is null) _findings.Add(at with { Kind = FindingKinds.PayloadGone });
            if (entry.Payload is not null && Said("datasha256") != Convert.ToHexStringLower(SHA256.HashData(entry.Payload))) _findings.Add(at with { Kind = FindingKinds.PayloadChanged });
        }
        catch (ProofException)
        {
            _findings.Add(at);
        }
        heads[entry.Source] = entry.Sequence;
    }

    private void Look(SignedCheckpoint kept, Frontier frontier)
    {
        try
        {
            var checkpoint = kept.Read();
            var ours = kept.ReadNote().Verify(_known).Count > 0;
            if (ours && checkpoint.Size == kept.Size && kept.Size == frontier.Size && checkpoint.Root == frontier.Root && checkpoint.Origin == keys.Origin && kept.SignedAt <= clock.GetUtcNow()) return;
        }
        catch (ProofException)
        {
            // It is named below.
        }
        _findings.Add(new(Places.Log, keys.Origin, null, kept.Size, FindingKinds.CheckpointBroken));
    }

    private async Task Look(IEnumerable<Tile> calculated, CancellationToken ct)
    {
        var tiles = calculated.ToList();
        var kept = (await reader.Tiles([.. tiles.Select(tile => tile.Name)], ct)).ToDictionary(tile => tile.Name, tile => tile.Hashes);
        foreach (var tile in tiles.Where(tile => !kept.TryGetValue(tile.Name, out var hashes) || !hashes.SequenceEqual(tile.Hashes)))
        {
            _findings.Add(new(Places.Log, keys.Origin, null, tile.Name.Index * TileName.FullWidth << (8 * tile.Name.Level!.Value), FindingKinds.TreeBroken, tile.Name.ToString()));
        }
    }
}
