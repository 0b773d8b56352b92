using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Specs.Proof;
using Luodi.Witness;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Witness;

/// <summary>What a witness cosigns, and what it answers to the rest (https://c2sp.org/tlog-witness).</summary>
public sealed class AddCheckpointSpec : IDisposable
{
    private readonly GrowingLog _log = new();
    private readonly GrowingLog _forked = new(fork: 5);

    [Fact]
    public void A_log_that_was_never_seen_begins_empty()
    {
        Given().When(_log.Body(0, 7)).ThenCosigned(7);
        Given().When(_log.Body(0, 0)).ThenCosigned(0);
    }

    [Fact]
    public void A_log_that_has_grown_is_cosigned() => Given(7).When(_log.Body(7, 20)).ThenCosigned(20);

    [Fact]
    public void The_same_checkpoint_is_cosigned_again() => Given(7).When(_log.Body(7, 7)).ThenCosigned(7);

    [Fact]
    public void Who_begins_elsewhere_hears_where_to_begin()
    {
        Given(7).When(_log.Body(0, 20)).ThenConflict(7);
        Given(7).When(_log.Body(6, 20)).ThenConflict(7);
        Given(7).When(_log.Body(8, 20)).ThenConflict(7);
        // A replay of what was cosigned before what was cosigned last.
        Given(20).When(_log.Body(0, 7)).ThenConflict(20);
        Given(20).When(_log.Body(7, 7)).ThenConflict(20);
        Given().When(_log.Body(7, 20)).ThenConflict(0);
    }

    [Fact]
    public void A_log_that_has_changed_what_was_there_is_not_cosigned()
    {
        Given(7).When(_forked.Body(7, 20)).ThenRefused(422);
        Given(7).When(_forked.Body(7, 7)).ThenRefused(422);
        // Up to its fork it is one log.
        Given(5).When(_forked.Body(5, 20)).ThenCosigned(20);
    }

    [Fact]
    public void A_proof_is_exactly_that_of_its_sizes()
    {
        Given(7).When(new AddCheckpointRequest(7, [.. _log.Path(7, 20), default], _log.Signed(20)).ToArray()).ThenRefused(422);
        Given(7).When(new AddCheckpointRequest(7, [.. _log.Path(7, 20).Skip(1)], _log.Signed(20)).ToArray()).ThenRefused(422);
        Given(7).When(new AddCheckpointRequest(7, _log.Path(7, 19), _log.Signed(20)).ToArray()).ThenRefused(422);
        Given().When(new AddCheckpointRequest(0, [default], _log.Signed(20)).ToArray()).ThenRefused(422);
        Given(7).When(new AddCheckpointRequest(7, [default], _log.Signed(7)).ToArray()).ThenRefused(422);
    }

    [Fact]
    public void An_empty_log_has_the_root_of_the_empty_tree()
    {
        var text = $"{_log.Key.Name}\n0\n{_log.At(7).Root}\n";
        Given().When(new AddCheckpointRequest(0, [], new(text, [_log.Sign(text)])).ToArray()).ThenRefused(422);
    }

    [Fact]
    public void The_old_size_is_not_above_the_new_one() => Given(20).When(new AddCheckpointRequest(20, [], _log.Signed(7)).ToArray()).ThenRefused(400);

    [Fact]
    public void Only_known_logs_are_witnessed()
    {
        using var other = new GrowingLog("log.example/other");
        Given(7).When(other.Body(0, 7)).ThenRefused(404);
    }

    [Fact]
    public void The_log_itself_has_signed()
    {
        using var impostor = new GrowingLog(seed: 2);
        Given(7).When(impostor.Body(7, 20)).ThenRefused(403);
        var note = _log.Signed(20);
        Given(7).When(new AddCheckpointRequest(7, _log.Path(7, 20), new(note.Text, [note.Signatures[0] with { Bytes = new byte[64] }])).ToArray()).ThenRefused(403);
        // One signature that does not hold spoils the note, whatever else stands there.
        Given(7).When(new AddCheckpointRequest(7, _log.Path(7, 20), note.With(note.Signatures[0] with { Bytes = new byte[64] })).ToArray()).ThenRefused(403);
        // Strangers' signatures are passed over.
        Given(7).When(new AddCheckpointRequest(7, _log.Path(7, 20), note.With(impostor.Signed(20).Signatures[0])).ToArray()).ThenCosigned(20);
    }

    [Fact]
    public void A_new_key_of_a_known_log_signs_beside_the_old_one()
    {
        using var renewed = new GrowingLog(seed: 2);
        var (submission, _) = AddCheckpointFeature.Read(renewed.Body(7, 20), [_log.Key, renewed.Key]);
        submission!.Origin.ShouldBe(_log.Key.Name);
        submission.Signed.Signatures.ShouldHaveSingleItem().KeyId.ShouldBe(renewed.Key.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old")]
    [InlineData("old 7\n")]
    [InlineData("old 7\n\n")]
    [InlineData("old 7\n\ntext\n")]
    [InlineData("old 07\n\nCHECKPOINT")]
    [InlineData("old -7\n\nCHECKPOINT")]
    [InlineData("old  7\n\nCHECKPOINT")]
    [InlineData("old 7 \n\nCHECKPOINT")]
    [InlineData("old 9223372036854775808\n\nCHECKPOINT")]
    [InlineData("Old 7\n\nCHECKPOINT")]
    [InlineData("\nold 7\n\nCHECKPOINT")]
    [InlineData("old 7\r\n\r\nCHECKPOINT")]
    [InlineData("old 7\nnot base64\n\nCHECKPOINT")]
    [InlineData("old 7\nAAAA\n\nCHECKPOINT")]
    public void Anything_else_is_no_request(string body) => Given(7).When(Encoding.UTF8.GetBytes(body.Replace("CHECKPOINT", _log.Signed(20).ToString(), StringComparison.Ordinal))).ThenRefused(400);

    [Fact]
    public void A_proof_has_63_hashes_at_most()
    {
        var lines = string.Concat(Enumerable.Repeat($"{default(Digest)}\n", 64));
        Given(7).When(Encoding.UTF8.GetBytes($"old 7\n{lines}\n{_log.Signed(20)}")).ThenRefused(400);
        Refused.Because(Flaw.PathLength, () => new AddCheckpointRequest(7, new Digest[64], _log.Signed(20)));
        Given(7).When(new AddCheckpointRequest(7, new Digest[63], _log.Signed(20)).ToArray()).ThenRefused(422);
    }

    [Fact]
    public void A_signed_text_that_is_no_checkpoint_is_no_request()
    {
        foreach (var text in new[] { $"{_log.Key.Name}\n", $"{_log.Key.Name}\n20\n", $"{_log.Key.Name}\n020\n{_log.At(20).Root}\n" })
        {
            Given(7).When(new AddCheckpointRequest(7, [], new(text, [_log.Sign(text)])).ToArray()).ThenRefused(400);
        }
    }

    [Fact]
    public void No_bit_of_a_request_can_be_changed()
    {
        var body = _log.Body(7, 20);
        for (var at = 0; at < body.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = body.ToArray();
                changed[at] ^= (byte)(1 << bit);
                Given(7).When(changed).Answer.ShouldNotBeOfType<Answer.Cosign>($"bit {bit} of byte {at}");
            }
            Given(7).When(body[..at]).Answer.ShouldNotBeOfType<Answer.Cosign>($"only {at} bytes");
        }
    }

    [Fact]
    public void A_request_is_written_as_it_was_read()
    {
        var body = _log.Body(7, 20);
        AddCheckpointRequest.Parse(body).ToArray().ShouldBe(body);
        Encoding.UTF8.GetString(body).ShouldStartWith($"old 7\n{_log.Path(7, 20)[0]}\n");
    }

    [Fact]
    public void What_a_witness_answers_is_checked()
    {
        using var witness = new SignerKey("witness.example/w", SignatureType.Cosignature, Enumerable.Repeat((byte)9, 32).ToArray());
        using var other = new SignerKey("witness.example/v", SignatureType.Cosignature, Enumerable.Repeat((byte)8, 32).ToArray());
        var sent = _log.Signed(20);
        byte[] Lines(params NoteSignature[] signatures) => Encoding.UTF8.GetBytes(string.Concat(signatures.Select(signature => $"{signature}\n")));
        WitnessAnswer Read(int status, byte[] body, string? type = null) => WitnessAnswer.Read(status, type, body, sent, witness.Verifier);

        var cosigned = Read(200, Lines(other.Cosign(_log.At(20), 5), witness.Cosign(_log.At(20), 5))).ShouldBeOfType<WitnessAnswer.Cosigned>();
        cosigned.Checkpoint.Signatures.Select(signature => signature.KeyName).ShouldBe([_log.Key.Name, "witness.example/w"]);
        cosigned.Checkpoint.Verify([witness.Verifier]).ShouldHaveSingleItem().UnixTime.ShouldBe(5);
        Refused.Because(Flaw.Signature, () => Read(200, Lines(witness.Cosign(_log.At(19), 5))));
        Refused.Because(Flaw.Unsigned, () => Read(200, Lines(other.Cosign(_log.At(20), 5))));
        Refused.Because(Flaw.Note, () => Read(200, []));
        Read(409, "7\n"u8.ToArray(), "text/x.tlog.size").ShouldBe(new WitnessAnswer.Knows(7));
        Read(409, "7\n"u8.ToArray(), "text/plain").ShouldBe(new WitnessAnswer.Refused(409));
        Refused.Because(Flaw.Number, () => Read(409, "07\n"u8.ToArray(), "text/x.tlog.size"));
        Read(422, []).ShouldBe(new WitnessAnswer.Refused(422));
    }

    public void Dispose()
    {
        _log.Dispose();
        _forked.Dispose();
    }

    /// <summary>The witness has last cosigned the log at this size.</summary>
    private Witnessed Given(int size = 0) => new(size == 0 ? Seen.Nothing : new(size, _log.At(size).Root), _log.Key);

    private sealed record Witnessed(Seen Seen, VerifierKey Log)
    {
        public Answered When(byte[] body)
        {
            var (submission, refusal) = AddCheckpointFeature.Read(body, [Log]);
            return new(submission is null ? refusal! : AddCheckpointFeature.Decide(Seen, submission.Request));
        }
    }

    private sealed record Answered(Answer Answer)
    {
        public void ThenCosigned(long size) => Answer.ShouldBeOfType<Answer.Cosign>().Checkpoint.Size.ShouldBe(size);

        public void ThenConflict(long size) => Answer.ShouldBe(new Answer.Conflict(size));

        public void ThenRefused(int status) => Answer.ShouldBeOfType<Answer.Refuse>().Status.ShouldBe(status);
    }
}
