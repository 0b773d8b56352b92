using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Luodi.Client.Workbook;

/// <param name="Widths">Of the columns, in characters.</param>
/// <param name="Rows">The first one is the heading. A cell is a string, a decimal amount or a date.</param>
internal sealed record XlsxSheet(string Name, int[] Widths, IReadOnlyList<object[]> Rows);

/// <summary>
/// Writes a workbook that is the same, byte for byte, each time it is made, so that the file in the repository can be compared with its source.
/// MiniExcel, which reads workbooks here, writes random ids and the time of day into those it makes.
/// </summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Cell formats: 0 plain, 1 heading, 2 amount, 3 date, 4 text that wraps.</summary>
    private const string Styles =
        $"""
        <styleSheet xmlns="{Main}">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="5">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
        <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>
        </cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    // Zip keeps a time for each entry; the earliest one it can hold stands for none.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Make(params XlsxSheet[] sheets)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            string EachSheet(Func<XlsxSheet, int, string> xml) => string.Concat(sheets.Select((sheet, at) => xml(sheet, at + 1)));

            Add(zip, "[Content_Types].xml",
                $"""
                <Types xmlns="{ContentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="{SheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{SheetType}.styles+xml"/>
                {EachSheet((_, n) => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SheetType}.worksheet+xml"/>""")}</Types>
                """);
            Add(zip, "_rels/.rels", $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml",
                $"""
                <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>
                {EachSheet((sheet, n) => $"""<sheet name="{Escape(sheet.Name)}" sheetId="{n}" r:id="rId{n}"/>""")}</sheets></workbook>
                """);
            Add(zip, "xl/_rels/workbook.xml.rels",
                $"""
                <Relationships xmlns="{PackageRelations}"><Relationship Id="rId{sheets.Length + 1}" Type="{Relations}/styles" Target="styles.xml"/>
                {EachSheet((_, n) => $"""<Relationship Id="rId{n}" Type="{Relations}/worksheet" Target="worksheets/sheet{n}.xml"/>""")}</Relationships>
                """);
            Add(zip, "xl/styles.xml", Styles);
            for (var at = 0; at < sheets.Length; at++) Add(zip, $"xl/worksheets/sheet{at + 1}.xml", SheetXml(sheets[at]));
        }

        return file.ToArray();
    }

    private static string SheetXml(XlsxSheet sheet)
    {
        var columns = sheet.Widths.Select((width, at) => $"""<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"/>""");
        var rows = sheet.Rows.Select((cells, row) =>
            $"""<row r="{row + 1}">{string.Concat(cells.Select((value, column) => CellXml($"{(char)('A' + column)}{row + 1}", value, heading: row == 0, only: cells.Length == 1)))}</row>""");
        return $"""
            <worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
            <cols>{string.Concat(columns)}</cols><sheetData>
            {string.Join('\n', rows)}
            </sheetData></worksheet>
            """;
    }

    private static string CellXml(string at, object value, bool heading, bool only) => value switch
    {
        decimal amount => FormattableString.Invariant($"""<c r="{at}" s="2"><v>{amount}</v></c>"""),
        DateOnly date => FormattableString.Invariant($"""<c r="{at}" s="3"><v>{date.ToDateTime(TimeOnly.MinValue).ToOADate()}</v></c>"""),
        _ => $"""<c r="{at}" s="{(heading ? 1 : only ? 4 : 0)}" t="inlineStr"><is><t xml:space="preserve">{Escape(Convert.ToString(value, CultureInfo.InvariantCulture)!)}</t></is></c>""",
    };

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static void Add(ZipArchive zip, string name, string xml)
    {
        // Not compressed: compressed bytes differ between versions of the runtime.
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n" + xml.ReplaceLineEndings("\n")));
    }
}
