using System.Text;

namespace Luodi.Client.Rollup;

/// <summary>Columns in line on a terminal, where a Chinese character is as wide as two digits. The first column stands left, figures stand right.</summary>
internal static class TextTable
{
    public static string Of(string[] headings, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, headings.Length).Select(column => rows.Append(headings).Max(row => Width(row[column]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
        {
            text.Append("  ").Append(row[0]).Append(' ', widths[0] - Width(row[0]));
            for (var column = 1; column < row.Length; column++)
                text.Append(' ', 3 + widths[column] - Width(row[column])).Append(row[column]);
            text.AppendLine();
        }

        return text.ToString();
    }

    private static int Width(string text) => text.EnumerateRunes().Sum(rune => IsWide(rune.Value) ? 2 : 1);

    private static bool IsWide(int rune) => rune is (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD);
}
