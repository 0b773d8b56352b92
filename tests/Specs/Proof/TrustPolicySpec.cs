using System.Globalization;
using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>Whom an auditor believes (https://c2sp.org/tlog-policy).</summary>
public sealed class TrustPolicySpec
{
    private const string Log = $"log {GoldenLog.PublicKey}\n";

    private static readonly string[] Witnesses = [.. Enumerable.Range(0, 6).Select(at => Witness(at).Verifier.ToString())];

    /// <summary>The example of the specification: two of three X, and any of three Y.</summary>
    private static readonly string TwoLevels = $"""
        # Two houses watch.
        log {GoldenLog.PublicKey} https://log.example/

        witness X1 {Witnesses[0]}
        witness X2 {Witnesses[1]} https://x2.example/
          witness	X3   {Witnesses[2]}
        group X-witnesses 2 X1 X2 X3

        witness Y1 {Witnesses[3]}
        witness Y2 {Witnesses[4]}
        witness Y3 {Witnesses[5]}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData("013", true)]
    [InlineData("125", true)]
    [InlineData("012345", true)]
    [InlineData("01", false)]
    [InlineData("0345", false)]
    [InlineData("003", false)]
    [InlineData("345", false)]
    [InlineData("", false)]
    public void The_quorum_is_counted_in_groups(string cosigners, bool trusted)
    {
        var note = Cosigned(cosigners);
        var policy = Parse(TwoLevels);
        if (trusted) policy.Check(note).Cosignatures.Select(cosignature => cosignature.UnixTime).ShouldBe(Enumerable.Repeat<long?>(7, cosigners.Length));
        else Refused.Because(Flaw.Quorum, () => policy.Check(note));
    }

    [Fact]
    public void Without_a_quorum_the_log_is_believed() => Parse($"{Log}quorum none\n").Check(Cosigned("")).Checkpoint.Size.ShouldBe(15);

    [Fact]
    public void A_single_witness_may_be_the_quorum()
    {
        var policy = Parse($"{Log}witness w {Witnesses[0]}\nquorum w\n");
        policy.Check(Cosigned("0")).Cosignatures.Count.ShouldBe(1);
        Refused.Because(Flaw.Quorum, () => policy.Check(Cosigned("1")));
    }

    [Fact]
    public void The_log_signs_under_its_origin()
    {
        using var log = SignerKey.Parse(GoldenLog.Key);
        var policy = Parse($"{Log}witness w {Witnesses[0]}\nquorum none\n");
        Refused.Because(Flaw.Log, () => policy.Check(new Checkpoint("example.com/other", 15, GoldenLog.Edge(15).Root).Sign(log)));
        Refused.Because(Flaw.Unsigned, () => policy.Check(new Note(GoldenLog.Checkpoint(15).ToString(), [])));
        Refused.Because(Flaw.Log, () => policy.Check(new Note(GoldenLog.Checkpoint(15).ToString(), Cosigned("0").Signatures.Skip(1))));
        Refused.Because(Flaw.Checkpoint, () => policy.Check(new Note("text\n", [log.Sign("text\n")])));
        Refused.Because(Flaw.Log, () => Parse("quorum none\n").Check(Cosigned("")));
    }

    [Fact]
    public void Another_known_log_does_not_sign_for_this_one()
    {
        using var other = new SignerKey("example.com/other", SignatureType.Ed25519, GoldenLog.WitnessSeed);
        var policy = Parse($"{Log}log {other.Verifier}\nquorum none\n");
        var text = GoldenLog.Checkpoint(15).ToString();
        Refused.Because(Flaw.Log, () => policy.Check(new Note(text, [other.Sign(text)])));
    }

    [Fact]
    public void A_bad_signature_of_any_known_key_spoils_the_checkpoint()
    {
        var note = Cosigned("0");
        var forged = new Note(note.Text, [note.Signatures[0], note.Signatures[1] with { Bytes = new byte[72] }]);
        Refused.Because(Flaw.Signature, () => Parse($"{Log}witness w {Witnesses[0]}\nquorum none\n").Check(forged));
        Parse($"{Log}witness w {Witnesses[1]}\nquorum none\n").Check(forged).Cosignatures.ShouldBeEmpty();
    }

    public static TheoryData<string, Flaw> Wrong => new()
    {
        { "", Flaw.Policy },
        { Log, Flaw.Policy },
        { $"{Log}quorum none", Flaw.Policy },
        { $"{Log}quorum none\nquorum none\n", Flaw.Policy },
        { $"{Log}quorum w\n", Flaw.Policy },
        { $"{Log}quorum w\nwitness w {Witnesses[0]}\n", Flaw.Policy },
        { $"{Log}{Log}quorum none\n", Flaw.Policy },
        { $"{Log}quorum none none\n", Flaw.Policy },
        { "log\nquorum none\n", Flaw.Policy },
        { $"log {GoldenLog.PublicKey} url more\nquorum none\n", Flaw.Policy },
        { $"log {GoldenLog.WitnessKey}\nquorum none\n", Flaw.Policy },
        { $"log {GoldenLog.PublicKey}x\nquorum none\n", Flaw.Base64 },
        { $"log x{GoldenLog.PublicKey}\nquorum none\n", Flaw.KeyId },
        { $"witness w {GoldenLog.PublicKey}\nquorum none\n", Flaw.Policy },
        { "witness w\nquorum none\n", Flaw.Policy },
        { $"witness none {Witnesses[0]}\nquorum none\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\nwitness w {Witnesses[1]}\nquorum w\n", Flaw.Policy },
        { $"witness v {Witnesses[0]}\nwitness w {Witnesses[0]}\nquorum w\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup g 0 w\nquorum g\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup g 2 w\nquorum g\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup g 01 w\nquorum g\n", Flaw.Number },
        { $"witness w {Witnesses[0]}\ngroup g most w\nquorum g\n", Flaw.Number },
        { $"witness w {Witnesses[0]}\ngroup g any\nquorum g\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup g any w w\nquorum g\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup g any w\ngroup h any w\nquorum g\n", Flaw.Policy },
        { $"witness w {Witnesses[0]}\ngroup w any w\nquorum w\n", Flaw.Policy },
        { "group g any g\nquorum g\n", Flaw.Policy },
        { "group g any none\nquorum g\n", Flaw.Policy },
        { $"Log {GoldenLog.PublicKey}\nquorum none\n", Flaw.Policy },
        { $"{Log}quorum none\r\n", Flaw.Policy },
        { $"{Log}quorum none\nmore\n", Flaw.Policy },
        { string.Concat(Enumerable.Repeat("quorum none\n", 1_001)), Flaw.Policy },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Anything_else_is_no_policy(string policy, Flaw flaw) => Refused.Because(flaw, () => Parse(policy));

    [Fact]
    public void Names_are_octets()
    {
        // Not UTF-8, and yet a name.
        byte[] name = [0xE2, 0x84];
        var file = Encoding.Latin1.GetBytes($"{Log}witness {Encoding.Latin1.GetString(name)} {Witnesses[0]}\nquorum {Encoding.Latin1.GetString(name)}\n");
        TrustPolicy.Parse(file).Check(Cosigned("0")).Cosignatures.Count.ShouldBe(1);
        using var log = new SignerKey("南湖.example", SignatureType.Ed25519, GoldenLog.WitnessSeed);
        TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {log.Verifier}\nquorum none\n")).Logs[0].Name.ShouldBe("南湖.example");
    }

    private static SignerKey Witness(int at) => new(string.Create(CultureInfo.InvariantCulture, $"witness.example/{at}"), SignatureType.Cosignature, Enumerable.Repeat((byte)(at + 1), 32).ToArray());

    private static Note Cosigned(string cosigners)
    {
        using var log = SignerKey.Parse(GoldenLog.Key);
        var checkpoint = GoldenLog.Checkpoint(15);
        return cosigners.Aggregate(checkpoint.Sign(log), (note, at) =>
        {
            using var witness = Witness(at - '0');
            return note.With(witness.Cosign(checkpoint, 7));
        });
    }

    private static TrustPolicy Parse(string policy) => TrustPolicy.Parse(Encoding.UTF8.GetBytes(policy));
}
