namespace Luodi.Contracts.Reporting;

/// <summary>What a published report is of.</summary>
public static class ReportKinds
{
    /// <summary>月报.</summary>
    public const string Monthly = "monthly";

    /// <summary>季报.</summary>
    public const string Quarterly = "quarterly";

    /// <summary>年报.</summary>
    public const string Annual = "annual";

    /// <summary>签约通报: of one ceremony.</summary>
    public const string Bulletin = "bulletin";

    /// <summary>In the order of every list.</summary>
    public static IReadOnlyList<string> All { get; } = [Monthly, Quarterly, Annual, Bulletin];
}

/// <summary>A report was published, with all of its figures as they were then: they are never edited, only withdrawn or superseded by another report.</summary>
/// <param name="Kind">One of <see cref="ReportKinds"/>.</param>
/// <param name="Period">2023-09, 2023-Q3 or 2023; null for a bulletin.</param>
/// <param name="CeremonyId">Of a bulletin.</param>
/// <param name="On">The day by which its definitions are in force: of a period the last one.</param>
/// <param name="Position">The last posting of the ledger that is in it, a whole number.</param>
/// <param name="KnownAt">When that one became known, UTC, to the microsecond: a ledger made anew in another shape may number its postings otherwise, and never moves an instant.</param>
/// <param name="Figures">Canonical JSON.</param>
/// <param name="Sha256">Of its UTF-8 bytes, lower-case hex.</param>
/// <param name="Definitions">Of every rate in it the name and the version, with a blank between.</param>
/// <param name="Supersedes">The report of the same period in whose place it stands.</param>
[EventName("report_published")]
public sealed record ReportPublished(
    Guid ReportId, string Kind, string? Period, Guid? CeremonyId, DateOnly On, decimal Position, string KnownAt, string Figures, string Sha256, IReadOnlyList<string> Definitions, Guid? Supersedes);

/// <summary>A published report was withdrawn; the reason is the event's. What it said stays to be read.</summary>
[EventName("report_withdrawn")]
public sealed record ReportWithdrawn(Guid ReportId);

/// <summary>Another report of the same period was published in its place; the reason is the event's.</summary>
[EventName("report_superseded")]
public sealed record ReportSuperseded(Guid ReportId, Guid ById);
