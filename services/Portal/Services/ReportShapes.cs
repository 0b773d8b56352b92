using Luodi.Contracts;

namespace Luodi.Portal.Services;

/// <summary>A published report in a list.</summary>
/// <param name="Because">Why it stands in the place of another one.</param>
/// <param name="Why">Why it was withdrawn or superseded.</param>
public sealed record ReportListed(
    Guid Id, string Kind, string? Period, Guid? CeremonyId, string? Ceremony, long Position, DateTimeOffset KnownAt, string Sha256, string Status, string? PublishedBy, DateTimeOffset PublishedAt,
    Guid? Supersedes, string? Because, Guid? SupersededBy, string? Why);

public sealed record ReportRow(string Key, int Count, Money Amount);

/// <param name="Total">Null where the rows have no sum.</param>
public sealed record ReportTable(string Measure, string Status, string By, DateOnly? From, IReadOnlyList<ReportRow> Rows, ReportRow? Total);

/// <param name="Percent">Null where there is nothing to divide by.</param>
public sealed record ReportRate(string Rate, decimal? Percent, decimal Numerator, decimal Denominator);

public sealed record ReportDefinition(string Rate, int Version, string Numerator, string Denominator, int Decimals, string Rounding, string? Source, DateOnly EffectiveFrom);

public sealed record ReportClaim(Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million, Guid Event);

public sealed record ReportCeremony(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn);

/// <summary>All that a report says.</summary>
public sealed record ReportFigures(
    string Kind, string? Period, ReportCeremony? Ceremony, DateOnly? From, DateOnly? To, DateOnly On, IReadOnlyList<ReportTable> Tables, IReadOnlyList<ReportRate> Rates, IReadOnlyList<ReportDefinition> Definitions,
    IReadOnlyList<ReportClaim> Claims);

/// <summary>What would be published.</summary>
public sealed record ReportDraft(long Position, DateTimeOffset KnownAt, string Sha256, ReportFigures Figures);

/// <param name="Equal">The figures come out of the ledger again as they were published.</param>
public sealed record Reprint(bool Equal, string Sha256, long Position);

public sealed record PublishedReport(ReportListed Report, ReportFigures Figures, Reprint Reprint);

public sealed record RowDifference(string Key, PendingFigures Published, PendingFigures Now, PendingFigures Difference);

public sealed record RowChange(string Key, PendingFigures Figure);

/// <param name="Because">The event's reason, or that of the change which it confirms.</param>
/// <param name="Left">hidden or others, where several events are one line.</param>
public sealed record Explanation(EventListed? Event, string? Because, string? Left, IReadOnlyList<RowChange> Changes);

public sealed record TableDifference(string Measure, string Status, string By, IReadOnlyList<RowDifference> Rows, IReadOnlyList<Explanation> Events, string Postings);

/// <param name="Defined">The event that defined the version in force now.</param>
public sealed record RateDifference(string Rate, ReportRate? Published, ReportRate? Now, int? VersionPublished, int? VersionNow, Guid? Defined);

/// <summary>What was published beside what is known now.</summary>
public sealed record ReportBesideNow(
    ReportListed Report, bool Equal, string Sha256Now, long Position, DateTimeOffset KnownAt, IReadOnlyList<TableDifference> Tables, IReadOnlyList<RateDifference> Rates, IReadOnlyList<ReportClaim> Claims);
