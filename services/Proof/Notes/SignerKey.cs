using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Luodi.Proof.Notes;

/// <summary>
/// A private key, written as <c>PRIVATE+KEY+NAME+ID+SEED</c> (golang.org/x/mod/sumdb/note, which other logs read too). Whoever makes one gives 32 bytes of a secure random source.
/// Once it is read it cannot be had out of it again.
/// </summary>
public sealed class SignerKey : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Key? _key;
    private readonly ECPrivateKeyParameters? _sm2;

    /// <param name="seed">32 bytes (RFC 8032's private key; of SM2 the number itself).</param>
    public SignerKey(string name, SignatureType type, ReadOnlySpan<byte> seed)
    {
        if (type is SignatureType.Sm2)
        {
            _sm2 = Sm2.Private(seed) ?? throw new ProofException(Flaw.Key, $"{name} has no private key of SM2.");
            Verifier = new(name, type, Sm2.PointOf(_sm2));
            return;
        }
        if (!Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var key) || key is null) throw new ProofException(Flaw.Key, $"The private key of {name} does not have 32 bytes.");
        _key = key;
        try
        {
            Verifier = new(name, type, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The public half.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Reads what <see cref="Encode"/> writes. No message repeats any of it but the name.</summary>
    public static SignerKey Parse(string skey)
    {
        if (!skey.StartsWith(Prefix, StringComparison.Ordinal)) throw new ProofException(Flaw.Key, "Not a private key of notes.");
        byte[] seed = [];
        SignerKey? key = null;
        try
        {
            (var name, var id, var type, seed) = VerifierKey.Decode(skey[Prefix.Length..], Flaw.Key, Sm2.SeedBytes);
            key = new(name, type, seed);
            if (key.Verifier.IdHex != id) throw new ProofException(Flaw.KeyId, $"The private key of {name} does not have the id that it claims.");
            (var read, key) = (key, null);
            return read;
        }
        catch (ProofException flaw) when (flaw.Flaw is Flaw.Base64)
        {
            throw new ProofException(Flaw.Key, "The bytes of a private key are not base64.");
        }
        finally
        {
            key?.Dispose();
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The written form of a new key.</summary>
    public static string Encode(string name, SignatureType type, ReadOnlySpan<byte> seed)
    {
        using var key = new SignerKey(name, type, seed);
        return $"{Prefix}{name}+{key.Verifier.IdHex}+{Convert.ToBase64String([.. VerifierKey.Kind(type), .. seed])}";
    }

    /// <summary>Signs the text of a note.</summary>
    public NoteSignature Sign(string text)
    {
        Note.CheckText(text);
        return Verifier.Type is SignatureType.Cosignature
            ? throw new ProofException(Flaw.Key, $"{Verifier.Name} cosigns checkpoints and signs nothing else.")
            : Signature(_sm2 is not null ? Sm2.Sign(_sm2, Strict.Bytes(text)) : SignatureAlgorithm.Ed25519.Sign(_key!, Strict.Bytes(text)));
    }

    /// <summary>Cosigns a checkpoint: this is the largest tree of its log that was seen up to then, and it continues all before it.</summary>
    /// <param name="unixTime">In seconds, not negative.</param>
    public NoteSignature Cosign(Checkpoint checkpoint, long unixTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixTime);
        if (Verifier.Type is not SignatureType.Cosignature) throw new ProofException(Flaw.Key, $"{Verifier.Name} is no cosigner.");
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, unixTime);
        return Signature([.. time, .. SignatureAlgorithm.Ed25519.Sign(_key!, Strict.Bytes(VerifierKey.CosignedMessage(checkpoint.ToString(), unixTime)))]);
    }

    public void Dispose() => _key?.Dispose();

    private NoteSignature Signature(byte[] bytes) => new(Verifier.Name, Verifier.Id, bytes);
}
