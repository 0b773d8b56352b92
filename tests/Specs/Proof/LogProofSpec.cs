using System.Text;
using CsCheck;
using Luodi.Contracts.Wire;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;
using Luodi.Specs.Wire;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>That an entry stands in the log, in one file (https://c2sp.org/tlog-proof).</summary>
public sealed class LogProofSpec
{
    private static readonly TrustPolicy Policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {GoldenLog.PublicKey}\nwitness w1 {GoldenLog.WitnessKey}\nquorum w1\n"));

    [Fact]
    public void The_file_is_the_index_the_path_and_the_checkpoint() => GoldenLog.Proof(14, "extra"u8.ToArray()).ToString().ShouldBe(
        $"c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 14\n{string.Concat(GoldenLog.Path(14).Select(hash => $"{hash}\n"))}\n{GoldenLog.Checkpoint15}{GoldenLog.WitnessLine}");

    [Fact]
    public void Every_entry_is_proven_offline()
    {
        for (var index = 0; index < 15; index++)
        {
            var file = GoldenLog.Proof(index, index % 2 == 0 ? default : "extra"u8.ToArray()).ToArray();
            var proof = LogProof.Parse(file);
            proof.ToArray().ShouldBe(file);
            var trusted = proof.Verify(MerkleTree.Leaf(GoldenLog.Entries[index]), Policy);
            (trusted.Checkpoint.Origin, trusted.Checkpoint.Size, trusted.Cosignatures.Single().UnixTime).ShouldBe((GoldenLog.Origin, 15, GoldenLog.WitnessedAt));
            Refused.Because(Flaw.Root, () => proof.Verify(MerkleTree.Leaf([.. GoldenLog.Entries[index], 0]), Policy));
        }
    }

    [Fact]
    public void A_log_of_one_entry_is_proven_without_a_path()
    {
        using var log = SignerKey.Parse(GoldenLog.Key);
        using var witness = new SignerKey("witness.example/w1", SignatureType.Cosignature, GoldenLog.WitnessSeed);
        var checkpoint = GoldenLog.Checkpoint(1);
        var proof = new LogProof(0, [], checkpoint.Sign(log).With(witness.Cosign(checkpoint, 1)));
        LogProof.Parse(proof.ToArray()).Verify(GoldenLog.Leaves[0], Policy).Checkpoint.Size.ShouldBe(1);
    }

    [Fact]
    public void No_bit_of_the_file_can_be_changed_and_no_byte_lost_or_added()
    {
        var file = GoldenLog.Proof(9).ToArray();
        for (var at = 0; at < file.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = file.ToArray();
                changed[at] ^= (byte)(1 << bit);
                Fails(changed, 9, $"bit {bit} of byte {at}");
            }
            Fails([.. file[..at], .. file[(at + 1)..]], 9, $"byte {at} lost");
            Fails([.. file[..at], file[at], .. file[at..]], 9, $"byte {at} twice");
            Fails(file[..at], 9, $"only {at} bytes");
        }
        Fails([.. file, (byte)'\n'], 9, "a line more");
    }

    [Fact]
    public void No_line_can_be_lost_moved_or_repeated()
    {
        var lines = Encoding.UTF8.GetString(GoldenLog.Proof(9).ToArray()).Split('\n')[..^1];
        string File(IEnumerable<string> kept) => string.Concat(kept.Select(line => line + "\n"));
        for (var at = 0; at < lines.Length; at++)
        {
            Fails(Encoding.UTF8.GetBytes(File([.. lines[..at], .. lines[(at + 1)..]])), 9, $"line {at} lost");
            // The same signature twice says nothing more, and nothing less.
            if (!lines[at].StartsWith('\u2014')) Fails(Encoding.UTF8.GetBytes(File([.. lines[..at], lines[at], .. lines[at..]])), 9, $"line {at} twice");
            if (at > 0 && !(lines[at].StartsWith('\u2014') && lines[at - 1].StartsWith('\u2014'))) Fails(Encoding.UTF8.GetBytes(File([.. lines[..(at - 1)], lines[at], lines[at - 1], .. lines[(at + 1)..]])), 9, $"line {at} moved");
        }
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\n", Flaw.ProofFile)]
    [InlineData("c2sp.org/tlog-proof@v1\n", "", Flaw.ProofFile)]
    [InlineData("index 9\n", "extra !\nindex 9\n", Flaw.Base64)]
    [InlineData("index 9\n", "extra \nindex 9\n", Flaw.ProofFile)]
    [InlineData("index 9\n", "extra AA==\nextra AA==\nindex 9\n", Flaw.ProofFile)]
    [InlineData("index 9\n", "index 9\nextra AA==\n", Flaw.Base64)]
    [InlineData("index 9\n", "", Flaw.ProofFile)]
    [InlineData("index 9\n", "index notanumber\n", Flaw.Number)]
    [InlineData("index 9\n", "index -5\n", Flaw.Number)]
    [InlineData("index 9\n", "index 09\n", Flaw.Number)]
    [InlineData("index 9\n", "index  9\n", Flaw.Number)]
    [InlineData("index 9\n", "index 9 \n", Flaw.Number)]
    [InlineData("index 9\n", "index \n", Flaw.Number)]
    [InlineData("index 9\n", "index 9223372036854775808\n", Flaw.Number)]
    [InlineData("index 9\n", "Index 9\n", Flaw.ProofFile)]
    [InlineData("index 9\n", "index 9\nnot base64\n", Flaw.Base64)]
    [InlineData("index 9\n", "index 9\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n", Flaw.DigestLength)]
    [InlineData("index 9\n", "index 9\n\n", Flaw.Number)]
    public void Anything_else_is_no_proof(string line, string other, Flaw flaw) =>
        Refused.Because(flaw, () => LogProof.Parse(Encoding.UTF8.GetBytes(GoldenLog.Proof(9).ToString().Replace(line, other, StringComparison.Ordinal))).Verify(GoldenLog.Leaves[9], Policy));

    [Theory]
    [InlineData(8, Flaw.Root)]
    [InlineData(10, Flaw.Root)]
    [InlineData(14, Flaw.PathLength)]
    [InlineData(15, Flaw.Bounds)]
    public void An_entry_is_proven_at_its_place_only(int index, Flaw flaw)
    {
        var proof = GoldenLog.Proof(9);
        Refused.Because(flaw, () => new LogProof(index, proof.Path, proof.Checkpoint).Verify(GoldenLog.Leaves[9], Policy));
    }

    [Fact]
    public void The_size_is_the_one_that_was_signed()
    {
        foreach (var size in new[] { 14, 16 })
        {
            Refused.Because(Flaw.Signature, () => LogProof.Parse(Encoding.UTF8.GetBytes(GoldenLog.Proof(9).ToString().Replace("\n15\n", $"\n{size}\n", StringComparison.Ordinal))).Verify(GoldenLog.Leaves[9], Policy));
        }
    }

    [Fact]
    public void Lines_and_paths_have_a_length()
    {
        var longest = new byte[Base64Bytes];
        LogProof.Parse(GoldenLog.Proof(9, longest).ToArray()).Extra.Length.ShouldBe(Base64Bytes);
        Refused.Because(Flaw.LineLength, () => LogProof.Parse(GoldenLog.Proof(9, new byte[Base64Bytes + 3]).ToArray()));
        Refused.Because(Flaw.PathLength, () => LogProof.Parse(Encoding.UTF8.GetBytes(GoldenLog.Proof(9).ToString().Replace("index 9\n", $"index 9\n{string.Concat(Enumerable.Repeat(default(Digest) + "\n", 60))}", StringComparison.Ordinal))));
        Refused.Because(Flaw.Bounds, () => new LogProof(-1, [], GoldenLog.Proof(9).Checkpoint));
    }

    private const int Base64Bytes = 49_146;

    [Fact]
    public void Whatever_is_read_is_refused_with_its_flaw_or_says_what_its_bytes_say()
    {
        (string Text, Func<byte[], byte[]> Again)[] readers =
        [
            (GoldenLog.Proof(9, "extra"u8.ToArray()).ToString(), bytes => LogProof.Parse(bytes).ToArray()),
            (GoldenLog.Checkpoint15 + GoldenLog.WitnessLine, bytes => Note.Parse(bytes).ToArray()),
            (GoldenLog.Checkpoint(15).ToString(), bytes => Encoding.Latin1.GetBytes(Checkpoint.Parse(Encoding.Latin1.GetString(bytes)).ToString())),
            (GoldenLog.WitnessKey, bytes => Encoding.Latin1.GetBytes(VerifierKey.Parse(Encoding.Latin1.GetString(bytes)).ToString())),
            ("tile/0/x001/067.p/112", bytes => Encoding.Latin1.GetBytes(TileName.Parse(Encoding.Latin1.GetString(bytes)).ToString())),
            ("tile/entries/x001/x234/067", bytes => Encoding.Latin1.GetBytes(TileName.Parse(Encoding.Latin1.GetString(bytes)).ToString())),
            ("\0\u0003one\0\u0003two\0\u0003six", bytes => EntryBundle.Write(EntryBundle.Read(new(level: null, 0, 3), bytes))),
            (Encoding.UTF8.GetString(EventLeaf.Entry(CloudEventSpec.Sample)), bytes => Canonical.Bytes(EventLeaf.ReadHeader(bytes))),
            ($"log {GoldenLog.PublicKey}\nwitness w1 {GoldenLog.WitnessKey}\nquorum w1\n", bytes => TrustPolicy.Parse(bytes) is null ? [] : bytes),
        ];
        // A few stretches are cut out, and others put in: of the text itself, of what its grammar likes, or of any bytes.
        var piece = Gen.OneOf<byte[]>(Gen.Byte.Array[0, 4], Gen.OneOf("\n", "\n\n", " ", "+", "0", "/", ".p/", "=", "\u2014 ", "x000/", "index ", "extra ", "-1", "99999999999999999999", "\"", "\\ud800").Select(Encoding.UTF8.GetBytes));
        Gen.Select(Gen.Int[0, readers.Length - 1], Gen.Select(Gen.Int[0, 2_000], Gen.Int[0, 12], piece).Array[1, 4]).Sample((which, edits) =>
        {
            var bytes = Encoding.UTF8.GetBytes(readers[which].Text);
            foreach (var (at, cut, put) in edits)
            {
                var start = at % (bytes.Length + 1);
                bytes = [.. bytes[..start], .. put, .. bytes[int.Min(bytes.Length, start + cut)..]];
            }
            try
            {
                readers[which].Again(bytes).ShouldBe(bytes);
            }
            catch (ProofException)
            {
            }
        }, iter: 20_000, print: sample => $"{sample.Item1}: {string.Join(", ", sample.Item2.Select(edit => $"{edit.Item1} -{edit.Item2} +{Convert.ToHexString(edit.Item3)}"))}");
    }

    private static void Fails(byte[] file, int index, string change)
    {
        try
        {
            LogProof.Parse(file).Verify(GoldenLog.Leaves[index], Policy);
        }
        catch (ProofException)
        {
            return;
        }
        Assert.Fail($"Accepted with {change}.");
    }
}
