using Luodi.Client.Workbook;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>The ceremony of 22 signings, as its page shows it.</summary>
public sealed class CeremonyFiguresSpec
{
    private static readonly Guid CeremonyId = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly DateOnly Day = new(2023, 9, 28);

    private static readonly IReadOnlyList<WorkbookRow> Rows = CeremonyWorkbook.Read(Checkout.PathOf("deploy", "demo-data", "ceremony-2023-09.xlsx"));

    private readonly Heard _ledger = new();
    private readonly List<(Guid Id, WorkbookRow Row)> _agreements = [];
    private CeremonySheet? _sheet;

    public CeremonyFiguresSpec()
    {
        Tell(new CeremonyScheduled(CeremonyId, "攀高向新", Day.AddDays(-1)), new CeremonyHeld(CeremonyId, Day));
        foreach (var row in Rows)
        {
            var id = Guid.CreateVersion7();
            _agreements.Add((id, row));
            var project = Guid.CreateVersion7();
            Post(new AgreementDrafted(id, row.Number, project, CeremonyId, row.Counterparty, row.Industry, Money.Yuan(row.AmountYuan), row.Illustrative), id);
            Post(new AgreementSigned(id, project, CeremonyId, Money.Yuan(row.AmountYuan), row.SignedOn), id);
        }
    }

    [Fact]
    public void Before_anything_is_confirmed_22_signings_wait_and_none_counts()
    {
        var figures = Figures();
        (figures.Signings, figures.Amount, figures.AtLeast100Million).ShouldBe((0, Money.Yuan(0), 0));
        figures.Pending.ShouldBe(new Figure(22, Money.Yuan(4_211_000_000)));
        figures.ByIndustry.ShouldBeEmpty();
        figures.BySizeBand.ShouldBeEmpty();
    }

    [Fact]
    public void Confirmed_they_are_22_signings_42_11_of_100_million_and_8_of_them_at_or_above()
    {
        ConfirmAll();
        var figures = Figures();
        (figures.Name, figures.HeldOn, figures.ClosedOn).ShouldBe(("攀高向新", Day, null));
        (figures.Signings, figures.Amount, figures.AtLeast100Million, figures.Illustrative).ShouldBe((22, Money.Yuan(4_211_000_000.00m), 8, 22));
        figures.Pending.ShouldBe(Figure.Zero);
        figures.Position.ShouldBe(66);
    }

    [Fact]
    public void Rows_stand_in_the_order_of_every_report_and_add_up_to_the_figure()
    {
        ConfirmAll();
        var figures = Figures();
        figures.ByIndustry.Select(row => row.Industry).ShouldBe(["microelectronics", "intelligent-equipment", "biomedicine"]);
        figures.ByIndustry.Sum(row => row.Signings).ShouldBe(22);
        figures.ByIndustry.Sum(row => row.Amount.Value).ShouldBe(4_211_000_000m);
        figures.BySizeBand.Select(row => row.SizeBand).ShouldBe(["under-10m", "10m-50m", "50m-100m", "100m-500m", "500m-1bn", "1bn-up"]);
        figures.BySizeBand.Sum(row => row.Signings).ShouldBe(22);
        figures.BySizeBand.Sum(row => row.Amount.Value).ShouldBe(4_211_000_000m);
        figures.BySizeBand.Skip(3).Sum(row => row.Signings).ShouldBe(figures.AtLeast100Million);
    }

    [Fact]
    public void Every_figure_names_the_postings_behind_it()
    {
        ConfirmAll();
        var figures = Figures();
        figures.Postings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement");
        figures.PendingPostings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=pending&tier=agreement");
        figures.AtLeast100MillionPostings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement&sizeBand=100m-500m,500m-1bn,1bn-up");
        figures.ByIndustry[0].Postings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement&industry=microelectronics");
        figures.BySizeBand[0].Postings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement&sizeBand=under-10m");
    }

    [Fact]
    public void A_claim_stands_beside_the_sum_with_what_is_left_between_them()
    {
        ConfirmAll();
        var right = Claim(22, 4_211_000_000m, 8);
        var wrong = Claim(23, 4_200_000_000m, null);
        var claims = Figures().Claims;
        claims.Count.ShouldBe(2);
        (claims[0].ResidueSignings, claims[0].Residue, claims[0].ResidueAtLeast100Million).ShouldBe((0, Money.Yuan(0), 0));
        (claims[1].ResidueSignings, claims[1].Residue, claims[1].ResidueAtLeast100Million).ShouldBe((1, Money.Yuan(-11_000_000), null));
        claims[0].Event.ShouldBe($"/api/reporting/events/{right}");
        claims[1].Event.ShouldBe($"/api/reporting/events/{wrong}");
    }

    [Fact]
    public void A_claim_changes_no_figure()
    {
        ConfirmAll();
        var before = Figures();
        Claim(99, 1m, 99);
        var after = Figures();
        (after.Signings, after.Amount, after.AtLeast100Million, after.Pending).ShouldBe((before.Signings, before.Amount, before.AtLeast100Million, before.Pending));
    }

    [Fact]
    public void A_report_of_an_earlier_instant_does_not_know_later_claims()
    {
        Claim(22, 4_211_000_000m, 8);
        var known = _sheet!.Claims[0].KnownFrom;
        _sheet.At(known)!.Claims.ShouldHaveSingleItem();
        _sheet.At(known - 1)!.Claims.ShouldBeEmpty();
    }

    [Fact]
    public void An_amendment_from_90_to_110_million_makes_a_ninth_large_signing()
    {
        ConfirmAll();
        var (id, row) = _agreements.Single(agreement => agreement.Row.AmountYuan == 95_000_000m);
        Post(new AgreementAmended(id, Money.Yuan(row.AmountYuan), Money.Yuan(115_000_000)), id);
        (Figures().Signings, Figures().Amount, Figures().AtLeast100Million, Figures().Pending).ShouldBe((22, Money.Yuan(4_211_000_000), 8, new Figure(0, Money.Yuan(20_000_000))));
        Post(new AmendmentConfirmed(id), id);
        (Figures().Signings, Figures().Amount, Figures().AtLeast100Million, Figures().Pending).ShouldBe((22, Money.Yuan(4_231_000_000), 9, Figure.Zero));
    }

    [Fact]
    public void A_termination_leaves_21()
    {
        ConfirmAll();
        var (id, row) = _agreements[0];
        Post(new AgreementTerminated(id), id);
        Figures().Signings.ShouldBe(22);
        Post(new TerminationConfirmed(id), id);
        (Figures().Signings, Figures().Amount).ShouldBe((21, Money.Yuan(4_211_000_000 - row.AmountYuan)));
    }

    [Fact]
    public void A_row_whose_postings_cancel_out_is_left_out()
    {
        ConfirmAll();
        var (id, _) = _agreements.Single(agreement => agreement.Row.AmountYuan < 10_000_000m);
        Post(new AgreementTerminated(id), id);
        Post(new TerminationConfirmed(id), id);
        Figures().BySizeBand.ShouldNotContain(row => row.SizeBand == "under-10m");
    }

    [Fact]
    public void By_month_a_signing_stands_in_its_own_and_a_later_amendment_in_the_later_one()
    {
        ConfirmAll();
        var (id, row) = _agreements[0];
        var amended = new DateOnly(2023, 11, 3);
        _ledger.Post(new AgreementAmended(id, Money.Yuan(row.AmountYuan), Money.Yuan(row.AmountYuan + 0.01m)), id, amended);
        _ledger.Post(new AmendmentConfirmed(id), id, amended);
        var rollup = ReadRollupFeature.Of("month", new PostingFilter(Ceremony: CeremonyId, Status: "confirmed"), _ledger.Cells());
        rollup.Rows.Select(each => (each.Key, each.Signings, each.Amount)).ShouldBe([("2023-09", 22, Money.Yuan(4_211_000_000)), ("2023-11", 0, Money.Yuan(0.01m))]);
        rollup.Total.ShouldBe(new Figure(22, Money.Yuan(4_211_000_000.01m)));
        rollup.Rows[1].Postings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement&month=2023-11");
    }

    [Fact]
    public void A_closed_ceremony_says_since_when()
    {
        Tell(new CeremonyClosed(CeremonyId));
        Figures().ClosedOn.ShouldBe(Day);
    }

    [Fact]
    public void Closing_seals_the_figure_and_what_comes_later_explains_the_difference()
    {
        ConfirmAll();
        Tell(new CeremonyClosed(CeremonyId));
        var sealedThen = Figures().Seals.ShouldHaveSingleItem();
        (sealedThen.Signings, sealedThen.Amount, sealedThen.AtLeast100Million, sealedThen.Position).ShouldBe((22, Money.Yuan(4_211_000_000), 8, 66));
        (sealedThen.Since, sealedThen.SinceAtLeast100Million).ShouldBe((Figure.Zero, 0));

        var (id, row) = _agreements.Single(agreement => agreement.Row.AmountYuan == 95_000_000m);
        Post(new AgreementAmended(id, Money.Yuan(row.AmountYuan), Money.Yuan(115_000_000)), id);
        Post(new AmendmentConfirmed(id), id);
        var beside = Figures().Seals.ShouldHaveSingleItem();
        (beside.Signings, beside.Amount, beside.Since, beside.SinceAtLeast100Million).ShouldBe((22, Money.Yuan(4_211_000_000), new Figure(0, Money.Yuan(20_000_000)), 1));
        beside.SincePostings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=agreement&since=66");
        _ledger.Postings.Skip(66).Where(posting => posting.Status == "confirmed").Sum(posting => posting.Amount.Value).ShouldBe(beside.Since.Amount.Value);
    }

    [Fact]
    public void Closed_again_a_ceremony_is_sealed_again_and_keeps_the_older_seal()
    {
        Tell(new CeremonyClosed(CeremonyId), new CeremonyReopened(CeremonyId));
        Figures().ClosedOn.ShouldBeNull();
        ConfirmAll();
        Tell(new CeremonyClosed(CeremonyId));
        Figures().Seals.Select(seal => (seal.Signings, seal.Position)).ShouldBe([(22, 66L), (0, 22L)]);
        Figures().Seals.Select(seal => seal.Since.Signings).ShouldBe([0, 22]);
        Figures().ClosedOn.ShouldBe(Day);
    }

    [Fact]
    public void A_report_of_an_earlier_position_or_of_what_holds_by_a_day_knows_no_later_seal()
    {
        ConfirmAll();
        Tell(new CeremonyClosed(CeremonyId));
        _sheet!.At(66)!.Seals.ShouldBeEmpty();
        (_sheet.At(66)!.ClosedOn, _sheet.At(67)!.ClosedOn).ShouldBe((null, Day));
        _sheet.At(67)!.Seals.ShouldHaveSingleItem();
        ReadCeremonyFeature.Of(_sheet!, new PostingFilter(Ceremony: CeremonyId, EffectiveBy: Day), _ledger.Cells()).Seals.ShouldBeEmpty();
    }

    [Fact]
    public void A_contract_at_the_ceremony_stands_beside_the_figure_and_never_in_it()
    {
        ConfirmAll();
        var (id, project) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Post(new AgreementDrafted(id, "NH-2023-099", project, CeremonyId, "某公司", "other", Money.Yuan(500_000_000), Illustrative: false, Tier: Tiers.Contract), id);
        Post(new AgreementSigned(id, project, CeremonyId, Money.Yuan(500_000_000), Day), id);
        Post(new SigningConfirmed(id), id);
        var figures = Figures();
        (figures.Tier, figures.Signings, figures.Amount, figures.AtLeast100Million).ShouldBe(("agreement", 22, Money.Yuan(4_211_000_000), 8));
        figures.ByIndustry.ShouldNotContain(row => row.Industry == "other" && row.Amount == Money.Yuan(500_000_000));
        figures.ByTier.Select(row => (row.Tier, row.Signings, row.Amount.Value)).ShouldBe([("agreement", 22, 4_211_000_000m), ("contract", 1, 500_000_000m)]);
        figures.ByTier[1].Postings.ShouldBe($"/api/reporting/postings?ceremony={CeremonyId}&status=confirmed&tier=contract");
        var contracts = ReadCeremonyFeature.Of(_sheet!, new PostingFilter(Ceremony: CeremonyId, Tier: Tiers.Contract), _ledger.Cells());
        (contracts.Tier, contracts.Signings, contracts.Amount, contracts.AtLeast100Million).ShouldBe(("contract", 1, Money.Yuan(500_000_000), 1));
    }

    private Seal Seal() => new(Guid.CreateVersion7(), Day, new DateTimeOffset(2023, 10, 8, 0, 0, 0, TimeSpan.Zero), _ledger.Postings.Count, _ledger.Cells().Items);

    private void ConfirmAll()
    {
        foreach (var (id, _) in _agreements) Post(new SigningConfirmed(id), id);
    }

    private void Post(object fact, Guid agreement) => _ledger.Post(fact, agreement, Day);

    private void Tell(params object[] facts)
    {
        foreach (var fact in facts) _sheet = CeremonySheets.Evolve(_sheet, Heard.Of(fact, CeremonyId, Day), fact is CeremonyClosed ? Seal() : null, _ledger.Postings.Count + 1);
    }

    private Guid Claim(int signings, decimal yuan, int? large)
    {
        var heard = Heard.Of(new ClaimRecorded(Guid.CreateVersion7(), CeremonyId, "日报", Day, signings, Money.Yuan(yuan), large), CeremonyId, Day);
        _sheet = CeremonySheets.Evolve(_sheet, heard, null, _ledger.Postings.Count + 1);
        return heard.Id;
    }

    private CeremonyFigures Figures() => ReadCeremonyFeature.Of(_sheet!, new PostingFilter(Ceremony: CeremonyId), _ledger.Cells());
}
