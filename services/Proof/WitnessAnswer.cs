using Luodi.Proof.Notes;

namespace Luodi.Proof;

/// <summary>What a witness said to an <see cref="AddCheckpointRequest"/>, checked (https://c2sp.org/tlog-witness). A sender needs an HTTP client beside it and nothing more.</summary>
public abstract record WitnessAnswer
{
    /// <summary>The media type of the size that a witness answers with 409.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>The witness has cosigned: the checkpoint with its cosignatures, all of which verify.</summary>
    public sealed record Cosigned(Note Checkpoint) : WitnessAnswer;

    /// <summary>The witness has last seen the log at this size: ask again, with a proof from there on. Where that is above one's own size, somebody has another log of this name.</summary>
    public sealed record Knows(long Size) : WitnessAnswer;

    /// <summary>The witness does not cosign: 400 malformed, 403 signed by no key that it knows, 404 an unknown log, 422 a tree that does not continue the one it has seen.</summary>
    public sealed record Refused(int Status) : WitnessAnswer;

    /// <summary>Reads a response; one that says 200 without a valid cosignature of this key is a <see cref="ProofException"/>.</summary>
    /// <param name="sent">The checkpoint of the request.</param>
    public static WitnessAnswer Read(int status, string? mediaType, ReadOnlySpan<byte> body, Note sent, VerifierKey witness)
    {
        switch (status)
        {
            case 200:
                var lines = Note.Parse([.. "\n\n"u8, .. body]).Signatures.Where(line => line.KeyName == witness.Name && line.KeyId == witness.Id).ToList();
                _ = new Note(sent.Text, lines).Verify([witness]);
                return new Cosigned(lines.Aggregate(sent, (note, line) => note.With(line)));
            case 409 when mediaType == SizeType && body.Length is > 0 and < 32 && body[^1] == '\n':
                return new Knows(Strict.Number(Strict.Text(body[..^1])));
            default:
                return new Refused(status);
        }
    }
}
