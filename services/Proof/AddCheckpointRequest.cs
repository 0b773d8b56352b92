using System.Globalization;
using System.Text;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;

namespace Luodi.Proof;

/// <summary>
/// A checkpoint, and that it continues an older one: what a log sends to a witness (<c>add-checkpoint</c> of https://c2sp.org/tlog-witness), and the file of a consistency proof in an evidence pack.
/// <code>
/// old SIZE
/// HASH...
///
/// CHECKPOINT
/// </code>
/// </summary>
public sealed class AddCheckpointRequest
{
    /// <summary>A tree below 2^63 leaves has no longer proof.</summary>
    public const int MaximalPath = 63;

    private const string Old = "old ";

    /// <param name="oldSize">Of the older tree, in entries.</param>
    /// <param name="path">From the older tree to that of the checkpoint (<see cref="ProofPlan.Consistency"/>); empty from 0 on and where nothing has grown.</param>
    public AddCheckpointRequest(long oldSize, IReadOnlyList<Digest> path, Note checkpoint)
    {
        if (oldSize < 0) throw new ProofException(Flaw.Bounds, "The size of a log is not negative.");
        if (path.Count > MaximalPath) throw new ProofException(Flaw.PathLength, $"No tree has a consistency proof of {path.Count} hashes.");
        (OldSize, Path, Checkpoint) = (oldSize, path, checkpoint);
    }

    /// <summary>In entries. Nothing says that it is at most the checkpoint's.</summary>
    public long OldSize { get; }

    public IReadOnlyList<Digest> Path { get; }

    /// <summary>Not checked: neither its signatures, nor that its text is a checkpoint's.</summary>
    public Note Checkpoint { get; }

    /// <summary>Reads a request, or a file of a pack.</summary>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        Strict.CheckLines(body);
        var text = Strict.Text(body);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !text.StartsWith(Old, StringComparison.Ordinal)) throw new ProofException(Flaw.ConsistencyFile, "A consistency proof begins with the old size, and an empty line is before its checkpoint.");
        var head = text[..split].Split('\n');
        return new(Strict.Number(head[0][Old.Length..]), [.. head.Skip(1).Take(MaximalPath + 1).Select(Digest.Parse)], Note.Parse(text[(split + 2)..]));
    }

    /// <summary>The checkpoint continues the tree of the old size with this root, or a <see cref="ProofException"/> says why that is not shown. Who signed it is checked elsewhere.</summary>
    public void CheckConsistency(Digest oldRoot, Checkpoint checkpoint) => MerkleTree.CheckConsistency(OldSize, oldRoot, checkpoint.Size, checkpoint.Root, Path);

    /// <summary>The body of the request.</summary>
    public byte[] ToArray() => Strict.Bytes(ToString());

    /// <summary>The body of the request.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Old}{OldSize}\n");
        foreach (var hash in Path) text.Append(hash).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
