using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>What a log says of itself (https://c2sp.org/tlog-checkpoint), and what witnesses say of it (https://c2sp.org/tlog-cosignature).</summary>
public sealed class CheckpointSpec
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    [Theory]
    [InlineData("example.com/behind-the-sofa\n20852163\n" + Root + "\n")]
    [InlineData("Log\n9223372036854775807\n" + Root + "\n")]
    [InlineData("Log\n1\n" + Root + "\nfirst\n第二 行\n")]
    [InlineData("Log of +signs\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    public void A_checkpoint_is_written_as_it_was_read(string text) => Checkpoint.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("", Flaw.Checkpoint)]
    [InlineData("Head\n9944\n", Flaw.Checkpoint)]
    [InlineData("\n9944\n" + Root + "\n", Flaw.Checkpoint)]
    [InlineData("Log\n1\n" + Root, Flaw.Checkpoint)]
    [InlineData("Log\n1\n" + Root + "\n\n", Flaw.Checkpoint)]
    [InlineData("Log\n1\n" + Root + "\n\nx\n", Flaw.Checkpoint)]
    [InlineData("Log\n-34\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\nbananas\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n3438945738945739845734895735\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n9223372036854775808\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n01\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n00\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n+1\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n 1\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n1 \n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n١\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n\n" + Root + "\n", Flaw.Number)]
    [InlineData("Log\n1\nnot base64\n", Flaw.Base64)]
    [InlineData("Log\n1\n" + Root + "=\n", Flaw.Base64)]
    [InlineData("Log\n1\n CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", Flaw.Base64)]
    // The last sign but one carries two bits that belong to no byte.
    [InlineData("Log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", Flaw.Base64)]
    [InlineData("Log\n1\n\n", Flaw.DigestLength)]
    // Other readers take a root of any length; a tree over SHA-256 has 32 bytes.
    [InlineData("Log\n123\nYmFuYW5hcw==\n", Flaw.DigestLength)]
    [InlineData("Log\n0\n" + Root + "\n", Flaw.Root)]
    [InlineData("Log\r\n1\r\n" + Root + "\r\n", Flaw.Number)]
    [InlineData("L\tog\n1\n" + Root + "\n", Flaw.Text)]
    public void Anything_else_is_no_checkpoint(string text, Flaw flaw) => Refused.Because(flaw, () => Checkpoint.Parse(text));

    [Fact]
    public void A_checkpoint_is_not_made_of_what_could_not_be_read()
    {
        var root = Digest.Parse(Root);
        Refused.Because(Flaw.Checkpoint, () => new Checkpoint("", 1, root));
        Refused.Because(Flaw.Checkpoint, () => new Checkpoint("a\nb", 1, root));
        Refused.Because(Flaw.Checkpoint, () => new Checkpoint("a", -1, root));
        Refused.Because(Flaw.Checkpoint, () => new Checkpoint("a", 1, root, [""]));
        Refused.Because(Flaw.Checkpoint, () => new Checkpoint("a", 1, root, ["x\ny"]));
        Refused.Because(Flaw.Text, () => new Checkpoint("a\rb", 1, root));
    }

    [Fact]
    public void The_cosigned_example_of_the_specification_is_read()
    {
        const string text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """;
        var note = Note.Parse(Encoding.UTF8.GetBytes(text));
        Checkpoint.Parse(note.Text).Size.ShouldBe(20852163);
        note.Signatures.Select(signature => signature.KeyName).ShouldBe(["example.com/behind-the-sofa", "witness.example.com/w1"]);
        note.Signatures[1].Bytes.Length.ShouldBe(8 + 64);
        note.ToString().ShouldBe(text);
    }

    [Fact]
    public void A_cosignature_is_over_its_time_and_the_checkpoint()
    {
        using var witness = new SignerKey("w", SignatureType.Cosignature, GoldenLog.WitnessSeed);
        var checkpoint = GoldenLog.Checkpoint(15);
        var signature = witness.Cosign(checkpoint, long.MaxValue);
        witness.Verifier.Verify(checkpoint.ToString(), signature).UnixTime.ShouldBe(long.MaxValue);
        witness.Verifier.Verify(checkpoint.ToString(), witness.Cosign(checkpoint, 0)).UnixTime.ShouldBe(0);
        foreach (var at in Enumerable.Range(0, 72))
        {
            var bytes = signature.Bytes.ToArray();
            bytes[at] ^= 0x80;
            Refused.Because(Flaw.Signature, () => witness.Verifier.Verify(checkpoint.ToString(), signature with { Bytes = bytes }));
        }
        Refused.Because(Flaw.Signature, () => witness.Verifier.Verify(GoldenLog.Checkpoint(14).ToString(), signature));
        Refused.Because(Flaw.Signature, () => witness.Verifier.Verify(checkpoint.ToString(), signature with { Bytes = signature.Bytes[8..] }));
        Refused.Because(Flaw.Signature, () => witness.Verifier.Verify(checkpoint.ToString(), signature with { Bytes = Array.Empty<byte>() }));
        Should.Throw<ArgumentOutOfRangeException>(() => witness.Cosign(checkpoint, -1));
    }

    [Fact]
    public void A_witness_signs_no_notes_and_a_log_cosigns_nothing()
    {
        using var log = SignerKey.Parse(GoldenLog.Key);
        using var witness = new SignerKey("w", SignatureType.Cosignature, GoldenLog.WitnessSeed);
        Refused.Because(Flaw.Key, () => witness.Sign("text\n"));
        Refused.Because(Flaw.Key, () => log.Cosign(GoldenLog.Checkpoint(15), 1));
        Refused.Because(Flaw.Text, () => log.Sign("te\rxt\n"));
        Refused.Because(Flaw.Note, () => log.Sign("text"));
    }
}
