using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.Capital;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Capital.ConfirmCapitalFeature;
using static Luodi.Projects.Capital.LogCapitalFeature;
using static Luodi.Projects.Capital.RevokeCapitalFeature;

namespace Luodi.Specs.Projects;

public abstract class CapitalSpec : Story<CapitalEntry>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000c1");
    protected static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly DateOnly Day = new(2023, 11, 1);
    protected static readonly DateOnly Today = new(2023, 12, 1);
    protected static readonly Project Project = new(ProjectId, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false, 1);
    protected static readonly CapitalLogged Logged = new(
        Id, ProjectId, Day, Money.Yuan(10_000_000), Money.Yuan(6_000_000), null, null, Money.Yuan(10_000_000), CapitalEvidence.BankSlip, "回单 001", Illustrative: false, "investment-1");

    protected override CapitalEntry? Evolve(CapitalEntry? state, object fact) => CapitalHistory.Evolve(state, fact, new Told(Day, "staff", "x"));
}

public sealed class LogCapitalSpec : CapitalSpec
{
    private static readonly LogCapital Arrived = new(ProjectId, Day, Money.Yuan(10_000_000), Money.Yuan(6_000_000), null, null, CapitalEvidence.BankSlip, "回单 001");
    private static readonly LogCapital Dollars = Arrived with { Amount = new Money(1_000_000.05m, "USD"), FixedAssets = null, Rate = 7.1798m, RateSource = "中国外汇交易中心" };

    [Fact]
    public void Capital_arrives_on_a_day_for_a_project_with_its_evidence_and_counts_once() =>
        When(Log(Arrived)).Then(Logged).Effective(Day).Reserving($"capital {ProjectId} bank-slip 回单 001", new CountedAlready("回单 001"));

    [Fact]
    public void Foreign_money_counts_in_yuan_at_the_rate_of_its_day() =>
        When(Log(Dollars)).Then(Logged with { Amount = new Money(1_000_000.05m, "USD"), FixedAssets = new Money(0, "USD"), Rate = 7.1798m, RateSource = "中国外汇交易中心", Yuan = Money.Yuan(7_179_800.36m) });

    [Fact]
    public void Without_a_rate_it_is_not_counted()
    {
        When(Log(Dollars with { Rate = null })).ThenRefused<RateMissing>("rate");
        When(Log(Dollars with { RateSource = null })).ThenRefused<Missing>("rateSource");
        When(Log(Dollars with { Rate = 0 })).ThenRefused<RateImplausible>("rate");
        When(Log(Dollars with { Rate = 7.1234567m })).ThenRefused<RateImplausible>("rate");
        When(Log(Arrived with { Rate = 1 })).ThenRefused<RateNotNeeded>("rate");
        When(Log(Dollars with { Amount = new Money(0.01m, "JPY"), Rate = 0.05m })).ThenRefused<AmountNotPositive>("amount");
        When(Log(Dollars with { Amount = new Money(1, "usd") })).ThenRefused<CurrencyMalformed>("amount");
    }

    [Fact]
    public void The_part_in_fixed_assets_is_a_part()
    {
        When(Log(Arrived with { FixedAssets = Arrived.Amount })).Then(Logged with { FixedAssets = Logged.Amount });
        When(Log(Arrived with { FixedAssets = Money.Yuan(10_000_000.01m) })).ThenRefused<PartsExceedTheWhole>("fixedAssets");
        When(Log(Arrived with { FixedAssets = new Money(1, "USD") })).ThenRefused<PartsExceedTheWhole>("fixedAssets");
    }

    [Fact]
    public void It_is_logged_when_it_has_arrived_for_a_project_that_is_known_with_evidence()
    {
        When(Log(Arrived with { ArrivedOn = Today.AddDays(1) })).ThenRefused<ArrivedInFuture>("arrivedOn");
        When(Log(Arrived with { Evidence = "word of mouth" })).ThenRefused<EvidenceUnknown>("evidence");
        When(LogCapitalFeature.Decide(Id, Arrived, null, "investment-1", Today)).ThenRefused<CapitalWithoutProject>("projectId");
        When(LogCapitalFeature.Decide(Id, new(null, null, null, null, null, null, null, null), null, null, Today))
            .ThenRefused(new Missing("projectId"), new Missing("arrivedOn"), new Missing("amount"), new Missing("evidence"), new Missing("evidenceNumber"));
    }

    private static Decision Log(LogCapital command) => LogCapitalFeature.Decide(Id, command, Project, "investment-1", Today);
}

public sealed class ConfirmCapitalSpec : CapitalSpec
{
    [Fact]
    public void A_second_person_confirms_it_and_it_counts_from_its_day_on() => Given(Logged).When(entry => Confirm(entry, "staff2")).Then(new CapitalConfirmed(Id)).Effective(Day);

    [Fact]
    public void A_second_person_returns_it_and_the_paper_may_be_logged_anew() =>
        Given(Logged).When(entry => Return(entry, new("金额有误"), "staff2")).Then(new CapitalReturned(Id)).Because("金额有误").Releasing($"capital {ProjectId} bank-slip 回单 001");

    [Fact]
    public void Nobody_confirms_or_returns_what_they_logged()
    {
        Given(Logged).When(entry => Confirm(entry, "staff")).ThenRefused<CapitalLoggedByYourself>();
        Given(Logged).When(entry => Return(entry, new("x"), "staff")).ThenRefused<CapitalLoggedByYourself>();
    }

    [Fact]
    public void What_does_not_wait_is_neither_confirmed_nor_returned()
    {
        Given(Logged, new CapitalConfirmed(Id)).When(entry => Confirm(entry, "staff2")).ThenRefused<NoCapitalWaits>();
        Given(Logged, new CapitalReturned(Id)).When(entry => Return(entry, new("x"), "staff2")).ThenRefused<NoCapitalWaits>();
        Given(Logged).When(entry => Return(entry, new(" "), "staff2")).ThenRefused<Missing>("reason");
    }
}

public sealed class RevokeCapitalSpec : CapitalSpec
{
    [Fact]
    public void A_recognition_is_revoked_with_the_reason() =>
        Given(Logged, new CapitalConfirmed(Id)).When(entry => Decide(entry, new("资金已转出"))).Then(new CapitalRevoked(Id)).Because("资金已转出").Releasing($"capital {ProjectId} bank-slip 回单 001");

    [Fact]
    public void What_was_not_recognised_is_not_revoked()
    {
        Given(Logged).When(entry => Decide(entry, new("x"))).ThenRefused<NotRecognised>();
        Given(Logged, new CapitalConfirmed(Id)).When(entry => Decide(entry, new(null))).ThenRefused<Missing>("reason");
    }
}

public sealed class CapitalSumsSpec : CapitalSpec
{
    [Fact]
    public void Domestic_and_foreign_money_stay_apart_and_what_waits_is_in_no_sum()
    {
        var dollars = Logged with { Amount = new Money(100, "USD"), FixedAssets = new Money(50, "USD"), Rate = 7.1m, Yuan = Money.Yuan(710) };
        CapitalEntry[] entries =
        [
            Given(Logged, new CapitalConfirmed(Id)).State, Given(dollars, new CapitalConfirmed(Id)).State, Given(Logged).State,
            Given(Logged, new CapitalConfirmed(Id), new CapitalRevoked(Id)).State, Given(Logged, new CapitalReturned(Id)).State,
        ];
        ListCapitalFeature.SumsOf(entries).ShouldBe(new CapitalSums(Money.Yuan(10_000_000), Money.Yuan(710), Money.Yuan(6_000_355), Money.Yuan(4_000_355), Money.Yuan(10_000_000)));
    }
}
