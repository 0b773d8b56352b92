using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>Notes signed with SM2, beside Ed25519.</summary>
public sealed class Sm2Spec : IDisposable
{
    // GB/T 32918.5 (GM/T 0003.5), appendix A: the example of a signature.
    private const string Private = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private const string Public = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    private const string Signature = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

    private readonly SignerKey _sm2 = new(GoldenLog.Origin, SignatureType.Sm2, Convert.FromHexString(Private));
    private readonly SignerKey _ed25519 = SignerKey.Parse(GoldenLog.Key);

    [Fact]
    public void The_example_of_the_standard_verifies()
    {
        Convert.ToHexString(_sm2.Verifier.PublicBytes.Span).ShouldBe(Public);
        var signature = new NoteSignature(GoldenLog.Origin, _sm2.Verifier.Id, Convert.FromHexString(Signature));
        _sm2.Verifier.Verify("message digest", signature).ShouldBe(new Attestation(_sm2.Verifier, UnixTime: null));
        for (var at = 0; at < 64; at++)
        {
            var bytes = signature.Bytes.ToArray();
            bytes[at] ^= 1;
            Refused.Because(Flaw.Signature, () => _sm2.Verifier.Verify("message digest", signature with { Bytes = bytes }));
        }
        Refused.Because(Flaw.Signature, () => _sm2.Verifier.Verify("message digest\n", signature));
        foreach (var bytes in new byte[][] { new byte[64], Enumerable.Repeat((byte)0xFF, 64).ToArray(), new byte[63], new byte[65], new byte[1] }) Refused.Because(Flaw.Signature, () => _sm2.Verifier.Verify("message digest", signature with { Bytes = bytes }));
    }

    [Fact]
    public void A_key_is_0xff_its_kind_and_a_point()
    {
        var vkey = _sm2.Verifier.ToString();
        var bytes = Convert.FromBase64String(vkey.Split('+', 3)[2]);
        bytes.ShouldBe([0xFF, .. "sm2-sm3-v1"u8, .. Convert.FromHexString(Public)]);
        vkey.Split('+')[1].ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. Encoding.UTF8.GetBytes(GoldenLog.Origin), (byte)'\n', .. bytes]))[..8]);
        VerifierKey.Parse(vkey).ToString().ShouldBe(vkey);
        var skey = SignerKey.Encode(GoldenLog.Origin, SignatureType.Sm2, Convert.FromHexString(Private));
        using var read = SignerKey.Parse(skey);
        read.Verifier.ToString().ShouldBe(vkey);

        string Key(byte[] kindAndKey) => $"a+00000000+{Convert.ToBase64String(kindAndKey)}";
        Refused.Because(Flaw.Key, () => VerifierKey.Parse(Key([0xFF, .. "sm2-sm3-v2"u8, .. Convert.FromHexString(Public)])));
        Refused.Because(Flaw.Key, () => VerifierKey.Parse(Key([0xFF, .. Convert.FromHexString(Public)])));
        Refused.Because(Flaw.Key, () => VerifierKey.Parse(Key([0xFF, .. "sm2-sm3-v1"u8, .. Convert.FromHexString(Private)])));
        Refused.Because(Flaw.Key, () => VerifierKey.Parse(Key([0x01, .. Convert.FromHexString(Public)])));
        Refused.Because(Flaw.KeyId, () => VerifierKey.Parse(Key([0xFF, .. "sm2-sm3-v1"u8, .. Convert.FromHexString(Public)])));
        // Compressed, hybrid, beside the curve, beyond the field, infinity.
        foreach (var point in new[] { "02" + Public[2..66], "07" + Public[2..], Public[..^1] + "4", "04" + new string('F', 128), "04" + new string('0', 128), "00" })
        {
            Refused.Because(Flaw.Key, () => new VerifierKey("a", SignatureType.Sm2, Convert.FromHexString(point)));
        }
        foreach (var number in new[] { new string('0', 64), "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54122", new string('F', 64), Private[2..] })
        {
            Refused.Because(Flaw.Key, () => new SignerKey("a", SignatureType.Sm2, Convert.FromHexString(number)));
        }
        Refused.Because(Flaw.Key, () => _sm2.Cosign(GoldenLog.Checkpoint(15), 1));
    }

    [Fact]
    public void Who_does_not_know_it_passes_over_it()
    {
        var note = Both();
        Note.Parse(note.ToArray()).ToString().ShouldBe(note.ToString());
        note.Verify([_ed25519.Verifier]).ShouldHaveSingleItem().Key.ShouldBeSameAs(_ed25519.Verifier);
        note.Verify([_ed25519.Verifier, _sm2.Verifier]).Select(attestation => attestation.Key.Type).ShouldBe([SignatureType.Ed25519, SignatureType.Sm2]);
        Policy(_ed25519).Check(note).Checkpoint.Size.ShouldBe(15);
        // A broken one is passed over as well, and spoils the note for who knows the key.
        var broken = new Note(note.Text, [note.Signatures[0], note.Signatures[1] with { Bytes = new byte[64] }]);
        Policy(_ed25519).Check(broken).Checkpoint.Size.ShouldBe(15);
        Refused.Because(Flaw.Signature, () => Policy(_ed25519, _sm2).Check(broken));
    }

    [Fact]
    public void A_policy_may_ask_for_it_alone_or_beside_the_other()
    {
        var checkpoint = GoldenLog.Checkpoint(15);
        Policy(_sm2).Check(Both()).Checkpoint.Size.ShouldBe(15);
        Policy(_sm2).Check(checkpoint.Sign(_sm2)).Checkpoint.Size.ShouldBe(15);
        Policy(_ed25519, _sm2).Check(Both()).Checkpoint.Size.ShouldBe(15);
        Refused.Because(Flaw.Log, () => Policy(_ed25519, _sm2).Check(checkpoint.Sign(_ed25519)));
        Refused.Because(Flaw.Log, () => Policy(_ed25519, _sm2).Check(checkpoint.Sign(_sm2)));
        Refused.Because(Flaw.Unsigned, () => Policy(_sm2).Check(checkpoint.Sign(_ed25519)));
        // While a key is changed, the old or the new one.
        using var renewed = new SignerKey(GoldenLog.Origin, SignatureType.Sm2, GoldenLog.WitnessSeed);
        Policy(_ed25519, _sm2, renewed).Check(checkpoint.Sign(_ed25519).With(renewed.Sign(checkpoint.ToString()))).Checkpoint.Size.ShouldBe(15);
        Refused.Because(Flaw.Policy, () => TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {GoldenLog.PublicKey}\nwitness w {_sm2.Verifier}\nquorum w\n")));
    }

    public void Dispose()
    {
        _sm2.Dispose();
        _ed25519.Dispose();
    }

    private Note Both()
    {
        var checkpoint = GoldenLog.Checkpoint(15);
        return checkpoint.Sign(_ed25519).With(_sm2.Sign(checkpoint.ToString()));
    }

    private static TrustPolicy Policy(params SignerKey[] logs) => TrustPolicy.Parse(Encoding.UTF8.GetBytes($"{string.Concat(logs.Select(log => $"log {log.Verifier}\n"))}quorum none\n"));
}
