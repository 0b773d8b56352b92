using System.Text.Json;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Proof.Packs;

/// <summary>
/// Checks an evidence pack, offline. Nothing in it is trusted: what counts is the auditor's policy and a checkpoint that the auditor has from elsewhere.
/// Of the files one at a time is in memory, and of the events those that the pack is about.
/// </summary>
public sealed class PackCheck
{
    /// <summary>What is kept in memory of all events that the pack is about, in bytes.</summary>
    public const long MaximalEvents = 512L * 1024 * 1024;

    private const string PinnedPlace = "--checkpoint";

    private readonly Stream _archive;
    private readonly TrustPolicy _policy;
    private readonly FigureCheck _figure;
    private readonly List<Finding> _findings = [];

    /// <summary>Roots by size, of checkpoints that the policy trusts, and where each was found first.</summary>
    private readonly SortedDictionary<long, (Digest Root, string Place)> _roots = [];

    /// <summary>The second of each pair is shown to continue the first.</summary>
    private readonly HashSet<(long From, long To)> _grown = [];

    /// <summary>Where there is a figure, and the pack has all of them.</summary>
    private List<LoggedEvent>? _all;

    private ILookup<PackPart, PackSlot> _parts = Array.Empty<PackSlot>().ToLookup(slot => slot.Name.Part);
    private string _place = "";
    private string _origin = "";

    private PackCheck(Stream archive, TrustPolicy policy, FigureCheck figure) => (_archive, _policy, _figure) = (archive, policy, figure);

    /// <summary>The verdict; whatever the bytes are, nothing is thrown but what the stream itself throws.</summary>
    /// <param name="archive">Can be read from any place.</param>
    /// <param name="pinned">A checkpoint that did not come with the pack.</param>
    /// <param name="figure">How figures are calculated; without it a pack with a figure is not proven.</param>
    public static Verdict Run(Stream archive, TrustPolicy policy, Note pinned, FigureCheck? figure = null) => new PackCheck(archive, policy, figure ?? Unknown).Run(pinned);

    private Verdict Run(Note pinned)
    {
        var claim = Claim.Archive;
        try
        {
            var manifest = Open();
            claim = Claim.Pinned;
            var mine = CheckPinned(pinned);
            claim = Claim.Checkpoint;
            var packed = CheckPacked();
            claim = Claim.OtherCheckpoints;
            CheckOthers();
            claim = Claim.Complete;
            CheckComplete(packed, manifest.Figure is not null);
            claim = Claim.SameLog;
            CheckSameLog(mine, packed);
            claim = Claim.Events;
            var events = CheckEvents(packed, out var erased);
            if (erased > 0) _findings.Add(new(Claim.Payloads, Ruling.NotShown, [events.Count - erased, erased]));
            else if (events.Count > 0) Shown(Claim.Payloads, events.Count);
            if (events.LongCount(each => each.Index >= mine.Size) is > 0 and var younger) _findings.Add(new(Claim.Younger, Ruling.NotShown, [younger, mine.Size]));
            claim = Claim.Figure;
            _place = new PackName(PackPart.Manifest).ToString();
            if (manifest.Figure is { } figure) _findings.AddRange(_figure(figure, events, _all));
        }
        catch (ProofException flaw)
        {
            // An archive that cannot be opened may have been whole yesterday; what is wrong in it further on is a claim that does not hold.
            var unreadable = claim is Claim.Archive || flaw.Flaw is Flaw.Archive or Flaw.PackLimit;
            _findings.Add(new(claim, unreadable ? Ruling.Unreadable : Ruling.Disproven, [], flaw.Flaw, _place, flaw.Message));
        }
        return new(_findings);
    }

    private PackManifest Open()
    {
        var slots = PackZip.ReadDirectory(_archive);
        _parts = slots.ToLookup(slot => slot.Name.Part);
        var manifest = PackManifest.Parse(Read(_parts[PackPart.Manifest].FirstOrDefault(), PackPart.Manifest));
        _origin = manifest.Origin;
        Shown(Claim.Archive, slots.Count, _origin);
        return manifest;
    }

    private Checkpoint CheckPinned(Note pinned)
    {
        _place = PinnedPlace;
        var (checkpoint, cosignatures) = Trust(pinned);
        Shown(Claim.Pinned, checkpoint.Size, checkpoint.Root.ToString(), cosignatures);
        return checkpoint;
    }

    private Checkpoint CheckPacked()
    {
        var (checkpoint, cosignatures) = Trust(Note.Parse(Read(_parts[PackPart.Checkpoint].FirstOrDefault(), PackPart.Checkpoint)));
        Shown(Claim.Checkpoint, checkpoint.Size, checkpoint.Root.ToString(), cosignatures);
        return checkpoint;
    }

    /// <summary>Other checkpoints, and the proofs between any two.</summary>
    private void CheckOthers()
    {
        var (others, proofs) = (0, new List<(string Place, AddCheckpointRequest Proof, Checkpoint To)>());
        foreach (var slot in _parts[PackPart.OtherCheckpoint])
        {
            if (Trust(Note.Parse(Read(slot))).Checkpoint.Size != slot.Name.Number) throw Misplaced();
            others++;
        }
        foreach (var slot in _parts[PackPart.Consistency])
        {
            var proof = AddCheckpointRequest.Parse(Read(slot));
            var to = Trust(proof.Checkpoint).Checkpoint;
            if (proof.OldSize != slot.Name.Number || to.Size != slot.Name.To) throw Misplaced();
            proofs.Add((_place, proof, to));
        }
        foreach (var (place, proof, to) in proofs)
        {
            _place = place;
            if (!_roots.TryGetValue(proof.OldSize, out var from)) throw new ProofException(Flaw.PackPart, $"There is no checkpoint of {proof.OldSize}, which the proof begins with.");
            proof.CheckConsistency(from.Root, to);
            _grown.Add((proof.OldSize, to.Size));
        }
        if (others > 0) Shown(Claim.OtherCheckpoints, others);
    }

    /// <summary>All entries: their root, those of all checkpoints on the way, and the chain of each source.</summary>
    private void CheckComplete(Checkpoint packed, bool named)
    {
        var bundles = _parts[PackPart.Bundle].OrderBy(slot => slot.Name.Tile!.Value.Index).ToList();
        if (bundles.Count == 0)
        {
            _findings.Add(new(Claim.Complete, Ruling.NotShown, []));
            return;
        }
        var chains = new SourceChains(whole: true);
        if (named) _all = [];
        // Of full tiles one hash each: a tree over tiles of 256 is the same tree.
        var (tiles, at) = (Frontier.Empty, 0L);
        var ahead = new Queue<(long Size, Digest Root, string Place)>(_roots.Where(root => root.Key > 0).Select(root => (root.Key, root.Value.Root, root.Value.Place)));
        for (var number = 0; at < packed.Size; number++)
        {
            var name = TileName.Of(level: null, number, packed.Size);
            if (number >= bundles.Count || bundles[number].Name.Tile != name)
            {
                _place = new PackName(PackPart.Bundle, Tile: name).ToString();
                throw new ProofException(Flaw.PackPart, $"{_place} is missing.");
            }
            var leaves = new Digest[name.Width];
            foreach (var entry in EntryBundle.Read(name, Read(bundles[number])))
            {
                var header = chains.Next(at, entry);
                _all?.Add(Named(at, header, entry));
                leaves[at % TileName.FullWidth] = MerkleTree.Leaf(entry.Span);
                at++;
            }
            while (ahead.TryPeek(out var known) && known.Size <= at)
            {
                var rest = leaves.Take((int)(known.Size - (at - name.Width))).Aggregate(Frontier.Empty, (frontier, leaf) => frontier.Append(leaf));
                if (MerkleTree.Fold([.. tiles.Subtrees, .. rest.Subtrees]) != ahead.Dequeue().Root)
                {
                    _place = known.Place;
                    throw new ProofException(Flaw.Root, $"The {known.Size} first entries do not give the root of the checkpoint of {known.Size}.");
                }
            }
            if (name.Width == TileName.FullWidth) tiles = tiles.Append(MerkleTree.Perfect(leaves));
        }
        if (bundles.Count > (packed.Size + TileName.FullWidth - 1) / TileName.FullWidth)
        {
            _place = bundles[^1].Name.ToString();
            throw new ProofException(Flaw.PackPart, $"{_place} is beyond the checkpoint.");
        }
        var sizes = _roots.Keys.Where(size => size <= packed.Size).ToList();
        foreach (var (from, to) in sizes.Zip(sizes.Skip(1))) _grown.Add((from, to));
        Shown(Claim.Complete, packed.Size, chains.Sources);
    }

    /// <summary>
    /// Two checkpoints are of one log where a third continues both, or one the other. That both continue a third is not enough: a fork does that.
    /// </summary>
    private void CheckSameLog(Checkpoint mine, Checkpoint packed)
    {
        var joined = Reached(Reached([packed.Size], _grown.ToLookup(step => step.From, step => step.To)), _grown.ToLookup(step => step.To, step => step.From));
        foreach (var (size, (_, place)) in _roots)
        {
            _place = place;
            if (size > 0 && !joined.Contains(size)) throw new ProofException(Flaw.Apart, $"Nothing shows that the checkpoints of {size} and of {packed.Size} are of one log.");
        }
        Shown(Claim.SameLog, long.Min(mine.Size, packed.Size), long.Max(mine.Size, packed.Size), _roots.Count);

        static HashSet<long> Reached(IEnumerable<long> starts, ILookup<long, long> steps)
        {
            var reached = starts.ToHashSet();
            var open = new Stack<long>(reached);
            while (open.TryPop(out var at))
            {
                foreach (var next in steps[at].Where(reached.Add)) open.Push(next);
            }
            return reached;
        }
    }

    private List<VerifiedEvent> CheckEvents(Checkpoint packed, out int erased)
    {
        var headers = _parts[PackPart.Header].OrderBy(slot => slot.Name.Number).ToList();
        var payloads = _parts[PackPart.Payload].ToDictionary(slot => slot.Name.Number);
        var proofs = _parts[PackPart.Proof].ToDictionary(slot => slot.Name.Number);
        var (events, chains, kept) = (new List<VerifiedEvent>(headers.Count), new SourceChains(whole: false), 0L);
        erased = 0;
        foreach (var slot in headers)
        {
            var index = slot.Name.Number;
            var header = Read(slot);
            if (!proofs.Remove(index, out var file)) throw Missing(new PackName(PackPart.Proof, index));
            var proof = LogProof.Parse(Read(file));
            if (proof.Index != index) throw Misplaced();
            // Byte for byte: what was checked of the pack's checkpoint holds for it.
            if (Checkpoint.Parse(proof.Checkpoint.Text) is var own && (own.Origin != _origin || own.Size != packed.Size || own.Root != packed.Root)) throw new ProofException(Flaw.Apart, $"The proof of entry {index} is of another checkpoint than the pack's.");
            proof.Verify(MerkleTree.Leaf(header), _policy);
            _place = slot.Name.ToString();
            chains.Next(index, header);
            var read = EventLeaf.ReadHeader(header);
            ReadOnlyMemory<byte>? payload = null;
            if (payloads.Remove(index, out var beside))
            {
                var bytes = Read(beside);
                EventLeaf.CheckPayload(header, bytes);
                payload = bytes;
            }
            else
            {
                erased++;
            }
            if ((kept += slot.Size + beside.Size) > MaximalEvents) throw new ProofException(Flaw.PackLimit, $"The events of the pack have more than {MaximalEvents} bytes.");
            events.Add(new(index, read, payload));
        }
        foreach (var orphan in proofs.Keys.Concat(payloads.Keys).Order().Take(1)) throw Missing(new PackName(PackPart.Header, orphan));
        if (events.Count > 0) Shown(Claim.Events, events.Count);
        return events;
    }

    private (Checkpoint Checkpoint, int Cosignatures) Trust(Note note)
    {
        var trusted = _policy.Check(note);
        var checkpoint = trusted.Checkpoint;
        if (checkpoint.Origin != _origin) throw new ProofException(Flaw.Log, $"The checkpoint is of {Strict.Short(checkpoint.Origin)}, the pack of {Strict.Short(_origin)}.");
        if (_roots.TryGetValue(checkpoint.Size, out var known) && known.Root != checkpoint.Root) throw new ProofException(Flaw.Root, $"The log has signed two roots for its first {checkpoint.Size} entries; the other is in {known.Place}.");
        _roots.TryAdd(checkpoint.Size, (checkpoint.Root, _place));
        return (checkpoint, trusted.Cosignatures.Select(cosignature => cosignature.Key).Distinct().Count());
    }

    private byte[] Read(PackSlot slot, PackPart part)
    {
        if (slot == default || slot.Name.Part != part) throw Missing(new PackName(part));
        return Read(slot);
    }

    private byte[] Read(PackSlot slot)
    {
        _place = slot.Name.ToString();
        return PackZip.Read(_archive, slot);
    }

    private ProofException Missing(PackName name)
    {
        _place = name.ToString();
        return new(Flaw.PackPart, $"{name} is missing.");
    }

    private ProofException Misplaced() => new(Flaw.Place, $"{_place} is not what its name says.");

    private void Shown(Claim claim, params object[] values) => _findings.Add(new(claim, Ruling.Shown, values));

    private static LoggedEvent Named(long index, EventHeader header, ReadOnlyMemory<byte> entry)
    {
        using var document = JsonDocument.Parse(entry);
        return new(index, header.Source, header.Sequence, Text("type"), Text("subject"));

        string Text(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
    }

    private static IReadOnlyList<Finding> Unknown(JsonElement figure, IReadOnlyList<VerifiedEvent> events, IReadOnlyList<LoggedEvent>? all) =>
        throw new ProofException(Flaw.Figure, "The figure is of a kind that this program does not calculate.");
}
