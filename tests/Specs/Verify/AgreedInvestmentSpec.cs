using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Ledger;
using Luodi.Proof;
using Luodi.Proof.Packs;
using Luodi.Specs.Ledger;
using Luodi.Specs.Proof.Packs;
using Luodi.Verify;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Verify;

/// <summary>A small ceremony, its figure, and what an auditor hears of it.</summary>
public sealed class AgreedInvestmentSpec : IDisposable
{
    private static readonly DateOnly Held = new(2023, 9, 28);
    private static readonly Guid Ceremony = Id(1);
    private static readonly Guid Elsewhere = Id(2);
    private static readonly Guid[] Papers = [Id(11), Id(12), Id(13), Id(14)];

    // 200 million; 90 million amended to 110; 50 million terminated; one of another ceremony. Then one more amendment.
    private static readonly (Guid Paper, object Fact)[] Story =
    [
        .. Confirmed(Papers[0], Ceremony, 200_000_000), .. Confirmed(Papers[1], Ceremony, 90_000_000), .. Confirmed(Papers[2], Ceremony, 50_000_000), .. Confirmed(Papers[3], Elsewhere, 70_000_000),
        (Papers[1], new AgreementAmended(Papers[1], Money.Yuan(90_000_000), Money.Yuan(110_000_000))), (Papers[1], new AmendmentConfirmed(Papers[1])),
        (Papers[2], new AgreementTerminated(Papers[2])), (Papers[2], new TerminationConfirmed(Papers[2])),
        (Papers[0], new AgreementAmended(Papers[0], Money.Yuan(200_000_000), Money.Yuan(300_000_000))), (Papers[0], new AmendmentConfirmed(Papers[0])),
    ];

    private static readonly int Position = Story.Length - 2;

    private static readonly ExplainedFigure Figure = new(
        new(Measures.AgreedInvestment, Tiers.Agreement, PostingStatus.Confirmed, Ceremony), new Dictionary<string, long> { ["/nanhu/signings"] = Position }, new(2, "310000000.00", "CNY", 2), AgreementFigures.Definition);

    private readonly GoldenPack _log = new(Story.Select((told, at) => Heard.Of(told.Fact, told.Paper, Held, at + 1)));

    [Fact]
    public void A_figure_follows_from_its_events_and_none_is_left_out()
    {
        var verdict = Check(Whole(Figure));
        verdict.Proven.ShouldBeTrue(Said(verdict));
        verdict.Findings.ShouldContain(finding => finding.Claim == Claim.Figure && finding.Ruling == Ruling.Shown);
        verdict.Findings[^1].ShouldSatisfyAllConditions(last => last.Claim.ShouldBe(Claim.FigureEvents), last => last.Ruling.ShouldBe(Ruling.Shown));
        Said(verdict).ShouldContain($"ceremony={Ceremony}");
        Said(verdict).ShouldContain("come to 2 signings, 310000000.00 CNY, 2 of them at or above 100 million; equal");
        Said(verdict, "zh").ShouldContain("算出：2 家，310000000.00 CNY，其中 1亿元以上 2 家；与所述");
    }

    [Fact]
    public void Without_all_entries_it_is_not_shown_that_none_is_left_out()
    {
        var verdict = Check(Whole(Figure) with { Bundles = [] });
        verdict.Proven.ShouldBeTrue(Said(verdict));
        verdict.Findings[^1].ShouldSatisfyAllConditions(last => last.Claim.ShouldBe(Claim.FigureEvents), last => last.Ruling.ShouldBe(Ruling.NotShown));
    }

    [Fact]
    public void Each_member_of_the_answer_is_held_against_what_comes_out()
    {
        foreach (var answer in new FigureAnswer[] { new(3, "310000000.00", "CNY", 2), new(2, "310000000.01", "CNY", 2), new(2, "310000000.00", "USD", 2), new(2, "310000000.00", "CNY", 1), new(2, "310000000", "CNY", 2) })
        {
            var verdict = Check(Whole(Figure with { Answer = answer }));
            verdict.Proven.ShouldBeFalse(answer.ToString());
            Said(verdict).ShouldContain("which is not equal");
        }
    }

    [Fact]
    public void The_question_decides_what_counts()
    {
        Proven(Figure.Question with { Tier = Tiers.Contract }, new(0, "0.00", "CNY", 0));
        Proven(Figure.Question with { Status = PostingStatus.Pending }, new(0, "0.00", "CNY", 0));
        Proven(Figure.Question with { Ceremony = Elsewhere }, new(1, "70000000.00", "CNY", 0));
        Proven(Figure.Question with { Ceremony = null }, new(3, "380000000.00", "CNY", 2));
        Proven(Figure.Question with { SizeBand = "100m-500m,500m-1bn" }, new(2, "310000000.00", "CNY", 2));
        Proven(Figure.Question with { Industry = Industries.All[^1] }, new(0, "0.00", "CNY", 0));
        Proven(Figure.Question with { Month = "2023-08,2023-09" }, new(2, "310000000.00", "CNY", 2));
        Proven(Figure.Question with { EffectiveFrom = Held.AddDays(1) }, new(0, "0.00", "CNY", 0));
        Check(Whole(Figure with { Question = Figure.Question with { Tier = Tiers.Contract } })).Proven.ShouldBeFalse();

        void Proven(FigureQuestion question, FigureAnswer answer) => Check(Whole(Figure with { Question = question, Answer = answer })).ShouldSatisfyAllConditions(verdict => verdict.Proven.ShouldBeTrue(Said(verdict)));
    }

    [Fact]
    public void What_came_after_the_position_does_not_count()
    {
        Check(Whole(At(Story.Length, Figure))).Proven.ShouldBeFalse();
        Check(Whole(At(Story.Length, Figure with { Answer = new(2, "410000000.00", "CNY", 2) }))).Proven.ShouldBeTrue();
        // Before the termination was confirmed.
        Check(Whole(At(Position - 1, Figure with { Answer = new(3, "360000000.00", "CNY", 2) }))).Proven.ShouldBeTrue();
        Fails(Whole(At(Story.Length + 1, Figure with { Answer = new(2, "410000000.00", "CNY", 2) })), "which the log has not");
    }

    [Fact]
    public void An_altered_event_is_no_event_of_the_log()
    {
        var files = GoldenPack.Files(Whole(Figure));
        var at = files.FindIndex(file => file.Name == "entries/1.payload");
        files[at] = (files[at].Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[at].Bytes).Replace("200000000.00", "210000000.00", StringComparison.Ordinal)));
        _log.Check(GoldenPack.Zip(files), _log.Signed(Story.Length), AgreedInvestment.Check).Findings[^1].Flaw.ShouldBe(Flaw.Payload);
    }

    [Fact]
    public void An_agreement_left_out_is_missed()
    {
        var without = Figure with { Answer = new(1, "110000000.00", "CNY", 1) };
        bool Others((Guid Paper, object Fact) told) => told.Paper != Papers[0];
        // The figure does not come out.
        Check(Whole(Figure, Others)).Proven.ShouldBeFalse();
        // Where it is adapted too, the log has a draft of which the pack does not say whose it is.
        var adapted = Check(Whole(without, Others));
        adapted.Findings[^1].ShouldSatisfyAllConditions(last => last.Claim.ShouldBe(Claim.FigureEvents), last => last.Ruling.ShouldBe(Ruling.NotShown), last => last.Values.ShouldBe([1]));
        // With its draft alone, the log has more about it; without the draft, what it signed says whose it is.
        Fails(Whole(without, told => Others(told) || told.Fact is AgreementDrafted), "the pack does not say what it says");
        Fails(Whole(without, told => told.Fact is not AgreementDrafted || Others(told)), "whose draft is not there");
    }

    [Fact]
    public void Where_a_payload_was_erased_the_figure_cannot_be_calculated()
    {
        foreach (var (name, said) in new[] { ("entries/1.payload", "has been erased or left out"), ("entries/2.payload", "has been erased or left out"), ("entries/0.payload", "whose draft is not there") })
        {
            var files = GoldenPack.Files(Whole(Figure)).Where(file => file.Name != name);
            var last = _log.Check(GoldenPack.Zip(files), _log.Signed(Story.Length), AgreedInvestment.Check).Findings[^1];
            (last.Claim, last.Flaw).ShouldBe((Claim.Figure, Flaw.Figure), name);
            last.Detail.ShouldContain(said);
        }
    }

    [Fact]
    public void An_event_that_the_rule_does_not_know_is_no_part_of_a_proof()
    {
        using var log = new GoldenPack(Story.Select((told, at) => Heard.Of(told.Fact, told.Paper, Held, at + 1)).Select((heard, at) => at == 2 ? heard with { Type = "signing_notarised" } : heard));
        log.Check(GoldenPack.Zip(Whole(Figure, log: log)), log.Signed(Story.Length), AgreedInvestment.Check).Findings[^1].Detail.ShouldContain("an event that this program does not know");
    }

    [Fact]
    public void A_figure_of_another_kind_or_rule_or_form_is_not_shown()
    {
        Fails(Whole(Figure with { Question = Figure.Question with { Measure = Measures.CapitalInPlace } }), "not one that this program calculates");
        Fails(Whole(Figure with { Definition = Figure.Definition with { Version = 2 } }), "this program knows version 1");
        Fails(Whole(Figure with { Definition = Figure.Definition with { Says = "All that was ever said." } }), "this program knows version 1");
        Fails(Whole(Figure with { Question = Figure.Question with { Tier = "all" } }), "no tier");
        foreach (var member in new[] { "question", "answer", "position", "definition" })
        {
            Fails(Whole(Figure, changed: json => json.Remove(member)), "cannot be calculated");
            Fails(Whole(Figure, changed: json => json[member] = 1), "cannot be calculated");
        }
        Fails(Whole(Figure, changed: json => json["more"] = 1), "cannot be calculated");
        Fails(Whole(Figure, changed: json => json["question"]!["department"] = "x"), "cannot be calculated");
        Fails(Whole(Figure, changed: json => json["question"]!["industry"] = null), "cannot be calculated");
        Fails(Whole(Figure, changed: json => json["answer"]!["signings"] = "2"), "cannot be calculated");
    }

    public void Dispose() => _log.Dispose();

    private static Guid Id(int number) => new(number, 7, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    private static IEnumerable<(Guid Paper, object Fact)> Confirmed(Guid paper, Guid ceremony, decimal yuan) =>
    [
        (paper, new AgreementDrafted(paper, paper.ToString(), Id(3), ceremony, "某公司", Industries.Microelectronics, Money.Yuan(yuan), Illustrative: false)),
        (paper, new AgreementSigned(paper, Id(3), ceremony, Money.Yuan(yuan), Held)), (paper, new SigningConfirmed(paper)),
    ];

    private static ExplainedFigure At(long position, ExplainedFigure figure) => figure with { Position = new Dictionary<string, long> { ["/nanhu/signings"] = position } };

    private EvidencePack Whole(ExplainedFigure figure, Func<(Guid Paper, object Fact), bool>? which = null, Action<JsonObject>? changed = null, GoldenPack? log = null)
    {
        var json = JsonNode.Parse(figure.ToJson().GetRawText())!.AsObject();
        changed?.Invoke(json);
        return (log ?? _log).Whole(Story.Length) with
        {
            Manifest = new(GoldenPack.Origin, new(2023, 10, 1, 0, 0, 0, TimeSpan.Zero), JsonSerializer.SerializeToElement(json)),
            Events = Enumerable.Range(0, Story.Length).Where(at => which?.Invoke(Story[at]) is not false).Select(at => (log ?? _log).Packed(at, Story.Length)).ToList(),
        };
    }

    private Verdict Check(EvidencePack pack) => _log.Check(GoldenPack.Zip(pack), _log.Signed(Story.Length), AgreedInvestment.Check);

    private void Fails(EvidencePack pack, string said)
    {
        var last = Check(pack).Findings[^1];
        (last.Claim, last.Ruling, last.Flaw).ShouldBe((Claim.Figure, Ruling.Disproven, Flaw.Figure), last.Detail);
        last.Detail.ShouldContain(said);
    }

    private static string Said(Verdict verdict, string language = "en") => string.Join('\n', verdict.Findings.Select(Words.In(language).Line));
}
