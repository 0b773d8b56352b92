using System.Text;

namespace Luodi.Portal.Forms;

/// <summary>An amount in the capital numerals of cheques and contracts, which no stroke can alter: 肆拾贰亿壹仟壹佰万元整.</summary>
public static class ChineseCapitals
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"];

    /// <param name="yuan">Not below zero, whole fen.</param>
    public static string Of(decimal yuan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(yuan);
        var whole = (long)decimal.Truncate(yuan);
        var fen = (int)decimal.Truncate((yuan - whole) * 100);
        var (jiao, rest) = (fen / 10, fen % 10);
        var text = new StringBuilder();
        if (whole > 0 || fen == 0) text.Append(whole == 0 ? "零" : Whole(whole)).Append('元');
        if (fen == 0) return text.Append('整').ToString();
        if (jiao > 0) text.Append(Digits[jiao]).Append('角');
        // A gap between yuan and fen is said, so that nothing can be written into it.
        else if (whole > 0) text.Append('零');
        return rest > 0 ? text.Append(Digits[rest]).Append('分').ToString() : text.Append('整').ToString();
    }

    private static string Whole(long number) => number switch
    {
        // 壹万亿 has nothing in its own 亿 places, which is a gap too.
        >= 1_0000_0000 => Whole(number / 1_0000_0000) + "亿" + Rest(number % 1_0000_0000, gapBelow: number / 1_0000_0000 % 1_0000 == 0 ? 1_0000_0000 : 1000_0000),
        >= 1_0000 => Whole(number / 1_0000) + "万" + Rest(number % 1_0000, gapBelow: 1000),
        _ => Group((int)number),
    };

    /// <summary>What follows 亿 or 万: its missing leading places are one 零.</summary>
    private static string Rest(long number, long gapBelow) => number == 0 ? "" : (number < gapBelow ? "零" : "") + Whole(number);

    private static string Group(int number)
    {
        var text = new StringBuilder();
        var gap = false;
        for (var (place, size) = (3, 1000); place >= 0; place--, size /= 10)
        {
            var digit = number / size % 10;
            if (digit == 0)
            {
                gap = text.Length > 0;
                continue;
            }
            if (gap) text.Append('零');
            text.Append(Digits[digit]).Append(Places[place]);
            gap = false;
        }
        return text.ToString();
    }
}
