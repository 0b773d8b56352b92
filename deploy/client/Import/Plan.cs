using Luodi.Client.Workbook;

namespace Luodi.Client.Import;

/// <summary>What is to be imported: which ceremony, and which rows in which names.</summary>
public sealed record Plan(string Ceremony, DateOnly HeldOn, IReadOnlyList<WorkbookRow> Rows)
{
    /// <summary>
    /// What all events of this import carry. It follows from what is imported: a run that was killed and the one that goes on are one import.
    /// </summary>
    public string Id => $"import-{Api.IdempotencyKey.Of([Ceremony, $"{HeldOn:O}", .. Rows.Select(row => Api.IdempotencyKey.Of(Ceremony, row, "import"))])[^20..]}";

    /// <param name="workbook">All rows of a sound workbook.</param>
    /// <param name="rows">How many of them; null takes all.</param>
    /// <param name="prefix">Goes in front of agreement numbers and project names, so that one workbook can be imported as a second ceremony.</param>
    /// <param name="ceremony">The name of the ceremony; null is that of the article.</param>
    public static Plan For(IReadOnlyList<WorkbookRow> workbook, int? rows, string? prefix, string? ceremony) => new(
        ceremony ?? ArticleCeremony.Name,
        ArticleCeremony.HeldOn,
        [.. workbook.Take(rows ?? workbook.Count).Select(row => row with { Number = prefix + row.Number, ProjectName = prefix + row.ProjectName })]);
}
