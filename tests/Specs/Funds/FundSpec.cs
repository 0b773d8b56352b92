using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.Funds.Terms;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Deals.RecordCommitmentFeature;
using static Luodi.Funds.Terms.EstablishFundFeature;

namespace Luodi.Specs.Funds;

public abstract class FundSpec : Story<Fund>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    protected static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly Guid CommitmentId = Guid.Parse("01890000-0000-7000-8000-0000000000e1");
    protected static readonly FundEstablished Established = new(Id, "天使一号", FundKinds.DirectAngel, Money.Yuan(100_000_000));

    protected static CommitmentRecorded Committed(decimal yuan) => new(CommitmentId, Id, ProjectId, Money.Yuan(yuan));

    protected static readonly Guid A = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly Guid B = Guid.Parse("01890000-0000-7000-8000-0000000000a2");
    protected static readonly Guid EntryId = Guid.Parse("01890000-0000-7000-8000-0000000000e2");
    protected static readonly Guid DealId = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
    protected static readonly DateOnly Day = new(2023, 11, 1);
    protected static readonly DateOnly Today = new(2023, 12, 1);
    protected static readonly PartnerAdmitted HasA = new(A, Id, "甲", PartnerKinds.Government, null);
    protected static readonly PartnerAdmitted HasB = new(B, Id, "乙", PartnerKinds.StateOwned, null);
    protected static readonly FundTermsSet Recycles = new(Id, null, null, null, null, null, null, null, null, Recycling: true);

    protected static SubscriptionConfirmed Subscribed(Guid partner, decimal yuan, Guid? id = null) => new(id ?? Guid.CreateVersion7(), Id, partner, Money.Yuan(yuan), Day);

    /// <summary>Two partners of 60 and 40 yuan.</summary>
    protected static object[] Raised => [Established, HasA, HasB, Subscribed(A, 60, CommitmentId), Subscribed(B, 40)];

    /// <summary>The same, half of it called and paid, and 70 committed to a deal.</summary>
    protected static object[] Running =>
        [.. Raised, Flowed(FlowKinds.Called, 30, A), Flowed(FlowKinds.Called, 20, B), Flowed(FlowKinds.PaidIn, 30, A), Flowed(FlowKinds.PaidIn, 20, B), Deal(70)];

    protected static DealCommitted Deal(decimal yuan) => new(DealId, Id, ProjectId, null, Money.Yuan(yuan), Day);

    protected static FlowConfirmed Flowed(string kind, decimal yuan, Guid? partner = null, Guid? deal = null, decimal cost = 0, bool recallable = false, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), Id, kind, Day, Money.Yuan(yuan), partner, deal, cost, recallable);

    protected override Fund? Evolve(Fund? state, object fact) => FundHistory.Evolve(state, fact, "staff");
}

public sealed class EstablishFundSpec : FundSpec
{
    [Fact]
    public void A_fund_has_a_name_a_kind_and_a_target_size() =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund(" 天使一号 ", FundKinds.DirectAngel, Money.Yuan(100_000_000)), null)).Then(Established);

    [Theory]
    [InlineData(FundKinds.DirectAngel)]
    [InlineData(FundKinds.LeadingIndustry)]
    [InlineData(FundKinds.Market)]
    [InlineData(FundKinds.OwnBrand)]
    public void Each_kind_of_the_family_can_be_established(string kind) =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", kind, Money.Yuan(100_000_000)), null)).Then(Established with { Kind = kind });

    [Fact]
    public void A_kind_outside_the_family_is_refused() =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", "hedge", Money.Yuan(1)), null)).ThenRefused<KindUnknown>("kind");

    [Fact]
    public void A_fund_is_kept_in_its_own_currency()
    {
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", FundKinds.Market, new Money(5, "USD")), null)).Then(Established with { Kind = FundKinds.Market, TargetSize = new Money(5, "USD") });
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", FundKinds.Market, new Money(5, "dollars")), null)).ThenRefused<FundCurrencyMalformed>("targetSize");
        Given(Established).When(fund => RecordCommitmentFeature.Decide(fund, CommitmentId, new RecordCommitment(ProjectId, new Money(1, "USD")))).ThenRefused(new OtherCurrencyThanFund("amount", "CNY"));
    }

    [Fact]
    public void Its_terms_can_be_set_with_it() =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", FundKinds.DirectAngel, Money.Yuan(100_000_000), new SetTerms(Recycling: true)), null)).Then(Established, Recycles);

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund(null, null, null), null)).ThenRefused(new Missing("name"), new Missing("kind"), new Missing("targetSize"));
}

public sealed class RecordCommitmentSpec : FundSpec
{
    [Fact]
    public void A_fund_commits_capital_to_a_project() => Given(Established).When(Commit(30_000_000)).Then(Committed(30_000_000)).Answering(new { id = CommitmentId });

    [Fact]
    public void A_fund_commits_its_whole_target_size() => Given(Established, Committed(30_000_000)).When(Commit(70_000_000)).Then(Committed(70_000_000));

    [Fact]
    public void A_fund_does_not_commit_a_fen_beyond_its_target_size() =>
        Given(Established, Committed(30_000_000)).When(Commit(70_000_000.01m)).ThenRefused<BeyondTargetSize>("amount", status: 409);

    [Fact]
    public void A_fund_that_is_fully_committed_says_that_nothing_is_left() =>
        Given(Established, Committed(100_000_000)).When(Commit(0.01m)).ThenRefused(new BeyondTargetSize(0));

    [Fact]
    public void What_a_fund_has_committed_is_the_sum_of_its_commitments() =>
        Given(Established, Committed(0.01m), Committed(30_000_000)).State.Committed.ShouldBe(Money.Yuan(30_000_000.01m));

    [Fact]
    public void A_commitment_names_its_project_and_its_amount() =>
        Given(Established)
            .When(fund => RecordCommitmentFeature.Decide(fund, CommitmentId, new RecordCommitment(null, null)))
            .ThenRefused(new Missing("projectId"), new Missing("amount"));

    [Fact]
    public void A_fund_that_keeps_its_partners_commits_by_deals_which_a_second_person_confirms() => Given(Raised).When(Commit(1)).ThenRefused<HasPartners>();

    private static Func<Fund, Decision> Commit(decimal yuan) =>
        fund => RecordCommitmentFeature.Decide(fund, CommitmentId, new RecordCommitment(ProjectId, Money.Yuan(yuan)));
}
