using System.Text;
using MiniExcelLibs;

namespace Luodi.Client.Workbook;

/// <summary>A workbook that must not be imported. Every fault is named at once, so that it is mended in one go.</summary>
public sealed class FaultyWorkbookException(string path, IReadOnlyList<string> faults)
    : ClientException($"{path} cannot be imported, nothing was sent:\n{string.Join('\n', faults.Select(fault => "  " + fault))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Reads the sheet of a ceremony's signings; either all of it is sound or none of it is given.</summary>
public static class CeremonyWorkbook
{
    public const string SheetName = "签约项目";

    public static IReadOnlyList<WorkbookRow> Read(string path)
    {
        var faults = new List<string>();
        var rows = new List<WorkbookRow>();
        using var lines = Lines(path).GetEnumerator();
        if (!lines.MoveNext()) throw new FaultyWorkbookException(path, [$"sheet {SheetName} is empty"]);

        var letters = Columns.Find(lines.Current.Cells, faults);
        if (faults.Count > 0) throw new FaultyWorkbookException(path, faults);

        while (lines.MoveNext())
        {
            var (row, cells) = lines.Current;
            if (cells.Values.All(value => Cell.TextOf(value).Length == 0)) continue;
            rows.Add(ReadRow(row, column => new Cell(row, column, cells.TryGetValue(letters[column], out var value) ? value : null, faults)));
        }

        FindRepeated(rows, Columns.Number, row => row.Number, faults);
        // The same project is not counted twice in a ceremony: two rows of one name are one project, or a slip of the pen.
        FindRepeated(rows, Columns.ProjectName, row => row.ProjectName, faults);
        if (rows.Count == 0) faults.Add($"sheet {SheetName} has a heading and no rows");
        return faults.Count == 0 ? rows : throw new FaultyWorkbookException(path, faults);
    }

    private static WorkbookRow ReadRow(int row, Func<string, Cell> cell) => new(
        row,
        cell(Columns.Number).Text(),
        cell(Columns.ProjectName).Text(),
        cell(Columns.Investor).Text(),
        cell(Columns.Counterparty).Text(),
        cell(Columns.Industry).Industry(),
        cell(Columns.Amount).Yuan(),
        cell(Columns.SignedOn).Date(),
        cell(Columns.Note).IsMarkedIllustrative());

    private static void FindRepeated(IEnumerable<WorkbookRow> rows, string column, Func<WorkbookRow, string> key, List<string> faults)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => key(row).Length > 0))
        {
            if (!seen.TryAdd(key(row), row.Row)) faults.Add(Cell.Fault(row.Row, column, $"'{key(row)}' stands in row {seen[key(row)]} already"));
        }
    }

    private static List<(int Row, IDictionary<string, object?> Cells)> Lines(string path)
    {
        if (!File.Exists(path)) throw new ClientException($"There is no workbook {path}.");
        try
        {
            using var file = File.OpenRead(path);
            if (!file.GetSheetNames().Contains(SheetName, StringComparer.Ordinal))
                throw new FaultyWorkbookException(path, [$"there is no sheet {SheetName}"]);

            return [.. file.Query(useHeaderRow: false, SheetName, ExcelType.XLSX).Cast<IDictionary<string, object?>>().Select((cells, at) => (at + 1, cells))];
        }
        catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or NotSupportedException or KeyNotFoundException)
        {
            throw new FaultyWorkbookException(path, [$"this is no .xlsx workbook ({e.Message})"]);
        }
    }

    /// <summary>The columns are found by their headings: their order is free, and more of them do no harm.</summary>
    internal static class Columns
    {
        public const string Number = "协议编号";
        public const string ProjectName = "项目名称";
        public const string Investor = "投资方";
        public const string Counterparty = "签约主体";
        public const string Industry = "产业";
        public const string Amount = "协议投资额(元)";
        public const string SignedOn = "签约日期";
        public const string Note = "备注";

        public static readonly string[] All = [Number, ProjectName, Investor, Counterparty, Industry, Amount, SignedOn, Note];

        public static Dictionary<string, string> Find(IDictionary<string, object?> headings, List<string> faults)
        {
            var letters = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (letter, heading) in headings)
            {
                // Chinese input methods type ( for (: both are the same heading.
                var name = Cell.TextOf(heading).Normalize(NormalizationForm.FormKC);
                if (All.Contains(name, StringComparer.Ordinal) && !letters.TryAdd(name, letter)) faults.Add($"row 1: there are two columns {name}");
            }

            faults.AddRange(All.Where(column => !letters.ContainsKey(column)).Select(column => $"row 1: there is no column {column}"));
            return letters;
        }
    }
}
