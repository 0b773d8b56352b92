using System.Buffers.Binary;
using System.Globalization;

namespace Luodi.Proof.Notes;

/// <summary>One signature of a note, as it stands there: not yet checked.</summary>
/// <param name="KeyId">With the name it says which key, and which kind of signature.</param>
/// <param name="Bytes">At least one; what they are is for the key to know.</param>
public sealed record NoteSignature(string KeyName, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes.AsMemory(4));
        return $"{Note.Dash}{KeyName} {Convert.ToBase64String(bytes)}";
    }
}

/// <summary>A signature that was checked.</summary>
/// <param name="UnixTime">When, in seconds, a cosigner says that it saw the checkpoint; none for a plain signature.</param>
public sealed record Attestation(VerifierKey Key, long? UnixTime);

/// <summary>A text and who signed it (https://c2sp.org/signed-note). Nothing in the text counts before <see cref="Verify"/>.</summary>
public sealed class Note
{
    /// <summary>More are refused unread; the format asks for at least 16.</summary>
    public const int MaximalSignatures = 100;

    internal const string Dash = "\u2014 ";

    /// <param name="text">Ends with a newline and has no other control character.</param>
    public Note(string text, IEnumerable<NoteSignature> signatures)
    {
        CheckText(text);
        (Text, Signatures) = (text, [.. signatures]);
        if (Signatures.Count > MaximalSignatures) throw TooMany();
        foreach (var signature in Signatures)
        {
            VerifierKey.CheckName(signature.KeyName);
            if (signature.Bytes.IsEmpty) throw new ProofException(Flaw.Note, $"The signature of {signature.KeyName} is empty.");
        }
    }

    /// <summary>What is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>In their order; those of unknown keys are kept.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note of at least one signature.</summary>
    public static Note Parse(ReadOnlySpan<byte> utf8) => Parse(Strict.Text(utf8));

    internal static Note Parse(string note)
    {
        // The last empty line: the text may have some of its own.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || split + 2 == note.Length) throw new ProofException(Flaw.Note, "The note is no text, empty line and signatures, each ended by a newline.");
        var lines = note[(split + 2)..^1].Split('\n', MaximalSignatures + 2);
        return lines.Length > MaximalSignatures ? throw TooMany() : new(note[..(split + 1)], lines.Select(ParseLine));
    }

    /// <summary>The note with one signature more.</summary>
    public Note With(NoteSignature signature) => new(Text, [.. Signatures, signature]);

    /// <summary>
    /// Every signature of a known key holds, and there is one; others are passed over. Gives them in the order of the note.
    /// A key is known by name and id together: two known keys that share both are refused.
    /// </summary>
    public IReadOnlyList<Attestation> Verify(IEnumerable<VerifierKey> known)
    {
        var keys = new Dictionary<(string, uint), VerifierKey>();
        foreach (var key in known)
        {
            if (!keys.TryAdd((key.Name, key.Id), key)) throw new ProofException(Flaw.Key, $"Two known keys are {key.Name} with the same id.");
        }
        var attestations = Signatures.Where(signature => keys.ContainsKey((signature.KeyName, signature.KeyId)))
            .Select(signature => keys[(signature.KeyName, signature.KeyId)].Verify(Text, signature)).ToList();
        return attestations.Count > 0 ? attestations : throw new ProofException(Flaw.Unsigned, "No known key has signed the note.");
    }

    /// <summary>The note as it is served and stored, in UTF-8.</summary>
    public byte[] ToArray() => Strict.Bytes(ToString());

    /// <summary>The note as it is served and stored.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}";

    private static NoteSignature ParseLine(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || !line.StartsWith(Dash, StringComparison.Ordinal)) throw new ProofException(Flaw.Note, $"Not the line of a signature: {Strict.Short(line)}.");
        var bytes = Strict.Base64(parts[2]);
        return bytes.Length > 4
            ? new(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4))
            : throw new ProofException(Flaw.Note, string.Create(CultureInfo.InvariantCulture, $"A signature of {bytes.Length} bytes."));
    }

    private static ProofException TooMany() => new(Flaw.SignatureCount, $"The note has more than {MaximalSignatures} signatures.");

    internal static void CheckText(string text)
    {
        _ = Strict.Bytes(text);
        if (!text.EndsWith('\n')) throw new ProofException(Flaw.Note, "The text of a note ends with a newline.");
        if (text.Any(unit => unit < ' ' && unit != '\n')) throw new ProofException(Flaw.Text, "The text has a control character.");
    }
}
