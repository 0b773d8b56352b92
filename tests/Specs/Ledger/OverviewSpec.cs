using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>The key figures of the first page.</summary>
public sealed class OverviewSpec
{
    private static readonly DateOnly Today = new(2024, 1, 15);

    private readonly Heard _ledger = new();

    [Fact]
    public void A_bureau_that_has_signed_nothing_has_figures_of_nothing()
    {
        var overview = Overview();
        (overview.ThisMonth.Signings, overview.Total.Signings, overview.Total.Amount, overview.Pending.Signings, overview.Position).ShouldBe((0, 0, Money.Yuan(0), 0, 0));
    }

    [Fact]
    public void A_signing_counts_in_the_month_and_the_year_in_which_it_holds()
    {
        Confirmed(90_000_000, new(2024, 1, 1));
        Confirmed(100_000_000, new(2023, 12, 31));
        Confirmed(30_000_000, new(2023, 11, 30));
        var overview = Overview();
        Figure(overview.ThisMonth).ShouldBe((1, 90_000_000m));
        Figure(overview.LastMonth).ShouldBe((1, 100_000_000m));
        Figure(overview.ThisYear).ShouldBe((1, 90_000_000m));
        (overview.Total.Signings, overview.Total.Amount.Value, overview.Total.AtLeast100Million).ShouldBe((3, 220_000_000m, 1));
    }

    [Fact]
    public void What_waits_stands_beside_what_counts()
    {
        Signed(50_000_000, Today);
        Confirmed(20_000_000, Today);
        var overview = Overview();
        Figure(overview.Pending).ShouldBe((1, 50_000_000m));
        Figure(overview.ThisMonth).ShouldBe((1, 20_000_000m));
    }

    [Fact]
    public void Each_figure_opens()
    {
        var overview = Overview();
        overview.ThisMonth.Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&month=2024-01");
        overview.LastMonth.Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&month=2023-12");
        overview.ThisYear.Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&effectiveFrom=2024-01-01&effectiveBy=2024-12-31");
        overview.Total.Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement");
        overview.Total.AtLeast100MillionPostings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&sizeBand=100m-500m,500m-1bn,1bn-up");
        overview.Pending.Postings.ShouldBe("/api/reporting/postings?status=pending&tier=agreement");
    }

    [Fact]
    public void Papers_of_another_tier_stand_beside_the_figures_without_a_sum()
    {
        Confirmed(20_000_000, Today);
        Confirmed(500_000_000, Today, Tiers.Intent);
        var overview = Overview();
        (overview.Tier, overview.Total.Signings, overview.Total.Amount.Value, overview.Total.AtLeast100Million).ShouldBe(("agreement", 1, 20_000_000m, 0));
        Figure(overview.ThisMonth).ShouldBe((1, 20_000_000m));
        overview.ByTier.Select(row => (row.Key, row.Signings, row.Amount.Value, row.Postings)).ShouldBe(
            [("intent", 1, 500_000_000m, "/api/reporting/postings?status=confirmed&tier=intent"), ("agreement", 1, 20_000_000m, "/api/reporting/postings?status=confirmed&tier=agreement")]);
    }

    [Fact]
    public void A_rollup_of_what_waits_holds_nothing_that_counts()
    {
        Signed(50_000_000, Today);
        Confirmed(20_000_000, Today);
        var pending = ReadRollupFeature.Of("month", new PostingFilter(Status: "pending"), _ledger.Cells());
        (pending.Status, pending.Total).ShouldBe(("pending", new Figure(1, Money.Yuan(50_000_000))));
        pending.Rows.ShouldHaveSingleItem().Postings.ShouldBe("/api/reporting/postings?status=pending&tier=agreement&month=2024-01");
    }

    private Overview Overview() => ReadOverviewFeature.Of(new DateTimeOffset(2024, 1, 15, 0, 0, 0, TimeSpan.Zero), Today, _ledger.Cells());

    private static (int, decimal) Figure(OverviewFigure figure) => (figure.Signings, figure.Amount.Value);

    private Guid Signed(decimal yuan, DateOnly on, string tier = Tiers.Agreement)
    {
        var (id, project, ceremony) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        _ledger.Post(new AgreementDrafted(id, "NH-1", project, ceremony, "某公司", Industries.Other, Money.Yuan(yuan), Illustrative: false, Tier: tier), id, on);
        _ledger.Post(new AgreementSigned(id, project, ceremony, Money.Yuan(yuan), on), id, on);
        return id;
    }

    private void Confirmed(decimal yuan, DateOnly on, string tier = Tiers.Agreement)
    {
        var id = Signed(yuan, on, tier);
        _ledger.Post(new SigningConfirmed(id), id, on);
    }
}
