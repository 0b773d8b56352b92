using CsCheck;
using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Agreements;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Lists;

/// <summary>Which events of a record hold by a day.</summary>
public sealed class EffectiveRuleSpec
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly DateTimeOffset Logged = new(2023, 11, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly SignedOn = new(2023, 9, 28);
    private static readonly DateOnly Later = new(2023, 12, 10);

    private static readonly IEvent[] Signing =
    [
        Told(new AgreementDrafted(Id, "2023-001", Guid.Empty, Guid.Empty, "某公司", Industries.Other, Money.Yuan(1), Illustrative: true), DayOfLogging),
        Told(new DraftCorrected(Id, null, Money.Yuan(2)), DayOfLogging),
        Told(new AgreementSigned(Id, Guid.Empty, Guid.Empty, Money.Yuan(2), SignedOn), SignedOn),
        Told(new SigningConfirmed(Id), SignedOn),
    ];

    private static DateOnly DayOfLogging => Recording.DayOf(Logged);

    [Fact]
    public void A_draft_holds_with_its_signing_and_not_before()
    {
        By(SignedOn.AddDays(-1), Signing).ShouldBeEmpty();
        By(SignedOn, Signing).ShouldBe(Signing);
    }

    [Fact]
    public void A_draft_alone_holds_from_the_day_on_which_it_was_logged()
    {
        By(SignedOn, Signing[..2]).ShouldBeEmpty();
        By(DayOfLogging, Signing[..2]).ShouldBe(Signing[..2]);
    }

    [Fact]
    public void A_later_change_does_not_hold_before_its_day() => By(Later.AddDays(-1), [.. Signing, Amended(Later)]).ShouldBe(Signing);

    [Fact]
    public void A_change_that_was_returned_is_returned_on_every_day_on_which_it_was_logged()
    {
        IEvent[] history = [.. Signing, Amended(Later), Told(new AmendmentReturned(Id), Later.AddDays(30))];
        By(Later, history).ShouldBe(history);
        By(Later.AddDays(-1), history).ShouldBe(Signing);
    }

    [Fact]
    public void What_is_confirmed_late_holds_from_the_day_of_what_it_confirms()
    {
        IEvent[] history = [.. Signing, Amended(Later), Told(new AmendmentConfirmed(Id), Later.AddDays(30))];
        By(Later, history).ShouldBe(history);
    }

    [Fact]
    public void An_event_that_names_no_day_holds_from_that_of_its_recording() => EffectiveRule.DayOf(Told(new SigningConfirmed(Id), null)).ShouldBe(DayOfLogging);

    /// <summary>By whatever day, what holds is a part of the history in its order, the longer the later the day, and in the end all of it.</summary>
    [Fact]
    public void Nothing_holds_that_did_not_happen_and_nothing_stops_to_hold() => Gen.Select(Gen.Int[0, 40].Array[1, 12], Gen.Int[0, 40], Gen.Int[0, 40]).Sample((days, one, other) =>
    {
        IReadOnlyList<IEvent> history = [.. days.Select((day, nth) => nth == 0 ? Signing[0] : nth % 3 == 0 ? Told(new AmendmentConfirmed(Id), SignedOn.AddDays(day)) : Amended(SignedOn.AddDays(day)))];
        var (earlier, later) = (By(SignedOn.AddDays(Math.Min(one, other)), history), By(SignedOn.AddDays(Math.Max(one, other)), history));
        earlier.ShouldBeSubsetOf(later);
        later.ShouldBe(history.Where(later.Contains));
        By(SignedOn.AddDays(400), history).ShouldBe(history);
    });

    private static IReadOnlyList<IEvent> By(DateOnly day, IReadOnlyList<IEvent> history) => AgreementView.Effective.By(day, history);

    private static IEvent Amended(DateOnly on) => Told(new AgreementAmended(Id, Money.Yuan(2), Money.Yuan(3)), on);

    private static IEvent Told(object fact, DateOnly? on)
    {
        var told = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        told.Timestamp = Logged;
        if (on is { } day) told.SetHeader("effectiveon", $"{day:yyyy-MM-dd}");
        return told;
    }
}
