using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>Texts with signatures (https://c2sp.org/signed-note), and the keys that make and check them.</summary>
public sealed class SignedNoteSpec
{
    private const string Example = "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static readonly VerifierKey Foo = VerifierKey.Parse(ExampleKey);

    [Fact]
    public void The_example_of_the_specification_is_read_and_verified()
    {
        var note = Parse(Example);
        note.Text.ShouldBe("This is an example message.\n");
        note.Verify([Foo]).ShouldBe([new Attestation(Foo, UnixTime: null)]);
        note.ToString().ShouldBe(Example);
    }

    [Fact]
    public void Signing_is_that_of_RFC_8032()
    {
        var seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        using var key = new SignerKey("rfc8032", SignatureType.Ed25519, seed);
        Convert.ToHexStringLower(key.Verifier.PublicBytes.Span).ShouldBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        // The RFC signs the empty text, which is none of a note: only checking takes it.
        var signature = Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        key.Verifier.Verify("", new NoteSignature("rfc8032", key.Verifier.Id, signature)).Key.ShouldBeSameAs(key.Verifier);
        Refused.Because(Flaw.Note, () => key.Sign(""));
    }

    [Fact]
    public void The_text_may_have_empty_lines_and_signatures_of_others()
    {
        using var key = SignerKey.Parse(GoldenLog.Key);
        const string text = "\n\n落地\n\n\u2014 not a signature\n\n";
        var note = new Note(text, [new NoteSignature("someone.else", Foo.Id, new byte[1])]).With(key.Sign(text));
        var read = Note.Parse(note.ToArray());
        read.Text.ShouldBe(text);
        read.Verify([key.Verifier, Foo]).Single().Key.ShouldBeSameAs(key.Verifier);
        Refused.Because(Flaw.Unsigned, () => read.Verify([Foo]));
    }

    [Fact]
    public void A_bad_signature_of_a_known_key_spoils_the_note()
    {
        using var key = SignerKey.Parse(GoldenLog.Key);
        var forged = Parse(Example).With(new NoteSignature(key.Verifier.Name, key.Verifier.Id, new byte[64]));
        forged.Verify([Foo]).Count.ShouldBe(1);
        Refused.Because(Flaw.Signature, () => forged.Verify([Foo, key.Verifier]));
        foreach (var length in new[] { 1, 63, 65, 72 })
        {
            Refused.Because(Flaw.Signature, () => new Note("text\n", [new NoteSignature(Foo.Name, Foo.Id, new byte[length])]).Verify([Foo]));
        }
    }

    [Fact]
    public void Name_and_id_together_are_a_key()
    {
        var signature = Parse(Example).Signatures[0];
        Refused.Because(Flaw.Unsigned, () => new Note("This is an example message.\n", [signature with { KeyId = signature.KeyId + 1 }]).Verify([Foo]));
        Refused.Because(Flaw.Unsigned, () => new Note("This is an example message.\n", [signature with { KeyName = "example.com/fop" }]).Verify([Foo]));
        Refused.Because(Flaw.Signature, () => new Note("This is an example message!\n", [signature]).Verify([Foo]));
        Refused.Because(Flaw.Signature, () => Foo.Verify("This is an example message.\n", signature with { KeyId = signature.KeyId + 1 }));
        Refused.Because(Flaw.Signature, () => Foo.Verify("This is an example message.\n", signature with { KeyName = "example.com/fop" }));
        Refused.Because(Flaw.Key, () => Parse(Example).Verify([Foo, VerifierKey.Parse(ExampleKey)]));
        Refused.Because(Flaw.Unsigned, () => Parse(Example).Verify([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\u2014 a AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a AAAAAAA=")]
    [InlineData("text\n\n\u2014 a AAAAAAA=\n\n")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\n\n\u2014a AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n", Flaw.KeyName)]
    [InlineData("text\n\n\u2014 a\n")]
    [InlineData("text\n\n\u2014 a b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a AAAAAAA= \n")]
    [InlineData("text\n\n\u2014 a AAAAAA==\n")]
    [InlineData("text\n\n\u2014 a \n")]
    [InlineData("text\n\n\u2014 a AAAAAAA\n", Flaw.Base64)]
    [InlineData("text\n\n\u2014 a AAAAAAB=\n", Flaw.Base64)]
    [InlineData("text\n\n\u2014 a AAAA_AA=\n", Flaw.Base64)]
    [InlineData("text\n\n\u2014 a AAAAAAA=\n\u2014 b !\n", Flaw.Base64)]
    [InlineData("text\n\n\u2014 a+b AAAAAAA=\n", Flaw.KeyName)]
    [InlineData("text\n\n\u2014 a\u3000b AAAAAAA=\n", Flaw.KeyName)]
    [InlineData("text\n\n\u2014 a\u00a0b AAAAAAA=\n", Flaw.KeyName)]
    [InlineData("te\rxt\n\n\u2014 a AAAAAAA=\n", Flaw.Text)]
    [InlineData("te\txt\n\n\u2014 a AAAAAAA=\n", Flaw.Text)]
    [InlineData("te\0xt\n\n\u2014 a AAAAAAA=\n", Flaw.Text)]
    [InlineData("text\n\n\u2014 a\u0001 AAAAAAA=\n", Flaw.KeyName)]
    public void Anything_else_is_no_note(string note, Flaw flaw = Flaw.Note) => Refused.Because(flaw, () => Parse(note));

    [Fact]
    public void A_note_is_UTF_8()
    {
        foreach (var bytes in new byte[][] { [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x80] }) Refused.Because(Flaw.Text, () => Note.Parse([.. bytes, .. Encoding.UTF8.GetBytes(Example)]));
        Refused.Because(Flaw.Text, () => new Note("half \ud800\n", []));
    }

    [Fact]
    public void A_hundred_signatures_are_read_and_not_one_more()
    {
        string Signed(int count) => $"text\n\n{string.Concat(Enumerable.Range(0, count).Select(at => $"\u2014 a{at} AAAAAAA=\n"))}";
        Parse(Signed(Note.MaximalSignatures)).Signatures.Count.ShouldBe(100);
        Refused.Because(Flaw.SignatureCount, () => Parse(Signed(101)));
        Refused.Because(Flaw.SignatureCount, () => Parse(Signed(5_000)));
        Refused.Because(Flaw.SignatureCount, () => Parse(Signed(100)).With(new NoteSignature("a", 1, new byte[1])));
    }

    [Theory]
    [InlineData(ExampleKey)]
    [InlineData(GoldenLog.PublicKey)]
    [InlineData(GoldenLog.WitnessKey)]
    [InlineData("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")]
    public void A_key_is_written_as_it_was_read(string vkey) => VerifierKey.Parse(vkey).ToString().ShouldBe(vkey);

    [Fact]
    public void One_key_has_an_id_for_each_kind_of_signature()
    {
        new[] { SignatureType.Ed25519, SignatureType.Cosignature }.Select(type =>
        {
            using var key = new SignerKey("Wit1", type, GoldenLog.WitnessSeed);
            return key.Verifier.Id;
        }).ShouldBe([0x55ee4561u, 0x9b3fb2d5u]);
    }

    [Theory]
    [InlineData("", Flaw.Key)]
    [InlineData("example.com/foo+530d903a", Flaw.Key)]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyName)]
    [InlineData("exa mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyName)]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyId)]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyId)]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyId)]
    [InlineData("example.com/foo++AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.KeyId)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", Flaw.Base64)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n", Flaw.Base64)]
    [InlineData("example.com/foo+530d903a+ AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.Base64)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==", Flaw.Key)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==", Flaw.Key)]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.Key)]
    [InlineData("example.com/foo+530d903a+/+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Flaw.Key)]
    public void Anything_else_is_no_key(string vkey, Flaw flaw) => Refused.Because(flaw, () => VerifierKey.Parse(vkey));

    [Fact]
    public void A_private_key_is_read_and_written_and_never_told()
    {
        var seed = Convert.FromBase64String("AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")[1..];
        SignerKey.Encode(GoldenLog.Origin, SignatureType.Ed25519, seed).ShouldBe(GoldenLog.Key);
        using var key = SignerKey.Parse(GoldenLog.Key);
        key.Verifier.ToString().ShouldBe(GoldenLog.PublicKey);
        foreach (var broken in new[] { GoldenLog.Key[..^1], GoldenLog.Key + "=", GoldenLog.Key.Replace("33d7b496", "33d7b497", StringComparison.Ordinal), GoldenLog.Key.Replace("testdata", "testdate", StringComparison.Ordinal), GoldenLog.Key[4..], "PRIVATE+KEY+", "" })
        {
            var told = Should.Throw<ProofException>(() => SignerKey.Parse(broken).Dispose());
            told.Flaw.ShouldBeOneOf(Flaw.Key, Flaw.KeyId);
            told.ToString().ShouldNotContain("ymY/SZ");
        }
        Refused.Because(Flaw.Key, () => new SignerKey("a", SignatureType.Ed25519, new byte[31]));
        Refused.Because(Flaw.Key, () => new SignerKey("a", SignatureType.None, new byte[32]));
    }

    private static Note Parse(string note) => Note.Parse(Encoding.UTF8.GetBytes(note));
}
