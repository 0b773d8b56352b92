using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Ceremonies;
using Shouldly;
using Xunit;
using static Luodi.Signings.Ceremonies.CloseCeremonyFeature;
using static Luodi.Signings.Ceremonies.HoldCeremonyFeature;
using static Luodi.Signings.Ceremonies.RecordClaimFeature;
using static Luodi.Signings.Ceremonies.ReopenCeremonyFeature;
using static Luodi.Signings.Ceremonies.SetAgendaFeature;

namespace Luodi.Specs.Signings;

public abstract class CeremonySpec : Story<Ceremony>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-000000000001");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly CeremonyScheduled Scheduled = new(Id, "攀高向新", Day);
    protected static readonly CeremonyHeld Held = new(Id, Day);
    protected static readonly CeremonyClosed Closed = new(Id);
    protected static readonly CeremonyReopened Reopened = new(Id);

    protected static readonly DateOnly Today = Day.AddDays(30);

    protected static Func<Ceremony, Decision> Close(DateOnly? on = null, string? reason = null) => ceremony => CloseCeremonyFeature.Decide(ceremony, new(on, reason), Today);

    protected override Ceremony? Evolve(Ceremony? state, object fact) => CeremonyHistory.Evolve(state, fact);
}

public sealed class ScheduleCeremonySpec : CeremonySpec
{
    [Fact]
    public void A_ceremony_goes_on_the_calendar_with_its_name_and_its_day() =>
        When(ScheduleCeremonyFeature.Decide(Id, new ScheduleCeremony(" 攀高向新 ", Day))).Then(Scheduled);

    [Fact]
    public void A_ceremony_of_ten_years_ago_goes_on_the_calendar_too() =>
        When(ScheduleCeremonyFeature.Decide(Id, new ScheduleCeremony("开园", new DateOnly(2013, 1, 1)))).Then(new CeremonyScheduled(Id, "开园", new DateOnly(2013, 1, 1)));

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(ScheduleCeremonyFeature.Decide(Id, new ScheduleCeremony(" ", null))).ThenRefused(new Missing("name"), new Missing("heldOn"));

    [Fact]
    public void A_ceremony_of_another_century_is_a_slip_of_the_year() =>
        When(ScheduleCeremonyFeature.Decide(Id, new ScheduleCeremony("攀高向新", new DateOnly(2203, 9, 28)))).ThenRefused<DateImplausible>("heldOn");

    [Fact]
    public void A_name_longer_than_a_line_on_the_agenda_is_refused() =>
        When(ScheduleCeremonyFeature.Decide(Id, new ScheduleCeremony(new string('会', 301), Day))).ThenRefused<TooLong>("name");
}

public sealed class HoldCeremonySpec : CeremonySpec
{
    [Fact]
    public void A_ceremony_is_held_on_the_day_it_was_scheduled_for() =>
        Given(Scheduled).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(null), Day.AddDays(1))).Then(Held).Effective(Day);

    [Fact]
    public void A_ceremony_that_was_put_off_is_held_on_its_real_day() =>
        Given(Scheduled)
            .When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(Day.AddDays(1)), Day.AddDays(1)))
            .Then(new CeremonyHeld(Id, Day.AddDays(1))).Effective(Day.AddDays(1));

    [Fact]
    public void A_ceremony_is_not_held_in_another_century() =>
        Given(Scheduled).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(new DateOnly(203, 9, 28)), Day.AddDays(1))).ThenRefused<DateImplausible>("heldOn");

    [Fact]
    public void A_ceremony_is_held_once() =>
        Given(Scheduled, Held).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(null), Day.AddDays(1))).ThenRefused<CeremonyAlreadyHeld>();

    [Fact]
    public void A_closed_ceremony_is_not_held_any_more() =>
        Given(Scheduled, Closed).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(null), Day.AddDays(1))).ThenRefused<CeremonyAlreadyClosed>();

    [Fact]
    public void A_ceremony_is_held_today_at_the_latest()
    {
        Given(Scheduled).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(Day), Day)).Then(Held);
        Given(Scheduled).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(Day.AddDays(1)), Day)).ThenRefused<HeldInFuture>("heldOn");
    }

    [Fact]
    public void A_ceremony_scheduled_for_a_later_day_has_not_been_held_yet() =>
        Given(Scheduled).When(ceremony => HoldCeremonyFeature.Decide(ceremony, new HoldCeremony(null), Day.AddDays(-1))).ThenRefused<HeldInFuture>("heldOn");
}

public sealed class CloseCeremonySpec : CeremonySpec
{
    [Fact]
    public void A_ceremony_that_was_held_is_closed() => Given(Scheduled, Held).When(Close()).Then(Closed);

    [Fact]
    public void A_ceremony_that_never_took_place_is_closed_too() => Given(Scheduled).When(Close()).Then(Closed);

    [Fact]
    public void It_was_over_on_an_earlier_day_where_somebody_says_why_it_is_closed_only_now()
    {
        Given(Scheduled, Held).When(Close(Day.AddDays(1), " 补录 ")).Then(Closed).Effective(Day.AddDays(1)).Because("补录");
        Given(Scheduled, Held).When(Close(Day.AddDays(1))).ThenRefused<ClosedLateWithoutReason>("reason");
    }

    [Fact]
    public void It_was_over_when_it_was_held_at_the_earliest_and_today_at_the_latest()
    {
        Given(Scheduled, Held).When(Close(Day, "补录")).Then(Closed);
        Given(Scheduled, Held).When(Close(Day.AddDays(-1), "补录")).ThenRefused<ClosedBeforeHeld>("on");
        Given(Scheduled, Held).When(Close(Today.AddDays(1))).ThenRefused<ClosedInFuture>("on");
    }

    [Fact]
    public void A_ceremony_is_closed_once() => Given(Scheduled, Held, Closed).When(Close()).ThenRefused<CeremonyAlreadyClosed>();
}

public sealed class ReopenCeremonySpec : CeremonySpec
{
    [Fact]
    public void A_closed_ceremony_is_opened_again_with_a_reason() => Given(Scheduled, Held, Closed).When(Reopen(" 漏登一项 ")).Then(Reopened).Because("漏登一项");

    [Fact]
    public void Opened_again_it_is_what_it_was_before()
    {
        Given(Scheduled, Held, Closed, Reopened).State.Status.ShouldBe(CeremonyStatus.Held);
        Given(Scheduled, Closed, Reopened).State.Status.ShouldBe(CeremonyStatus.Scheduled);
    }

    [Fact]
    public void It_is_closed_again() => Given(Scheduled, Held, Closed, Reopened).When(Close()).Then(Closed);

    [Fact]
    public void What_is_open_is_not_opened()
    {
        Given(Scheduled).When(Reopen("漏登一项")).ThenRefused<CeremonyNotClosed>();
        Given(Scheduled, Held, Closed, Reopened).When(Reopen("漏登一项")).ThenRefused<CeremonyNotClosed>();
    }

    [Fact]
    public void It_is_opened_for_a_reason() => Given(Scheduled, Closed).When(Reopen(" ")).ThenRefused<Missing>("reason");

    private static Func<Ceremony, Decision> Reopen(string reason) => ceremony => ReopenCeremonyFeature.Decide(ceremony, new ReopenCeremony(reason));
}

public sealed class SetAgendaSpec : CeremonySpec
{
    private static readonly Guid[] Papers = [.. Enumerable.Range(1, 5).Select(number => Guid.Parse($"01890000-0000-7000-8000-0000000000a{number}"))];

    [Fact]
    public void Agreements_are_called_up_in_the_order_that_was_set() => After([], 2, 0, 1, 4, 3).ShouldBe([2, 0, 1, 4, 3]);

    [Fact]
    public void What_is_left_out_keeps_its_place() => After([], 4, 1).ShouldBe([0, 4, 2, 3, 1]);

    [Fact]
    public void What_was_set_before_is_where_the_next_order_begins() => After([4, 3, 2, 1, 0], 3, 4).ShouldBe([3, 4, 2, 1, 0]);

    [Fact]
    public void An_agreement_that_came_later_stands_at_the_end() => After([2, 1], 1, 2).ShouldBe([1, 2, 0, 3, 4]);

    [Fact]
    public void The_same_order_again_changes_nothing() =>
        Given(Scheduled, new AgendaSet(Id, Papers)).When(ceremony => SetAgendaFeature.Decide(ceremony, new SetAgenda(Papers), Papers)).ThenNothing();

    [Fact]
    public void An_agreement_of_another_ceremony_is_not_on_the_agenda() => Given(Scheduled).When(Set(Papers[0], Id)).ThenRefused<NotAtThisCeremony>("agreements");

    [Fact]
    public void Nobody_is_called_up_twice() => Given(Scheduled).When(Set(Papers[0], Papers[0])).ThenRefused<NamedTwice>("agreements");

    [Fact]
    public void What_was_called_up_at_a_closed_ceremony_is_not_reordered()
    {
        Given(Scheduled, Held, Closed).When(Set(Papers[1], Papers[0])).ThenRefused<CloseCeremonyFeature.CeremonyAlreadyClosed>();
        Given(Scheduled, Held, Closed, Reopened).When(Set(Papers[1], Papers[0])).Then(new AgendaSet(Id, [Papers[1], Papers[0], .. Papers[2..]]));
    }

    [Fact]
    public void An_agenda_names_agreements() => Given(Scheduled).When(ceremony => SetAgendaFeature.Decide(ceremony, new SetAgenda(null), Papers)).ThenRefused<Missing>("agreements");

    private static Func<Ceremony, Decision> Set(params Guid[] papers) => ceremony => SetAgendaFeature.Decide(ceremony, new SetAgenda(papers), Papers);

    private int[] After(int[] before, params int[] named)
    {
        var ceremony = Given(Scheduled, new AgendaSet(Id, [.. before.Select(paper => Papers[paper])])).State;
        return [.. SetAgendaFeature.Decide(ceremony, new SetAgenda([.. named.Select(paper => Papers[paper])]), Papers).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<AgendaSet>().Agreements.Select(paper => Array.IndexOf(Papers, paper))];
    }
}

public sealed class RecordClaimSpec : CeremonySpec
{
    private static readonly Guid ClaimId = Guid.Parse("01890000-0000-7000-8000-0000000000c1");
    private static readonly DateOnly Printed = new(2023, 10, 1);
    private static readonly RecordClaim Article = new("日报", Printed, 22, Money.Yuan(4_211_000_000m), 8);

    [Fact]
    public void The_figures_of_an_article_stand_beside_the_ceremony_from_the_day_it_was_printed() =>
        Given(Scheduled)
            .When(Claim(Article))
            .Then(new ClaimRecorded(ClaimId, Id, "日报", Printed, 22, Money.Yuan(4_211_000_000m), 8))
            .Effective(Printed)
            .Answering(new { id = ClaimId, contradictions = new List<Contradiction>() });

    [Fact]
    public void A_claim_is_recorded_also_after_the_ceremony_was_closed() =>
        Given(Scheduled, Held, Closed)
            .When(Claim(Article))
            .Then(new ClaimRecorded(ClaimId, Id, "日报", Printed, 22, Money.Yuan(4_211_000_000m), 8));

    [Fact]
    public void A_source_that_gives_no_day_and_no_large_signings_is_recorded_as_it_stands() =>
        Given(Scheduled)
            .When(Claim(Article with { StatedOn = null, AtLeast100Million = null }))
            .Then(new ClaimRecorded(ClaimId, Id, "日报", null, 22, Money.Yuan(4_211_000_000m), null))
            .Effective(null);

    [Fact]
    public void A_claim_names_its_source_its_count_and_its_amount() =>
        Given(Scheduled)
            .When(Claim(new RecordClaim(null, null, null, null, null)))
            .ThenRefused(new Missing("source"), new Missing("signings"), new Missing("amount"));

    [Fact]
    public void No_source_states_fewer_than_no_signings() =>
        Given(Scheduled)
            .When(Claim(Article with { Signings = -1, AtLeast100Million = -1 }))
            .ThenRefused(new CountNegative("signings"), new CountNegative("atLeast100Million"));

    [Fact]
    public void A_rate_is_of_two_amounts_and_a_series_has_its_total()
    {
        Given(Scheduled).When(Claim(Article with { RatePercent = 12.64m })).ThenRefused<RateWithoutCapital>("ratePercent");
        Given(Scheduled).When(Claim(Article with { Series = [1m, 2m] })).ThenRefused<SeriesIncomplete>("series");
        Given(Scheduled).When(Claim(Article with { Series = [1m], SeriesTotal = Money.Yuan(1) })).ThenRefused<SeriesIncomplete>("series");
        Given(Scheduled).When(Claim(Article with { SeriesTotal = Money.Yuan(1) })).ThenRefused<SeriesIncomplete>("series");
    }

    [Fact]
    public void A_source_of_another_century_is_a_slip_of_the_year() =>
        Given(Scheduled).When(Claim(Article with { StatedOn = new DateOnly(1023, 10, 1) })).ThenRefused<DateImplausible>("statedOn");

    [Fact]
    public void A_claim_of_no_signings_is_a_claim() =>
        Given(Scheduled)
            .When(Claim(Article with { Signings = 0, AtLeast100Million = 0 }))
            .Then(new ClaimRecorded(ClaimId, Id, "日报", Printed, 0, Money.Yuan(4_211_000_000m), 0));

    private static Func<Ceremony, Decision> Claim(RecordClaim command) => ceremony => RecordClaimFeature.Decide(ceremony, ClaimId, command);
}

public sealed class ContradictionSpec
{
    [Theory]
    [InlineData(8, 8, "800000000.00")]
    [InlineData(22, 8, "4211000000.00")]
    [InlineData(0, 0, "0.01")]
    public void Figures_that_can_all_be_true_contradict_nothing(int signings, int large, string yuan) => Of(signings, large, yuan).ShouldBeEmpty();

    [Fact]
    public void More_large_signings_than_signings_is_said_with_the_difference() => Of(8, 9, "4211000000.00").ShouldBe([new Contradiction("more-large-than-all", 1)]);

    [Fact]
    public void Eight_of_100_million_cannot_add_up_to_a_fen_less_than_800_million() => Of(22, 8, "799999999.99").ShouldBe([new Contradiction("large-exceed-amount", 0.01m)]);

    [Fact]
    public void Both_contradictions_are_said() => Of(1, 2, "1.00").ShouldBe([new("more-large-than-all", 1), new("large-exceed-amount", 199_999_999m)]);

    [Fact]
    public void A_source_that_does_not_speak_of_large_signings_contradicts_nothing() => Of(1, null, "1.00").ShouldBeEmpty();

    [Fact]
    public void A_printed_rate_that_its_own_figures_deny_is_said_with_what_would_agree()
    {
        var bulletin = new ClaimRecorded(Guid.Empty, Guid.Empty, "公报", null, 900, Money.Yuan(679_318_000_000m), null, Money.Yuan(88_140_000_000m), 12.64m);
        Contradictions(bulletin).ShouldBe([new Contradiction("rate-differs", 0.33m, 12.97m, 697_318_000_000m)]);
        Contradictions(bulletin with { RatePercent = 12.97m }).ShouldBeEmpty();
        Contradictions(bulletin with { RatePercent = 13.0m }).ShouldBeEmpty();
        Contradictions(bulletin with { RatePercent = 40m }).ShouldBe([new Contradiction("rate-differs", -27m, 13m)]);
    }

    [Fact]
    public void A_series_that_does_not_add_up_shows_its_residue() =>
        Contradictions(new ClaimRecorded(Guid.Empty, Guid.Empty, "公报", null, 900, Money.Yuan(644_310_000_000m), null, null, null, [179_640_000_000m, 243_320_000_000m, 185_850_000_000m], Money.Yuan(644_310_000_000m)))
            .ShouldBe([new Contradiction("series-differs", 35_500_000_000m, 608_810_000_000m)]);

    private static IReadOnlyList<Contradiction> Of(int signings, int? large, string yuan) =>
        Contradictions(new ClaimRecorded(Guid.Empty, Guid.Empty, "日报", null, signings, Money.Yuan(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)), large));
}
