using System.Globalization;
using System.Text;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;

namespace Luodi.Proof;

/// <summary>That an entry stands in a log, in one file that is checked offline (https://c2sp.org/tlog-proof): its index, its path, and the checkpoint with all cosignatures.</summary>
public sealed class LogProof
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";

    /// <summary>A tree below 2^63 leaves has no longer path.</summary>
    private const int MaximalPath = 63;

    /// <param name="index">Of the entry, from 0.</param>
    /// <param name="path">From the entry's sibling up to the root's child.</param>
    /// <param name="extra">What the application likes; nothing authenticates it.</param>
    public LogProof(long index, IReadOnlyList<Digest> path, Note checkpoint, ReadOnlyMemory<byte> extra = default)
    {
        if (index < 0) throw new ProofException(Flaw.Bounds, "An index is not negative.");
        if (path.Count > MaximalPath) throw new ProofException(Flaw.PathLength, $"No tree has a path of {path.Count} hashes.");
        (Index, Path, Checkpoint, Extra) = (index, path, checkpoint, extra);
    }

    public long Index { get; }

    public IReadOnlyList<Digest> Path { get; }

    /// <summary>Not checked before <see cref="Verify"/>.</summary>
    public Note Checkpoint { get; }

    /// <summary>Empty where there is none. Nothing authenticates it.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>Reads a proof file.</summary>
    public static LogProof Parse(ReadOnlySpan<byte> file)
    {
        Strict.CheckLines(file);
        var text = Strict.Text(file);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new ProofException(Flaw.ProofFile, "The proof has no empty line before its checkpoint.");
        var head = text[..split].Split('\n');
        var at = 0;
        if (head[at++] != FirstLine) throw new ProofException(Flaw.ProofFile, $"A proof begins with {FirstLine}.");
        var extra = Value("extra ");
        if (extra is "") throw new ProofException(Flaw.ProofFile, "What is extra is left out where it is empty.");
        var index = Value("index ") is { } number ? Strict.Number(number) : throw new ProofException(Flaw.ProofFile, "The proof names no index.");
        return new(index, [.. head[at..].Take(MaximalPath + 1).Select(Digest.Parse)], Note.Parse(text[(split + 2)..]), Strict.Base64(extra ?? ""));

        string? Value(string name) => at < head.Length && head[at].StartsWith(name, StringComparison.Ordinal) ? head[at++][name.Length..] : null;
    }

    /// <summary>
    /// The leaf with this hash stands at <see cref="Index"/> of a log that the policy trusts, as of the checkpoint that is given back; or a <see cref="ProofException"/> says why that is not shown.
    /// The hash comes from the entry itself (<see cref="MerkleTree.Leaf"/>), never from the proof.
    /// </summary>
    public TrustedCheckpoint Verify(Digest leaf, TrustPolicy policy)
    {
        var trusted = policy.Check(Checkpoint);
        MerkleTree.CheckInclusion(leaf, Index, trusted.Checkpoint.Size, trusted.Checkpoint.Root, Path);
        return trusted;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray() => Strict.Bytes(ToString());

    /// <summary>The file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (!Extra.IsEmpty) text.Append("extra ").Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path) text.Append(hash).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
