using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.KnownProjects;
using Luodi.Signings.Obligations;
using Shouldly;
using Xunit;
using static Luodi.Signings.Obligations.AgreeObligationFeature;
using static Luodi.Signings.Obligations.ExtendObligationFeature;
using static Luodi.Signings.Obligations.FulfilObligationFeature;

namespace Luodi.Specs.Signings;

public abstract class ObligationSpec : Story<Obligation>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000e1");
    protected static readonly Guid AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly DateOnly Due = new(2024, 3, 31);
    protected static readonly DateOnly Today = new(2024, 1, 15);
    protected static readonly KnownProject Project = new(ProjectId, "功率器件封装", Industries.Microelectronics);
    protected static readonly AgreementItem Paper = new(
        AgreementId, "LD-2023-001", ProjectId, "功率器件封装", Guid.Empty, "某公司", Industries.Microelectronics, Money.Yuan(100_000_000), null, "in-force", null, new(2023, 9, 28),
        Illustrative: false, 3, "investment-1", "staff", null, Tiers.Agreement, null, null, null);
    protected static readonly ObligationAgreed Agreed = new(Id, AgreementId, ProjectId, ObligationKinds.Register, Due, null, null, Illustrative: false, "investment-1");
    protected static readonly ObligationAgreed Money50 = Agreed with { Kind = ObligationKinds.Invest, Amount = Money.Yuan(50_000_000) };

    protected override Obligation? Evolve(Obligation? state, object fact) => ObligationHistory.Evolve(state, fact);

    protected static KnownProject With(params (string Stage, DateOnly On)[] stages) => Project with { Reached = stages.ToDictionary(stage => stage.Stage, stage => stage.On, StringComparer.Ordinal) };

    protected static KnownCapital Arrived(DateOnly on, decimal yuan, bool confirmed = true) => new(Guid.CreateVersion7(), ProjectId, on, Money.Yuan(yuan), confirmed);
}

public sealed class AgreeObligationSpec : ObligationSpec
{
    private static readonly AgreeObligation Register = new(AgreementId, ObligationKinds.Register, Due, null, null);

    [Fact]
    public void An_agreement_obliges_to_something_by_a_day() => When(Agree(Register)).Then(Agreed);

    [Fact]
    public void What_has_happened_already_fulfils_it_at_once() =>
        When(AgreeObligationFeature.Decide(Id, Register, Paper, With((Stages.Registered, Today)), [])).Then(Agreed, new ObligationFulfilled(Id, Today, Fulfilments.Milestone, null));

    [Fact]
    public void Money_and_tax_have_an_amount_and_nothing_else_has_one()
    {
        When(Agree(Register with { Kind = ObligationKinds.Invest, Amount = Money.Yuan(50_000_000) })).Then(Money50);
        When(Agree(Register with { Kind = ObligationKinds.TaxPerMu })).ThenRefused(new Missing("amount"));
        When(Agree(Register with { Amount = Money.Yuan(1) })).ThenRefused<AmountNotAsked>("amount");
    }

    [Fact]
    public void Another_obligation_is_told_in_words()
    {
        When(Agree(Register with { Kind = ObligationKinds.Other, Text = " 引进两家配套企业 " })).Then(Agreed with { Kind = ObligationKinds.Other, Text = "引进两家配套企业" });
        When(Agree(Register with { Kind = ObligationKinds.Other })).ThenRefused(new Missing("text"));
    }

    [Fact]
    public void It_belongs_to_an_agreement_that_stands()
    {
        When(AgreeObligationFeature.Decide(Id, Register, null, null, [])).ThenRefused<AgreementUnknown>("agreementId");
        When(AgreeObligationFeature.Decide(Id, Register, Paper with { Status = "terminated" }, null, [])).ThenRefused<AgreementEnded>("agreementId");
        When(Agree(Register with { Kind = "x" })).ThenRefused<ObligationKindUnknown>("kind");
        When(AgreeObligationFeature.Decide(Id, new(null, null, null, null, null), null, null, [])).ThenRefused(new Missing("agreementId"), new Missing("kind"), new Missing("dueOn"));
    }

    private static Decision Agree(AgreeObligation command) => AgreeObligationFeature.Decide(Id, command, Paper, Project, []);
}

public sealed class ExtendObligationSpec : ObligationSpec
{
    [Fact]
    public void More_time_is_granted_with_the_reason() =>
        Given(Agreed).When(o => ExtendObligationFeature.Decide(o, new(Due.AddDays(30), "汛期停工"))).Then(new ObligationExtended(Id, Due, Due.AddDays(30))).Because("汛期停工");

    [Fact]
    public void More_time_is_later_and_for_what_is_open()
    {
        Given(Agreed).When(o => ExtendObligationFeature.Decide(o, new(Due, "x"))).ThenRefused<NotLater>("to");
        Given(Agreed, new ObligationFulfilled(Id, Today, Fulfilments.Milestone, null)).When(o => ExtendObligationFeature.Decide(o, new(Due.AddDays(1), "x"))).ThenRefused<FulfilledAlready>();
        Given(Agreed).When(o => ExtendObligationFeature.Decide(o, new(null, null))).ThenRefused(new Missing("to"), new Missing("reason"));
    }
}

public sealed class FulfilObligationSpec : ObligationSpec
{
    [Fact]
    public void It_is_fulfilled_by_hand_with_evidence_and_taken_back_with_the_reason()
    {
        var byHand = new ObligationFulfilled(Id, Today, Fulfilments.Evidence, "完税证明 2024-001");
        Given(Agreed).When(o => Fulfil(o, new(Today, "完税证明 2024-001"), Today)).Then(byHand).Effective(Today);
        Given(Agreed, byHand).When(o => Reopen(o, new("证明作废"))).Then(new ObligationReopened(Id)).Because("证明作废");
        Given(Agreed, byHand).When(o => Fulfil(o, new(Today, "x"), Today)).ThenRefused<FulfilledAlready>();
    }

    [Fact]
    public void Not_before_it_has_happened_and_not_without_evidence()
    {
        Given(Agreed).When(o => Fulfil(o, new(Today.AddDays(1), "x"), Today)).ThenRefused<FulfilledInFuture>("on");
        Given(Agreed).When(o => Fulfil(o, new(null, null), Today)).ThenRefused(new Missing("evidence"));
    }

    [Fact]
    public void What_a_stage_fulfilled_is_not_undone_by_hand() =>
        Given(Agreed, new ObligationFulfilled(Id, Today, Fulfilments.Milestone, null)).When(o => Reopen(o, new("x"))).ThenRefused<NotByHand>();
}

public sealed class SettlingSpec : ObligationSpec
{
    [Fact]
    public void A_stage_fulfils_on_its_day_and_its_withdrawal_opens_again()
    {
        var fulfilled = new ObligationFulfilled(Id, Today, Fulfilments.Milestone, null);
        Given(Agreed).When(o => Settling.Settle(o, With((Stages.Registered, Today)), [])).Then(fulfilled).Effective(Today);
        Given(Agreed, fulfilled).When(o => Settling.Settle(o, With((Stages.Registered, Today)), [])).ThenNothing();
        Given(Agreed, fulfilled).When(o => Settling.Settle(o, With((Stages.GroundBroken, Today)), [])).Then(new ObligationReopened(Id));
        Given(Agreed).When(o => Settling.Settle(o, null, [])).ThenNothing();
    }

    [Fact]
    public void Confirmed_capital_fulfils_on_the_day_on_which_it_comes_to_the_amount()
    {
        KnownCapital[] capital = [Arrived(Today.AddDays(9), 25_000_000), Arrived(Today, 20_000_000), Arrived(Today.AddDays(3), 30_000_000, confirmed: false)];
        Given(Money50).When(o => Settling.Settle(o, Project, capital)).ThenNothing();
        Given(Money50).When(o => Settling.Settle(o, Project, [.. capital, Arrived(Today.AddDays(5), 5_000_000)])).Then(new ObligationFulfilled(Id, Today.AddDays(9), Fulfilments.Capital, null));
        Given(Money50, new ObligationFulfilled(Id, Today.AddDays(9), Fulfilments.Capital, null)).When(o => Settling.Settle(o, Project, capital)).Then(new ObligationReopened(Id));
    }

    [Fact]
    public void What_was_logged_by_hand_stands_whatever_projects_say() =>
        Given(Agreed, new ObligationFulfilled(Id, Today, Fulfilments.Evidence, "x")).When(o => Settling.Settle(o, Project, [])).ThenNothing();

    [Fact]
    public void It_is_said_once_that_a_day_passed_and_again_of_a_later_day()
    {
        Given(Agreed).When(o => DueWatch.Decide(o, Due)).ThenNothing();
        Given(Agreed).When(o => DueWatch.Decide(o, Due.AddDays(1))).Then(new ObligationOverdue(Id, Due)).Effective(Due.AddDays(1));
        Given(Agreed, new ObligationOverdue(Id, Due)).When(o => DueWatch.Decide(o, Due.AddDays(9))).ThenNothing();
        Given(Agreed, new ObligationOverdue(Id, Due), new ObligationExtended(Id, Due, Due.AddDays(30))).When(o => DueWatch.Decide(o, Due.AddDays(31))).Then(new ObligationOverdue(Id, Due.AddDays(30)));
        Given(Agreed, new ObligationFulfilled(Id, Due, Fulfilments.Milestone, null)).When(o => DueWatch.Decide(o, Due.AddDays(9))).ThenNothing();
    }

    /// <summary>Whatever order news comes in, and whenever it is looked at, the end is what is known at the end.</summary>
    [Fact]
    public void The_order_of_reactions_does_not_change_the_end() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[1, 4]).Array[0, 20].Sample(news =>
    {
        var obligation = ObligationHistory.Evolve(null, Money50)!;
        List<KnownCapital> known = [];
        foreach (var (kind, day, share) in news)
        {
            if (kind < 2) known.Add(Arrived(Today.AddDays(day), share * 10_000_000m, confirmed: kind == 0));
            else if (known.Count > 0) known[day % known.Count] = known[day % known.Count] with { Confirmed = share % 2 == 0 };
            obligation = Settling.Settle(obligation, Project, known).Events.Aggregate(obligation, (state, fact) => ObligationHistory.Evolve(state, fact)!);
        }
        var atOnce = Settling.Settle(ObligationHistory.Evolve(null, Money50)!, Project, known).Events.Aggregate(ObligationHistory.Evolve(null, Money50)!, (state, fact) => ObligationHistory.Evolve(state, fact)!);
        (obligation.FulfilledOn, obligation.FulfilledBy).ShouldBe((atOnce.FulfilledOn, atOnce.FulfilledBy));
    });
}
