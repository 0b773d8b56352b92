using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Ceremonies;
using Shouldly;
using Xunit;
using static Luodi.Signings.Agreements.FollowAgreementFeature;
using static Luodi.Signings.Agreements.SignAgreementFeature;

namespace Luodi.Specs.Signings;

/// <summary>A paper that follows an earlier one about the same project: an intent is in force, signed at another fair.</summary>
public sealed class FollowAgreementSpec : AgreementSpec
{
    private static readonly Guid EarlierId = Guid.Parse("01890000-0000-7000-8000-0000000000a0");
    private static readonly Guid OtherFair = Guid.Parse("01890000-0000-7000-8000-000000000002");
    private static readonly DateOnly EarlierDay = Day.AddDays(-100);

    private static readonly Agreement Earlier = new(
        EarlierId, "NH-2023-000", Project.Id, OtherFair, AgreementStatus.InForce, Yuan(500_000_000), EarlierDay, null, null, null, Tier: Tiers.Intent, Chain: EarlierId);

    private static readonly DraftAgreement Paper = new("NH-2023-001", Project.Id, Ceremony.Id, "某公司", Yuan(500_000_000), Tier: Tiers.Contract, Follows: EarlierId, FollowsAs: FollowUps.Upgrade);
    private static readonly AgreementDrafted Upgrade = Drafted with { Amount = Yuan(500_000_000), Tier = Tiers.Contract, Follows = EarlierId, FollowsAs = FollowUps.Upgrade, Chain = EarlierId };
    private static readonly AgreementDrafted TopUp = Upgrade with { Amount = Yuan(200_000_000), FollowsAs = FollowUps.TopUp };
    private static readonly AgreementDrafted Replacement = Upgrade with { FollowsAs = FollowUps.Replacement };

    [Fact]
    public void A_draft_names_the_paper_it_follows_and_the_first_of_them() =>
        When(Draft(Paper)).Then(Upgrade).Reserving("agreement-number NH-2023-001", new DraftAgreementFeature.NumberTaken("NH-2023-001"));

    [Fact]
    public void A_signed_upgrade_says_what_stood_before_and_takes_no_second_place_in_the_ceremony()
    {
        var outcome = Given(Upgrade).When(Sign());
        outcome.Then(new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(500_000_000), Day)).Effective(Day);
        SignAgreementFeature.Decide(Given(Upgrade).State, new SignAgreement(Day), Ceremony, Day, With(Given(Upgrade).State), Project).Reservations.ShouldBeEmpty();
    }

    [Fact]
    public void What_stood_before_is_the_sum_of_all_that_counts() =>
        Given(Upgrade with { Follows = Id2 }).When(Sign(Earlier, InForce(Id2, Tiers.Framework, FollowUps.Upgrade, 600_000_000, EarlierId) with { Standing = Yuan(500_000_000) }, InForce(Id3, Tiers.Framework, FollowUps.TopUp, 50_000_000, Id2)))
            .Then(new AgreementUpgraded(Id, Id2, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(650_000_000), Day));

    [Fact]
    public void A_signed_top_up_adds_to_the_earlier_paper() =>
        Given(TopUp).When(Sign()).Then(new InvestmentToppedUp(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(200_000_000), Day)).Effective(Day);

    [Fact]
    public void Another_owners_paper_takes_its_place_in_the_ceremony_as_a_signing() =>
        Given(Replacement).When(Sign())
            .Then(new OwnerReplaced(Id, EarlierId, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Day)).Effective(Day).Reserving(CountedOnceKey, new ProjectCountedAlready());

    [Fact]
    public void It_is_confirmed_and_returned_by_a_second_person_as_any_signing()
    {
        var signed = new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(450_000_000), Day);
        Given(Upgrade, signed).When(agreement => ConfirmAgreementFeature.Decide(agreement, Staff)).ThenRefused<ConfirmAgreementFeature.LoggedByYourself>();
        Given(Upgrade, signed).When(agreement => ConfirmAgreementFeature.Decide(agreement, OtherStaff)).Then(Confirmed).Effective(Day);
        Given(Upgrade, signed).When(agreement => ReturnAgreementFeature.Decide(agreement, new ReturnAgreement("缺附件"), OtherStaff)).Then(SigningReturned).Releasing();
        Given(Upgrade, signed, SigningReturned).State.Standing.ShouldBeNull();
        Given(Upgrade, signed, Confirmed).State.Credit.ShouldBe(Yuan(50_000_000));
    }

    [Fact]
    public void A_terminated_top_up_leaves_the_place_that_the_first_signing_holds_in_the_same_ceremony() =>
        Given(TopUp, new InvestmentToppedUp(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(200_000_000), Day), Confirmed, By(Staff, Terminated))
            .When(agreement => ConfirmAgreementFeature.Decide(agreement, OtherStaff)).Then(TerminationConfirmed).Releasing();

    [Fact]
    public void There_is_nothing_to_follow_where_the_reader_sees_none()
    {
        When(Draft(Paper, chain: null)).ThenRefused<EarlierUnknown>("follows");
        When(Draft(Paper with { Follows = null })).ThenRefused<EarlierUnknown>("follows");
    }

    [Fact]
    public void A_paper_follows_in_one_of_three_ways()
    {
        When(Draft(Paper with { FollowsAs = null })).ThenRefused<FollowUpUnknown>("followsAs");
        When(Draft(Paper with { FollowsAs = "extension" })).ThenRefused<FollowUpUnknown>("followsAs");
    }

    [Fact]
    public void A_paper_of_another_project_is_not_followed() => When(Draft(Paper, new Chain([Earlier with { ProjectId = Id2 }]))).ThenRefused<OfAnotherProject>("follows");

    [Theory]
    [InlineData("intent", "upgrade", false)]
    [InlineData("framework", "upgrade", false)]
    [InlineData("agreement", "upgrade", true)]
    [InlineData("framework", "replacement", true)]
    [InlineData("intent", "replacement", false)]
    [InlineData("intent", "top-up", true)]
    public void An_upgrade_goes_up_another_owners_paper_does_not_go_down(string tier, string way, bool fits)
    {
        var decision = Draft(Paper with { Tier = tier, FollowsAs = way }, new Chain([Earlier with { Tier = Tiers.Framework }]));
        if (fits) When(decision).Then(Upgrade with { Tier = tier, FollowsAs = way });
        else When(decision).ThenRefused<TierTooLow>("tier");
    }

    [Fact]
    public void A_corrected_tier_fits_the_paper_that_it_follows()
    {
        Given(Upgrade).When(Correct(Tiers.Framework)).Then(new DraftCorrected(Id, null, null, Tiers.Framework));
        Given(Upgrade).When(Correct(Tiers.Intent)).ThenRefused<TierTooLow>("tier");
        Given(Replacement).When(Correct(Tiers.Intent)).Then(new DraftCorrected(Id, null, null, Tiers.Intent));
        Given(Upgrade).When(Correct(Tiers.Framework, Earlier with { Status = AgreementStatus.Terminated })).ThenRefused<EarlierNotInForce>();
        // The other fields do not ask what it follows.
        Given(Upgrade).When(agreement => CorrectDraftFeature.Decide(agreement, new CorrectDraft("另一公司", null), chain: null)).Then(new DraftCorrected(Id, "另一公司", null));

        static Func<Agreement, Decision> Correct(string tier, Agreement? earlier = null) =>
            agreement => CorrectDraftFeature.Decide(agreement, new CorrectDraft(null, null, tier), new Chain([earlier ?? Earlier, agreement]));
    }

    [Theory]
    [InlineData(AgreementStatus.Draft)]
    [InlineData(AgreementStatus.Signed)]
    [InlineData(AgreementStatus.Terminated)]
    public void Only_what_is_in_force_is_followed(AgreementStatus status)
    {
        When(Draft(Paper, new Chain([Earlier with { Status = status }]))).ThenRefused<EarlierNotInForce>();
        Given(Upgrade).When(Sign(Earlier with { Status = status })).ThenRefused<EarlierNotInForce>();
    }

    [Fact]
    public void A_top_up_is_not_followed() =>
        When(Draft(Paper with { Follows = Id2 }, new Chain([Earlier, InForce(Id2, Tiers.Intent, FollowUps.TopUp, 1, EarlierId)]))).ThenRefused<FollowsTopUp>();

    [Theory]
    [InlineData("upgrade")]
    [InlineData("top-up")]
    [InlineData("replacement")]
    public void What_has_been_upgraded_is_followed_by_that_upgrade_alone(string way) =>
        Given(Upgrade with { FollowsAs = way }).When(Sign(Earlier, InForce(Id2, Tiers.Agreement, FollowUps.Upgrade, 500_000_000, EarlierId) with { Status = AgreementStatus.Signed }))
            .ThenRefused(new FollowedByAnother(Id2.ToString()));

    [Fact]
    public void A_returned_or_terminated_upgrade_makes_room_for_another() =>
        Given(Upgrade).When(Sign(Earlier, InForce(Id2, Tiers.Agreement, FollowUps.Upgrade, 500_000_000, EarlierId) with { Status = AgreementStatus.Terminated }))
            .Then(new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(500_000_000), Day));

    [Fact]
    public void That_the_new_owner_withdrew_leaves_nothing_to_follow() =>
        Given(Upgrade).When(Sign(Earlier, InForce(Id2, Tiers.Agreement, FollowUps.Replacement, 500_000_000, EarlierId) with { Status = AgreementStatus.Terminated }))
            .ThenRefused(new FollowedByAnother(Id2.ToString()));

    [Fact]
    public void Nothing_is_signed_upon_what_still_waits() =>
        Given(Upgrade).When(Sign(Earlier, InForce(Id2, Tiers.Intent, FollowUps.TopUp, 1, EarlierId) with { Status = AgreementStatus.Signed, Waiting = Waiting.Signing }))
            .ThenRefused(new EarlierWaits(Id2.ToString()));

    [Fact]
    public void A_paper_is_signed_on_the_day_of_the_one_it_follows_at_the_earliest()
    {
        Given(Upgrade).When(Sign(Earlier with { SignedOn = Day })).Then(new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(500_000_000), Day));
        Given(Upgrade).When(Sign(Earlier with { SignedOn = Day.AddDays(1) })).ThenRefused<SignedBeforeEarlier>("signedOn");
        Given(Replacement with { Amount = Yuan(600_000_000) }).When(Sign(Earlier, InForce(Id2, Tiers.Intent, FollowUps.TopUp, 1, EarlierId) with { SignedOn = Day.AddDays(1) })).ThenRefused<SignedBeforeEarlier>("signedOn");
    }

    [Fact]
    public void Another_owner_takes_over_all_of_it()
    {
        Given(Replacement with { Amount = Yuan(499_999_999.99m) }).When(Sign()).ThenRefused(new BelowStanding(500_000_000));
        Given(Upgrade with { Amount = Yuan(1) }).When(Sign()).Then(new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(1), Yuan(500_000_000), Day));
    }

    [Fact]
    public void The_owner_is_replaced_before_ground_is_broken()
    {
        Given(Replacement).When(agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day), Ceremony, Day, With(agreement), Project with { GroundBrokenOn = Day.AddDays(1) }))
            .Then(new OwnerReplaced(Id, EarlierId, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Day));
        Given(Replacement).When(agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day), Ceremony, Day, With(agreement), Project with { GroundBrokenOn = Day })).ThenRefused<GroundIsBroken>();
        Given(Upgrade).When(agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day), Ceremony, Day, With(agreement), Project with { GroundBrokenOn = Day }))
            .Then(new AgreementUpgraded(Id, EarlierId, Project.Id, Ceremony.Id, Yuan(500_000_000), Yuan(500_000_000), Day));
    }

    [Fact]
    public void What_another_paper_stands_upon_is_neither_amended_nor_terminated()
    {
        var upgrade = InForce(Id2, Tiers.Contract, FollowUps.Upgrade, 500_000_000, EarlierId);
        Changing(Earlier, upgrade);
        var topUp = InForce(Id3, Tiers.Intent, FollowUps.TopUp, 1, EarlierId);
        Changing(topUp, Earlier, upgrade);

        static void Changing(Agreement changed, params Agreement[] others)
        {
            var chain = new Chain([changed, .. others]);
            When(AmendAgreementFeature.Decide(changed, new AmendAgreement(Yuan(600_000_000), "追加投资"), chain)).ThenRefused(new FollowedByAnother(Id2.ToString()));
            When(TerminateAgreementFeature.Decide(changed, new TerminateAgreement("退库"), chain)).ThenRefused(new FollowedByAnother(Id2.ToString()));
        }
    }

    [Fact]
    public void What_was_topped_up_is_amended_but_not_terminated()
    {
        var chain = new Chain([Earlier, InForce(Id2, Tiers.Intent, FollowUps.TopUp, 1, EarlierId)]);
        When(AmendAgreementFeature.Decide(Earlier, new AmendAgreement(Yuan(600_000_000), "追加投资"), chain)).Then(new AgreementAmended(EarlierId, Yuan(500_000_000), Yuan(600_000_000)));
        When(TerminateAgreementFeature.Decide(Earlier, new TerminateAgreement("退库"), chain)).ThenRefused(new FollowedByAnother(Id2.ToString()));
    }

    private static readonly Guid Id2 = Guid.Parse("01890000-0000-7000-8000-0000000000a2");
    private static readonly Guid Id3 = Guid.Parse("01890000-0000-7000-8000-0000000000a3");

    private static Agreement InForce(Guid id, string tier, string way, decimal yuan, Guid follows) => new(
        id, id.ToString(), Project.Id, OtherFair, AgreementStatus.InForce, Yuan(yuan), EarlierDay, null, null, null, Tier: tier, Follows: follows, FollowsAs: way, Chain: EarlierId);

    private static Decision Draft(DraftAgreement command) => Draft(command, new Chain([Earlier]));

    private static Decision Draft(DraftAgreement command, Chain? chain) => DraftAgreementFeature.Decide(Id, command, Project, Ceremony, null, chain);

    private static Chain With(Agreement draft, params Agreement[] others) => new([.. others.Length == 0 ? [Earlier] : others, draft]);

    private static Func<Agreement, Decision> Sign(params Agreement[] others) => agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day), Ceremony, Day, With(agreement, others), Project);
}
