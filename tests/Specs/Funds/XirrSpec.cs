using System.Globalization;
using System.Text.Json;
using CsCheck;
using Luodi.Contracts.Wire;
using Luodi.Funds.Figures;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Funds;

public sealed class XirrSpec
{
    private static readonly DateOnly Start = new(2020, 1, 1);

    [Fact]
    public void The_example_of_spreadsheets_comes_out_as_there() => PercentOf(
        (new(2008, 1, 1), -10_000), (new(2008, 3, 1), 2_750), (new(2008, 10, 30), 4_250), (new(2009, 2, 15), 3_250), (new(2009, 4, 1), 2_750)).ShouldBe(37.3363m);

    [Theory]
    [InlineData(7_100, "10.8104")]
    [InlineData(6_500, "9.0333")]
    public void A_fund_with_calls_distributions_and_a_value_has_one_rate(int value, string percent) => PercentOf(
        (new(2021, 6, 30), -3_000), (new(2022, 3, 31), -2_500), (new(2023, 6, 30), -2_000), (new(2024, 6, 30), 1_200), (new(2025, 6, 30), 2_400), (new(2025, 12, 31), value)).ShouldBe(decimal.Parse(percent, CultureInfo.InvariantCulture));

    [Fact]
    public void Where_two_rates_fit_both_are_named_and_none_is_chosen() =>
        Of((Start, -1_000), (Start.AddDays(365), 2_300), (Start.AddDays(730), -1_320)).ShouldBeOfType<InternalRate.NotUnique>().Roots.ShouldBe([0.10m, 0.20m]);

    [Fact]
    public void Where_three_rates_fit_all_three_are_found() =>
        // 1000 · (v − 1/1.05)(v − 1/1.5)(v − 1/3), the polynomial of the discount v, times 4.725.
        Of((Start, -1_000), (Start.AddDays(365), 5_550), (Start.AddDays(730), -9_225), (Start.AddDays(1095), 4_725)).ShouldBeOfType<InternalRate.NotUnique>().Roots.ShouldBe([0.05m, 0.50m, 2m]);

    [Fact]
    public void Rates_that_are_next_to_each_other_are_told_apart() =>
        Of((Start, -100_000_000), (Start.AddDays(365), 220_010_000), (Start.AddDays(730), -121_011_000)).ShouldBeOfType<InternalRate.NotUnique>().Roots.ShouldBe([0.10m, 0.1001m]);

    [Fact]
    public void A_rate_that_only_touches_zero_is_one_rate() => PercentOf((Start, -1_000), (Start.AddDays(365), 2_200), (Start.AddDays(730), -1_210)).ShouldBe(10m, 0.001m);

    [Fact]
    public void A_late_fee_makes_no_second_rate_of_a_gain() => PercentOf((Start, -100), (Start.AddDays(365), 150), (Start.AddDays(730), -10)).ShouldBe(43.0074m);

    [Fact]
    public void Money_that_no_rate_makes_worth_nothing_has_none() =>
        Of((Start, 1_000), (Start.AddDays(365), -3_000), (Start.AddDays(730), 2_500)).ShouldBe(new InternalRate.Undefined(NoRate.NoRoot));

    [Fact]
    public void Without_money_both_ways_there_is_no_rate()
    {
        Of().ShouldBe(new InternalRate.Undefined(NoRate.NoFlows));
        Of((Start, 0)).ShouldBe(new InternalRate.Undefined(NoRate.NoFlows));
        Of((Start, -100), (Start.AddDays(365), 0)).ShouldBe(new InternalRate.Undefined(NoRate.OnlyOutflows));
        Of((Start, 100), (Start.AddDays(365), 10)).ShouldBe(new InternalRate.Undefined(NoRate.OnlyInflows));
        Of((Start, -100), (Start, 110)).ShouldBe(new InternalRate.Undefined(NoRate.OnlyInflows));
        Of((Start, -100), (Start, 100)).ShouldBe(new InternalRate.Undefined(NoRate.NoFlows));
    }

    [Fact]
    public void A_life_within_a_year_has_the_rate_of_the_period_and_says_so()
    {
        Of((Start, -100), (Start.AddDays(91), 105)).ShouldBe(new InternalRate.Rate(0.05m, false, 91));
        Of((Start, -100), (Start.AddYears(1), 110)).ShouldBe(new InternalRate.Rate(0.10m, false, 366));
        Of((Start, -100), (Start.AddYears(1).AddDays(1), 110)).ShouldBeOfType<InternalRate.Rate>().ShouldSatisfyAllConditions(rate => rate.Annualised.ShouldBeTrue(), rate => rate.Value.ShouldBe(0.09942881m));
    }

    [Fact]
    public void A_loss_has_a_rate_below_zero() => PercentOf((Start, -1_000), (Start.AddDays(730), 250)).ShouldBe(-50m);

    [Fact]
    public void A_day_in_and_out_in_equal_amounts_is_no_change_of_sign() =>
        PercentOf((Start, -1_000), (Start.AddDays(100), 500), (Start.AddDays(100), -500), (Start.AddDays(730), 1_210)).ShouldBe(10m);

    [Fact]
    public void Ten_thousand_flows_that_alternate_and_end_in_a_gain_have_one_rate_at_once()
    {
        var rate = Xirr.Of([.. Alternating(10_000, back: 99), new DatedAmount(Start.AddDays(10_000), 7_000)]).ShouldBeOfType<InternalRate.Rate>();
        rate.Value.ShouldBeGreaterThan(0);
        Worth(rate.Value, [.. Alternating(10_000, back: 99), new DatedAmount(Start.AddDays(10_000), 7_000)]).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Ten_thousand_flows_that_alternate_around_nothing_are_answered_too()
    {
        IReadOnlyList<DatedAmount> flows = [.. Alternating(10_000, back: 100), new DatedAmount(Start.AddDays(10_001), -100), new DatedAmount(Start.AddDays(10_400), 150)];
        foreach (var rate in Xirr.Of(flows) switch { InternalRate.Rate one => [one.Value], InternalRate.NotUnique several => several.Roots, _ => (IReadOnlyList<decimal>)[] }) Worth(rate, flows).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void However_often_the_sign_changes_the_same_rates_are_found()
    {
        // Two rates, 10 % and 20 %, by the first, the 365th and the 730th day; between them days in and out that are worth nothing at either.
        decimal[] roots = [1.1m, 1.2m];
        var fill = Enumerable.Range(1, 20).SelectMany(day => (IEnumerable<(int, decimal)>)[(day * 3, 1m), ((day * 3) + 365, -(roots[0] + roots[1])), ((day * 3) + 730, roots[0] * roots[1])]);
        Xirr.Of([new(Start, -1_000), new(Start.AddDays(365), 2_300), new(Start.AddDays(730), -1_320), .. fill.Select(each => new DatedAmount(Start.AddDays(each.Item1), each.Item2)), .. Wiggle()])
            .ShouldBeOfType<InternalRate.NotUnique>().Roots.Select(root => decimal.Round(root, 2)).ShouldBe([0.10m, 0.20m]);

        // A thousandth of a yuan back and forth, which changes the sign and hardly the rates.
        static IEnumerable<DatedAmount> Wiggle() => Enumerable.Range(0, 40).Select(at => new DatedAmount(Start.AddDays(100 + at), at % 2 == 0 ? 0.001m : -0.001m));
    }

    private static IEnumerable<DatedAmount> Alternating(int count, decimal back) => Enumerable.Range(0, count).Select(day => new DatedAmount(Start.AddDays(day), day % 2 == 0 ? -100 : back));

    /// <summary>What is left at a rate, as a part of what moved.</summary>
    private static double Worth(decimal rate, IReadOnlyList<DatedAmount> flows) =>
        Math.Abs(flows.Sum(flow => Present(flow, flows[0].On, (double)rate))) / flows.Sum(flow => Math.Abs(Present(flow, flows[0].On, (double)rate)));

    // Money first out, then in: one rate, by Descartes. Ten thousand of them.
    [Fact]
    public void The_rate_of_a_conventional_series_is_that_of_plain_bisection()
    {
        var amounts = Gen.Decimal[1m, 1_000_000_000m].Select(amount => decimal.Round(amount, 2));
        Gen.Select(Gen.Select(Gen.Int[0, 1500], amounts).Array[1, 12], Gen.Select(Gen.Int[1501, 6000], amounts).Array[1, 12]).Sample((calls, back) =>
        {
            var series = calls.Select(call => new DatedAmount(Start.AddDays(call.Item1), -call.Item2)).Concat(back.Select(each => new DatedAmount(Start.AddDays(each.Item1), each.Item2))).ToList();
            var (found, bisected) = (Xirr.Of(series), Bisected(series));
            if (found is InternalRate.Rate { Annualised: false }) return;
            if (found is InternalRate.Rate rate) ((double)rate.Value).ShouldBe(bisected, 1e-7 * Math.Max(1, bisected));
            else (found, bisected is < -0.999_999_99 or > 900_000_000).ShouldBe((new InternalRate.Undefined(NoRate.NoRoot), true));
        }, iter: 10_000);
    }

    [Fact]
    public void Every_rate_named_makes_the_series_worth_nothing() => Gen.Select(Gen.Int[1, 900], Gen.Int[-1_000_000, 1_000_000]).Array[2, 14].Sample(steps =>
    {
        var day = Start;
        var series = steps.Select(step => new DatedAmount(day = day.AddDays(step.Item1), step.Item2)).ToList();
        var found = Xirr.Of(series);
        var rates = found switch { InternalRate.Rate one => [one.Value], InternalRate.NotUnique several => several.Roots, _ => (IReadOnlyList<decimal>)[] };
        if (found is InternalRate.NotUnique { Annualised: true } or InternalRate.Rate { Annualised: true })
        {
            foreach (var rate in rates.Where(rate => rate is > -0.9m and < 1000))
            {
                var size = series.Sum(each => Math.Abs(Present(each, series[0].On, (double)rate)));
                (Math.Abs(series.Sum(each => Present(each, series[0].On, (double)rate))) / size).ShouldBeLessThan(1e-5);
            }
        }
    });

    [Fact]
    public void Forty_years_of_money_to_and_fro_every_month_have_their_rate()
    {
        var months = Enumerable.Range(0, 480).Select(month => (Start.AddMonths(month), month % 2 == 0 ? -100m : 101m)).ToArray();
        PercentOf(months).ShouldBe(12.5672m);
        PercentOf([.. months.Select(each => (each.Item1, -each.Item2))]).ShouldBe(12.5672m);
    }

    [Fact]
    public void Over_HTTP_a_rate_says_which_of_the_three_it_is()
    {
        string Told(InternalRate rate) => JsonSerializer.Serialize(new { rate }, WireJson.Options);
        Told(new InternalRate.Rate(0.1m, true, 730)).ShouldBe("""{"rate":{"kind":"rate","value":0.1,"annualised":true,"days":730}}""");
        Told(new InternalRate.Undefined(NoRate.OnlyOutflows)).ShouldBe("""{"rate":{"kind":"undefined","reason":"only-outflows"}}""");
        Told(new InternalRate.NotUnique([0.1m, 0.2m], true, 730)).ShouldBe("""{"rate":{"kind":"not-unique","roots":[0.1,0.2],"annualised":true,"days":730}}""");
    }

    private static double Present(DatedAmount each, DateOnly first, double rate) => (double)each.Amount * Math.Pow(1 + rate, -(each.On.DayNumber - first.DayNumber) / 365d);

    private static double Bisected(List<DatedAmount> series)
    {
        var first = series.Min(each => each.On);
        var (low, high) = (-0.999999999, 1e9);
        for (var i = 0; i < 200; i++)
        {
            var middle = low < 1 && high > 1 ? 1 : (low + high) / 2;
            if (series.Sum(each => Present(each, first, middle)) > 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static InternalRate Of(params (DateOnly On, decimal Amount)[] movements) => Xirr.Of(movements.Select(each => new DatedAmount(each.On, each.Amount)));

    private static decimal PercentOf(params (DateOnly On, decimal Amount)[] movements) => decimal.Round(Of(movements).ShouldBeOfType<InternalRate.Rate>().Value * 100, 4);
}
