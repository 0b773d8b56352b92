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

    /// <summary>
    /// SM2 with SM3 over the text of the note. The byte 0xff is for kinds that have none of their own, and is followed by a longer name of the kind: here the ten characters <c>sm2-sm3-v1</c>,
    /// both in the key id and before the key in a vkey. The public key is an uncompressed point (65 bytes, the first 0x04), the signature r and s (64 bytes), the user's id <c>1234567812345678</c>.
    /// </summary>
    Sm2 = 0xff,
}

/// <summary>Who may have signed: a name, a kind of signature and a public key, written as <c>NAME+ID+KEY</c> (vkey, https://c2sp.org/signed-note).</summary>
public sealed class VerifierKey
{
    private const int KeyBytes = 32;
    private const int SignatureBytes = 64;
    private const int TimeBytes = 8;

    private readonly Func<byte[], byte[], bool> _holds;

    /// <param name="publicKey">32 bytes (RFC 8032); of SM2 65, a point.</param>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        CheckName(name);
        switch (type)
        {
            case SignatureType.Ed25519 or SignatureType.Cosignature:
                if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) || key is null) throw new ProofException(Flaw.Key, $"{name} has no Ed25519 public key.");
                _holds = (message, signature) => SignatureAlgorithm.Ed25519.Verify(key, message, signature);
                break;
            case SignatureType.Sm2:
                var point = Sm2.Public(publicKey) ?? throw new ProofException(Flaw.Key, $"{name} has no SM2 public key.");
                _holds = (message, signature) => Sm2.Verify(point, message, signature);
                break;
            default:
                throw new ProofException(Flaw.Key, $"{name} is a key of an unknown type.");
        }
        (Name, Type, PublicBytes) = (name, type, publicKey.ToArray());
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Strict.Bytes(name), (byte)'\n', .. Kind(type), .. publicKey]));
    }

    public string Name { get; }

    public SignatureType Type { get; }

    /// <summary>The first four bytes of SHA-256(name || newline || type || public key), big-endian; SM2's type has its name behind it.</summary>
    public uint Id { get; }

    /// <summary>The public key: 32 bytes, of SM2 65.</summary>
    public ReadOnlyMemory<byte> PublicBytes { get; }

    /// <summary>Reads <c>NAME+ID+KEY</c>; the id must be that of the key.</summary>
    public static VerifierKey Parse(string vkey)
    {
        var (name, id, type, bytes) = Decode(vkey, Flaw.Key, Sm2.PointBytes);
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
        var stated = Type is not SignatureType.Cosignature ? text : time >= 0 ? CosignedMessage(text, time.Value) : null;
        return signature.KeyName == Name && signature.KeyId == Id && stated is not null && bytes.Length == SignatureBytes && _holds(Strict.Bytes(stated), bytes.ToArray())
            ? new(this, time)
            : throw new ProofException(Flaw.Signature, $"The signature of {Name} does not verify.");
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{IdHex}+{Convert.ToBase64String([.. Kind(Type), .. PublicBytes.Span])}";

    internal string IdHex => Id.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Non-empty, without spaces of any script, plus or control characters.</summary>
    internal static void CheckName(string name)
    {
        _ = Strict.Bytes(name);
        if (name.Length == 0 || name.Any(unit => unit is '+' or < ' ' || char.IsWhiteSpace(unit))) throw new ProofException(Flaw.KeyName, $"Not the name of a key: {Strict.Short(name)}.");
    }

    /// <summary>What stands for a kind of signature in a key id and before a key: its byte, and behind 0xff its name.</summary>
    internal static byte[] Kind(SignatureType type) => type is SignatureType.Sm2 ? [(byte)type, .. "sm2-sm3-v1"u8] : [(byte)type];

    /// <summary>Only the two first plus signs separate: base64 has them too.</summary>
    /// <param name="sm2Bytes">How long a key of SM2 is here, public or private.</param>
    internal static (string Name, string Id, SignatureType Type, byte[] Key) Decode(string encoded, Flaw flaw, int sm2Bytes)
    {
        var parts = encoded.Split('+', 3);
        if (parts.Length != 3) throw new ProofException(flaw, "A key is written as its name, its id and its bytes, with a plus between.");
        CheckName(parts[0]);
        var bytes = Strict.Base64(parts[2]);
        var type = bytes.Length > 0 ? (SignatureType)bytes[0] : SignatureType.None;
        var kind = Kind(type);
        return bytes.Length == kind.Length + (type is SignatureType.Sm2 ? sm2Bytes : KeyBytes) && bytes.AsSpan().StartsWith(kind)
            ? (parts[0], parts[1], type, bytes[kind.Length..])
            : throw new ProofException(flaw, $"The key of {parts[0]} is of an unknown kind, or has {bytes.Length} bytes.");
    }

    /// <summary>What a cosigner signs (https://c2sp.org/tlog-cosignature, "Ed25519 signed message").</summary>
    internal static string CosignedMessage(string text, long unixTime) => string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixTime}\n{text}");
}
