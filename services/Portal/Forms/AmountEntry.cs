using System.Globalization;
using System.Text;
using Luodi.Contracts;

namespace Luodi.Portal.Forms;

/// <summary>How people write amounts: a number and the unit it counts.</summary>
public static class AmountEntry
{
    /// <summary>An amount so many times the usual one is rather a slip of the unit.</summary>
    public const int UnusualFrom = 100;

    // Above this a service refuses anyway; it keeps a slip of the keyboard from overflowing.
    private const decimal LargestYuan = 1_000_000_000_000_000m;

    /// <summary>The units, by the key that stands in a form.</summary>
    public static IReadOnlyDictionary<string, decimal> Units { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["yuan"] = 1m,
        ["wan"] = 10_000m,
        ["yi"] = 100_000_000m,
    };

    /// <summary>Null for what is no number. Full-width digits and both kinds of comma are read too; parts of a fen are not cut off but left to be refused.</summary>
    public static Money? Read(string? number, string? unit)
    {
        if (number is null || unit is null || !Units.TryGetValue(unit, out var scale)) return null;
        var plain = new string([.. number.Normalize(NormalizationForm.FormKC).Where(letter => letter is not ',' and not '、' && !char.IsWhiteSpace(letter))]);
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= LargestYuan / scale
            ? Money.Yuan(value * scale)
            : null;
    }

    /// <summary>The largest unit in which the amount is written without loss and above one; and its number.</summary>
    public static (string Number, string Unit) Write(Money amount)
    {
        var unit = Units.Where(each => Math.Abs(amount.Value) >= each.Value && decimal.Round(amount.Value / each.Value, 4) == amount.Value / each.Value).MaxBy(each => each.Value).Key ?? "yuan";
        return ((amount.Value / Units[unit]).ToString("0.####", CultureInfo.InvariantCulture), unit);
    }

    public static bool IsUnusual(Money amount, Money? usual) => usual is { Value: > 0 } && amount.Value >= usual.Value * UnusualFrom;
}
