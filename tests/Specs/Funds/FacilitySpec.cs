using System.Globalization;
using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Facilities;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Shouldly;
using Xunit;
using static Luodi.Funds.Facilities.ChangeFacilityLimitFeature;
using static Luodi.Funds.Facilities.ConfirmFacilityEntryFeature;
using static Luodi.Funds.Facilities.FacilityLimits;
using static Luodi.Funds.Facilities.LogFacilityEntryFeature;
using static Luodi.Funds.Facilities.OpenFacilityFeature;

namespace Luodi.Specs.Funds;

public abstract class FacilitySpec : Story<Facility>
{
    protected const string Firm = "示例微电子有限公司";

    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f5");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly FacilityOpened Opened = new(Id, "担保贷 1.0", FacilityProducts.GuaranteedLoan, "示例银行", Money.Yuan(10_000_000), Illustrative: true, "finance");

    protected static Guid Entry(int number) => new($"01890000-0000-7000-8000-0000000000{number:x2}");

    protected static FacilityEntryLogged Logged(int number, string kind, int days, decimal yuan, string firm = Firm) => new(Id, Entry(number), kind, Day.AddDays(days), Money.Yuan(yuan), firm, $"凭证 {number}");

    protected static IEnumerable<object> Confirmed(params FacilityEntryLogged[] entries) => entries.SelectMany(entry => (object[])[entry, new FacilityEntryConfirmed(Id, entry.EntryId)]);

    protected override Facility? Evolve(Facility? state, object fact) => FacilityHistory.Evolve(state, fact, fact is FacilityEntryLogged ? "staff" : "staff2", "原因");
}

public sealed class OpenFacilitySpec : FacilitySpec
{
    [Fact]
    public void A_product_has_a_lender_and_a_limit() =>
        When(OpenFacilityFeature.Decide(Id, new(" 担保贷 1.0 ", FacilityProducts.GuaranteedLoan, " 示例银行 ", Money.Yuan(10_000_000), Illustrative: true), "finance")).Then(Opened);

    [Fact]
    public void What_is_missing_or_unknown_is_said_field_by_field()
    {
        When(OpenFacilityFeature.Decide(Id, new(null, null, null, null), null)).ThenRefused(new Missing("name"), new Missing("product"), new Missing("lender"), new Missing("limit"));
        When(OpenFacilityFeature.Decide(Id, new("x", "crowdfunding", "x", Money.Yuan(1)), null)).ThenRefused<ProductUnknown>("product");
    }

    [Fact]
    public void Each_heading_and_each_product_of_its_file_is_told_in_Chinese()
    {
        foreach (var product in FacilityProducts.All)
        {
            var table = Export.Table(ListFacilitiesFeature.Columns, [Given(Opened with { Product = product }).State], CultureInfo.GetCultureInfo("zh-CN"), "facilities");
            table[0].ShouldAllBe(heading => ((string)heading!).Any(letter => letter > 0x2E7F));
            table[1][1].ShouldBeOfType<string>().ShouldMatch(@"^\p{IsCJKUnifiedIdeographs}");
        }
    }
}

public sealed class ChangeFacilityLimitSpec : FacilitySpec
{
    private static readonly DateOnly Later = Day.AddDays(10);

    [Fact]
    public void It_holds_from_its_day_on_and_not_before()
    {
        var raised = new FacilityLimitChanged(Id, Money.Yuan(20_000_000), Later, "批复 1");
        Given(Opened).When(Change(20_000_000, Later, " 批复 1 ")).Then(raised).Effective(Later);
        Given(Opened, raised).State.Limit.ShouldBe(Money.Yuan(20_000_000));
        Given(Opened, raised).When(Draw(9, 15_000_000)).ThenRefused(new BeyondFacilityLimit(Day.AddDays(9), 15_000_000));
        Given(Opened, raised).When(Draw(10, 15_000_000)).Then(Logged(9, FacilityEntryKinds.Drawn, 10, 15_000_000) with { Evidence = "x" });
    }

    [Fact]
    public void It_is_not_below_what_is_outstanding_on_its_day_or_after_it()
    {
        object[] drawn = [Opened, .. Confirmed(Logged(1, FacilityEntryKinds.Drawn, 0, 3_000_000)), Logged(2, FacilityEntryKinds.Drawn, 12, 1_000_000)];
        Given(drawn).When(Change(2_999_999.99m, Later)).ThenRefused(new LimitBelowOutstanding(Later, 3_000_000));
        Given(drawn).When(Change(3_000_000, Later)).ThenRefused(new LimitBelowOutstanding(Day.AddDays(12), 4_000_000));
        Given(drawn).When(Change(4_000_000, Later)).Then(new FacilityLimitChanged(Id, Money.Yuan(4_000_000), Later, "x"));
    }

    [Fact]
    public void Changes_come_in_the_order_of_their_days_and_none_before_its_day()
    {
        Given(Opened, new FacilityLimitChanged(Id, Money.Yuan(1), Later, "x")).When(Change(2, Later)).ThenRefused(new LimitNotLater(Later));
        Given(Opened).When(Change(2, Today.AddDays(1))).ThenRefused<LimitNotInForce>("on");
        Given(Opened).When(facility => ChangeFacilityLimitFeature.Decide(facility, new(null, null, " "), Today)).ThenRefused(new Missing("limit"), new Missing("on"), new Missing("evidence"));
    }

    private static DateOnly Today => Day.AddDays(100);

    private static Func<Facility, Decision> Change(decimal yuan, DateOnly on, string evidence = "x") => facility => ChangeFacilityLimitFeature.Decide(facility, new(Money.Yuan(yuan), on, evidence), Today);

    private static Func<Facility, Decision> Draw(int days, decimal yuan) =>
        facility => LogFacilityEntryFeature.Decide(facility, Entry(9), new(FacilityEntryKinds.Drawn, Day.AddDays(days), Money.Yuan(yuan), Firm, "x"), Today);
}

public sealed class LogFacilityEntrySpec : FacilitySpec
{
    private static readonly LogFacilityEntry Drawing = new(FacilityEntryKinds.Drawn, Day, Money.Yuan(3_000_000), Firm, "凭证 1");

    [Fact]
    public void A_drawing_waits_for_a_second_person() =>
        Given(Opened).When(Log(Drawing)).Then(Logged(1, FacilityEntryKinds.Drawn, 0, 3_000_000)).Effective(Day).Answering(new { id = Entry(1), entryId = Entry(1) });

    [Fact]
    public void What_is_missing_or_wrong_is_said_field_by_field()
    {
        Given(Opened).When(Log(new(null, null, null, null, null))).ThenRefused(new Missing("kind"), new Missing("on"), new Missing("amount"), new Missing("firm"), new Missing("evidence"));
        Given(Opened).When(Log(Drawing with { Kind = "gifted" })).ThenRefused<FacilityEntryKindUnknown>("kind");
        Given(Opened).When(Log(Drawing with { On = Day.AddDays(101) })).ThenRefused<FacilityDayNotCome>("on");
    }

    [Fact]
    public void No_more_is_outstanding_than_the_limit()
    {
        Given(Opened).When(Log(Drawing with { Amount = Money.Yuan(10_000_000) })).Then(Logged(1, FacilityEntryKinds.Drawn, 0, 10_000_000));
        Given(Opened).When(Log(Drawing with { Amount = Money.Yuan(10_000_000.01m) })).ThenRefused(new BeyondFacilityLimit(Day, 10_000_000.01m));
        // What was repaid can be drawn again, from its day on.
        object[] repaid = [Opened, .. Confirmed(Logged(2, FacilityEntryKinds.Drawn, 0, 10_000_000), Logged(3, FacilityEntryKinds.Repaid, 10, 4_000_000))];
        Given(repaid).When(Log(Drawing with { On = Day.AddDays(10), Amount = Money.Yuan(4_000_000) })).Then(Logged(1, FacilityEntryKinds.Drawn, 10, 4_000_000));
        Given(repaid).When(Log(Drawing with { On = Day.AddDays(9), Amount = Money.Yuan(4_000_000) })).ThenRefused<BeyondFacilityLimit>("amount", status: 409);
    }

    [Fact]
    public void What_waits_holds_its_part_of_the_limit() =>
        Given(Opened, Logged(2, FacilityEntryKinds.Drawn, 0, 7_000_001)).When(Log(Drawing)).ThenRefused<BeyondFacilityLimit>("amount", status: 409);

    [Theory]
    [InlineData(FacilityEntryKinds.Repaid)]
    [InlineData(FacilityEntryKinds.GuaranteeCalled)]
    public void A_firm_gives_back_no_more_than_it_has_outstanding(string kind)
    {
        object[] drawn = [Opened, .. Confirmed(Logged(2, FacilityEntryKinds.Drawn, 5, 2_000_000), Logged(3, FacilityEntryKinds.Drawn, 0, 5_000_000, "别家公司"), Logged(4, FacilityEntryKinds.Repaid, 6, 500_000))];
        var back = Drawing with { Kind = kind, On = Day.AddDays(7), Amount = Money.Yuan(1_500_000) };
        Given(drawn).When(Log(back)).Then(Logged(1, kind, 7, 1_500_000));
        Given(drawn).When(Log(back with { Amount = Money.Yuan(1_500_000.01m) })).ThenRefused(new MoreThanOutstanding(Firm, Day.AddDays(7)));
        Given(drawn).When(Log(back with { On = Day.AddDays(4) })).ThenRefused(new MoreThanOutstanding(Firm, Day.AddDays(4)));
    }

    [Fact]
    public void A_paper_counts_once_unless_it_was_returned()
    {
        Given(Opened, Logged(1, FacilityEntryKinds.Drawn, 0, 1)).When(Log(Drawing)).ThenRefused(new FacilityPaperCounted("凭证 1"));
        Given(Opened, Logged(2, FacilityEntryKinds.Drawn, 0, 1) with { Evidence = "凭证 1" }, new FacilityEntryReturned(Id, Entry(2))).When(Log(Drawing)).Then(Logged(1, FacilityEntryKinds.Drawn, 0, 3_000_000));
    }

    private static Func<Facility, Decision> Log(LogFacilityEntry command) => facility => LogFacilityEntryFeature.Decide(facility, Entry(1), command, Day.AddDays(100));
}

public sealed class ConfirmFacilityEntrySpec : FacilitySpec
{
    private static readonly FacilityEntryLogged Drawn = Logged(1, FacilityEntryKinds.Drawn, 0, 3_000_000);

    [Fact]
    public void A_second_person_confirms_it_and_it_counts_from_its_day_on()
    {
        Given(Opened, Drawn).When(facility => Confirm(facility, new(Entry(1)), "staff2")).Then(new FacilityEntryConfirmed(Id, Entry(1))).Effective(Day);
        Given(Opened, Drawn).State.ShouldSatisfyAllConditions(facility => facility.Outstanding.ShouldBe(Money.Yuan(0)), facility => facility.Waiting.ShouldBe(1), facility => facility.FirmsServed.ShouldBe(0));
        var state = Given([Opened, .. Confirmed(Drawn, Logged(2, FacilityEntryKinds.Repaid, 1, 1_000_000), Logged(3, FacilityEntryKinds.GuaranteeCalled, 2, 500_000), Logged(4, FacilityEntryKinds.Drawn, 3, 1, "别家公司"))]).State;
        (state.Drawn, state.Repaid, state.GuaranteeCalled, state.Outstanding, state.FirmsServed, state.Waiting)
            .ShouldBe((Money.Yuan(3_000_001), Money.Yuan(1_000_000), Money.Yuan(500_000), Money.Yuan(1_500_001), 2, 0));
    }

    [Fact]
    public void A_second_person_returns_it_with_the_reason() =>
        Given(Opened, Drawn).When(facility => Return(facility, new(Entry(1), " 金额有误 "), "staff2")).Then(new FacilityEntryReturned(Id, Entry(1))).Because("金额有误");

    [Fact]
    public void Nobody_confirms_or_returns_what_they_logged()
    {
        Given(Opened, Drawn).When(facility => Confirm(facility, new(Entry(1)), "staff")).ThenRefused<FacilityEntryByYourself>();
        Given(Opened, Drawn).When(facility => Return(facility, new(Entry(1), "x"), "staff")).ThenRefused<FacilityEntryByYourself>();
    }

    [Fact]
    public void What_does_not_wait_is_neither_confirmed_nor_returned()
    {
        object[] confirmed = [Opened, .. Confirmed(Drawn)];
        Given(confirmed).When(facility => Confirm(facility, new(Entry(1)), "staff2")).ThenRefused<FacilityEntryDoesNotWait>();
        Given(Opened, Drawn, new FacilityEntryReturned(Id, Entry(1))).When(facility => Return(facility, new(Entry(1), "x"), "staff2")).ThenRefused<FacilityEntryDoesNotWait>();
    }

    [Fact]
    public void An_entry_is_named_and_known()
    {
        Given(Opened).When(facility => Confirm(facility, new(null), "staff2")).ThenRefused<Missing>("entryId");
        Given(Opened).When(facility => Confirm(facility, new(Entry(9)), "staff2")).ThenRefused<NoSuchFacilityEntry>("entryId");
        Given(Opened).When(facility => Return(facility, new(Entry(9), null), "staff2")).ThenRefused(new NoSuchFacilityEntry(), new Missing("reason"));
        Given(Opened).When(facility => Revoke(facility, new(null, null))).ThenRefused(new Missing("entryId"), new Missing("reason"));
    }

    [Fact]
    public void A_repayment_is_not_confirmed_before_the_drawing_that_it_repays() =>
        Given(Opened, Drawn, Logged(2, FacilityEntryKinds.Repaid, 1, 1)).When(facility => Confirm(facility, new(Entry(2)), "staff2")).ThenRefused<MoreThanOutstanding>("amount", status: 409);

    [Fact]
    public void A_confirmed_entry_is_revoked_unless_another_stands_on_it()
    {
        Given([Opened, .. Confirmed(Drawn)]).When(facility => Revoke(facility, new(Entry(1), "x"))).Then(new FacilityEntryRevoked(Id, Entry(1))).Because("x");
        Given([Opened, .. Confirmed(Drawn, Logged(2, FacilityEntryKinds.Repaid, 1, 1))]).When(facility => Revoke(facility, new(Entry(1), "x"))).ThenRefused<MoreThanOutstanding>("amount", status: 409);
        Given(Opened, Drawn).When(facility => Revoke(facility, new(Entry(1), "x"))).ThenRefused<FacilityEntryNotConfirmed>();
        Given([Opened, .. Confirmed(Drawn), new FacilityEntryRevoked(Id, Entry(1))]).State.ShouldSatisfyAllConditions(
            facility => facility.Drawn.ShouldBe(Money.Yuan(0)), facility => facility.Entries.ShouldHaveSingleItem().StatusReason.ShouldBe("原因"));
    }

    [Fact]
    public void Whatever_is_asked_for_the_limit_and_the_firms_hold() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 20], Gen.Int[1, 5_000_000], Gen.Int[0, 40]).Array[0, 40].Sample(steps =>
        {
            var state = Given(Opened).State;
            for (var i = 0; i < steps.Length; i++)
            {
                var (what, kind, days, yuan, which) = steps[i];
                var named = state.Entries.Count > 0 ? state.Entries[which % state.Entries.Count].Id : Entry(0);
                var decision = what switch
                {
                    0 or 1 => LogFacilityEntryFeature.Decide(state, new Guid(i + 1, 0, 0, new byte[8]), new(FacilityEntryKinds.All[kind], Day.AddDays(days), Money.Yuan(yuan), which % 2 == 0 ? Firm : "别家公司", $"凭证 {i}"), Day.AddDays(100)),
                    2 => Confirm(state, new(named), "staff2"),
                    _ => Revoke(state, new(named, "x")),
                };
                state = decision.Events.Aggregate(state, (before, fact) => Evolve(before, fact)!);
                state.Outstanding.Value.ShouldBeInRange(0, state.Limit.Value);
            }
        });
}
