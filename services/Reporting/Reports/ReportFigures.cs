using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Reporting;
using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Marten;

namespace Luodi.Reporting.Reports;

/// <summary>What a report is of.</summary>
/// <param name="From">The first day of the period; null, as <paramref name="To"/> is, for a bulletin.</param>
public sealed record ReportScope(string Kind, string? Period, Guid? CeremonyId, DateOnly? From, DateOnly? To)
{
    public sealed record ReportKindUnknown() : Refusal("A report is one of: monthly, quarterly, annual, bulletin.", "kind");

    public sealed record ReportPeriodMalformed() : Refusal("The period is that of the report's kind: 2023-09, 2023-Q3 or 2023; a bulletin has none.", "period");

    public sealed record ReportPeriodNotOver(string LastDay) : Refusal("A period is reported from its last day on: {LastDay}.", "period");

    /// <summary>The scope, or what is wrong with it.</summary>
    public static (ReportScope? Scope, IReadOnlyList<Refusal> Wrong) Of(string? kind, string? period, Guid? ceremony, DateOnly today)
    {
        if (kind is null || !ReportKinds.All.Contains(kind)) return (null, [kind is null ? new Missing("kind") : new ReportKindUnknown()]);
        if (kind is ReportKinds.Bulletin) return ceremony is null ? (null, [new Missing("ceremonyId")]) : period is not null ? (null, [new ReportPeriodMalformed()]) : (new(kind, null, ceremony, null, null), []);
        var fits = period?.Length == kind switch { ReportKinds.Monthly or ReportKinds.Quarterly => 7, _ => 4 } && period.Contains('Q', StringComparison.Ordinal) == kind is ReportKinds.Quarterly;
        var days = !fits ? null : new PostingFilter(Month: period).Periods();
        return days is not [({ } from, { } to)] ? (null, [period is null ? new Missing("period") : new ReportPeriodMalformed()])
            : to > today ? (null, [new ReportPeriodNotOver(to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))])
            : (new(kind, period, null, from, to), []);
    }

    /// <summary>The tables of a new report, without their rows.</summary>
    internal IReadOnlyList<ReportTable> Tables => CeremonyId is not null
        ? [.. Papers]
        :
        [
            .. Papers,
            new(Measures.CapitalInPlace, PostingStatus.Confirmed, "moneyOrigin", From), new(Measures.CapitalInPlace, PostingStatus.Confirmed, "industry", From),
            new(Measures.StagesReached, PostingStatus.Confirmed, "stage", From),
            // Those that there are on the last day, whenever they came.
            new(Measures.Enterprises, PostingStatus.Confirmed, "designation", null),
            new(Measures.FundPaidIn, PostingStatus.Confirmed, "fundKind", From), new(Measures.FundInvested, PostingStatus.Confirmed, "industry", From),
        ];

    private IEnumerable<ReportTable> Papers =>
    [
        new(Measures.AgreedInvestment, PostingStatus.Confirmed, "industry", From), new(Measures.AgreedInvestment, PostingStatus.Confirmed, "sizeBand", From),
        new(Measures.AgreedInvestment, PostingStatus.Confirmed, "tier", From), new(Measures.AgreedInvestment, PostingStatus.Pending, "tier", From),
    ];

    /// <summary>Which postings a table sums.</summary>
    internal PostingFilter FilterOf(ReportTable table, long position, DateOnly on) =>
        ReadTableFeature.Settled(new(Ceremony: CeremonyId, Measure: table.Measure, Status: table.Status, EffectiveFrom: table.From, EffectiveBy: To, Position: position), table.By, null, on);
}

/// <summary>A row of a report; where the measure counts no money the amount is 0.</summary>
public sealed record ReportRow(string Key, int Count, Money Amount, int Upgrades)
{
    internal Figure Figure => new(Count, Amount, Upgrades);
}

/// <summary>Figures of a measure by one dimension.</summary>
/// <param name="From">The first day that counts; null for all.</param>
public sealed record ReportTable(string Measure, string Status, string By, DateOnly? From)
{
    public IReadOnlyList<ReportRow> Rows { get; init; } = [];

    /// <summary>Null where the rows have no sum, as those of tiers and stages.</summary>
    public ReportRow? Total { get; init; }
}

/// <param name="Percent">Null where there is nothing to divide by.</param>
public sealed record ReportRate(string Rate, decimal? Percent, decimal Numerator, decimal Denominator);

/// <summary>A definition as it was used.</summary>
public sealed record ReportDefinition(string Rate, int Version, string Numerator, string Denominator, int Decimals, string Rounding, string? Source, DateOnly EffectiveFrom);

/// <summary>What somebody stated of a ceremony.</summary>
public sealed record ReportClaim(Guid Id, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million, Guid Event);

public sealed record ReportCeremony(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn);

/// <summary>All that a report says. It names no position, so that the same figures are the same bytes, whenever they are read.</summary>
/// <param name="Rates">Of all projects that signed until the period's end; of a bulletin those that signed there.</param>
public sealed record ReportFigures(
    string Kind, string? Period, ReportCeremony? Ceremony, DateOnly? From, DateOnly? To, DateOnly On, IReadOnlyList<ReportTable> Tables, IReadOnlyList<ReportRate> Rates, IReadOnlyList<ReportDefinition> Definitions,
    IReadOnlyList<ReportClaim> Claims)
{
    /// <summary>The one form in which it is kept and hashed.</summary>
    public string Canonical() => Encoding.UTF8.GetString(Contracts.Wire.Canonical.Bytes(JsonSerializer.SerializeToElement(this, WireJson.Options)));

    public static ReportFigures Read(string canonical) => JsonSerializer.Deserialize<ReportFigures>(canonical, WireJson.Options)!;
}

/// <summary>Figures with their place in the ledger, as they would be published.</summary>
/// <param name="KnownAt">When the last posting in them became known.</param>
/// <param name="Canonical">What is kept and hashed.</param>
public sealed record ReportDraft(long Position, DateTimeOffset KnownAt, ReportFigures Figures, string Canonical, string Sha256)
{
    public static ReportDraft Of(long position, DateTimeOffset knownAt, ReportFigures figures) =>
        figures.Canonical() is var canonical ? new(position, knownAt, figures, canonical, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))) : null!;
}

/// <summary>Reads the figures of reports from the ledger.</summary>
public sealed class ReportReader(Sums sums, RateSums rates, Standpoints standpoints, IQuerySession session)
{
    /// <summary>As known at an instant or a position; null where its ceremony was not known.</summary>
    /// <param name="on">The day of a bulletin; a period is told of its last day.</param>
    public async Task<ReportDraft?> Read(ReportScope scope, long? position, DateTimeOffset? knownAt, DateOnly? on, CancellationToken ct)
    {
        var (asked, _) = await standpoints.Take(new(Position: position, KnownAt: knownAt), scope.To ?? on, ct);
        return await Read(scope, scope.Tables, asked.RecordedAt, asked.Day, ct);
    }

    /// <summary>The figures of a report anew, as they were known when it was published: the tables that it has, by the definitions of its day.</summary>
    public Task<ReportDraft?> Reprint(Report report, CancellationToken ct) => Again(report, report.KnownAt, ct);

    /// <summary>The same as they are known now.</summary>
    public async Task<ReportDraft?> Now(Report report, CancellationToken ct) => await Again(report, (await standpoints.Take(new(), ct)).At.RecordedAt, ct);

    private Task<ReportDraft?> Again(Report report, DateTimeOffset knownAt, CancellationToken ct)
    {
        var figures = ReportFigures.Read(report.Figures);
        return Read(ScopeOf(report, figures), figures.Tables, knownAt, report.On, ct);
    }

    internal static ReportScope ScopeOf(Report report, ReportFigures figures) => new(report.Kind, report.Period, report.CeremonyId, figures.From, figures.To);

    // By the instant: whatever became known together is in a report together, and an instant outlives a ledger's numbering.
    private async Task<ReportDraft?> Read(ReportScope scope, IReadOnlyList<ReportTable> asked, DateTimeOffset knownAt, DateOnly on, CancellationToken ct)
    {
        var (at, _) = await standpoints.Take(new(KnownAt: knownAt), on, ct);
        var sheet = scope.CeremonyId is { } ceremony ? (await session.LoadAsync<CeremonySheet>(ceremony, ct))?.At(at.Position) : null;
        if (scope.CeremonyId is not null && sheet is null) return null;
        var tables = new List<ReportTable>();
        foreach (var table in asked)
        {
            var (filter, by) = (scope.FilterOf(table, at.Position, on), Dimensions.ByName[table.By]);
            var (_, read) = await sums.Read(filter, [by], ct);
            var answer = ReadTableFeature.Of(filter, by, null, at.Position, [.. read.Select(sum => new Crossing(sum.Keys[0], "", sum.Figure))]);
            tables.Add(table with { Rows = [.. answer.Items.Select(Row)], Total = answer.Total is { } total ? Row(total) : null });
        }
        var (cohorts, key) = scope.CeremonyId is { } id ? ("ceremony", id.ToString()) : (ReadRatesFeature.Everything, ReadRatesFeature.Everything);
        var all = ReadRatesFeature.Newest with { Position = at.Position, EffectiveBy = scope.To };
        var book = await session.Query<RateBook>().FirstOrDefaultAsync(ct) ?? RateBook.Usual;
        var definitions = ReadRatesFeature.Told(cohorts, book.InForce(at.Position, on));
        var rated = ReadRatesFeature.Of(cohorts, all, definitions, (await rates.Read(all, cohorts, null, ct)).Sums, on, at.Position).Rows.FirstOrDefault(row => row.Key == key);
        return ReportDraft.Of(at.Position, at.RecordedAt, new(
            scope.Kind, scope.Period, sheet is null ? null : new(sheet.Id, sheet.Name, sheet.HeldOn, sheet.ClosedOn), scope.From, scope.To, on, tables,
            [.. rated?.Rates.Select(rate => new ReportRate(rate.Name, rate.Percent, rate.Numerator.Value, rate.Denominator.Value)) ?? []],
            [.. definitions.Select(each => new ReportDefinition(each.Rate, each.Version, each.Numerator, each.Denominator, each.Decimals, each.Rounding, each.Source, each.EffectiveFrom))],
            [.. sheet?.Claims.Select(claim => new ReportClaim(claim.Id, claim.Source, claim.StatedOn, claim.Signings, claim.Amount, claim.AtLeast100Million, claim.EventId)) ?? []]));
    }

    private static ReportRow Row(TableRow row) => new(row.Key, row.Count ?? 0, row.Amount ?? Money.Yuan(0), row.Upgrades);
}
