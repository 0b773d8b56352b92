using System.Globalization;

namespace Luodi.Client.Workbook;

/// <summary>A cell as it was found. Each reading gives the value, or notes a fault and gives a stand-in that is never imported.</summary>
internal readonly record struct Cell(int Row, string Column, object? Value, List<string> Faults)
{
    public const string IllustrativeMark = "示意";

    public static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "";

    public static string Fault(int row, string column, string what) => $"row {row}, column {column}: {what}";

    public string Text() => TextOf(Value) is { Length: > 0 } text ? text : Fault("is empty", "");

    public string Industry()
    {
        var name = TextOf(Value);
        return name.Length == 0
            ? Fault("is empty", "")
            : Industries.ApiWord(name) ?? Fault($"'{name}' is none of {string.Join(", ", Industries.Names)}", "");
    }

    public decimal Yuan()
    {
        if (TextOf(Value).Length == 0) return Fault("is empty", 0m);
        decimal yuan;
        switch (Value)
        {
            // A spreadsheet keeps numbers in binary. Up to 10 trillion yuan their 15 digits are enough for every fen, and the conversion to decimal gives those.
            case double number and > -1e13 and < 1e13:
                yuan = (decimal)number;
                break;
            case string text when decimal.TryParse(
                text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out yuan):
                break;
            default:
                return Fault($"'{TextOf(Value)}' is no amount in yuan, such as 42110000.00", 0m);
        }

        if (yuan <= 0) return Fault($"{yuan} is not above 0", 0m);
        return decimal.Round(yuan, 2) == yuan ? decimal.Round(yuan, 2) + 0.00m : Fault($"{yuan} is not a whole number of fen", 0m);
    }

    public DateOnly Date() => Value switch
    {
        DateTime { TimeOfDay.Ticks: 0 } date => DateOnly.FromDateTime(date),
        string text when DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ when TextOf(Value).Length == 0 => Fault("is empty", default(DateOnly)),
        _ => Fault($"'{TextOf(Value)}' is no date, such as 2023-09-28", default(DateOnly)),
    };

    public bool IsMarkedIllustrative() => TextOf(Value).Contains(IllustrativeMark, StringComparison.Ordinal);

    private T Fault<T>(string what, T standIn)
    {
        Faults.Add(Fault(Row, Column, what));
        return standIn;
    }
}
