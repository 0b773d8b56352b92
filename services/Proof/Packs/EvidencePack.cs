using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;

namespace Luodi.Proof.Packs;

/// <summary>An event in a pack.</summary>
/// <param name="Header">The entry of the log (<see cref="EventLeaf.Entry"/>).</param>
/// <param name="Payload">Its canonical bytes; none where they have been erased.</param>
/// <param name="Proof">With the checkpoint that the pack is about.</param>
public sealed record PackedEvent(ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte>? Payload, LogProof Proof);

/// <summary>
/// All that somebody needs to check events offline, without asking the log, in one zip file:
/// <code>
/// manifest.json              what the pack is, and the figure that it explains
/// checkpoint                 the checkpoint that it is about
/// checkpoints/SIZE           others that were published
/// consistency/FROM-TO        that the log only grew from one to the other (<see cref="AddCheckpointRequest"/>)
/// entries/INDEX.header       an event, its payload, and that it stands in the log (tlog-proof)
/// entries/INDEX.payload
/// entries/INDEX.proof
/// log/tile/entries/…         all entries, where nothing may be missing (tlog-tiles)
/// </code>
/// What makes it up is asked for one after another while it is written. <see cref="PackCheck"/> reads it.
/// </summary>
public sealed record EvidencePack(PackManifest Manifest, Note Checkpoint)
{
    /// <summary>In the order of their indexes.</summary>
    public IEnumerable<PackedEvent> Events { get; init; } = [];

    /// <summary>Each is named after its sizes.</summary>
    public IEnumerable<AddCheckpointRequest> Consistency { get; init; } = [];

    /// <summary>Other checkpoints than the pack's, one a size.</summary>
    public IEnumerable<Note> Checkpoints { get; init; } = [];

    /// <summary>None, or all of the checkpoint's size, in their order.</summary>
    public IEnumerable<(TileName Name, ReadOnlyMemory<byte> Bytes)> Bundles { get; init; } = [];

    /// <summary>Writes the pack, forwards only. A file that no reader would take is refused with its <see cref="Flaw"/>.</summary>
    public void Write(Stream target)
    {
        var (slots, at) = (new List<PackSlot>(), 0L);
        Add(new(PackPart.Manifest), Manifest.ToArray());
        Add(new(PackPart.Checkpoint), Checkpoint.ToArray());
        foreach (var note in Checkpoints) Add(new(PackPart.OtherCheckpoint, SizeOf(note)), note.ToArray());
        foreach (var proof in Consistency) Add(new(PackPart.Consistency, proof.OldSize, SizeOf(proof.Checkpoint)), proof.ToArray());
        foreach (var packed in Events)
        {
            Add(new(PackPart.Header, packed.Proof.Index), packed.Header.Span);
            if (packed.Payload is { } payload) Add(new(PackPart.Payload, packed.Proof.Index), payload.Span);
            Add(new(PackPart.Proof, packed.Proof.Index), packed.Proof.ToArray());
        }
        foreach (var (name, bytes) in Bundles) Add(new(PackPart.Bundle, Tile: name), bytes.Span);

        var start = at;
        foreach (var slot in slots) Put(slot.Central());
        Put(PackZip.End(slots.Count, start, at - start));

        void Add(PackName name, ReadOnlySpan<byte> bytes)
        {
            var (slot, packed) = PackZip.Pack(name, bytes, at);
            if (slots.Count == PackZip.MaximalFiles || at + packed.Length > uint.MaxValue - (slots.Count * 128L) - 1024) throw new ProofException(Flaw.PackLimit, "The pack has too many files, or too many bytes.");
            slots.Add(slot);
            Put(slot.Local());
            Put(packed);
        }

        void Put(byte[] bytes)
        {
            target.Write(bytes);
            at += bytes.Length;
        }

        static long SizeOf(Note note) => Notes.Checkpoint.Parse(note.Text).Size;
    }
}
