using System.Globalization;
using CsCheck;
using Luodi.Contracts;
using Luodi.Portal.Forms;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class AmountEntrySpec
{
    [Theory]
    [InlineData("42.11", "yi", "4211000000.00")]
    [InlineData("42.11", "wan", "421100.00")]
    [InlineData("42.11", "yuan", "42.11")]
    [InlineData("1,234.5", "wan", "12345000.00")]
    [InlineData("1，234.5", "wan", "12345000.00")]
    [InlineData("４２．１１", "yi", "4211000000.00")]
    [InlineData(" 9 000 ", "wan", "90000000.00")]
    public void A_number_and_its_unit_are_an_amount_of_yuan(string number, string unit, string yuan) =>
        AmountEntry.Read(number, unit)!.Value.ToString(CultureInfo.InvariantCulture).ShouldBe(yuan);

    [Theory]
    [InlineData("")]
    [InlineData("四十二")]
    [InlineData("4.2.1")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_is_no_amount(string number) => AmountEntry.Read(number, "yi").ShouldBeNull();

    [Fact]
    public void Parts_of_a_fen_are_kept_for_the_service_to_refuse() => AmountEntry.Read("0.00000000123", "yi")!.IsWholeFen.ShouldBeFalse();

    [Theory]
    [InlineData("4211000000", "42.11", "yi")]
    [InlineData("90000000", "9000", "wan")]
    [InlineData("8600000.50", "8600000.5", "yuan")]
    [InlineData("100000000", "1", "yi")]
    public void An_amount_stands_in_the_form_as_people_write_it(string yuan, string number, string unit) =>
        AmountEntry.Write(Money.Yuan(decimal.Parse(yuan, CultureInfo.InvariantCulture))).ShouldBe((number, unit));

    [Fact]
    public void What_stands_in_the_form_is_the_amount_itself() =>
        Gen.Long[1, 1_000_000_000_000_000].Sample(fen =>
        {
            var amount = Money.Yuan(fen / 100m);
            var (number, unit) = AmountEntry.Write(amount);
            return AmountEntry.Read(number, unit) == amount;
        });

    [Theory]
    [InlineData(9_999_999_999, false)]
    [InlineData(10_000_000_000, true)]
    public void A_hundred_times_the_usual_amount_is_unusual(long yuan, bool unusual) =>
        AmountEntry.IsUnusual(Money.Yuan(yuan), Money.Yuan(100_000_000)).ShouldBe(unusual);

    [Fact]
    public void Where_nothing_is_usual_yet_nothing_is_unusual() => AmountEntry.IsUnusual(Money.Yuan(10_000_000_000_000), null).ShouldBeFalse();
}
