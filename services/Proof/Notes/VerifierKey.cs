using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Luodi.Proof.Notes;

/// <summary>What a key signs, as its byte in key ids and encoded keys (https://c2sp.org/signed-note). Others are refused as keys, and passed over as signatures.</summary>
public enum SignatureType : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Ed25519 over the text of the note.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and a checkpoint (https://c2sp.org/tlog-cosignature, v1).</summary>
    Cosignature = 0x04,
}

/// <summary>Who may have signed: a name, a kind of signature and an Ed25519 public key, written as <c>NAME+ID+KEY</c> (vkey, https://c2sp.org/signed-note).</summary>
public sealed class VerifierKey
{
    private const int KeyBytes = 32;
    private const int SignatureBytes = 64;
    private const int TimeBytes = 8;

    private readonly PublicKey _key;

    /// <param name="publicKey">32 bytes (RFC 8032).</param>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        CheckName(name);
        if (type is not (SignatureType.Ed25519 or SignatureType.Cosignature)) throw new ProofException(Flaw.Key, $"{name} is a key of an unknown type.");
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) || key is null) throw new ProofException(Flaw.Key, $"{name} has no Ed25519 public key.");
        (Name, Type, _key, PublicBytes) = (name, type, key, publicKey.ToArray());
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Strict.Bytes(name), (byte)'\n', (byte)type, .. publicKey]));
    }

    public string Name { get; }

    public SignatureType Type { get; }

    /// <summary>The first four bytes of SHA-256(name || newline || type || public key), big-endian.</summary>
    public uint Id { get; }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicBytes { get; }

    /// <summary>Reads <c>NAME+ID+KEY</c>; the id must be that of the key.</summary>
    public static VerifierKey Parse(string vkey)
    {
        var (name, id, type, bytes) = Decode(vkey, Flaw.Key);
        var key = new VerifierKey(name, type, bytes);
        return key.IdHex == id ? key : throw new ProofException(Flaw.KeyId, $"{name} has the id {key.IdHex}, not {Strict.Short(id)}.");
    }

    /// <summary>The signature is of this key and over this text, or <see cref="Flaw.Signature"/>.</summary>
    public Attestation Verify(string text, NoteSignature signature)
    {
        var bytes = signature.Bytes.Span;
        long? time = null;
        if (Type is SignatureType.Cosignature && bytes.Length == TimeBytes + SignatureBytes)
        {
            time = BinaryPrimitives.ReadInt64BigEndian(bytes);
            bytes = bytes[TimeBytes..];
        }
        var stated = Type is SignatureType.Ed25519 ? text : time >= 0 ? CosignedMessage(text, time.Value) : null;
        return signature.KeyName == Name && signature.KeyId == Id && stated is not null && bytes.Length == SignatureBytes && SignatureAlgorithm.Ed25519.Verify(_key, Strict.Bytes(stated), bytes)
            ? new(this, time)
            : throw new ProofException(Flaw.Signature, $"The signature of {Name} does not verify.");
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{IdHex}+{Convert.ToBase64String([(byte)Type, .. PublicBytes.Span])}";

    internal string IdHex => Id.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Non-empty, without spaces of any script, plus or control characters.</summary>
    internal static void CheckName(string name)
    {
        _ = Strict.Bytes(name);
        if (name.Length == 0 || name.Any(unit => unit is '+' or < ' ' || char.IsWhiteSpace(unit))) throw new ProofException(Flaw.KeyName, $"Not the name of a key: {Strict.Short(name)}.");
    }

    /// <summary>Only the two first plus signs separate: base64 has them too.</summary>
    internal static (string Name, string Id, SignatureType Type, byte[] Key) Decode(string encoded, Flaw flaw)
    {
        var parts = encoded.Split('+', 3);
        if (parts.Length != 3) throw new ProofException(flaw, "A key is written as its name, its id and its bytes, with a plus between.");
        CheckName(parts[0]);
        var bytes = Strict.Base64(parts[2]);
        return bytes.Length == 1 + KeyBytes ? (parts[0], parts[1], (SignatureType)bytes[0], bytes[1..]) : throw new ProofException(flaw, $"The key of {parts[0]} has {bytes.Length} bytes.");
    }

    /// <summary>What a cosigner signs (https://c2sp.org/tlog-cosignature, "Ed25519 signed message").</summary>
    internal static string CosignedMessage(string text, long unixTime) => string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixTime}\n{text}");
}
