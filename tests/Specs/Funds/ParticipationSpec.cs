using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Flows;
using Luodi.Funds.Participation;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Funds;

public sealed class ParticipationSpec : FundSpec
{
    private static readonly Guid AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000c1");

    private static DealCommitted Taking(decimal yuan) => new(DealId, Id, ProjectId, AgreementId, Money.Yuan(yuan), Day);

    [Fact]
    public void A_fund_commits_what_an_agreement_in_force_asks_of_it() => Given(Raised).When(Asked(100)).Then(Taking(100)).Effective(Day);

    [Fact]
    public void It_refuses_a_fen_more_than_is_uncommitted_or_when_it_has_ended_or_in_another_currency()
    {
        Given(Raised).When(Asked(100.01m)).Then(new ParticipationRefused(AgreementId, Id, ProjectId, Money.Yuan(100.01m), ParticipationObstacles.CapitalShort, Money.Yuan(100)));
        Given([.. Raised, new FundWoundUp(Id)]).When(Asked(1)).Then(new ParticipationRefused(AgreementId, Id, ProjectId, Money.Yuan(1), ParticipationObstacles.WoundUp, Money.Yuan(100)));
        Given(Established with { TargetSize = new Money(5, "USD") }).When(Asked(1)).Then(new ParticipationRefused(AgreementId, Id, ProjectId, Money.Yuan(1), ParticipationObstacles.OtherCurrency, new Money(0, "USD")));
    }

    [Fact]
    public void What_is_asked_anew_is_the_whole_and_the_difference_is_committed_or_freed()
    {
        object[] facts = [.. Raised, Taking(60)];
        Given(facts).When(Asked(100)).Then(new DealResized(DealId, Id, ProjectId, AgreementId, Money.Yuan(60), Money.Yuan(100)));
        Given(facts).When(Asked(100.01m)).Then(new ParticipationRefused(AgreementId, Id, ProjectId, Money.Yuan(100.01m), ParticipationObstacles.CapitalShort, Money.Yuan(40)));
        Given([.. facts, new DealResized(DealId, Id, ProjectId, AgreementId, Money.Yuan(60), Money.Yuan(20))]).State
            .ShouldSatisfyAllConditions(fund => fund.Committed.ShouldBe(Money.Yuan(20)), fund => fund.Deals[0].Amount.ShouldBe(20));
    }

    [Fact]
    public void What_was_paid_out_is_not_asked_for_less() =>
        Given([.. Raised, Flowed(FlowKinds.Income, 50), Taking(60), Flowed(FlowKinds.Disbursed, 50, deal: DealId)]).When(Asked(10))
            .Then(new DealResized(DealId, Id, ProjectId, AgreementId, Money.Yuan(60), Money.Yuan(50)));

    [Fact]
    public void A_termination_frees_what_was_not_paid_out_of_the_agreements_deals_and_of_no_other()
    {
        object[] facts = [.. Raised, Flowed(FlowKinds.Income, 50), Taking(60), Flowed(FlowKinds.Disbursed, 50, deal: DealId)];
        Given([.. facts, new DealCommitted(EntryId, Id, ProjectId, null, Money.Yuan(5), Day)]).When(fund => SigningNews.Release(fund, AgreementId))
            .Then(new DealCancelled(DealId, Id, ProjectId, AgreementId, Money.Yuan(10)));
        Given(Raised).When(fund => SigningNews.Release(fund, AgreementId)).ThenNothing();
    }

    private static Func<Fund, Decision> Asked(decimal yuan) => fund => SigningNews.Decide(fund, new AskedOfFund(AgreementId, Id, ProjectId, Money.Yuan(yuan), InForce: true), DealId, Day);
}
