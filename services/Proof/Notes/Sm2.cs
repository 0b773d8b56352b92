using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Luodi.Proof.Notes;

/// <summary>SM2 signatures with SM3 (GB/T 32918.2, GB/T 32905) on the curve of GB/T 32918.5, as two numbers of 32 bytes, with the user's id that GM/T 0009 gives where none was agreed.</summary>
internal static class Sm2
{
    /// <summary>Of a private key.</summary>
    public const int SeedBytes = 32;

    /// <summary>Of a point, uncompressed: 0x04, x, y.</summary>
    public const int PointBytes = 65;

    /// <summary>Of a signature: r, s.</summary>
    public const int SignatureBytes = 64;

    private static readonly X9ECParameters Curve = GMNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1);
    private static readonly ECDomainParameters Domain = new(Curve);
    private static readonly byte[] UserId = [.. "1234567812345678"u8];

    /// <summary>A point of the curve in its one form, or none.</summary>
    public static ECPublicKeyParameters? Public(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointBytes || point[0] != 4) return null;
        try
        {
            // Refuses what does not lie on the curve; the curve's cofactor is 1.
            return new(Curve.Curve.DecodePoint(point.ToArray()), Domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A number from 1 to the order less two, or none.</summary>
    public static ECPrivateKeyParameters? Private(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedBytes) return null;
        var number = new BigInteger(1, seed.ToArray());
        return number.SignValue > 0 && number.CompareTo(Domain.N.Subtract(BigInteger.One)) < 0 ? new(number, Domain) : null;
    }

    /// <summary>The public half.</summary>
    public static byte[] PointOf(ECPrivateKeyParameters key) => Domain.G.Multiply(key.D).Normalize().GetEncoded(compressed: false);

    public static bool Verify(ECPublicKeyParameters key, byte[] message, byte[] signature)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(forSigning: false, new ParametersWithID(key, UserId));
        signer.BlockUpdate(message, 0, message.Length);
        return signature.Length == SignatureBytes && signer.VerifySignature(signature);
    }

    public static byte[] Sign(ECPrivateKeyParameters key, byte[] message)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(key, new SecureRandom(new CryptoApiRandomGenerator())), UserId));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }
}
