using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Ledger;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>One investment through four fairs: an intent at A, a contract at B, more at C, another owner at D. It counts once, wherever it stands.</summary>
public sealed class FollowedPapersSpec
{
    private static readonly Guid Project = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    private static readonly (Guid Id, Guid Fair, DateOnly Day) A = Paper(1, new(2023, 3, 1));
    private static readonly (Guid Id, Guid Fair, DateOnly Day) B = Paper(2, new(2023, 6, 1));
    private static readonly (Guid Id, Guid Fair, DateOnly Day) C = Paper(3, new(2023, 9, 28));
    private static readonly (Guid Id, Guid Fair, DateOnly Day) D = Paper(4, new(2024, 2, 1));
    private static readonly DateOnly BeforeD = D.Day.AddDays(-1);

    private readonly Heard _ledger = new();

    [Fact]
    public void The_first_signing_takes_the_credit()
    {
        Intent();
        Posted(A).ShouldBe([Line(A, "intent", 1, 0, 500_000_000, "500m-1bn", A.Day)]);
    }

    [Fact]
    public void An_upgrade_at_the_same_amount_counts_the_upgrade_and_nothing_else()
    {
        Intent();
        Contract(500_000_000);
        Posted(B).ShouldBe([Line(B, "contract", 0, 1, 0, "500m-1bn", B.Day)]);
        At(A, BeforeD).ShouldBe((1, 0, 500_000_000m));
        At(B, BeforeD).ShouldBe((0, 1, 0m));
    }

    [Theory]
    [InlineData(500_000_000.01, 0.01)]
    [InlineData(620_000_000, 120_000_000)]
    [InlineData(499_999_999.99, 0)]
    [InlineData(1, 0)]
    public void Of_an_upgrade_only_what_is_above_the_earlier_amount_counts(double contract, double counts)
    {
        Intent();
        Contract((decimal)contract);
        At(B, BeforeD).ShouldBe((0, 1, (decimal)counts));
    }

    [Fact]
    public void A_top_up_counts_its_increment_and_no_signing()
    {
        Intent();
        Contract(500_000_000);
        TopUp();
        Posted(C).ShouldBe([Line(C, "contract", 0, 0, 200_000_000, "100m-500m", C.Day)]);
    }

    [Fact]
    public void With_another_owner_the_whole_credit_moves_to_the_new_paper_from_its_day_on()
    {
        Intent();
        Contract(500_000_000);
        TopUp();
        Replace(700_000_000);

        At(A, BeforeD).ShouldBe((1, 0, 500_000_000m));
        At(B, BeforeD).ShouldBe((0, 1, 0m));
        At(C, BeforeD).ShouldBe((0, 0, 200_000_000m));
        At(D, BeforeD).ShouldBe((0, 0, 0m));

        At(A, D.Day).ShouldBe((0, 0, 0m));
        At(B, D.Day).ShouldBe((0, 0, 0m));
        At(C, D.Day).ShouldBe((0, 0, 0m));
        At(D, D.Day).ShouldBe((1, 0, 700_000_000m));

        Of(D.Id).ShouldBe(
        [
            Line(D, "contract", 1, 0, 700_000_000, "500m-1bn", D.Day), Line(A, "intent", -1, 0, -500_000_000, "500m-1bn", D.Day),
            Line(B, "contract", 0, -1, 0, "500m-1bn", D.Day), Line(C, "contract", 0, 0, -200_000_000, "100m-500m", D.Day),
        ]);
        Pending().ShouldBe((0, 0, 0m));
    }

    [Fact]
    public void Until_a_second_person_has_confirmed_the_new_owner_nothing_has_moved_and_returned_nothing_ever_will()
    {
        Intent();
        _ledger.Post(Drafted(D, 500_000_000, Tiers.Contract, FollowUps.Replacement, A.Id), D.Id, D.Day);
        _ledger.Post(new OwnerReplaced(D.Id, A.Id, A.Id, Project, D.Fair, Money.Yuan(500_000_000), D.Day), D.Id, D.Day);
        At(A, D.Day).ShouldBe((1, 0, 500_000_000m));
        At(D, D.Day).ShouldBe((0, 0, 0m));
        Pending().ShouldBe((0, 0, 0m));
        _ledger.Cells(posting => posting.CeremonyId == D.Fair).Sum(cell => cell.Status == "pending").ShouldBe(new Figure(1, Money.Yuan(500_000_000)));
        _ledger.Post(new SigningReturned(D.Id), D.Id, D.Day);
        _ledger.Cells().Items.Where(cell => cell.Status == "pending" && cell.Figure != Figure.Zero).ShouldBeEmpty();
        At(A, D.Day).ShouldBe((1, 0, 500_000_000m));
    }

    [Fact]
    public void A_change_that_holds_only_after_the_new_owners_day_is_taken_back_on_its_own_day()
    {
        Intent();
        var amended = D.Day.AddDays(10);
        _ledger.Post(new AgreementAmended(A.Id, Money.Yuan(500_000_000), Money.Yuan(600_000_000)), A.Id, amended);
        _ledger.Post(new AmendmentConfirmed(A.Id), A.Id, amended);
        Replace(600_000_000, A.Id);
        At(A, BeforeD).ShouldBe((1, 0, 500_000_000m));
        At(A, D.Day).ShouldBe((0, 0, 0m));
        At(A, amended).ShouldBe((0, 0, 0m));
        At(D, amended).ShouldBe((1, 0, 600_000_000m));
    }

    [Fact]
    public void A_second_owner_takes_over_from_the_first_one_and_takes_nothing_back_twice()
    {
        Intent();
        Replace(500_000_000, A.Id);
        var e = Paper(5, D.Day.AddDays(30));
        Confirmed(e, Drafted(e, 550_000_000, Tiers.Contract, FollowUps.Replacement, D.Id), new OwnerReplaced(e.Id, D.Id, A.Id, Project, e.Fair, Money.Yuan(550_000_000), e.Day));
        At(A, e.Day).ShouldBe((0, 0, 0m));
        At(D, e.Day).ShouldBe((0, 0, 0m));
        At(e, e.Day).ShouldBe((1, 0, 550_000_000m));
        At(D, D.Day).ShouldBe((1, 0, 500_000_000m));
    }

    [Fact]
    public void A_termination_takes_out_what_its_own_paper_counts()
    {
        Intent();
        Contract(620_000_000);
        Terminate(B, D.Day);
        At(B, D.Day).ShouldBe((0, 0, 0m));
        At(A, D.Day).ShouldBe((1, 0, 500_000_000m));
    }

    [Fact]
    public void That_the_new_owner_withdraws_does_not_bring_the_old_ones_signing_back()
    {
        Intent();
        Replace(500_000_000, A.Id);
        Terminate(D, D.Day.AddDays(30));
        At(A, D.Day.AddDays(30)).ShouldBe((0, 0, 0m));
        At(D, D.Day.AddDays(30)).ShouldBe((0, 0, 0m));
        At(D, D.Day.AddDays(29)).ShouldBe((1, 0, 500_000_000m));
    }

    [Fact]
    public void An_amendment_of_an_upgrade_counts_what_it_then_is_above_the_earlier_amount()
    {
        Intent();
        Contract(500_000_000);
        _ledger.Post(new AgreementAmended(B.Id, Money.Yuan(500_000_000), Money.Yuan(1_100_000_000)), B.Id, C.Day);
        _ledger.Post(new AmendmentConfirmed(B.Id), B.Id, C.Day);
        At(B, C.Day).ShouldBe((0, 1, 600_000_000m));
        At(A, C.Day).ShouldBe((1, 0, 500_000_000m));
    }

    private static (Guid Id, Guid Fair, DateOnly Day) Paper(int number, DateOnly day) => (Guid.Parse($"01890000-0000-7000-8000-0000000000a{number}"), Guid.Parse($"01890000-0000-7000-8000-00000000000{number}"), day);

    private static AgreementDrafted Drafted((Guid Id, Guid Fair, DateOnly Day) paper, decimal yuan, string tier, string? followsAs = null, Guid? follows = null) => new(
        paper.Id, $"NH-{paper.Id}", Project, paper.Fair, "某公司", Industries.Microelectronics, Money.Yuan(yuan), Illustrative: false, Tier: tier, Follows: follows, FollowsAs: followsAs, Chain: follows is null ? null : A.Id);

    private void Intent() => Confirmed(A, Drafted(A, 500_000_000, Tiers.Intent), new AgreementSigned(A.Id, Project, A.Fair, Money.Yuan(500_000_000), A.Day));

    private void Contract(decimal yuan) => Confirmed(
        B, Drafted(B, yuan, Tiers.Contract, FollowUps.Upgrade, A.Id), new AgreementUpgraded(B.Id, A.Id, Project, B.Fair, Money.Yuan(yuan), Money.Yuan(500_000_000), B.Day));

    private void TopUp() => Confirmed(
        C, Drafted(C, 200_000_000, Tiers.Contract, FollowUps.TopUp, B.Id), new InvestmentToppedUp(C.Id, B.Id, Project, C.Fair, Money.Yuan(200_000_000), C.Day));

    private void Replace(decimal yuan, Guid? follows = null) => Confirmed(
        D, Drafted(D, yuan, Tiers.Contract, FollowUps.Replacement, follows ?? B.Id), new OwnerReplaced(D.Id, follows ?? B.Id, A.Id, Project, D.Fair, Money.Yuan(yuan), D.Day));

    private void Confirmed((Guid Id, Guid Fair, DateOnly Day) paper, params object[] facts)
    {
        foreach (var fact in (object[])[.. facts, new SigningConfirmed(paper.Id)]) _ledger.Post(fact, paper.Id, paper.Day);
    }

    private void Terminate((Guid Id, Guid Fair, DateOnly Day) paper, DateOnly on)
    {
        _ledger.Post(new AgreementTerminated(paper.Id), paper.Id, on);
        _ledger.Post(new TerminationConfirmed(paper.Id), paper.Id, on);
    }

    /// <summary>The confirmed postings about a paper.</summary>
    private IEnumerable<Posting> Posted((Guid Id, Guid Fair, DateOnly Day) paper) => _ledger.Postings.Where(posting => posting.AgreementId == paper.Id && posting.Status == "confirmed");

    /// <summary>The confirmed postings that an agreement's last event made.</summary>
    private IEnumerable<Posting> Of(Guid agreement) => _ledger.Postings.SkipWhile(posting => posting.AgreementId != agreement).Where(posting => posting.Status == "confirmed");

    private static Posting Line((Guid Id, Guid Fair, DateOnly Day) paper, string tier, int count, int upgrades, decimal yuan, string band, DateOnly on) => new(
        "agreed-investment", "confirmed", count, Money.Yuan(yuan), on, paper.Fair, paper.Id, Project, "microelectronics", band, Illustrative: false, Tier: tier, Upgrades: upgrades);

    /// <summary>What a paper counts at its fair, effective by a day: signings, upgrades, yuan.</summary>
    private (int, int, decimal) At((Guid Id, Guid Fair, DateOnly Day) paper, DateOnly effectiveBy) =>
        Sum(posting => posting.CeremonyId == paper.Fair && posting.Status == "confirmed" && posting.EffectiveOn <= effectiveBy);

    private (int, int, decimal) Pending() => Sum(posting => posting.Status == "pending");

    private (int, int, decimal) Sum(Func<Posting, bool> which)
    {
        var postings = _ledger.Postings.Where(which).ToList();
        return (postings.Sum(posting => posting.Count), postings.Sum(posting => posting.Upgrades), postings.Sum(posting => posting.Amount.Value));
    }
}
