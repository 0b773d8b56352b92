using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Luodi.Proof;

/// <summary>A SHA-256 value: 32 bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Digest
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>Exactly 32 bytes, or <see cref="Flaw.DigestLength"/>.</summary>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ProofException(Flaw.DigestLength, $"A hash has 32 bytes, this one {bytes.Length}.");
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>The SHA-256 of these bytes, with nothing before them.</summary>
    public static Digest Sha256(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(data, hash);
        return new Digest(hash);
    }

    /// <summary>Strict base64 of exactly 32 bytes.</summary>
    public static Digest Parse(string base64) => new(Strict.Base64(base64));

    /// <summary>Writes 32 bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, _high);
        BinaryPrimitives.WriteUInt128BigEndian(target[16..], _low);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Lower-case hex.</summary>
    public string ToHex() => Convert.ToHexStringLower(ToArray());

    /// <summary>Base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
