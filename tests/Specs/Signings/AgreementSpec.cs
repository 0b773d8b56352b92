using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.KnownProjects;
using Shouldly;
using Xunit;
using static Luodi.Signings.Agreements.AmendAgreementFeature;
using static Luodi.Signings.Agreements.ConfirmAgreementFeature;
using static Luodi.Signings.Agreements.CorrectDraftFeature;
using static Luodi.Signings.Agreements.DraftAgreementFeature;
using static Luodi.Signings.Agreements.SignAgreementFeature;
using static Luodi.Signings.Agreements.Terms;

namespace Luodi.Specs.Signings;

/// <summary>Staff log, somebody else confirms; a fact told by another person is <c>By(person, fact)</c>.</summary>
public abstract class AgreementSpec : Story<Agreement>
{
    protected const string Staff = "staff";
    protected const string OtherStaff = "staff2";

    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly KnownProject Project = new(Guid.Parse("01890000-0000-7000-8000-0000000000b1"), "功率器件封装", Industries.Microelectronics);
    protected static readonly Ceremony Ceremony = new(Guid.Parse("01890000-0000-7000-8000-000000000001"), "攀高向新", Day, CeremonyStatus.Held);
    protected static readonly string CountedOnceKey = $"counted {Ceremony.Id} {Project.Id}";

    protected static readonly AgreementDrafted Drafted = new(Id, "NH-2023-001", Project.Id, Ceremony.Id, "某公司", Industries.Microelectronics, Yuan(90_000_000), Illustrative: false, Tier: Tiers.Agreement, ProjectName: Project.Name);
    protected static readonly AgreementSigned Signed = new(Id, Project.Id, Ceremony.Id, Yuan(90_000_000), Day);
    protected static readonly SigningConfirmed Confirmed = new(Id);
    protected static readonly AgreementAmended Amended = new(Id, Yuan(90_000_000), Yuan(110_000_000));
    protected static readonly AmendmentConfirmed AmendmentConfirmed = new(Id);
    protected static readonly AgreementTerminated Terminated = new(Id);
    protected static readonly TerminationConfirmed TerminationConfirmed = new(Id);
    protected static readonly SigningReturned SigningReturned = new(Id);
    protected static readonly AmendmentReturned AmendmentReturned = new(Id);
    protected static readonly TerminationReturned TerminationReturned = new(Id);

    protected static Money Yuan(decimal value) => Money.Yuan(value);

    /// <summary>Nothing follows it.</summary>
    protected static Chain Alone(Agreement agreement) => new([agreement]);

    protected static object By(string actor, object fact) => new Told(actor, fact);

    protected override Agreement? Evolve(Agreement? state, object fact) => fact is Told told
        ? AgreementHistory.Evolve(state, told.Fact, told.Actor)
        : AgreementHistory.Evolve(state, fact, Staff);

    private sealed record Told(string Actor, object Fact);
}

public sealed class DraftAgreementSpec : AgreementSpec
{
    private static readonly DraftAgreement Paper = new("NH-2023-001", Project.Id, Ceremony.Id, "某公司", Yuan(90_000_000));

    [Fact]
    public void A_draft_carries_its_projects_industry_and_takes_its_number() =>
        When(Draft(Paper)).Then(Drafted).Reserving("agreement-number NH-2023-001", new NumberTaken("NH-2023-001"));

    [Fact]
    public void About_a_record_that_was_merged_into_another_one_nothing_is_drafted() =>
        When(DraftAgreementFeature.Decide(Id, Paper, Project with { MergedInto = Ceremony.Id }, Ceremony, null)).ThenRefused<ProjectMergedAway>("projectId");

    [Fact]
    public void A_number_with_blanks_around_it_is_the_same_number() =>
        When(Draft(Paper with { Number = " NH-2023-001 ", Counterparty = " 某公司 " })).Then(Drafted).Reserving("agreement-number NH-2023-001", new NumberTaken("NH-2023-001"));

    [Fact]
    public void A_draft_belongs_to_the_department_of_who_logged_it_also_where_the_project_is_anothers()
    {
        When(Draft(Paper, "investment-2")).Then(Drafted with { Department = "investment-2" });
        Given(Drafted with { Department = "investment-2" }).State.Department.ShouldBe("investment-2");
    }

    [Theory]
    [InlineData(null, "agreement")]
    [InlineData("intent", "intent")]
    [InlineData("framework", "framework")]
    [InlineData("agreement", "agreement")]
    [InlineData("contract", "contract")]
    public void A_paper_is_of_a_tier_and_an_agreement_where_none_is_named(string? named, string tier)
    {
        When(Draft(Paper with { Tier = named })).Then(Drafted with { Tier = tier });
        Given(Drafted with { Tier = tier }).State.Tier.ShouldBe(tier);
    }

    [Fact]
    public void A_draft_older_than_tiers_is_an_agreement() => Given(Drafted with { Tier = null }).State.Tier.ShouldBe(Tiers.Agreement);

    [Fact]
    public void A_memorandum_is_no_tier() => When(Draft(Paper with { Tier = "memorandum" })).ThenRefused<TierUnknown>("tier");

    [Fact]
    public void Several_sign_with_the_bureau_and_a_part_of_the_amount_goes_into_fixed_assets()
    {
        var drafted = Drafted with { Parties = ["某投资公司", "某研究院"], FixedAssets = Yuan(60_000_000) };
        When(Draft(Paper with { Parties = [" 某投资公司 ", "某研究院"], FixedAssets = Yuan(60_000_000) })).Then(drafted);
        var state = Given(drafted).State;
        (state.Counterparty, state.FixedAssets).ShouldBe(("某公司", Yuan(60_000_000)));
        state.Parties.ShouldBe(["某投资公司", "某研究院"]);
    }

    [Fact]
    public void Nobody_else_is_nobody() => When(Draft(Paper with { Parties = [] })).Then(Drafted);

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Twenty_others_sign_at_most(int others, bool fits)
    {
        string[] parties = [.. Enumerable.Range(1, others).Select(number => $"联合体成员{number}")];
        if (fits) When(Draft(Paper with { Parties = parties })).Then(Drafted with { Parties = parties });
        else When(Draft(Paper with { Parties = parties })).ThenRefused<TooManyParties>("parties");
    }

    [Fact]
    public void A_party_has_a_name_of_200_characters_at_most()
    {
        When(Draft(Paper with { Parties = [new string('长', 200)] })).Then(Drafted with { Parties = [new string('长', 200)] });
        When(Draft(Paper with { Parties = [new string('长', 201)] })).ThenRefused<TooLong>("parties");
        When(Draft(Paper with { Parties = ["某研究院", " "] })).ThenRefused<Missing>("parties");
        When(Draft(Paper with { Parties = [null!] })).ThenRefused<Missing>("parties");
    }

    [Fact]
    public void A_party_signs_once()
    {
        When(Draft(Paper with { Parties = ["某研究院", " 某研究院"] })).ThenRefused<PartyNamedTwice>("parties");
        When(Draft(Paper with { Parties = ["某公司 "] })).ThenRefused<PartyNamedTwice>("parties");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90_000_000)]
    public void Nothing_or_all_of_the_amount_goes_into_fixed_assets(int yuan) => When(Draft(Paper with { FixedAssets = Yuan(yuan) })).Then(Drafted with { FixedAssets = Yuan(yuan) });

    [Fact]
    public void Fixed_assets_are_a_part_of_the_amount()
    {
        When(Draft(Paper with { FixedAssets = Yuan(90_000_000.01m) })).ThenRefused<FixedAssetsAboveAmount>("fixedAssets");
        When(Draft(Paper with { FixedAssets = Yuan(-0.01m) })).ThenRefused<AmountNotPositive>("fixedAssets");
        When(Draft(Paper with { FixedAssets = new Money(0, "USD") })).ThenRefused<CurrencyNotKept>("fixedAssets");
    }

    [Fact]
    public void A_made_up_agreement_stays_marked() =>
        When(Draft(Paper with { Illustrative = true })).Then(Drafted with { Illustrative = true });

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(DraftAgreementFeature.Decide(Id, new DraftAgreement(null, null, null, null, null), null, null, null))
            .ThenRefused(new Missing("number"), new Missing("projectId"), new Missing("ceremonyId"), new Missing("counterparty"), new Missing("amount"));

    [Fact]
    public void A_project_that_nobody_registered_is_not_signed() =>
        When(DraftAgreementFeature.Decide(Id, Paper, null, Ceremony, null)).ThenRefused<ProjectUnknown>("projectId");

    [Fact]
    public void A_ceremony_that_nobody_scheduled_has_no_agreements() =>
        When(DraftAgreementFeature.Decide(Id, Paper, Project, null, null)).ThenRefused<CeremonyUnknown>("ceremonyId");

    [Fact]
    public void One_fen_is_an_amount() => When(Draft(Paper with { Amount = Yuan(0.01m) })).Then(Drafted with { Amount = Yuan(0.01m) });

    [Fact]
    public void No_fen_is_no_amount() => When(Draft(Paper with { Amount = Yuan(0) })).ThenRefused<AmountNotPositive>("amount");

    [Fact]
    public void A_tenth_of_a_fen_is_no_amount() => When(Draft(Paper with { Amount = Yuan(0.001m) })).ThenRefused<AmountFinerThanFen>("amount");

    [Fact]
    public void Ten_trillion_yuan_is_an_amount() => When(Draft(Paper with { Amount = Yuan(10_000_000_000_000) })).Then(Drafted with { Amount = Yuan(10_000_000_000_000) });

    [Fact]
    public void A_fen_more_than_ten_trillion_is_a_slip_of_the_unit() =>
        When(Draft(Paper with { Amount = Yuan(10_000_000_000_000.01m) })).ThenRefused<AmountTooLarge>("amount");

    [Fact]
    public void An_agreement_in_dollars_waits_for_dated_rates() => When(Draft(Paper with { Amount = new Money(1, "USD") })).ThenRefused<CurrencyNotKept>("amount");

    [Fact]
    public void A_number_that_is_taken_is_a_conflict() => When(new NumberTaken("NH-2023-001")).ThenRefused<NumberTaken>("number", status: 409);

    private static Decision Draft(DraftAgreement command, string? department = null) => DraftAgreementFeature.Decide(Id, command, Project, Ceremony, department);
}

public sealed class CorrectDraftSpec : AgreementSpec
{
    [Fact]
    public void What_is_wrong_in_a_draft_is_corrected_before_it_is_signed()
    {
        var corrected = new DraftCorrected(Id, "另一公司", Yuan(95_000_000));
        Given(Drafted).When(Correct(" 另一公司 ", Yuan(95_000_000))).Then(corrected);
        Given(Drafted, corrected).When(agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day), Ceremony, Day, Alone(agreement), Project)).Then(Signed with { Amount = Yuan(95_000_000) });
    }

    [Fact]
    public void What_is_left_out_stays()
    {
        Given(Drafted).When(Correct(null, Yuan(95_000_000))).Then(new DraftCorrected(Id, null, Yuan(95_000_000)));
        Given(Drafted).When(Correct("另一公司", null)).Then(new DraftCorrected(Id, "另一公司", null));
        Given(Drafted, new DraftCorrected(Id, "另一公司", null)).State.Amount.ShouldBe(Yuan(90_000_000));
        Given(Drafted).When(Correct(null, null)).ThenNothing();
    }

    [Fact]
    public void A_returned_signing_is_corrected() => Given(Drafted, Signed, SigningReturned).When(Correct(null, Yuan(95_000_000))).Then(new DraftCorrected(Id, null, Yuan(95_000_000)));

    [Fact]
    public void What_is_signed_is_not_corrected_behind_the_second_persons_back()
    {
        Given(Drafted, Signed).When(Correct(null, Yuan(95_000_000))).ThenRefused<NotADraft>();
        Given(Drafted, Signed, Confirmed).When(Correct("另一公司", null)).ThenRefused<NotADraft>();
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(Correct("另一公司", null)).ThenRefused<NotADraft>();
    }

    [Fact]
    public void The_tier_is_corrected_until_it_is_signed()
    {
        var corrected = new DraftCorrected(Id, null, null, Tiers.Contract);
        Given(Drafted).When(Correct(new(null, null, Tiers.Contract))).Then(corrected);
        Given(Drafted, Signed, SigningReturned).When(Correct(new(null, null, Tiers.Contract))).Then(corrected);
        Given(Drafted, corrected).State.Tier.ShouldBe(Tiers.Contract);
        Given(Drafted, corrected, new DraftCorrected(Id, "另一公司", null)).State.Tier.ShouldBe(Tiers.Contract);
        Given(Drafted).When(Correct(new(null, null, "memorandum"))).ThenRefused<TierUnknown>("tier");
        Given(Drafted, Signed).When(Correct(new(null, null, Tiers.Contract))).ThenRefused<NotADraft>();
    }

    [Fact]
    public void Who_else_signs_is_corrected_down_to_nobody()
    {
        var several = Drafted with { Parties = ["某研究院"] };
        Given(several).When(Correct(new(null, null, Parties: ["某投资公司 ", "某研究院"]))).Then(new DraftCorrected(Id, null, null, Parties: ["某投资公司", "某研究院"]));
        Given(several).When(Correct(new(null, null, Parties: []))).Then(new DraftCorrected(Id, null, null, Parties: []));
        Given(several, new DraftCorrected(Id, "另一公司", null)).State.Parties.ShouldBe(["某研究院"]);
        Given(several, new DraftCorrected(Id, null, null, Parties: [])).State.Parties.ShouldBeEmpty();
    }

    [Fact]
    public void The_counterparty_and_the_others_are_different_ones_after_a_correction_too()
    {
        Given(Drafted with { Parties = ["某研究院"] }).When(Correct("某研究院", null)).ThenRefused<PartyNamedTwice>("parties");
        Given(Drafted).When(Correct(new(null, null, Parties: ["某公司"]))).ThenRefused<PartyNamedTwice>("parties");
        Given(Drafted with { Parties = ["某研究院"] }).When(Correct(new("某研究院", null, Parties: ["某公司"]))).Then(new DraftCorrected(Id, "某研究院", null, Parties: ["某公司"]));
    }

    [Fact]
    public void A_corrected_amount_holds_its_fixed_assets()
    {
        var part = Drafted with { FixedAssets = Yuan(60_000_000) };
        Given(part).When(Correct(null, Yuan(60_000_000))).Then(new DraftCorrected(Id, null, Yuan(60_000_000)));
        Given(part).When(Correct(null, Yuan(59_999_999.99m))).ThenRefused<FixedAssetsAboveAmount>("fixedAssets");
        Given(part).When(Correct(new(null, Yuan(50_000_000), FixedAssets: Yuan(40_000_000)))).Then(new DraftCorrected(Id, null, Yuan(50_000_000), FixedAssets: Yuan(40_000_000)));
        Given(part).When(Correct(new(null, null, FixedAssets: Yuan(90_000_000.01m)))).ThenRefused<FixedAssetsAboveAmount>("fixedAssets");
        Given(part, new DraftCorrected(Id, null, null, FixedAssets: Yuan(0))).State.FixedAssets.ShouldBe(Yuan(0));
    }

    [Fact]
    public void A_correction_is_as_careful_as_a_draft() => Given(Drafted).When(Correct(" ", Yuan(0))).ThenRefused(new Missing("counterparty"), new AmountNotPositive("amount"));

    private static Func<Agreement, Decision> Correct(string? counterparty, Money? amount) => Correct(new(counterparty, amount));

    private static Func<Agreement, Decision> Correct(CorrectDraft command) => agreement => CorrectDraftFeature.Decide(agreement, command, chain: null);
}

public sealed class SignAgreementSpec : AgreementSpec
{
    [Fact]
    public void A_signing_holds_from_the_date_on_the_paper_and_takes_the_projects_place_in_the_ceremony() =>
        Given(Drafted).When(Sign(Day, today: Day.AddDays(30))).Then(Signed).Effective(Day).Reserving(CountedOnceKey, new ProjectCountedAlready());

    [Fact]
    public void What_was_signed_today_is_logged_today() => Given(Drafted).When(Sign(Day, today: Day)).Then(Signed);

    [Fact]
    public void What_is_to_be_signed_tomorrow_is_not_logged_today() => Given(Drafted).When(Sign(Day.AddDays(1), today: Day)).ThenRefused<SignedInFuture>("signedOn");

    [Fact]
    public void A_signing_has_a_date() => Given(Drafted).When(Sign(null, today: Day)).ThenRefused<Missing>("signedOn");

    [Fact]
    public void A_date_of_another_century_is_a_slip_of_the_year() => Given(Drafted).When(Sign(new DateOnly(1023, 9, 28), today: Day)).ThenRefused<DateImplausible>("signedOn");

    [Fact]
    public void A_signing_is_logged_once() => Given(Drafted, Signed).When(Sign(Day, today: Day)).ThenRefused<AlreadySigned>();

    [Fact]
    public void A_confirmed_signing_is_not_logged_again() => Given(Drafted, Signed, Confirmed).When(Sign(Day, today: Day)).ThenRefused<AlreadySigned>();

    [Fact]
    public void A_terminated_agreement_is_not_signed_again() =>
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(Sign(Day, today: Day)).ThenRefused<AlreadySigned>();

    [Fact]
    public void Something_is_signed_at_a_ceremony_whose_day_nobody_has_logged_yet() =>
        Given(Drafted).When(Sign(Day, today: Day, Ceremony with { Status = CeremonyStatus.Scheduled })).Then(Signed);

    [Fact]
    public void Nothing_is_signed_at_a_closed_ceremony() =>
        Given(Drafted).When(Sign(Day, today: Day, Ceremony with { Status = CeremonyStatus.Closed })).ThenRefused<CeremonyIsClosed>();

    private static Func<Agreement, Decision> Sign(DateOnly? signedOn, DateOnly today, Ceremony? ceremony = null) =>
        agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(signedOn), ceremony ?? Ceremony, today, Alone(agreement), Project);
}

public sealed class ConfirmAgreementSpec : AgreementSpec
{
    [Fact]
    public void A_second_person_confirms_a_signing_and_it_counts_from_the_date_on_the_paper() =>
        Given(Drafted, By(Staff, Signed)).When(ConfirmedBy(OtherStaff)).Then(Confirmed).Effective(Day);

    [Fact]
    public void Nobody_confirms_a_signing_they_logged() => Given(Drafted, By(Staff, Signed)).When(ConfirmedBy(Staff)).ThenRefused<LoggedByYourself>();

    [Fact]
    public void Nobody_confirms_an_amendment_they_logged() =>
        Given(Drafted, By(Staff, Signed), By(OtherStaff, Confirmed), By(OtherStaff, Amended)).When(ConfirmedBy(OtherStaff)).ThenRefused<LoggedByYourself>();

    [Fact]
    public void Nobody_confirms_a_termination_they_logged() =>
        Given(Drafted, By(Staff, Signed), By(OtherStaff, Confirmed), By(OtherStaff, Terminated)).When(ConfirmedBy(OtherStaff)).ThenRefused<LoggedByYourself>();

    [Fact]
    public void Who_drafted_an_agreement_may_confirm_the_signing_that_somebody_else_logged() =>
        Given(By(OtherStaff, Drafted), By(Staff, Signed)).When(ConfirmedBy(OtherStaff)).Then(Confirmed);

    [Fact]
    public void Who_logged_the_signing_may_confirm_an_amendment_of_somebody_else() =>
        Given(Drafted, By(Staff, Signed), By(OtherStaff, Confirmed), By(OtherStaff, Amended)).When(ConfirmedBy(Staff)).Then(AmendmentConfirmed);

    [Fact]
    public void A_confirmed_termination_gives_the_projects_place_in_the_ceremony_back() =>
        Given(Drafted, Signed, Confirmed, By(Staff, Terminated)).When(ConfirmedBy(OtherStaff)).Then(TerminationConfirmed).Releasing(CountedOnceKey);

    [Fact]
    public void A_confirmed_signing_or_amendment_keeps_the_projects_place()
    {
        Given(Drafted, Signed).When(ConfirmedBy(OtherStaff)).Then(Confirmed).Releasing();
        Given(Drafted, Signed, Confirmed, Amended).When(ConfirmedBy(OtherStaff)).Then(AmendmentConfirmed).Releasing();
    }

    [Fact]
    public void There_is_nothing_to_confirm_in_a_draft() => Given(Drafted).When(ConfirmedBy(OtherStaff)).ThenRefused<NothingWaits>();

    [Fact]
    public void A_signing_is_confirmed_once() => Given(Drafted, Signed, Confirmed).When(ConfirmedBy(OtherStaff)).ThenRefused<NothingWaits>();

    [Fact]
    public void An_amendment_is_confirmed_once() =>
        Given(Drafted, Signed, Confirmed, Amended, AmendmentConfirmed).When(ConfirmedBy(OtherStaff)).ThenRefused<NothingWaits>();

    [Fact]
    public void A_termination_is_confirmed_once() =>
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(ConfirmedBy(OtherStaff)).ThenRefused<NothingWaits>();

    private static Func<Agreement, Decision> ConfirmedBy(string actor) => agreement => ConfirmAgreementFeature.Decide(agreement, actor);
}

public sealed class ReturnAgreementSpec : AgreementSpec
{
    [Fact]
    public void A_second_person_returns_a_signing_with_a_reason_and_the_projects_place_is_free_again() =>
        Given(Drafted, By(Staff, Signed)).When(ReturnedBy(OtherStaff, " 日期有误 ")).Then(SigningReturned).Because("日期有误").Effective(null).Releasing(CountedOnceKey);

    [Fact]
    public void A_returned_signing_is_a_draft_that_may_be_signed_again()
    {
        var returned = Given(Drafted, Signed, SigningReturned);
        (returned.State.Status, returned.State.SignedOn, returned.State.Waiting, returned.State.LoggedBy).ShouldBe((AgreementStatus.Draft, null, null, null));
        returned.When(agreement => SignAgreementFeature.Decide(agreement, new SignAgreement(Day.AddDays(-1)), Ceremony, Day, Alone(agreement), Project))
            .Then(Signed with { SignedOn = Day.AddDays(-1) }).Reserving(CountedOnceKey, new ProjectCountedAlready());
    }

    [Fact]
    public void A_returned_amendment_leaves_the_old_amount_and_room_for_another()
    {
        var returned = Given(Drafted, Signed, Confirmed, Amended, AmendmentReturned);
        (returned.State.Status, returned.State.Amount, returned.State.Proposed).ShouldBe((AgreementStatus.InForce, Yuan(90_000_000), null));
        returned.When(agreement => AmendAgreementFeature.Decide(agreement, new AmendAgreement(Yuan(110_000_000), "追加投资"), Alone(agreement))).Then(Amended);
    }

    [Fact]
    public void A_returned_termination_leaves_the_agreement_in_force()
    {
        var returned = Given(Drafted, Signed, Confirmed, Terminated, TerminationReturned);
        (returned.State.Status, returned.State.Waiting).ShouldBe((AgreementStatus.InForce, null));
        returned.When(agreement => TerminateAgreementFeature.Decide(agreement, new TerminateAgreement("项目退库"), Alone(agreement))).Then(Terminated);
    }

    [Fact]
    public void An_amendment_or_a_termination_is_returned_and_keeps_the_projects_place()
    {
        Given(Drafted, Signed, Confirmed, Amended).When(ReturnedBy(OtherStaff)).Then(AmendmentReturned).Because("请附补充协议").Releasing();
        Given(Drafted, Signed, Confirmed, Terminated).When(ReturnedBy(OtherStaff)).Then(TerminationReturned).Because("请附补充协议").Releasing();
    }

    [Fact]
    public void Nobody_returns_what_they_logged()
    {
        Given(Drafted, By(Staff, Signed)).When(ReturnedBy(Staff)).ThenRefused<LoggedByYourself>();
        Given(Drafted, Signed, Confirmed, By(OtherStaff, Amended)).When(ReturnedBy(OtherStaff)).ThenRefused<LoggedByYourself>();
        Given(Drafted, Signed, Confirmed, By(OtherStaff, Terminated)).When(ReturnedBy(OtherStaff)).ThenRefused<LoggedByYourself>();
    }

    [Fact]
    public void There_is_nothing_to_return_where_nothing_waits()
    {
        Given(Drafted).When(ReturnedBy(OtherStaff)).ThenRefused<NothingWaits>();
        Given(Drafted, Signed, Confirmed).When(ReturnedBy(OtherStaff)).ThenRefused<NothingWaits>();
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(ReturnedBy(OtherStaff)).ThenRefused<NothingWaits>();
    }

    [Fact]
    public void A_signing_is_returned_once() => Given(Drafted, Signed, SigningReturned).When(ReturnedBy(OtherStaff)).ThenRefused<NothingWaits>();

    [Fact]
    public void What_was_returned_is_not_confirmed() =>
        Given(Drafted, Signed, SigningReturned).When(agreement => ConfirmAgreementFeature.Decide(agreement, OtherStaff)).ThenRefused<NothingWaits>();

    [Fact]
    public void What_is_returned_goes_back_with_a_reason() => Given(Drafted, Signed).When(ReturnedBy(OtherStaff, " ")).ThenRefused<Missing>("reason");

    private static Func<Agreement, Decision> ReturnedBy(string actor, string reason = "请附补充协议") =>
        agreement => ReturnAgreementFeature.Decide(agreement, new ReturnAgreement(reason), actor);
}

public sealed class AmendAgreementSpec : AgreementSpec
{
    [Fact]
    public void An_amendment_says_from_what_to_what_and_why() =>
        Given(Drafted, Signed, Confirmed).When(Amend(110_000_000, " 追加投资 ")).Then(Amended).Because("追加投资").Effective(null);

    [Fact]
    public void The_old_amount_stands_until_a_second_person_has_confirmed_the_new_one()
    {
        Given(Drafted, Signed, Confirmed, Amended).State.Amount.ShouldBe(Yuan(90_000_000));
        Given(Drafted, Signed, Confirmed, Amended, AmendmentConfirmed).State.Amount.ShouldBe(Yuan(110_000_000));
    }

    [Fact]
    public void A_second_amendment_starts_from_the_first_one() =>
        Given(Drafted, Signed, Confirmed, Amended, AmendmentConfirmed).When(Amend(90_000_000)).Then(new AgreementAmended(Id, Yuan(110_000_000), Yuan(90_000_000)));

    [Fact]
    public void A_fen_more_is_an_amendment() => Given(Drafted, Signed, Confirmed).When(Amend(90_000_000.01m)).Then(Amended with { To = Yuan(90_000_000.01m) });

    [Fact]
    public void The_same_amount_is_no_amendment() => Given(Drafted, Signed, Confirmed).When(Amend(90_000_000.000m)).ThenRefused<SameAmount>("amount");

    [Fact]
    public void A_draft_is_not_amended() => Given(Drafted).When(Amend(110_000_000)).ThenRefused<NotInForce>();

    [Fact]
    public void A_signing_that_waits_is_not_amended() => Given(Drafted, Signed).When(Amend(110_000_000)).ThenRefused<NotInForce>();

    [Fact]
    public void A_terminated_agreement_is_not_amended() =>
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(Amend(110_000_000)).ThenRefused<NotInForce>();

    [Fact]
    public void One_amendment_waits_at_a_time() => Given(Drafted, Signed, Confirmed, Amended).When(Amend(120_000_000)).ThenRefused<AnotherChangeWaits>();

    [Fact]
    public void While_an_amendment_waits_its_own_amount_is_no_amendment_either() =>
        Given(Drafted, Signed, Confirmed, Amended).When(Amend(90_000_000)).ThenRefused<AnotherChangeWaits>();

    [Fact]
    public void What_is_to_be_terminated_is_not_amended() => Given(Drafted, Signed, Confirmed, Terminated).When(Amend(110_000_000)).ThenRefused<AnotherChangeWaits>();

    [Fact]
    public void The_parties_of_an_agreement_in_force_are_amended_by_two_persons()
    {
        AgreementAmended amended = new(Id, Yuan(90_000_000), Yuan(90_000_000), null, ["某产业基金", "某设备集团"]);
        Given(Drafted, Signed, Confirmed).When(agreement => AmendAgreementFeature.Decide(agreement, new(Yuan(90_000_000), "补充协议", Parties: [" 某产业基金", "某设备集团 "]), Alone(agreement))).Then(amended);
        Given(Drafted, Signed, Confirmed, amended).State.ShouldSatisfyAllConditions(state => state.Parties.ShouldBeEmpty(), state => state.ProposedParties.ShouldBe(["某产业基金", "某设备集团"]));
        Given(Drafted, Signed, Confirmed, amended, AmendmentConfirmed).State.ShouldSatisfyAllConditions(state => state.Parties.ShouldBe(["某产业基金", "某设备集团"]), state => state.ProposedParties.ShouldBeNull());
        Given(Drafted, Signed, Confirmed, amended, AmendmentReturned).State.ShouldSatisfyAllConditions(state => state.Parties.ShouldBeEmpty(), state => state.ProposedParties.ShouldBeNull());
        Given(Drafted, Signed, Confirmed, amended, AmendmentConfirmed).When(agreement => AmendAgreementFeature.Decide(agreement, new(Yuan(90_000_000), "补充协议", Parties: ["某产业基金", "某设备集团"]), Alone(agreement))).ThenRefused<SameAmount>("amount");
    }

    [Fact]
    public void An_amendment_below_the_fixed_assets_names_what_they_are_now()
    {
        var part = Drafted with { FixedAssets = Yuan(60_000_000) };
        Given(part, Signed, Confirmed).When(Amend(60_000_000)).Then(new AgreementAmended(Id, Yuan(90_000_000), Yuan(60_000_000)));
        Given(part, Signed, Confirmed).When(Amend(59_999_999.99m)).ThenRefused<FixedAssetsAboveAmount>("fixedAssets");
        Given(part, Signed, Confirmed).When(Amend(50_000_000, fixedAssets: 50_000_000.01m)).ThenRefused<FixedAssetsAboveAmount>("fixedAssets");
        var amended = new AgreementAmended(Id, Yuan(90_000_000), Yuan(50_000_000), Yuan(40_000_000));
        Given(part, Signed, Confirmed).When(Amend(50_000_000, fixedAssets: 40_000_000)).Then(amended);
        (Given(part, Signed, Confirmed, amended).State.FixedAssets, Given(part, Signed, Confirmed, amended).State.ProposedFixedAssets).ShouldBe((Yuan(60_000_000), Yuan(40_000_000)));
        (Given(part, Signed, Confirmed, amended, AmendmentConfirmed).State.FixedAssets, Given(part, Signed, Confirmed, amended, AmendmentConfirmed).State.ProposedFixedAssets).ShouldBe((Yuan(40_000_000), null));
        (Given(part, Signed, Confirmed, amended, AmendmentReturned).State.FixedAssets, Given(part, Signed, Confirmed, amended, AmendmentReturned).State.ProposedFixedAssets).ShouldBe((Yuan(60_000_000), null));
    }

    [Fact]
    public void Fixed_assets_alone_are_amended_too()
    {
        var amended = new AgreementAmended(Id, Yuan(90_000_000), Yuan(90_000_000), Yuan(60_000_000));
        Given(Drafted, Signed, Confirmed).When(Amend(90_000_000, fixedAssets: 60_000_000)).Then(amended);
        Given(Drafted, Signed, Confirmed, amended, AmendmentConfirmed).When(Amend(90_000_000, fixedAssets: 60_000_000.00m)).ThenRefused<SameAmount>("amount");
        Given(Drafted, Signed, Confirmed, amended, AmendmentConfirmed).State.FixedAssets.ShouldBe(Yuan(60_000_000));
    }

    [Fact]
    public void An_amendment_gives_amount_and_reason() =>
        Given(Drafted, Signed, Confirmed)
            .When(agreement => AmendAgreementFeature.Decide(agreement, new AmendAgreement(null, " "), Alone(agreement)))
            .ThenRefused(new Missing("amount"), new Missing("reason"));

    private static Func<Agreement, Decision> Amend(decimal yuan, string reason = "追加投资", decimal? fixedAssets = null) =>
        agreement => AmendAgreementFeature.Decide(agreement, new AmendAgreement(Yuan(yuan), reason, fixedAssets is { } part ? Yuan(part) : null), Alone(agreement));
}

public sealed class TerminateAgreementSpec : AgreementSpec
{
    [Fact]
    public void A_termination_says_why_and_keeps_the_projects_place_while_it_waits() =>
        Given(Drafted, Signed, Confirmed).When(Terminate(" 项目退库 ")).Then(Terminated).Because("项目退库").Effective(null).Releasing();

    [Fact]
    public void An_agreement_is_in_force_until_a_second_person_has_confirmed_that_it_is_not()
    {
        Given(Drafted, Signed, Confirmed, Terminated).State.Status.ShouldBe(AgreementStatus.InForce);
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).State.Status.ShouldBe(AgreementStatus.Terminated);
    }

    [Fact]
    public void A_termination_gives_its_reason() => Given(Drafted, Signed, Confirmed).When(Terminate("")).ThenRefused<Missing>("reason");

    [Fact]
    public void A_draft_is_not_terminated() => Given(Drafted).When(Terminate()).ThenRefused<NotInForce>();

    [Fact]
    public void A_signing_that_waits_is_not_terminated() => Given(Drafted, Signed).When(Terminate()).ThenRefused<NotInForce>();

    [Fact]
    public void An_agreement_is_terminated_once() =>
        Given(Drafted, Signed, Confirmed, Terminated, TerminationConfirmed).When(Terminate()).ThenRefused<NotInForce>();

    [Fact]
    public void One_termination_waits_at_a_time() => Given(Drafted, Signed, Confirmed, Terminated).When(Terminate()).ThenRefused<AnotherChangeWaits>();

    [Fact]
    public void What_is_being_amended_is_not_terminated() => Given(Drafted, Signed, Confirmed, Amended).When(Terminate()).ThenRefused<AnotherChangeWaits>();

    private static Func<Agreement, Decision> Terminate(string reason = "项目退库") => agreement => TerminateAgreementFeature.Decide(agreement, new TerminateAgreement(reason), Alone(agreement));
}
