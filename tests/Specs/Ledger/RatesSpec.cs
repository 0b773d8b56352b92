using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

public sealed class RatesSpec
{
    private static readonly Guid Book = Guid.Parse("01900000-0000-7000-8000-000000000003");
    private static readonly DateOnly Day = new(2023, 9, 28);
    private static readonly RateDefined Truncated = new(Book, Rates.Start, 2, Quantities.GroundBroken, Quantities.Signed, 2, Roundings.Truncate, 80, "某市招商引资考核办法", new DateOnly(2024, 1, 1));

    private static KnownRate Usual => RateBook.Usual.Rates.Single(rate => rate.Rate == Rates.Start);

    [Theory]
    [InlineData(Roundings.HalfUp, 96.83)]
    [InlineData(Roundings.Truncate, 96.82)]
    public void Half_up_and_truncated_are_both_to_be_had(string rounding, double percent) => (Usual with { Rounding = rounding }).Of(61, 63).ShouldBe((decimal)percent);

    [Fact]
    public void Nothing_divided_by_nothing_is_undefined_and_not_zero()
    {
        Usual.Of(0, 0).ShouldBeNull();
        Usual.Of(0, 5).ShouldBe(0);
    }

    [Fact]
    public void A_new_version_is_used_from_its_day_and_from_when_it_was_known()
    {
        var book = RateBooks.Evolve(null, Heard.Of(Truncated, Book, Day), position: 70)!;
        book.InForce(69, new(2024, 6, 1)).Single(rate => rate.Rate == Rates.Start).Version.ShouldBe(1);
        book.InForce(70, new(2023, 12, 31)).Single(rate => rate.Rate == Rates.Start).Version.ShouldBe(1);
        book.InForce(70, new(2024, 1, 1)).Single(rate => rate.Rate == Rates.Start).ShouldSatisfyAllConditions(
            rate => rate.Version.ShouldBe(2), rate => rate.Rounding.ShouldBe(Roundings.Truncate), rate => rate.Source.ShouldBe("某市招商引资考核办法"));
        book.InForce(70, Day).Select(rate => rate.Rate).ShouldBe(Rates.All);
    }

    [Fact]
    public void The_last_target_of_a_year_holds_and_the_earlier_one_as_it_was_known()
    {
        var plan = new TargetSet(Book, 2023, TargetMeasures.CapitalInPlace, TargetKinds.CityPlan, 1_000_000_000m, "市政府文件", Illustrative: true);
        var book = RateBooks.Evolve(RateBooks.Evolve(null, Heard.Of(plan, Book, Day), 5), Heard.Of(plan with { Value = 1_200_000_000m }, Book, Day), 9)!;
        book.TargetsAt(4).ShouldBeEmpty();
        book.TargetsAt(8).ShouldHaveSingleItem().Value.ShouldBe(1_000_000_000m);
        book.TargetsAt(9).ShouldHaveSingleItem().Value.ShouldBe(1_200_000_000m);
    }

    [Fact]
    public void Scores_go_from_60_for_the_least_to_100_for_the_greatest()
    {
        Scores.Of([50m, 75m, 100m, null, 66.67m], ofEqual: 100).ShouldBe([60m, 80m, 100m, null, 73.34m]);
        Scores.Of([50m, 50m], ofEqual: 80).ShouldBe([80m, 80m]);
        Scores.Of([null], ofEqual: 80).ShouldBe([null]);
    }

    [Fact]
    public void A_cohort_has_its_own_numerator_and_its_own_denominator_and_each_opens()
    {
        var sums = new[]
        {
            ("2022", Stages.Signed, 4m), ("2022", Stages.GroundBroken, 3m), ("2022", Quantities.Agreed, 800m), ("2022", MoneyOrigins.Domestic, 100m), ("2022", MoneyOrigins.Foreign, 60m),
            ("2023", Stages.Signed, 3m), ("2023", Stages.GroundBroken, 1m),
        }.ToLookup(sum => sum.Item1, sum => (sum.Item2, sum.Item3));
        var table = ReadRatesFeature.Of("year", new PostingFilter(Status: "confirmed"), RateBook.Usual.InForce(0, Day), sums, Day, position: 12);
        table.Rows.Select(row => row.Key).ShouldBe(["2023", "2022"]);
        var (newer, older) = (table.Rows[0].Rates, table.Rows[1].Rates);
        older.Single(rate => rate.Name == Rates.Start).ShouldSatisfyAllConditions(
            rate => rate.Percent.ShouldBe(75), rate => rate.Score.ShouldBe(100),
            rate => rate.Numerator.Postings.ShouldBe("/api/reporting/postings?measure=stages-reached&cohort=year%3A2022&status=confirmed&stage=ground-broken"),
            rate => rate.Denominator.Postings.ShouldBe("/api/reporting/postings?measure=stages-reached&cohort=year%3A2022&status=confirmed&stage=signed"));
        newer.Single(rate => rate.Name == Rates.Start).ShouldSatisfyAllConditions(rate => rate.Percent.ShouldBe(33.33m), rate => rate.Score.ShouldBe(60));
        older.Single(rate => rate.Name == Rates.CapitalInPlace).ShouldSatisfyAllConditions(
            rate => rate.Percent.ShouldBe(20), rate => rate.Denominator.Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&year=2022"));
        newer.Single(rate => rate.Name == Rates.CapitalInPlace).Percent.ShouldBeNull();
    }
}

public sealed class TableSpec
{
    private static readonly PostingFilter Filter = new(Status: "confirmed", Measure: Measures.AgreedInvestment, Tier: "agreement");
    private static readonly Crossing[] Crossings =
    [
        new("other", "2022", new(1, Luodi.Contracts.Money.Yuan(50))), new("microelectronics", "2022", new(2, Luodi.Contracts.Money.Yuan(300))), new("microelectronics", "2023", new(1, Luodi.Contracts.Money.Yuan(100))),
    ];

    [Fact]
    public void Two_dimensions_make_a_table_whose_cells_add_up_and_open()
    {
        var table = ReadTableFeature.Of(Filter, Dimensions.ByName["industry"], Dimensions.ByName["year"], 9, Crossings);
        table.Keys.ShouldBe(["2022", "2023"]);
        table.Items.Select(row => (row.Key, row.Count, row.Amount!.Value)).ShouldBe([("microelectronics", 3, 400m), ("other", 1, 50m)]);
        table.Total!.ShouldSatisfyAllConditions(total => total.Count.ShouldBe(4), total => total.Amount!.Value.ShouldBe(450), total => total.Cells.Select(cell => cell.Amount.Value).ShouldBe([350m, 100m]));
        table.Items[0].Cells[1].Postings.ShouldBe("/api/reporting/postings?status=confirmed&tier=agreement&industry=microelectronics&year=2023");
    }

    [Fact]
    public void A_top_list_says_what_the_rest_comes_to()
    {
        var table = ReadTableFeature.Of(Filter, Dimensions.ByName["block"], null, 9, [.. Crossings.Select(crossing => crossing with { Column = "" })], top: 1);
        table.Items.ShouldHaveSingleItem().Key.ShouldBe("microelectronics");
        table.Others!.ShouldSatisfyAllConditions(others => others.Count.ShouldBe(1), others => others.Postings.ShouldBeNull());
    }

    [Fact]
    public void Tiers_and_stages_are_not_added_up()
    {
        ReadTableFeature.Of(Filter with { Tier = null }, Dimensions.ByName["tier"], null, 9, Crossings).Total.ShouldBeNull();
        ReadTableFeature.Of(Filter with { Tier = null }, Dimensions.ByName["industry"], Dimensions.ByName["tier"], 9, Crossings).Items[0].Amount.ShouldBeNull();
        var stages = Filter with { Measure = Measures.StagesReached, Tier = null };
        ReadTableFeature.Of(stages, Dimensions.ByName["industry"], Dimensions.ByName["stage"], 9, Crossings).Items[0].Count.ShouldBeNull();
        ReadTableFeature.Of(stages, Dimensions.ByName["industry"], null, 9, Crossings).Items[0].Count.ShouldBeNull();
        ReadTableFeature.Of(stages with { Stage = Stages.GroundBroken }, Dimensions.ByName["industry"], null, 9, Crossings).Total!.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_unknown_is_refused()
    {
        ReadTableFeature.Unknown(Filter with { Measure = "x" }, "industry", null).ShouldBeOfType<ReadRollupFeature.MeasureUnknown>();
        ReadTableFeature.Unknown(Filter, "x", null).ShouldBeOfType<ReadRollupFeature.DimensionUnknown>();
        ReadTableFeature.Unknown(Filter, "industry", "industry").ShouldBeOfType<ReadRollupFeature.DimensionUnknown>();
        ReadTableFeature.Unknown(Filter with { Cohort = "2023" }, "industry", null).ShouldBeOfType<ReadTableFeature.CohortMalformed>();
        ReadTableFeature.Unknown(Filter with { Cohort = "year:2023" }, "industry", "year").ShouldBeNull();
    }
}
