using System.Globalization;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;

namespace Luodi.Specs;

/// <summary>What every command asks of an amount, a text, a day.</summary>
public sealed class FieldsSpec
{
    private const string Name = "amount";

    [Theory]
    [InlineData("0.01")]
    [InlineData("1.1")]
    [InlineData("100000000")]
    [InlineData("10000000000000.00")]
    public void An_amount_is_positive_in_whole_fen_and_at_most_10_trillion_yuan(string yuan) => Amount(yuan).ShouldBeNull();

    [Theory]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-0.01")]
    public void No_amount_is_zero_or_below(string yuan) => Amount(yuan).ShouldBe(new AmountNotPositive(Name));

    [Theory]
    [InlineData("0.001")]
    [InlineData("0.011")]
    [InlineData("9999999999999.999")]
    public void Nothing_is_finer_than_a_fen(string yuan) => Amount(yuan).ShouldBe(new AmountFinerThanFen(Name));

    [Theory]
    [InlineData("10000000000000.01")]
    [InlineData("79228162514264337593543950335")]
    public void An_amount_beyond_10_trillion_yuan_is_taken_for_a_wrong_unit(string yuan) => Amount(yuan).ShouldBe(new AmountTooLarge(Name));

    [Fact]
    public void Dollars_wait_for_a_dated_rate() => Fields.Amount(new Money(1, "USD"), Name).ShouldBe(new CurrencyNotKept(Name, "USD"));

    [Fact]
    public void An_amount_left_out_is_missed() => Fields.Amount(null, Name).ShouldBe(new Missing(Name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u3000")]
    public void Blanks_are_no_text(string? text) => Fields.Text(text, "name").ShouldBe(new Missing("name"));

    [Fact]
    public void A_text_has_at_most_300_characters()
    {
        Fields.Text(new string('落', 300), "name").ShouldBeNull();
        Fields.Text(new string('落', 301), "name").ShouldBe(new TooLong("name", 300));
    }

    [Fact]
    public void A_text_may_have_lines_but_nothing_that_cannot_be_shown()
    {
        Fields.Text("第一行\r\n\t第二行", "name").ShouldBeNull();
        Fields.Text("落\0地", "name").ShouldBe(new Unprintable("name"));
        Fields.Text("落\u001f地", "name").ShouldBe(new Unprintable("name"));
    }

    [Theory]
    [InlineData(1948, 12, 31, false)]
    [InlineData(1949, 1, 1, true)]
    [InlineData(2100, 12, 31, true)]
    [InlineData(2101, 1, 1, false)]
    public void A_slip_of_the_year_is_caught(int year, int month, int day, bool plausible) =>
        Fields.Date(new DateOnly(year, month, day), "heldOn").ShouldBe(plausible ? null : new DateImplausible("heldOn"));

    [Fact]
    public void A_date_left_out_is_missed() => Fields.Date(null, "heldOn").ShouldBe(new Missing("heldOn"));

    [Fact]
    public void An_industry_is_one_of_the_zones_classification()
    {
        Industries.All.ShouldAllBe(industry => Fields.Industry(industry) == null);
        Fields.Industry("微电子").ShouldBe(new IndustryUnknown());
        Fields.Industry(null).ShouldBe(new Missing("industry"));
    }

    [Theory]
    [InlineData("2023-09-27T15:59:59Z", "2023-09-27")]
    [InlineData("2023-09-27T16:00:00Z", "2023-09-28")]
    public void A_day_of_the_bureau_begins_at_midnight_in_China(string instant, string day) =>
        new ClockAt(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)).Today().ShouldBe(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    private static Refusal? Amount(string yuan) => Fields.Amount(Money.Yuan(decimal.Parse(yuan, CultureInfo.InvariantCulture)), Name);

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
