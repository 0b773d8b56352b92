using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using Luodi.Contracts.Wire;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Packs;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof.Packs;

/// <summary>What an evidence pack shows, and that nothing in it can be changed.</summary>
public sealed class PackCheckSpec : IDisposable
{
    private readonly GoldenPack _golden = new();

    [Fact]
    public void A_few_events_are_shown_to_stand_in_the_log()
    {
        var verdict = _golden.Check(GoldenPack.Zip(_golden.Few()));
        verdict.Proven.ShouldBeTrue(Said(verdict));
        verdict.Findings.Select(finding => (finding.Claim, finding.Ruling)).ShouldBe(
        [
            (Claim.Archive, Ruling.Shown), (Claim.Pinned, Ruling.Shown), (Claim.Checkpoint, Ruling.Shown), (Claim.OtherCheckpoints, Ruling.Shown),
            // That there are no other events is not shown by a few.
            (Claim.Complete, Ruling.NotShown),
            (Claim.SameLog, Ruling.Shown), (Claim.Events, Ruling.Shown), (Claim.Payloads, Ruling.Shown),
            (Claim.Younger, Ruling.NotShown),
        ]);
        verdict.Findings[^1].Values.ShouldBe([1L, 100L]);
    }

    [Fact]
    public void With_all_entries_nothing_is_missing()
    {
        var verdict = _golden.Check(GoldenPack.Zip(_golden.Whole()));
        verdict.Proven.ShouldBeTrue(Said(verdict));
        verdict.Findings.ShouldContain(finding => finding.Claim == Claim.Complete && finding.Ruling == Ruling.Shown && finding.Values.SequenceEqual(new object[] { 300L, 2 }));
        // All entries show every checkpoint on the way, without proofs between them.
        _golden.Check(GoldenPack.Zip(_golden.Whole() with { Consistency = [] })).Proven.ShouldBeTrue();
        foreach (var size in new[] { 1, 2, 255, 256, 257 })
        {
            foreach (var pinned in new[] { 1, size / 2, size }) _golden.Check(GoldenPack.Zip(_golden.Whole(size)), _golden.Signed(pinned)).Proven.ShouldBeTrue($"{pinned} of {size}");
        }
    }

    [Fact]
    public void An_erased_payload_is_told_and_spoils_no_proof()
    {
        var verdict = _golden.Check(Without(GoldenPack.Files(_golden.Few()), "entries/42.payload"));
        verdict.Proven.ShouldBeTrue(Said(verdict));
        verdict.Findings.ShouldContain(finding => finding.Claim == Claim.Payloads && finding.Ruling == Ruling.NotShown && finding.Values.SequenceEqual(new object[] { 2, 1 }));
    }

    [Fact]
    public void The_auditor_s_checkpoint_may_be_older_younger_or_the_same()
    {
        using var longer = new GoldenPack(GoldenPack.Told(400));
        _golden.Check(GoldenPack.Zip(_golden.Few()), _golden.Signed(300)).Proven.ShouldBeTrue();
        longer.Check(GoldenPack.Zip(longer.Few() with { Consistency = [longer.Grown(100, 200), longer.Grown(200, 300), longer.Grown(300, 400)] }), longer.Signed(400)).Proven.ShouldBeTrue();
        // By way of a third that continues both.
        longer.Check(GoldenPack.Zip(longer.Few() with { Consistency = [longer.Grown(100, 400), longer.Grown(200, 400), longer.Grown(300, 400)] })).Proven.ShouldBeTrue();
        Fails(longer.Check(GoldenPack.Zip(longer.Few()), longer.Signed(400)), Flaw.Apart, "--checkpoint");
        Fails(_golden.Check(GoldenPack.Zip(_golden.Few()), _golden.Signed(150)), Flaw.Apart, "--checkpoint");
    }

    [Fact]
    public void Two_that_continue_a_third_may_be_a_fork()
    {
        // The log showed the auditor one history, and packs another; both begin with the same hundred entries, and the witness slept.
        using var forked = new GoldenPack(GoldenPack.Told(300).Select((told, at) => at < 150 ? told : told with { Subject = "forged" }));
        var pinned = _golden.Signed(200);
        var pack = forked.Few() with { Checkpoints = [forked.Signed(100)], Consistency = [forked.Grown(100, 300), _golden.Grown(100, 200)] };
        Fails(forked.Check(GoldenPack.Zip(pack), pinned), Flaw.Apart, "--checkpoint");
        Fails(forked.Check(GoldenPack.Zip(forked.Few()), pinned), Flaw.Root, "checkpoints/200");
        Fails(forked.Check(GoldenPack.Zip(forked.Whole() with { Checkpoints = [], Consistency = [] }), pinned), Flaw.Root, "--checkpoint");
        Fails(forked.Check(GoldenPack.Zip(forked.Few()), _golden.Signed(300)), Flaw.Root, "checkpoint");
        Fails(forked.Check(GoldenPack.Zip(forked.Whole()), _golden.Signed(151)), Flaw.Root, "--checkpoint");
        forked.Check(GoldenPack.Zip(forked.Whole()), _golden.Signed(150)).Proven.ShouldBeTrue();
    }

    [Fact]
    public void The_policy_is_the_auditor_s()
    {
        var pack = GoldenPack.Zip(_golden.Few());
        Fails(_golden.Check(pack, _golden.Sign(_golden.At(100), cosigned: false)), Flaw.Quorum, "--checkpoint");
        Fails(_golden.Check(pack, new Note(_golden.Signed(100).Text, _golden.Signed(200).Signatures)), Flaw.Signature, "--checkpoint");
        Fails(_golden.Check(GoldenPack.Zip(_golden.Few() with { Checkpoint = _golden.Sign(_golden.At(300), cosigned: false) })), Flaw.Quorum, "checkpoint");
        Fails(_golden.Check(GoldenPack.Zip(_golden.Few() with { Checkpoints = [_golden.Signed(100), _golden.Sign(_golden.At(200), cosigned: false)] })), Flaw.Quorum, "checkpoints/200");
        Fails(_golden.Check(GoldenPack.Zip(_golden.Few() with { Manifest = new("log.example/other", default) })), Flaw.Log, "--checkpoint");
    }

    public static TheoryData<string, Flaw, string> Dropped => new()
    {
        { "manifest.json", Flaw.PackPart, "manifest.json" },
        { "checkpoint", Flaw.PackPart, "checkpoint" },
        { "checkpoints/100", Flaw.Apart, "" },
        { "checkpoints/200", Flaw.PackPart, "" },
        { "consistency/100-200", Flaw.Apart, "--checkpoint" },
        { "consistency/200-300", Flaw.Apart, "--checkpoint" },
        { "entries/42.header", Flaw.PackPart, "entries/42.header" },
        { "entries/42.proof", Flaw.PackPart, "entries/42.proof" },
        { "log/tile/entries/000", Flaw.PackPart, "log/tile/entries/000" },
        { "log/tile/entries/001.p/44", Flaw.PackPart, "log/tile/entries/001.p/44" },
    };

    [Theory]
    [MemberData(nameof(Dropped))]
    public void What_is_missing_is_named(string name, Flaw flaw, string place)
    {
        var files = GoldenPack.Files(name.StartsWith("log/", StringComparison.Ordinal) ? _golden.Whole() : _golden.Few());
        var verdict = _golden.Check(Without(files, name));
        // The auditor's own is one of these, and a proof brings the checkpoint that it ends with.
        if (name.StartsWith("checkpoints/", StringComparison.Ordinal)) verdict.Proven.ShouldBeTrue(Said(verdict));
        else Fails(verdict, flaw, place);
    }

    [Fact]
    public void No_byte_of_any_file_can_be_changed()
    {
        foreach (var pack in new[] { _golden.Few(), _golden.Whole() with { Events = [_golden.Packed(3)], Checkpoints = [_golden.Signed(100)], Consistency = [_golden.Grown(100, 300)] } })
        {
            var files = GoldenPack.Files(pack);
            var flaws = new HashSet<Flaw>();
            for (var file = 0; file < files.Count; file++)
            {
                var (name, bytes) = files[file];
                // When it was made is a claim of the pack that nothing shows.
                var madeAt = name == "manifest.json" ? Encoding.UTF8.GetString(bytes).IndexOf("2023", StringComparison.Ordinal) : -1;
                for (var at = 0; at < bytes.Length; at += bytes.Length > 4_000 ? 1_613 : 11)
                {
                    if (madeAt >= 0 && at >= madeAt && at < madeAt + 27) continue;
                    var changed = bytes.ToArray();
                    changed[at] ^= (byte)(1 << (at % 8));
                    var verdict = _golden.Check(With(files, file, changed));
                    verdict.Proven.ShouldBeFalse($"{name}, byte {at}");
                    flaws.Add(verdict.Findings[^1].Flaw!.Value);
                }
                foreach (var changed in new byte[][] { [], bytes[..^1], [.. bytes, (byte)'\n'] }) _golden.Check(With(files, file, changed)).Proven.ShouldBeFalse($"{name} with {changed.Length} bytes");
            }
            flaws.Count.ShouldBeGreaterThan(8);
        }
    }

    [Fact]
    public void No_two_files_can_be_exchanged()
    {
        var files = GoldenPack.Files(_golden.Whole());
        for (var first = 0; first < files.Count; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var swapped = files.ToList();
                (swapped[first], swapped[second]) = ((files[first].Name, files[second].Bytes), (files[second].Name, files[first].Bytes));
                byte[] zip;
                try
                {
                    zip = GoldenPack.Zip(swapped);
                }
                catch (ProofException flaw) when (flaw.Flaw is Flaw.PackLimit)
                {
                    continue;
                }
                _golden.Check(zip).Proven.ShouldBeFalse($"{files[first].Name} with {files[second].Name}");
            }
        }
    }

    [Fact]
    public void A_file_under_another_name_is_not_what_it_says()
    {
        var files = GoldenPack.Files(_golden.Few());
        byte[] Of(string name) => files.Single(file => file.Name == name).Bytes;
        Fails(_golden.Check([.. files, ("entries/43.header", Of("entries/42.header")), ("entries/43.proof", Of("entries/42.proof"))]), Flaw.Place, "entries/43.proof");
        var proof = _golden.Packed(42).Proof;
        Fails(_golden.Check([.. files, ("entries/43.header", Of("entries/42.header")), ("entries/43.proof", new LogProof(43, proof.Path, proof.Checkpoint).ToArray())]), Flaw.Root, "entries/43.proof");
        Fails(_golden.Check([.. files, ("entries/43.payload", Of("entries/42.payload"))]), Flaw.PackPart, "entries/43.header");
        Fails(_golden.Check([.. files, ("checkpoints/150", Of("checkpoints/200"))]), Flaw.Place, "checkpoints/150");
        Fails(_golden.Check([.. files, ("consistency/100-300", Of("consistency/200-300"))]), Flaw.Place, "consistency/100-300");
        Fails(_golden.Check([.. files, ("consistency/150-200", _golden.Grown(150, 200).ToArray())]), Flaw.PackPart, "consistency/150-200");
        // What the pack does not need, and nothing joins to it, does not stay in it unsaid.
        Fails(_golden.Check([.. files, ("checkpoints/150", _golden.Signed(150).ToArray())]), Flaw.Apart, "checkpoints/150");
        Fails(_golden.Check(With(files, "entries/42.proof", _golden.Packed(42, 200).Proof.ToArray())), Flaw.Apart, "entries/42.proof");
        Fails(_golden.Check([.. files, ("log/tile/entries/000", [])]), Flaw.Bundle, "log/tile/entries/000");
        Fails(_golden.Check([.. files, ("log/tile/entries/001", [])]), Flaw.PackPart, "log/tile/entries/000");
        var whole = GoldenPack.Files(_golden.Whole());
        Fails(_golden.Check([.. whole, ("log/tile/entries/002", whole.Single(file => file.Name == "log/tile/entries/000").Bytes)]), Flaw.PackPart, "log/tile/entries/002");
    }

    public static TheoryData<string, Flaw> Tampered => new()
    {
        { "edited", Flaw.Root },
        { "deleted", Flaw.Bundle },
        { "inserted", Flaw.Bundle },
        { "replaced by its neighbour", Flaw.Twice },
        { "exchanged with its neighbour", Flaw.Root },
        { "exchanged with the next of its source", Flaw.Chain },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public void An_entry_of_the_whole_log_is_not(string what, Flaw flaw)
    {
        foreach (var index in new[] { 0, 1, 100, 253, 257, 297 })
        {
            var entries = _golden.Headers.ToList();
            switch (what)
            {
                case "edited":
                    entries[index] = EventLeaf.Entry(_golden.Events[index] with { Actor = "somebody" });
                    break;
                case "deleted":
                    entries.RemoveAt(index);
                    break;
                case "inserted":
                    entries.Insert(index, EventLeaf.Entry(_golden.Events[index] with { Id = Guid.CreateVersion7() }));
                    break;
                case "replaced by its neighbour":
                    entries[index + 1] = entries[index];
                    break;
                default:
                    var other = index + (flaw == Flaw.Root ? 1 : 2);
                    (entries[index], entries[other]) = (entries[other], entries[index]);
                    break;
            }
            var pack = _golden.Whole();
            byte[] Bundle(IEnumerable<byte[]> some) => [.. some.SelectMany(entry => new byte[] { (byte)(entry.Length >> 8), (byte)entry.Length }.Concat(entry))];
            var files = GoldenPack.Files(pack);
            files = With(With(files, "log/tile/entries/000", Bundle(entries.Take(256))), "log/tile/entries/001.p/44", Bundle(entries.Skip(256)));
            var verdict = _golden.Check(files);
            verdict.Proven.ShouldBeFalse();
            var finding = verdict.Findings[^1];
            // A row less or more may first be seen as a hole, or as one that stands there before.
            (finding.Claim, finding.Ruling).ShouldBe((Claim.Complete, Ruling.Disproven));
            if (flaw == Flaw.Bundle) finding.Flaw!.Value.ShouldBeOneOf(Flaw.Bundle, Flaw.Chain, Flaw.Twice, Flaw.Root);
            else finding.Flaw.ShouldBe(flaw, $"{what} at {index}");
        }
    }

    [Fact]
    public void A_log_that_left_an_event_out_is_found_though_it_signs_for_the_rest()
    {
        var told = GoldenPack.Told(301).ToList();
        CloudEvent[] Without(int at) => [.. told[..at], .. told[(at + 1)..]];
        CloudEvent[] Swapped(int at) => [.. told[..at], told[at + 2], told[at + 1], told[at], .. told[(at + 3)..]];
        CloudEvent[] Twice(int at) => [.. told[..(at + 1)], told[at], .. told[(at + 1)..^2]];
        foreach (var (events, flaw) in new[] { (Without(120), Flaw.Chain), (Without(0), Flaw.Chain), (Swapped(50), Flaw.Chain), (Twice(60), Flaw.Twice) })
        {
            using var log = new GoldenPack(events);
            var verdict = log.Check(GoldenPack.Zip(log.Whole(300)), log.Signed(300));
            Fails(verdict, flaw, "log/tile/entries/000");
        }
        using var swapped = new GoldenPack(Swapped(50));
        Fails(swapped.Check(GoldenPack.Zip(swapped.Few() with { Events = [swapped.Packed(50), swapped.Packed(52)] })), Flaw.Chain, "entries/52.header");
        using var twice = new GoldenPack(Twice(60));
        Fails(twice.Check(GoldenPack.Zip(twice.Few() with { Events = [twice.Packed(60), twice.Packed(61)] })), Flaw.Twice, "entries/61.header");
    }

    [Fact]
    public void A_figure_is_calculated_from_the_events_or_not_shown()
    {
        var figure = JsonSerializer.SerializeToElement(new { kind = "sum", amount = 42 });
        var pack = GoldenPack.Zip(_golden.Few(figure));
        Fails(_golden.Check(pack), Flaw.Figure, "manifest.json");
        var seen = new List<VerifiedEvent>();
        var verdict = _golden.Check(pack, figure: (asked, events, _) =>
        {
            asked.GetProperty("amount").GetInt32().ShouldBe(42);
            seen.AddRange(events);
            return [new(Claim.Figure, Ruling.Shown, [])];
        });
        verdict.Proven.ShouldBeTrue(Said(verdict));
        seen.Select(each => each.Index).ShouldBe([3L, 42L, 299L]);
        seen[1].Payload!.Value.ToArray().ShouldBe(EventLeaf.Payload(_golden.Events[42]));
        seen[1].Header.GetProperty("source").GetString().ShouldBe("/nanhu/signings");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"figure":null,"format":"luodi-evidence/2","madeAt":"2023-10-01T00:00:00.000000Z","origin":"o"}""")]
    [InlineData("""{"figure":null,"format":"luodi-evidence/1","madeAt":"2023-10-01","origin":"o"}""")]
    [InlineData("""{"figure":[],"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":"o"}""")]
    [InlineData("""{"figure":null,"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","more":1,"origin":"o"}""")]
    [InlineData("""{"figure":null,"figure":null,"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":"o"}""")]
    [InlineData("""{"figure": null,"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":"o"}""")]
    [InlineData("""{"figure":null,"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":"\ud800"}""")]
    [InlineData("""{"figure":null,"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":1}""")]
    public void Anything_else_is_no_manifest(string json) => Refused.Because(Flaw.Manifest, () => PackManifest.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_manifest_is_no_deeper_than_anybody_reads()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}1{new string('}', 100_000)}";
        Refused.Because(Flaw.Manifest, () => PackManifest.Parse(Encoding.UTF8.GetBytes($$"""{"figure":{{deep}},"format":"luodi-evidence/1","madeAt":"2023-10-01T00:00:00.000000Z","origin":"o"}""")));
        Fails(_golden.Check(With(GoldenPack.Files(_golden.Few()), "entries/42.header", Encoding.UTF8.GetBytes(deep[..60_000]))), Flaw.Root, "entries/42.proof");
    }

    [Fact]
    public void A_header_read_in_one_pass_is_what_the_long_way_reads()
    {
        var header = _golden.Headers[42];
        EventHeader.Read(header).ShouldBe(new EventHeader("/nanhu/signings", _golden.Events[42].Id, _golden.Events[42].Sequence, _golden.Events[42].Previous));
        var strange = EventLeaf.Entry(_golden.Events[42] with { Source = "/南湖/\"signings\"\n", Actor = null });
        EventHeader.Read(strange).Source.ShouldBe("/南湖/\"signings\"\n");
        var piece = Gen.OneOf<byte[]>(Gen.Byte.Array[0, 3], Gen.OneOf("\"", ",", ":", "null", "\\u0041", "\\", "{}", " ", "\"data\":null,", "1", "}", "\u00e9").Select(Encoding.UTF8.GetBytes));
        Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 3], piece).Array[1, 2].Sample(edits =>
        {
            var bytes = header;
            foreach (var (at, cut, put) in edits)
            {
                var start = at % (bytes.Length + 1);
                bytes = [.. bytes[..start], .. put, .. bytes[int.Min(bytes.Length, start + cut)..]];
            }
            try
            {
                EventHeader.Read(bytes);
            }
            catch (ProofException)
            {
                return;
            }
            EventLeaf.ReadHeader(bytes);
        }, iter: 20_000);
    }

    [Fact]
    public void Whatever_is_done_to_its_bytes_a_pack_shows_nothing_else()
    {
        var pack = GoldenPack.Zip(_golden.Whole());
        var files = GoldenPack.Files(_golden.Whole());
        Gen.Select(Gen.Int[0, pack.Length - 1], Gen.Int[0, 3], Gen.Byte.Array[0, 3]).Array[1, 3].Sample(edits =>
        {
            var bytes = pack;
            foreach (var (at, cut, put) in edits)
            {
                var start = at % (bytes.Length + 1);
                bytes = [.. bytes[..start], .. put, .. bytes[int.Min(bytes.Length, start + cut)..]];
            }
            Same(bytes);
        }, iter: 1_000);
        Gen.Select(Gen.Int[0, pack.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var bytes = pack.ToArray();
            bytes[at] ^= (byte)(1 << bit);
            Same(bytes);
        }, iter: 1_000);

        void Same(byte[] bytes)
        {
            if (!_golden.Check(bytes).Proven) return;
            var stream = new MemoryStream(bytes);
            var read = PackZip.ReadDirectory(stream).Select(slot => (slot.Name.ToString(), Convert.ToHexString(PackZip.Read(stream, slot))));
            read.ShouldBe(files.Select(file => (file.Name, Convert.ToHexString(file.Bytes))));
        }
    }

    [Fact]
    public void Any_program_reads_a_pack()
    {
        using var zip = new ZipArchive(new MemoryStream(GoldenPack.Zip(_golden.Whole())));
        zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(content);
            return (entry.FullName, Convert.ToHexString(content.ToArray()));
        }).ShouldBe(GoldenPack.Files(_golden.Whole()).Select(file => (file.Name, Convert.ToHexString(file.Bytes))));
    }

    public void Dispose() => _golden.Dispose();

    internal static void Fails(Verdict verdict, Flaw flaw, string place)
    {
        verdict.Proven.ShouldBeFalse();
        (verdict.Findings[^1].Flaw, verdict.Findings[^1].Place).ShouldBe((flaw, place), verdict.Findings[^1].Detail);
    }

    private static string Said(Verdict verdict) => string.Join("; ", verdict.Findings);

    private static List<(string Name, byte[] Bytes)> Without(List<(string Name, byte[] Bytes)> files, string name) => [.. files.Where(file => file.Name != name)];

    private static List<(string Name, byte[] Bytes)> With(List<(string Name, byte[] Bytes)> files, string name, byte[] bytes) => With(files, files.FindIndex(file => file.Name == name), bytes);

    private static List<(string Name, byte[] Bytes)> With(List<(string Name, byte[] Bytes)> files, int at, byte[] bytes)
    {
        var changed = files.ToList();
        changed[at] = (files[at].Name, bytes);
        return changed;
    }
}
