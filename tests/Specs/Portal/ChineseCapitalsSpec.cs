using System.Globalization;
using CsCheck;
using Luodi.Portal.Forms;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class ChineseCapitalsSpec
{
    [Theory]
    [InlineData("4211000000", "肆拾贰亿壹仟壹佰万元整")]
    [InlineData("0", "零元整")]
    [InlineData("1", "壹元整")]
    [InlineData("10", "壹拾元整")]
    [InlineData("100000000", "壹亿元整")]
    [InlineData("123456789.12", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分")]
    [InlineData("10000000000000", "壹拾万亿元整")]
    [InlineData("99999999", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整")]
    public void An_amount_is_written_as_on_a_cheque(string yuan, string capitals) => Of(yuan).ShouldBe(capitals);

    [Theory]
    [InlineData("1001", "壹仟零壹元整")]
    [InlineData("1010", "壹仟零壹拾元整")]
    [InlineData("10001", "壹万零壹元整")]
    [InlineData("100000001", "壹亿零壹元整")]
    [InlineData("100010000", "壹亿零壹万元整")]
    [InlineData("1000010000000", "壹万亿零壹仟万元整")]
    [InlineData("20300400", "贰仟零叁拾万零肆佰元整")]
    public void Missing_places_within_a_number_are_one_zero(string yuan, string capitals) => Of(yuan).ShouldBe(capitals);

    [Theory]
    [InlineData("0.01", "壹分")]
    [InlineData("0.10", "壹角整")]
    [InlineData("0.56", "伍角陆分")]
    [InlineData("12.05", "壹拾贰元零伍分")]
    [InlineData("12.50", "壹拾贰元伍角整")]
    [InlineData("8600000.50", "捌佰陆拾万元伍角整")]
    public void Jiao_and_fen_follow_the_yuan(string yuan, string capitals) => Of(yuan).ShouldBe(capitals);

    [Fact]
    public void An_amount_below_zero_has_none() => Should.Throw<ArgumentOutOfRangeException>(() => ChineseCapitals.Of(-1));

    /// <summary>Read back with another rule than it was written with.</summary>
    [Fact]
    public void What_is_written_reads_back_as_the_same_amount() =>
        Gen.Long[0, 1_000_000_000_000_000].Sample(fen => Read(ChineseCapitals.Of(fen / 100m)) == fen / 100m);

    [Fact]
    public void No_two_zeros_follow_each_other_and_none_stands_before_a_unit() =>
        Gen.Long[1, 1_000_000_000_000_000].Sample(fen => ChineseCapitals.Of(fen / 100m) is var text
            && !text.Contains("零零", StringComparison.Ordinal) && !text.Contains("零万", StringComparison.Ordinal) && !text.Contains("零亿", StringComparison.Ordinal) && !text.Contains("零元", StringComparison.Ordinal));

    private static string Of(string yuan) => ChineseCapitals.Of(decimal.Parse(yuan, CultureInfo.InvariantCulture));

    private static decimal Read(string capitals)
    {
        var (sum, section, digit) = (0m, 0m, 0m);
        foreach (var letter in capitals)
        {
            switch (letter)
            {
                case '拾' or '佰' or '仟':
                    section += digit * (letter == '拾' ? 10 : letter == '佰' ? 100 : 1000);
                    digit = 0;
                    break;
                case '万' or '亿':
                    // A unit counts everything before it that is smaller: 壹拾万亿 is a hundred thousand times 亿.
                    (sum, section, digit) = letter == '亿' ? ((sum + section + digit) * 100_000_000m, 0, 0) : (sum + ((section + digit) * 10_000m), 0, 0);
                    break;
                case '元':
                    (sum, section, digit) = (sum + section + digit, 0, 0);
                    break;
                case '角' or '分':
                    sum += digit * (letter == '角' ? 0.1m : 0.01m);
                    digit = 0;
                    break;
                case '整':
                    break;
                default:
                    digit = "零壹贰叁肆伍陆柒捌玖".IndexOf(letter, StringComparison.Ordinal);
                    break;
            }
        }
        return sum;
    }
}
