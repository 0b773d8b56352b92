using Luodi.Contracts.Funds;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Funding;
using Shouldly;
using Xunit;
using static Luodi.Signings.Funding.AskFundFeature;

namespace Luodi.Specs.Signings;

public sealed class FundingSpec : AgreementSpec
{
    private static readonly KnownFund Fund = new(Guid.Parse("01890000-0000-7000-8000-0000000000f1"), "天使一号");
    private static readonly Guid DealId = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
    private static readonly FundParticipationRequested Asked = new(Id, Fund.Id, Project.Id, Yuan(30_000_000));
    private static readonly FundingConfirmed Funded = new(Id, Fund.Id, DealId, Yuan(30_000_000));
    private static readonly FundingRefused Refused = new(Id, Fund.Id, Yuan(30_000_000), ParticipationObstacles.CapitalShort, Yuan(10_000_000));

    [Fact]
    public void A_draft_names_the_fund_that_takes_part()
    {
        var paper = new DraftAgreement("NH-2023-001", Project.Id, Ceremony.Id, "某公司", Yuan(90_000_000), Fund: new(Fund.Id, Yuan(30_000_000)));
        When(DraftAgreementFeature.Decide(Id, paper, Project, Ceremony, null, fund: Fund)).Then(Drafted, Asked);
        When(DraftAgreementFeature.Decide(Id, paper, Project, Ceremony, null)).ThenRefused<FundUnknown>("fundId");
        When(DraftAgreementFeature.Decide(Id, paper with { Fund = new(null, null) }, Project, Ceremony, null)).ThenRefused(new Missing("fundId"), new Missing("fundAmount"));
        When(DraftAgreementFeature.Decide(Id, paper with { Fund = new(Fund.Id, Yuan(90_000_000.01m)) }, Project, Ceremony, null, fund: Fund)).ThenRefused(new FundPartAboveAmount("fundAmount"));
    }

    [Fact]
    public void The_draft_may_name_it_later_another_sum_or_nobody_any_more()
    {
        Given(Drafted).When(Ask(30_000_000)).Then(Asked);
        Given(Drafted, Asked).When(Ask(30_000_000)).ThenNothing();
        Given(Drafted, Asked).When(Ask(40_000_000)).Then(Asked with { Amount = Yuan(40_000_000) });
        Given(Drafted, Asked).When(agreement => AskFundFeature.Decide(agreement, new(null, null), null)).Then(new FundParticipationWithdrawn(Id, Fund.Id));
        Given(Drafted).When(agreement => AskFundFeature.Decide(agreement, new(null, null), null)).ThenNothing();
        Given(Drafted, Asked, new FundParticipationWithdrawn(Id, Fund.Id)).State.Fund.ShouldBeNull();
    }

    [Fact]
    public void It_puts_in_the_whole_amount_at_most()
    {
        Given(Drafted).When(Ask(90_000_000)).Then(Asked with { Amount = Yuan(90_000_000) });
        Given(Drafted).When(Ask(90_000_000.01m)).ThenRefused(new FundPartAboveAmount("amount"));
        Given(Drafted, Asked).When(agreement => CorrectDraftFeature.Decide(agreement, new(null, Yuan(29_999_999.99m)), null)).ThenRefused(new FundPartAboveAmount("amount"));
        Given(Drafted, Asked, Signed, Confirmed).When(Amend(20_000_000, null)).ThenRefused(new FundPartAboveAmount("fundAmount"));
    }

    [Fact]
    public void What_is_signed_says_it_already()
    {
        Given(Drafted, Asked, Signed).When(Ask(40_000_000)).ThenRefused<FundAskedByDraft>();
        Given(Drafted, Asked, Signed, Confirmed).When(agreement => AskFundFeature.Decide(agreement, new(null, null), null)).ThenRefused<FundAskedByDraft>();
    }

    [Fact]
    public void The_agreement_shows_what_the_fund_answered()
    {
        Given(Drafted, Asked, Signed, Confirmed).State.Fund.ShouldBe(new FundPart(Fund.Id, Yuan(30_000_000)));
        Given(Drafted, Asked, Signed, Confirmed).When(agreement => FundNews.Decide(agreement, Funded)).Then(Funded);
        Given(Drafted, Asked, Signed, Confirmed, Funded).When(agreement => FundNews.Decide(agreement, Funded)).ThenNothing();
        Given(Drafted, Asked, Signed, Confirmed, Funded).State.Fund.ShouldBe(new FundPart(Fund.Id, Yuan(30_000_000), FundingStates.Confirmed, Yuan(30_000_000)));
        Given(Drafted, Asked, Signed, Confirmed, Refused).State.Fund.ShouldBe(new FundPart(Fund.Id, Yuan(30_000_000), FundingStates.Refused, null, ParticipationObstacles.CapitalShort, Yuan(10_000_000)));
        Given(Drafted, Asked, Signed, Confirmed, Funded, Terminated, TerminationConfirmed, new FundingReleased(Id, Fund.Id, DealId, Yuan(20_000_000))).State.Fund!
            .ShouldSatisfyAllConditions(part => part.Status.ShouldBe(FundingStates.Released), part => part.Committed.ShouldBe(Yuan(10_000_000)));
    }

    [Fact]
    public void A_fund_may_commit_to_an_agreement_that_asked_none_and_another_one_is_not_heard()
    {
        Given(Drafted, Signed, Confirmed).When(agreement => FundNews.Decide(agreement, Funded)).Then(Funded);
        Given(Drafted, Signed, Confirmed, Funded).State.Fund!.Status.ShouldBe(FundingStates.Confirmed);
        Given(Drafted, Asked, Signed, Confirmed).When(agreement => FundNews.Decide(agreement, Funded with { FundId = DealId })).ThenNothing();
    }

    [Fact]
    public void A_fund_that_refused_is_asked_again_and_no_other()
    {
        Given(Drafted, Asked, Signed, Confirmed, Refused).When(AskAgain).Then(Asked);
        Given(Drafted, Asked, Signed, Confirmed, Funded, new FundingReleased(Id, Fund.Id, DealId, Yuan(30_000_000))).When(AskAgain).Then(Asked);
        Given(Drafted, Asked, Signed, Confirmed, Funded, new FundingReleased(Id, Fund.Id, DealId, Yuan(29_000_000))).When(AskAgain).ThenRefused<FundDidNotRefuse>();
        Given(Drafted, Asked, Signed, Confirmed, Funded).When(AskAgain).ThenRefused<FundDidNotRefuse>();
        Given(Drafted, Asked, Signed, Confirmed, Refused, Terminated, TerminationConfirmed).When(AskAgain).ThenRefused<FundDidNotRefuse>();
    }

    [Fact]
    public void In_force_an_amendment_asks_for_another_sum_once_a_second_person_has_confirmed_it()
    {
        var amended = new AgreementAmended(Id, Yuan(90_000_000), Yuan(90_000_000), FundAmount: Yuan(40_000_000));
        Given(Drafted, Asked, Signed, Confirmed, Funded).When(Amend(90_000_000, 40_000_000)).Then(amended);
        var waits = Given(Drafted, Asked, Signed, Confirmed, Funded, amended);
        waits.State.Fund!.Amount.ShouldBe(Yuan(30_000_000));
        waits.When(agreement => ConfirmAgreementFeature.Decide(agreement, OtherStaff)).Then(AmendmentConfirmed, Asked with { Amount = Yuan(40_000_000) });
        Given(Drafted, Asked, Signed, Confirmed, Funded, amended, AmendmentConfirmed, Asked with { Amount = Yuan(40_000_000) }).State
            .ShouldSatisfyAllConditions(a => a.ProposedFundAmount.ShouldBeNull(), a => a.Fund.ShouldBe(new FundPart(Fund.Id, Yuan(40_000_000), Committed: Yuan(30_000_000))));
        Given(Drafted, Asked, Signed, Confirmed, Funded, amended, AmendmentReturned).State.ProposedFundAmount.ShouldBeNull();
        Given(Drafted, Asked, Signed, Confirmed, Funded).When(Amend(90_000_000, 30_000_000)).ThenRefused<AmendAgreementFeature.SameAmount>("amount");
        Given(Drafted, Signed, Confirmed).When(Amend(90_000_000, 30_000_000)).ThenRefused<NoFundTakesPart>("fundAmount");
    }

    private static Func<Agreement, Decision> Ask(decimal yuan) => agreement => AskFundFeature.Decide(agreement, new(Fund.Id, Yuan(yuan)), Fund);

    private static Func<Agreement, Decision> Amend(decimal yuan, decimal? part) =>
        agreement => AmendAgreementFeature.Decide(agreement, new(Yuan(yuan), "追加", FundAmount: part is { } of ? Yuan(of) : null), Alone(agreement));
}
