using System.Globalization;
using Luodi.Proof.Tree;

namespace Luodi.Proof.Notes;

/// <summary>What a log says of itself: its origin, its size in entries, its root, and lines beyond (https://c2sp.org/tlog-checkpoint). As text it is the text of a note.</summary>
public sealed class Checkpoint
{
    /// <param name="origin">Names the log; not empty.</param>
    /// <param name="root">Of a tree of this size; size 0 has the root of the empty tree.</param>
    /// <param name="extensions">Lines that no monitor can check, none of them empty.</param>
    public Checkpoint(string origin, long size, Digest root, IReadOnlyList<string>? extensions = null)
    {
        (Origin, Size, Root, Extensions) = (origin, size, root, extensions ?? []);
        if (Extensions.Prepend(Origin).Any(line => line.Length == 0 || line.Contains('\n', StringComparison.Ordinal))) throw new ProofException(Flaw.Checkpoint, "A line of the checkpoint is empty, or more than one.");
        if (size < 0) throw new ProofException(Flaw.Checkpoint, "The size of a log is not negative.");
        if (size == 0 && root != MerkleTree.EmptyRoot) throw new ProofException(Flaw.Root, "A log without entries has the root of the empty tree.");
        Note.CheckText(ToString());
    }

    public string Origin { get; }

    /// <summary>In entries.</summary>
    public long Size { get; }

    public Digest Root { get; }

    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Reads the text of a note: three lines at least, each ended by a newline.</summary>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        return lines.Length >= 4 && lines[^1].Length == 0
            ? new(lines[0], Strict.Number(lines[1]), Digest.Parse(lines[2]), lines[3..^1])
            : throw new ProofException(Flaw.Checkpoint, "A checkpoint is origin, size and root, each on a line.");
    }

    /// <summary>The checkpoint as a note with the log's own signature.</summary>
    public Note Sign(SignerKey log) => new(ToString(), [log.Sign(ToString())]);

    /// <summary>The text of the note.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{string.Concat(Extensions.Select(line => line + "\n"))}");
}
