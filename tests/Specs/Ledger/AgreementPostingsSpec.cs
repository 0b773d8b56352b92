using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Ledger;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>What each fact of an agreement does to the figures.</summary>
public sealed class AgreementPostingsSpec
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    private static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    private static readonly Guid CeremonyId = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly DateOnly SignedOn = new(2023, 9, 28);
    private static readonly DateOnly Later = new(2023, 11, 3);

    private static readonly AgreementDrafted Drafted = new(Id, "NH-2023-001", ProjectId, CeremonyId, "某公司", Industries.Microelectronics, Money.Yuan(90_000_000), Illustrative: true);
    private static readonly AgreementSigned Signed = new(Id, ProjectId, CeremonyId, Money.Yuan(90_000_000), SignedOn);
    private static readonly SigningConfirmed Confirmed = new(Id);
    private static readonly AgreementAmended Amended = new(Id, Money.Yuan(90_000_000), Money.Yuan(110_000_000));
    private static readonly AmendmentConfirmed AmendmentConfirmed = new(Id);
    private static readonly AgreementTerminated Terminated = new(Id);
    private static readonly TerminationConfirmed TerminationConfirmed = new(Id);

    private readonly Heard _ledger = new();

    [Fact]
    public void A_draft_posts_nothing() => Told(Drafted).ShouldBeEmpty();

    [Fact]
    public void A_signing_waits_as_one_agreement_and_its_amount_from_the_date_on_the_paper() =>
        Told(Drafted, Signed).ShouldBe([Line("pending", +1, 90_000_000, "50m-100m", SignedOn)]);

    [Fact]
    public void A_confirmed_signing_moves_from_what_waits_to_what_counts() =>
        Told(Drafted, Signed, Confirmed).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", SignedOn), Line("confirmed", +1, 90_000_000, "50m-100m", SignedOn)]);

    [Fact]
    public void An_amendment_waits_as_the_reversal_of_the_old_amount_and_the_new_one() =>
        Told(Drafted, Signed, Confirmed, Amended).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", Later), Line("pending", +1, 110_000_000, "100m-500m", Later)]);

    [Fact]
    public void A_confirmed_amendment_across_100_million_is_a_reversal_in_one_band_and_a_posting_in_the_other()
    {
        Told(Drafted, Signed, Confirmed, Amended, AmendmentConfirmed).ShouldBe(
        [
            Line("pending", +1, 90_000_000, "50m-100m", Later), Line("pending", -1, -110_000_000, "100m-500m", Later),
            Line("confirmed", -1, -90_000_000, "50m-100m", Later), Line("confirmed", +1, 110_000_000, "100m-500m", Later),
        ]);
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(110_000_000)));
        Sum("confirmed", "50m-100m").ShouldBe(Figure.Zero);
        Sum("confirmed", "100m-500m").ShouldBe(new Figure(1, Money.Yuan(110_000_000)));
        Sum("pending").ShouldBe(Figure.Zero);
    }

    [Fact]
    public void A_termination_waits_as_the_reversal_of_what_counts() =>
        Told(Drafted, Signed, Confirmed, Terminated).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", Later)]);

    [Fact]
    public void A_confirmed_termination_takes_the_signing_out()
    {
        Told(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed)
            .ShouldBe([Line("pending", +1, 90_000_000, "50m-100m", Later), Line("confirmed", -1, -90_000_000, "50m-100m", Later)]);
        Sum("confirmed").ShouldBe(Figure.Zero);
        Sum("pending").ShouldBe(Figure.Zero);
    }

    [Fact]
    public void A_termination_after_an_amendment_takes_the_amended_amount_out() =>
        Told(Drafted, Signed, Confirmed, Amended, AmendmentConfirmed, Terminated).ShouldBe([Line("pending", -1, -110_000_000, "100m-500m", Later)]);

    [Fact]
    public void A_returned_signing_no_longer_waits_and_never_counted()
    {
        Told(Drafted, Signed, new SigningReturned(Id)).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", SignedOn)]);
        Sum("pending").ShouldBe(Figure.Zero);
        Sum("confirmed").ShouldBe(Figure.Zero);
    }

    [Fact]
    public void A_signing_that_was_returned_and_signed_again_counts_once()
    {
        Told(Drafted, Signed, new SigningReturned(Id), Signed, Confirmed);
        Sum("pending").ShouldBe(Figure.Zero);
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(90_000_000)));
    }

    [Fact]
    public void A_returned_amendment_leaves_the_amount_that_counts()
    {
        Told(Drafted, Signed, Confirmed, Amended, new AmendmentReturned(Id)).ShouldBe([Line("pending", +1, 90_000_000, "50m-100m", Later), Line("pending", -1, -110_000_000, "100m-500m", Later)]);
        Sum("pending").ShouldBe(Figure.Zero);
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(90_000_000)));
        Told(Terminated).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", Later)]);
    }

    [Fact]
    public void A_returned_termination_leaves_the_signing_in()
    {
        Told(Drafted, Signed, Confirmed, Terminated, new TerminationReturned(Id)).ShouldBe([Line("pending", +1, 90_000_000, "50m-100m", Later)]);
        Sum("pending").ShouldBe(Figure.Zero);
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(90_000_000)));
    }

    [Fact]
    public void A_corrected_tier_is_where_the_signing_counts()
    {
        Told(Drafted with { Tier = Tiers.Intent }, new DraftCorrected(Id, "另一公司", null), Signed).ShouldBe([Line("pending", +1, 90_000_000, "50m-100m", SignedOn) with { Tier = Tiers.Intent }]);
        Told(new SigningReturned(Id)).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", SignedOn) with { Tier = Tiers.Intent }]);
        Told(new DraftCorrected(Id, null, null, Tiers.Contract)).ShouldBeEmpty();
        Told(Signed, Confirmed).Select(posting => posting.Tier).ShouldAllBe(tier => tier == Tiers.Contract);
        foreach (var tier in Tiers.All)
        {
            _ledger.Cells().Sum(cell => cell.Status == "confirmed" && cell.Tier == tier).ShouldBe(tier is Tiers.Contract ? new Figure(1, Money.Yuan(90_000_000)) : Figure.Zero);
            _ledger.Cells().Sum(cell => cell.Status == "pending" && cell.Tier == tier).ShouldBe(Figure.Zero);
        }
    }

    [Fact]
    public void An_amendment_of_the_fixed_assets_alone_changes_no_figure()
    {
        Told(Drafted, Signed, Confirmed, new AgreementAmended(Id, Money.Yuan(90_000_000), Money.Yuan(90_000_000), Money.Yuan(60_000_000))).ShouldBeEmpty();
        Told(AmendmentConfirmed).ShouldBeEmpty();
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(90_000_000)));
        Told(Amended).ShouldBe([Line("pending", -1, -90_000_000, "50m-100m", Later), Line("pending", +1, 110_000_000, "100m-500m", Later)]);
    }

    [Fact]
    public void Postings_carry_the_department_whose_agreement_it_is_and_sums_do_not_ask_for_it()
    {
        Told(Drafted with { Department = "investment-1" }, Signed, Confirmed).Select(posting => posting.Department).ShouldAllBe(department => department == "investment-1");
        Sum("confirmed").ShouldBe(new Figure(1, Money.Yuan(90_000_000)));
    }

    [Fact]
    public void What_waits_does_not_count()
    {
        Told(Drafted, Signed);
        Sum("confirmed").ShouldBe(Figure.Zero);
    }

    [Fact]
    public void What_others_say_of_a_record_posts_nothing() => _ledger.Post(new NegotiationStarted(ProjectId), ProjectId, Later).ShouldBeEmpty();

    [Fact]
    public void A_fact_whose_beginning_the_ledger_has_not_heard_stops_it()
    {
        foreach (var fact in new object[] { Signed, Confirmed, Amended, AmendmentConfirmed, Terminated, TerminationConfirmed, new SigningReturned(Id), new AmendmentReturned(Id), new TerminationReturned(Id),
            new AgreementUpgraded(Id, Id, ProjectId, CeremonyId, Money.Yuan(1), Money.Yuan(1), SignedOn), new InvestmentToppedUp(Id, Id, ProjectId, CeremonyId, Money.Yuan(1), SignedOn), new OwnerReplaced(Id, Id, Id, ProjectId, CeremonyId, Money.Yuan(1), SignedOn) })
        {
            Should.Throw<InvalidOperationException>(() => new Heard().Post(fact, Id, Later), fact.ToString());
        }
    }

    [Fact]
    public void A_termination_of_what_does_not_count_stops_the_ledger()
    {
        Told(Drafted, Signed);
        Should.Throw<InvalidOperationException>(() => Told(Terminated));
    }

    [Fact]
    public void An_amount_finer_than_the_ledger_keeps_stops_it_and_is_not_rounded()
    {
        Told(Drafted);
        Should.Throw<InvalidOperationException>(() => Told(Signed with { Amount = Money.Yuan(0.005m) }));
    }

    /// <summary>The postings of the last of the facts. The signing holds from its own date, the rest from a later one.</summary>
    private IReadOnlyList<Posting> Told(params object[] facts)
    {
        IReadOnlyList<Posting> last = [];
        foreach (var fact in facts) last = _ledger.Post(fact, Id, fact is AgreementSigned or SigningConfirmed ? SignedOn : Later);
        return last;
    }

    private Figure Sum(string status, string? band = null) => _ledger.Cells().Sum(cell => cell.Status == status && (band is null || cell.SizeBand == band));

    private static Posting Line(string status, int count, decimal yuan, string band, DateOnly effectiveOn) => new(
        "agreed-investment", status, count, Money.Yuan(yuan), effectiveOn, CeremonyId, Id, ProjectId, Industries.Microelectronics, band, Illustrative: true);
}

public sealed class SizeBandsSpec
{
    [Theory]
    [InlineData("0.01", "under-10m")]
    [InlineData("9999999.99", "under-10m")]
    [InlineData("10000000.00", "10m-50m")]
    [InlineData("49999999.99", "10m-50m")]
    [InlineData("50000000.00", "50m-100m")]
    [InlineData("99999999.99", "50m-100m")]
    [InlineData("100000000.00", "100m-500m")]
    [InlineData("499999999.99", "100m-500m")]
    [InlineData("500000000.00", "500m-1bn")]
    [InlineData("999999999.99", "500m-1bn")]
    [InlineData("1000000000.00", "1bn-up")]
    [InlineData("10000000000000.00", "1bn-up")]
    public void An_amount_on_an_edge_belongs_to_the_band_that_begins_there(string yuan, string band)
    {
        var amount = decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture);
        SizeBands.Of(amount).ShouldBe(band);
        // The client prints the bands by itself, from a workbook: both draw the same lines.
        Client.Workbook.SizeBands.Of(amount).ShouldBe(band);
    }

    [Fact]
    public void At_or_above_100_million_begins_at_exactly_100_million() =>
        SizeBands.AtLeast100Million.ShouldBe(["100m-500m", "500m-1bn", "1bn-up"]);
}
