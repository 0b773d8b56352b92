using Luodi.Contracts;
using Luodi.Contracts.Reporting;
using Luodi.Ledger;
using Luodi.Reporting.Reports;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Reporting.Reports.PublishReportFeature;
using static Luodi.Reporting.Reports.ReportScope;

namespace Luodi.Specs.Reporting;

/// <summary>Figures that a bureau has published stay what they were; what is known better is published beside them.</summary>
public sealed class PublishReportSpec : Story<Report>
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid Next = Guid.CreateVersion7();
    private static readonly Guid Ceremony = Guid.CreateVersion7();
    private static readonly DateOnly Today = new(2023, 10, 8);
    private static readonly DateTimeOffset KnownAt = new(2023, 10, 8, 1, 2, 3, TimeSpan.Zero);
    private static readonly ReportDraft Draft = DraftOf(22, 4_211_000_000);
    private static readonly PublishReport Asked = new(ReportKinds.Monthly, "2023-09");

    private static ReportPublished Published => new(Id, ReportKinds.Monthly, "2023-09", null, new(2023, 9, 30), 66, "2023-10-08T01:02:03.000000Z", Draft.Canonical, Draft.Sha256, ["production 2"], null);

    [Fact]
    public void A_report_keeps_its_figures_its_place_in_the_ledger_its_definitions_and_the_hash_of_it_all() =>
        When(Publish(Id, Asked, Draft, Today)).Then(Published).Reserving("report monthly 2023-09", new ReportStands());

    [Fact]
    public void A_bulletin_is_of_one_ceremony() =>
        When(Publish(Id, new(ReportKinds.Bulletin, CeremonyId: Ceremony), Draft, Today)).Then(Published with { Kind = ReportKinds.Bulletin, Period = null, CeremonyId = Ceremony }).Reserving($"report bulletin {Ceremony}", new ReportStands());

    [Fact]
    public void A_ceremony_that_is_not_known_has_no_bulletin() => When(Publish(Id, new(ReportKinds.Bulletin, CeremonyId: Ceremony), null, Today)).ThenRefused<ReportOfNoCeremony>("ceremonyId");

    [Fact]
    public void Of_a_period_one_report_stands_at_a_time() => When(Publish(Id, Asked, Draft, Today)).Reserving("report monthly 2023-09", new ReportStands());

    [Fact]
    public void What_the_publisher_has_not_seen_is_not_published()
    {
        When(Publish(Id, Asked with { Sha256 = Draft.Sha256.ToUpperInvariant() }, Draft, Today)).Then(Published);
        When(Publish(Id, Asked with { Sha256 = DraftOf(22, 4_211_000_001).Sha256 }, Draft, Today)).ThenRefused<ReportFiguresChanged>("sha256");
    }

    [Fact]
    public void A_bulletin_is_told_of_the_day_on_which_it_was_seen_and_no_other()
    {
        PublishReport bulletin = new(ReportKinds.Bulletin, CeremonyId: Ceremony);
        // Nothing was logged since the 8th.
        When(Publish(Id, bulletin with { On = new(2023, 10, 11), Sha256 = Draft.Sha256 }, Draft, new(2023, 10, 11))).Then(Published with { Kind = ReportKinds.Bulletin, Period = null, CeremonyId = Ceremony });
        When(Publish(Id, bulletin with { On = new(2023, 10, 12) }, Draft, new(2023, 10, 11))).ThenRefused<ReportDayOutside>("on");
        When(Publish(Id, bulletin with { On = new(2023, 10, 7) }, Draft, new(2023, 10, 11))).ThenRefused<ReportDayOutside>("on");
    }

    [Fact]
    public void Another_report_takes_its_place_with_the_reason_and_both_stay()
    {
        var better = DraftOf(23, 4_231_000_000);
        Given(Published).When(report => Supersede(report, Next, new("补登一项"), better))
            .Then(new ReportSuperseded(Id, Next)).AndOf(Next, Published with { ReportId = Next, Figures = better.Canonical, Sha256 = better.Sha256, Supersedes = Id }).Because("补登一项");
        Given(Published).When(report => Supersede(report, Next, new(" "), better)).ThenRefused<Missing>("reason");
        Given(Published).When(report => Supersede(report, Next, new("x", Sha256: Draft.Sha256), better)).ThenRefused<ReportFiguresChanged>("sha256");
    }

    [Fact]
    public void The_same_figures_supersede_nothing() => Given(Published).When(report => Supersede(report, Next, new("x"), Draft)).ThenRefused<ReportSaysTheSame>();

    [Fact]
    public void A_report_is_withdrawn_with_the_reason_and_another_may_be_published()
    {
        Given(Published).When(report => Withdraw(report, new("数字有误"))).Then(new ReportWithdrawn(Id)).Because("数字有误");
        Withdraw(Given(Published).State, new("x")).Releases.ShouldBe(["report monthly 2023-09"]);
        Given(Published).When(report => Withdraw(report, new(null))).ThenRefused<Missing>("reason");
    }

    [Fact]
    public void What_stands_no_more_is_neither_withdrawn_nor_superseded()
    {
        foreach (object ended in new object[] { new ReportWithdrawn(Id), new ReportSuperseded(Id, Next) })
        {
            Given(Published, ended).When(report => Withdraw(report, new("x"))).ThenRefused<ReportStandsNoMore>();
            Given(Published, ended).When(report => Supersede(report, Next, new("x"), DraftOf(1, 1))).ThenRefused<ReportStandsNoMore>();
        }
    }

    [Theory]
    [InlineData("monthly", "2023-09", "2023-09-01", "2023-09-30")]
    [InlineData("quarterly", "2023-Q3", "2023-07-01", "2023-09-30")]
    [InlineData("annual", "2022", "2022-01-01", "2022-12-31")]
    public void A_period_is_named_as_its_kind_has_it(string kind, string period, string from, string to)
    {
        var (scope, _) = ReportScope.Of(kind, period, null, Today);
        (scope!.From, scope.To).ShouldBe((DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("monthly", "2023-Q3")]
    [InlineData("monthly", "2023")]
    [InlineData("monthly", "2023-13")]
    [InlineData("quarterly", "2023-09")]
    [InlineData("quarterly", "2023-Q5")]
    [InlineData("annual", "2023-09")]
    [InlineData("annual", "20x3")]
    [InlineData("monthly", "2023-08,2023-09")]
    public void A_period_of_another_form_is_refused(string kind, string period) => Wrong(kind, period).ShouldBe(new ReportPeriodMalformed());

    [Fact]
    public void What_a_report_is_of_has_to_be_said()
    {
        Wrong(null, "2023-09").ShouldBe(new Missing("kind"));
        Wrong("weekly", "2023-09").ShouldBe(new ReportKindUnknown());
        Wrong("monthly", null).ShouldBe(new Missing("period"));
        Wrong("bulletin", null).ShouldBe(new Missing("ceremonyId"));
        Refused(ReportScope.Of("bulletin", "2023-09", Ceremony, Today)).ShouldBe(new ReportPeriodMalformed());
    }

    [Fact]
    public void A_period_is_reported_from_its_last_day_on()
    {
        ReportScope.Of("monthly", "2023-10", null, new(2023, 10, 31)).Scope.ShouldNotBeNull();
        Refused(ReportScope.Of("monthly", "2023-10", null, new(2023, 10, 30))).ShouldBe(new ReportPeriodNotOver("2023-10-31"));
    }

    [Fact]
    public void What_is_read_again_from_its_canonical_form_is_the_same_bytes() => ReportFigures.Read(Draft.Canonical).Canonical().ShouldBe(Draft.Canonical);

    [Fact]
    public void Beside_what_is_known_now_stand_the_rows_that_differ_and_those_alone()
    {
        ReportTable Of(params ReportRow[] rows) => new(Measures.AgreedInvestment, PostingStatus.Confirmed, "industry", null) { Rows = rows };
        ReportRow Row(string key, int count, decimal yuan) => new(key, count, Money.Yuan(yuan), 0);
        ReadReportFeature.Rows(Of(Row("a", 1, 10), Row("b", 2, 20), Row("c", 3, 30)), Of(Row("a", 1, 10), Row("c", 4, 25), Row("d", 1, 5))).ShouldBe(
        [
            new("c", new(3, Money.Yuan(30)), new(4, Money.Yuan(25)), new(1, Money.Yuan(-5))), new("d", Figure.Zero, new(1, Money.Yuan(5)), new(1, Money.Yuan(5))),
            new("b", new(2, Money.Yuan(20)), Figure.Zero, new(-2, Money.Yuan(-20))),
        ]);
    }

    protected override Report? Evolve(Report? state, object fact) => ReportHistory.Evolve(state, fact, "manager", KnownAt, "x");

    private static ReportDraft DraftOf(int signings, decimal yuan) => ReportDraft.Of(66, KnownAt, new(
        ReportKinds.Monthly, "2023-09", null, new(2023, 9, 1), new(2023, 9, 30), new(2023, 9, 30),
        [new(Measures.AgreedInvestment, PostingStatus.Confirmed, "industry", new(2023, 9, 1)) { Rows = [new("other", signings, Money.Yuan(yuan), 0)], Total = new("total", signings, Money.Yuan(yuan), 0) }],
        [new("production", 40.91m, 9, 22)], [new("production", 2, "in-production", "signed", 2, "half-up", "口径通知", new(2023, 1, 1))], []));

    private static Refusal? Wrong(string? kind, string? period) => Refused(ReportScope.Of(kind, period, null, Today));

    private static Refusal Refused((ReportScope? Scope, IReadOnlyList<Refusal> Wrong) read) => read.Wrong.ShouldHaveSingleItem();
}
