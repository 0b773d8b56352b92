using System.Globalization;
using System.Text.Json;
using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Wire;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Wire;

public sealed class MoneySpec
{
    [Theory]
    [InlineData("90000000", """{"value":90000000.00,"currency":"CNY"}""")]
    [InlineData("1.1", """{"value":1.10,"currency":"CNY"}""")]
    [InlineData("1.1000", """{"value":1.10,"currency":"CNY"}""")]
    [InlineData("0", """{"value":0.00,"currency":"CNY"}""")]
    [InlineData("-0.01", """{"value":-0.01,"currency":"CNY"}""")]
    [InlineData("0.001", """{"value":0.001,"currency":"CNY"}""")]
    public void An_amount_is_written_with_two_decimals_and_never_rounded(string yuan, string json)
    {
        var money = Money.Yuan(Decimal(yuan));
        JsonSerializer.Serialize(money, WireJson.Options).ShouldBe(json);
        JsonSerializer.Deserialize<Money>(json, WireJson.Options).ShouldBe(money);
    }

    [Theory]
    [InlineData("0.01", true)]
    [InlineData("0.010", true)]
    [InlineData("0.001", false)]
    [InlineData("0.019", false)]
    public void A_fen_is_the_finest_whole_amount(string yuan, bool whole) => Money.Yuan(Decimal(yuan)).IsWholeFen.ShouldBe(whole);

    [Fact]
    public void Yuan_are_meant_where_no_currency_is_given() => JsonSerializer.Deserialize<Money>("""{"value":5}""", WireJson.Options).ShouldBe(new Money(5, "CNY"));

    [Fact]
    public void Amounts_of_one_currency_add_and_subtract()
    {
        (Money.Yuan(0.1m) + Money.Yuan(0.2m)).ShouldBe(Money.Yuan(0.3m));
        (Money.Yuan(0.1m) - Money.Yuan(0.2m)).ShouldBe(Money.Yuan(-0.1m));
    }

    [Fact]
    public void Yuan_and_dollars_have_no_sum_and_no_difference()
    {
        Should.Throw<InvalidOperationException>(() => Money.Yuan(1) + new Money(1, "USD"));
        Should.Throw<InvalidOperationException>(() => Money.Yuan(1) - new Money(1, "USD"));
        Money.Yuan(1).ShouldNotBe(new Money(1, "USD"));
    }

    [Fact]
    public void Whatever_is_added_and_taken_away_again_leaves_the_same_bytes() =>
        Gen.Select(Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000], Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000]).Sample((some, more) =>
        {
            var amount = Money.Yuan(some / 100m);
            var back = amount + Money.Yuan(more / 100m) - Money.Yuan(more / 100m);
            JsonSerializer.Serialize(back, WireJson.Options).ShouldBe(JsonSerializer.Serialize(amount, WireJson.Options));
        });

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
