using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.EstablishFundFeature;
using static Luodi.Funds.RecordCommitmentFeature;

namespace Luodi.Specs.Funds;

public abstract class FundSpec : Story<Fund>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    protected static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly Guid CommitmentId = Guid.Parse("01890000-0000-7000-8000-0000000000e1");
    protected static readonly FundEstablished Established = new(Id, "天使一号", FundKinds.DirectAngel, Money.Yuan(100_000_000));

    protected static CommitmentRecorded Committed(decimal yuan) => new(CommitmentId, Id, ProjectId, Money.Yuan(yuan));

    protected override Fund? Evolve(Fund? state, object fact) => FundHistory.Evolve(state, fact);
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
    public void Each_kind_of_the_family_can_be_established(string kind) =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", kind, Money.Yuan(100_000_000)), null)).Then(Established with { Kind = kind });

    [Fact]
    public void A_kind_outside_the_family_is_refused() =>
        When(EstablishFundFeature.Decide(Id, new EstablishFund("天使一号", "hedge", Money.Yuan(1)), null)).ThenRefused<KindUnknown>("kind");

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

    private static Func<Fund, Decision> Commit(decimal yuan) =>
        fund => RecordCommitmentFeature.Decide(fund, CommitmentId, new RecordCommitment(ProjectId, Money.Yuan(yuan)));
}
