using System.Data;
using System.Globalization;
using System.Resources;
using System.Text;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Http;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace Luodi.ServiceDefaults.Lists;

public sealed record ColumnUnknown(string Columns) : Refusal("Export columns among {Columns}, with commas between.", "columns")
{
    public override int Status => 400;
}

public sealed record FormatUnknown() : Refusal("The format is xlsx or csv.", "format")
{
    public override int Status => 400;
}

/// <summary>A column of a file.</summary>
/// <param name="Name">As the API names it; its Chinese heading stands under this name in the service's <c>Columns.resx</c>, or under <c>LIST.NAME</c> where lists of the service mean different things by it.</param>
/// <param name="English">Its English heading.</param>
/// <param name="Value">A text, a date, a number, an amount, or nothing.</param>
/// <param name="Coded">The value is a code, or several, whose Chinese words stand in <c>Columns.resx</c> too.</param>
/// <param name="Named">The heading is a name that somebody gave, the same in every language.</param>
/// <param name="OfDepartment">The value is the code of a department, for which its name stands.</param>
public sealed record Column<T>(string Name, string English, Func<T, object?> Value, bool Coded = false, bool Named = false, bool OfDepartment = false);

/// <summary>A list as a file: the rows that the list shows to the same reader, amounts in yuan with their fen.</summary>
public static class Export
{
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="name">The list's name, which the file's name begins with.</param>
    /// <param name="columns">Names with commas between; all where it is left out.</param>
    /// <param name="format"><c>xlsx</c> where it is left out, or <c>csv</c>.</param>
    public static async Task<IResult> Of<T>(string name, IReadOnlyList<Column<T>> all, string? columns, string? format, DateOnly today, Departments departments, Func<Task<IReadOnlyList<T>>> rows, CancellationToken ct)
    {
        var asked = columns is { Length: > 0 } ? columns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray() : [.. all.Select(column => column.Name)];
        var chosen = asked.Select(each => all.FirstOrDefault(column => column.Name == each)).ToList();
        if (chosen.Count == 0 || chosen.Contains(null)) return Problems.Of(new ColumnUnknown(string.Join(", ", all.Select(column => column.Name))));
        if (format is not (null or "xlsx" or "csv")) return Problems.Of(new FormatUnknown());
        var names = chosen.Exists(column => column!.OfDepartment) ? await departments.Names(ct) : null;
        var table = Table(chosen!, await rows(), CultureInfo.CurrentUICulture, name, names);
        var file = $"{name}-{today:yyyy-MM-dd}";
        return format is "csv" ? Results.File(Csv(table), "text/csv; charset=utf-8", $"{file}.csv") : Results.File(await Xlsx(name, table), Spreadsheet, $"{file}.xlsx");
    }

    /// <summary>Headings first.</summary>
    /// <param name="departments">Their names by their codes; a code that is not among them stands as it is.</param>
    public static IReadOnlyList<IReadOnlyList<object?>> Table<T>(
        IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, CultureInfo culture, string? list = null, IReadOnlyDictionary<string, string>? departments = null)
    {
        var english = culture.TwoLetterISOLanguageName is "en";
        var words = new ResourceManager($"{typeof(T).Assembly.GetName().Name}.Columns", typeof(T).Assembly);
        string Word(string name) => english ? name : words.GetString($"{list}.{name}", CultureInfo.InvariantCulture) ?? words.GetString(name, CultureInfo.InvariantCulture) ?? name;
        return
        [
            [.. columns.Select(column => english || column.Named ? column.English : Word(column.Name))],
            .. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => column.Value(row) switch
            {
                string code when column.Coded => Word(code),
                IEnumerable<string> codes => string.Join(english ? ", " : "、", codes.Select(code => column.Coded ? Word(code) : code)),
                string code when column.OfDepartment => departments?.GetValueOrDefault(code) ?? code,
                Money amount => amount.Value,
                var value => value,
            })]),
        ];
    }

    /// <summary>RFC 4180, with the mark by which spreadsheet programs know UTF-8.</summary>
    public static byte[] Csv(IReadOnlyList<IReadOnlyList<object?>> table)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in table) text.AppendJoin(',', row.Select(value => Quoted(Written(value)))).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static async Task<byte[]> Xlsx(string sheet, IReadOnlyList<IReadOnlyList<object?>> table)
    {
        var configuration = new OpenXmlConfiguration
        {
            TableStyles = TableStyles.Default,
            DynamicColumns = [.. table[0].Select((heading, index) => new DynamicExcelColumn($"{index}")
            {
                Index = index, Name = (string)heading!, Width = table.Max(row => Width(row[index])), Format = table.Skip(1).Select(row => row[index]).FirstOrDefault(value => value is not null) switch
                {
                    decimal => "#,##0.00",
                    DateOnly => "yyyy-mm-dd",
                    _ => null,
                },
            })],
        };
        using var file = new MemoryStream();
        await file.SaveAsAsync(Cells(table), sheetName: sheet, configuration: configuration);
        return file.ToArray();
    }

    // A table, and not its rows alone: without a row its headings would be lost.
    private static DataTable Cells(IReadOnlyList<IReadOnlyList<object?>> table)
    {
        var cells = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (index, _) in table[0].Index()) cells.Columns.Add($"{index}", typeof(object));
        foreach (var row in table.Skip(1)) cells.Rows.Add([.. row.Select(value => value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : value)]);
        return cells;
    }

    private static string Written(object? value) => value switch
    {
        null => "",
        string text => AsText(text),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
        bool yes => yes ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A text that a spreadsheet program would calculate stays a text: what somebody typed as a name runs nothing on the reader's machine.</summary>
    private static string AsText(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // A Chinese character is as wide as two Latin ones.
    private static double Width(object? value) => Math.Clamp(Written(value).Sum(letter => letter > 0x2E7F ? 2.0 : 1.0) + 4, 8, 60);
}
