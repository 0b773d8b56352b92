using CsCheck;
using Luodi.Funds;
using Luodi.Funds.Figures;
using Luodi.Funds.Sizes;
using Luodi.Ledger;
using Luodi.Reporting.Definitions;
using Luodi.Specs.Funds;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>Whatever is asked of a fund, the ledger says what the fund itself says: its postings add up to its sums, and to those of its family.</summary>
public sealed class FundLedgerLaws
{
    private const long Iterations = 200;

    [Fact]
    public void The_sums_of_its_postings_are_those_of_the_fund_its_partners_and_its_deals() => Always((fund, _, ledger) =>
    {
        bool Own(Posting line) => line.FundId == fund.Id;
        decimal Of(string measure) => ledger.Sum(measure, Own);
        (Of(Measures.FundCommitted), Of(Measures.FundCalled), Of(Measures.FundPaidIn), Of(Measures.FundRecalled), Of(Measures.FundInvested), Of(Measures.FundProceeds), Of(Measures.FundDistributed))
            .ShouldBe((fund.Subscribed, fund.Called, fund.PaidIn, fund.Recalled, fund.Disbursed, fund.Proceeds, fund.Distributed));
        foreach (var partner in fund.Partners)
        {
            decimal By(string measure) => ledger.Sum(measure, line => Own(line) && line.PartnerKind == (partner.MotherFundId is null ? partner.Kind : Partners.Family));
            (By(Measures.FundCommitted), By(Measures.FundCalled), By(Measures.FundPaidIn), By(Measures.FundRecalled), By(Measures.FundDistributed))
                .ShouldBe((partner.Subscribed, partner.Called, partner.PaidIn, partner.Recalled, partner.Distributed), partner.Name);
        }
        foreach (var deals in fund.Deals.GroupBy(deal => deal.ProjectId)) ledger.Sum(Measures.FundInvested, line => line.ProjectId == deals.Key).ShouldBe(deals.Sum(deal => deal.Disbursed));
    });

    [Fact]
    public void What_waits_is_posted_beside_it_and_nothing_else() => Always((fund, _, ledger) =>
    {
        decimal Waits(params string[] kinds) => fund.Pending.Where(entry => kinds.Contains(entry.Kind)).Sum(entry => entry.Amount);
        decimal Of(string measure) => ledger.Sum(measure, status: PostingStatus.Pending);
        (Of(Measures.FundCommitted), Of(Measures.FundCalled), Of(Measures.FundPaidIn), Of(Measures.FundRecalled), Of(Measures.FundInvested), Of(Measures.FundProceeds), Of(Measures.FundDistributed))
            .ShouldBe((Waits("subscription"), Waits("called"), Waits("paid-in"), Waits("recalled"), Waits("disbursed"), Waits("exited"), Waits("distributed")));
    });

    [Fact]
    public void The_family_total_of_the_definitions_is_that_of_the_funds_own_family() => Always((fund, mother, ledger) =>
    {
        var family = ReadFamilyFeature.Of([mother, fund], FundFamily.Unclaimed, _ => true).Families.ShouldHaveSingleItem();
        decimal Of(string name) => MeasuresOfFunds.Measures.Single(definition => definition.Name == name) is var definition
            ? ledger.Sum(definition.Measure, line => definition.PartnerKind?.Split(',').Contains(line.PartnerKind) is not false) : 0;
        (Of("family-committed"), Of("family-called"), Of("fund-invested")).ShouldBe((family.Total.Committed, family.Total.Called, family.Total.Invested));
        // Links from partners that are no fund shown there: a distribution that was called back is paid again.
        (Of("family-paid-in") + Of("family-recalled")).ShouldBe(family.Links.Where(link => link.FromKind == "partner").Sum(link => link.Amount));
    });

    [Fact]
    public void Everything_that_counts_stands_at_the_vintage_that_the_terms_say_now_and_pairs_that_arrange_cancel_out() => Always((fund, _, ledger) =>
    {
        var lines = ledger.Postings.Where(line => line.FundId == fund.Id).ToList();
        foreach (var standing in Posting.Net(lines.Select(line => line with { Arranges = false }))) standing.Traits.Vintage.ShouldBe(fund.Terms?.Vintage?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Posting.None);
        Posting.Net(lines.Where(line => line.Arranges).Select(line => line with { Traits = TraitValues.Unknown })).ShouldBeEmpty();
    });

    private static void Always(Action<Fund, Fund, FundLedger> law) => FundLaws.AnyStory.Sample(story =>
    {
        var (told, ledger, heard) = (new FundLaws.Told(), new FundLedger(), 0);
        ledger.Hear(FundLaws.OfMother);
        foreach (var request in story)
        {
            told.Ask(request);
            ledger.Hear(told.Facts.Skip(heard));
            heard = told.Facts.Count;
            law(told.Fund, told.MotherFund, ledger);
        }
    }, iter: Iterations, print: story => string.Join("\n", story.Select(request => request.ToString())));
}
