namespace Luodi.Client.Workbook;

/// <summary>One signing of a ceremony, as a row of the workbook gives it.</summary>
/// <param name="Row">The row's number as a spreadsheet program shows it.</param>
/// <param name="Industry">The API's word, such as <c>microelectronics</c>.</param>
public sealed record WorkbookRow(
    int Row,
    string Number,
    string ProjectName,
    string Investor,
    string Counterparty,
    string Industry,
    decimal AmountYuan,
    DateOnly SignedOn,
    bool Illustrative);

/// <summary>The words of the bureau and those of the API.</summary>
public static class Industries
{
    private static readonly (string Api, string Name)[] All =
    [
        ("microelectronics", "微电子"),
        ("intelligent-equipment", "智能装备"),
        ("biomedicine", "生物医药"),
        ("other", "其他"),
    ];

    public static IEnumerable<string> Names => All.Select(industry => industry.Name);

    public static string? ApiWord(string name) => Array.Find(All, industry => industry.Name == name).Api;

    public static string Name(string apiWord) => Array.Find(All, industry => industry.Api == apiWord).Name ?? apiWord;

    public static int Order(string apiWord) => Array.FindIndex(All, industry => industry.Api == apiWord) is >= 0 and var at ? at : All.Length;
}
