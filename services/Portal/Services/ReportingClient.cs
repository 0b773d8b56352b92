using Luodi.Contracts;

namespace Luodi.Portal.Services;

public sealed record CeremonyListed(Guid Id, string Name, DateOnly HeldOn, DateOnly? ClosedOn);

public sealed record CeremonyList(IReadOnlyList<CeremonyListed> Items);

public sealed record CeremonyFigures(
    Guid Id,
    string Name,
    DateOnly HeldOn,
    DateOnly? ClosedOn,
    int Signings,
    Money Amount,
    int AtLeast100Million,
    int Illustrative,
    PendingFigures Pending,
    IReadOnlyList<IndustryFigures> ByIndustry,
    IReadOnlyList<SizeBandFigures> BySizeBand,
    IReadOnlyList<ClaimBesideSum> Claims,
    string Postings,
    string AtLeast100MillionPostings,
    string PendingPostings,
    long Position,
    string Tier,
    int Upgrades,
    IReadOnlyList<TierFigures> ByTier,
    IReadOnlyList<SealedFigures> Seals);

/// <summary>What a ceremony has of a tier; tiers have no sum.</summary>
public sealed record TierFigures(string Tier, int Signings, int Upgrades, Money Amount, int AtLeast100Million, PendingFigures Pending, string Postings);

/// <summary>The figures as they were at a closing.</summary>
/// <param name="Since">What is more or less now.</param>
/// <param name="SincePostings">The postings that came after it.</param>
public sealed record SealedFigures(
    DateOnly? ClosedOn, DateTimeOffset RecordedAt, string Event, long Position, int Signings, Money Amount, int AtLeast100Million, PendingFigures Since, int SinceAtLeast100Million, string SincePostings)
{
    public bool Agrees => Since.Signings == 0 && Since.Amount.Value == 0 && SinceAtLeast100Million == 0;
}

public sealed record PendingFigures(int Signings, Money Amount);

public sealed record IndustryFigures(string Industry, int Signings, Money Amount, string Postings);

public sealed record SizeBandFigures(string SizeBand, int Signings, Money Amount, string Postings);

public sealed record ClaimBesideSum(
    Guid Id,
    string Source,
    DateOnly? StatedOn,
    int Signings,
    Money Amount,
    int? AtLeast100Million,
    Money Residue,
    int ResidueSignings,
    int? ResidueAtLeast100Million,
    DateTimeOffset RecordedAt,
    string Event)
{
    public bool Agrees => Residue.Value == 0 && ResidueSignings == 0 && (ResidueAtLeast100Million ?? 0) == 0;
}

/// <summary>The bureau's confirmed figures at a glance, and what waits beside them.</summary>
public sealed record BureauFigures(
    DateTimeOffset AsOf, DateOnly Today, PeriodFigures ThisMonth, PeriodFigures LastMonth, PeriodFigures ThisYear, TotalFigures Total, PeriodFigures Pending, long Position);

public sealed record PeriodFigures(int Signings, Money Amount, string Postings);

public sealed record TotalFigures(int Signings, Money Amount, int AtLeast100Million, string Postings, string AtLeast100MillionPostings);

public sealed record Rollup(string By, IReadOnlyList<RollupRow> Rows, PostingsTotal? Total, string Postings, long Position);

public sealed record RollupRow(string Key, int Signings, Money Amount, string Postings);

/// <param name="Total">Null where the postings are of several tiers, or of money that funds of the family paid one another and of other money.</param>
/// <param name="Hidden">What belongs to the sum and the reader may not see.</param>
/// <param name="Position">Where in the ledger they were read.</param>
public sealed record PostingList(IReadOnlyList<Posting> Items, PostingsTotal? Total, long? Next, HiddenPostings? Hidden = null, long Position = 0);

public sealed record HiddenPostings(int Rows, int? Signings, Money? Amount);

public sealed record PostingsTotal(int Signings, Money Amount, int Upgrades = 0);

public sealed record Posting(
    long Position,
    DateTimeOffset RecordedAt,
    DateOnly? EffectiveOn,
    string Status,
    int DeltaSignings,
    Money DeltaAmount,
    string Industry,
    string SizeBand,
    Guid? CeremonyId,
    Guid? AgreementId,
    Guid? ProjectId,
    bool Illustrative,
    PostingEvent Event,
    string Tier = Tiers.Agreement,
    int DeltaUpgrades = 0,
    string Measure = "agreed-investment",
    string Stage = "none",
    string MoneyOrigin = "none",
    string Designation = "none",
    Guid? FundId = null,
    string PartnerKind = "none");

/// <param name="Count">Null, as the amount is, where the cells have no sum.</param>
/// <param name="Postings">Null where they are not one's own to see.</param>
public sealed record TableRow(string Key, string? Name, int? Count, Money? Amount, string? Postings, IReadOnlyList<TableCell> Cells);

public sealed record TableCell(string Key, int Count, Money Amount, string Postings);

/// <param name="Keys">Of the columns.</param>
/// <param name="Others">What the rows left out come to.</param>
public sealed record FigureTable(
    string Measure, string Status, string? Tier, string Rows, string? Columns, IReadOnlyList<string> Keys, IReadOnlyList<TableRow> Items, TableRow? Others, TableRow? Total, string Postings, long Position);

public sealed record Quantity(string Name, decimal Value, string Postings);

/// <param name="Percent">Null where there is nothing to divide by.</param>
/// <param name="Score">功效系数, from 60 to 100.</param>
public sealed record Rate(string Name, decimal? Percent, Quantity Numerator, Quantity Denominator, decimal? Score);

public sealed record RateRow(string Key, string? Name, IReadOnlyList<Rate> Rates, DateOnly? MeasuredOn = null);

public sealed record KnownRate(
    string Rate, int Version, string Numerator, string Denominator, int Decimals, string Rounding, decimal ScoreOfEqual, string? Source, DateOnly EffectiveFrom, Guid? Event);

/// <param name="Definitions">By which the rates were computed.</param>
public sealed record RateTable(string By, IReadOnlyList<KnownRate> Definitions, IReadOnlyList<RateRow> Rows, long Position);

/// <param name="Value">Agreements, or yuan.</param>
public sealed record KnownTarget(int Year, string Measure, string Kind, decimal Value, string Source, bool Illustrative, Guid Event);

/// <summary>What a sum over funds means.</summary>
/// <param name="OfOneFund">It is told of one fund at a time.</param>
/// <param name="Source">Null where it is the usual one.</param>
public sealed record MeasureDefinition(string Name, int Version, string Measure, string? PartnerKind, bool OfOneFund, string? Source, string Postings);

/// <summary>Every version of every definition, and the targets, in the order in which they became known; and what the sums over funds mean.</summary>
public sealed record Definitions(IReadOnlyList<KnownRate> Rates, IReadOnlyList<KnownTarget> Targets, IReadOnlyList<MeasureDefinition> Measures);

public sealed record PostingEvent(Guid Id, string Type, string Source, long Sequence, string Href, Guid Subject);

/// <summary>An event as lists show it.</summary>
public sealed record EventListed(
    Guid Id, string Source, long Sequence, string Type, string Subject, DateTimeOffset Time, string? Actor, string? Reason, DateOnly? EffectiveOn, System.Text.Json.JsonElement? Data = null);

/// <summary>The figures, the postings that they are sums of, and the events that the postings come from.</summary>
public sealed class ReportingClient(HttpClient http)
{
    private const string Root = "/api/reporting";

    // Over a million agreements the rates take 6 to 8 s.
    private static readonly TimeSpan PatienceForRates = TimeSpan.FromSeconds(20);

    /// <summary>The page of the portal that shows what a link of Reporting points to: same path, same parameters.</summary>
    public static string PageOf(string link) => link.StartsWith(Root, StringComparison.Ordinal) ? link[Root.Length..] : link;

    public Task<Answer<CeremonyList>> Ceremonies(CancellationToken ct) => http.Ask<CeremonyList>($"{Root}/ceremonies", ct);

    /// <param name="tier">The official one where it is left out.</param>
    public Task<Answer<CeremonyFigures>> Ceremony(Guid id, CancellationToken ct, string? tier = null) => http.Ask<CeremonyFigures>($"{Root}/ceremonies/{id}{(tier is null ? "" : $"?tier={tier}")}", ct);

    public Task<Answer<BureauFigures>> Bureau(CancellationToken ct) => http.Ask<BureauFigures>($"{Root}/overview", ct);

    /// <param name="by">industry, sizeBand or month.</param>
    /// <param name="status">confirmed or pending.</param>
    public Task<Answer<Rollup>> Rollup(string by, string status, CancellationToken ct) => http.Ask<Rollup>($"{Root}/rollups?by={by}&status={status}", ct);

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<PostingList>> Postings(string query, CancellationToken ct) => http.Ask<PostingList>($"{Root}/postings{query}", ct);

    /// <param name="query">measure, rows, columns, top and conditions, from the question mark on.</param>
    public Task<Answer<FigureTable>> Table(string query, CancellationToken ct) => http.Ask<FigureTable>($"{Root}/rollups/table{query}", ct);

    /// <param name="by">ceremony, year, industry or another dimension of a signing.</param>
    /// <param name="months">Of ceremonies: so long after each one's closing.</param>
    public Task<Answer<RateTable>> Rates(string by, int? months, CancellationToken ct) => http.Ask<RateTable>($"{Root}/rates?by={Uri.EscapeDataString(by)}{(months is null ? "" : $"&months={months}")}", ct, PatienceForRates);

    public Task<Answer<Definitions>> Definitions(CancellationToken ct) => http.Ask<Definitions>($"{Root}/definitions", ct);

    /// <summary>The events of all services, newest first.</summary>
    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<EventListed>>> Events(string query, CancellationToken ct) => http.Ask<ListPage<EventListed>>($"{Root}/events{query}", ct);

    /// <summary>What happened to a project, its papers, obligations, capital and enterprises, the newest first, with what each event says.</summary>
    /// <param name="types">Only these; null for all.</param>
    public Task<Answer<ListPage<EventListed>>> Story(Guid project, IEnumerable<string>? types, int limit, CancellationToken ct) =>
        Events($"?project={project}&data=true&limit={limit}{(types is null ? "" : $"&type={string.Join(',', types)}")}", ct);

    /// <summary>The newest first.</summary>
    public Task<Answer<ListPage<ReportListed>>> Reports(int skip, int limit, CancellationToken ct) => http.Ask<ListPage<ReportListed>>($"{Root}/reports?skip={skip}&limit={limit}", ct);

    /// <param name="query">kind, period and ceremonyId, from the question mark on.</param>
    public Task<Answer<ReportDraft>> ReportPreview(string query, CancellationToken ct) => http.Ask<ReportDraft>($"{Root}/reports/preview{query}", ct);

    public Task<Answer<PublishedReport>> Report(Guid id, CancellationToken ct) => http.Ask<PublishedReport>($"{Root}/reports/{id}", ct);

    public Task<Answer<ReportBesideNow>> ReportNow(Guid id, CancellationToken ct) => http.Ask<ReportBesideNow>($"{Root}/reports/{id}/now", ct);

    public Task<Outcome> Publish(object report, string key, CancellationToken ct) => http.Tell($"{Root}/reports", report, key, version: null, ct);

    /// <param name="command">withdraw or supersede.</param>
    public Task<Outcome> TellReport(Guid id, string command, object body, string key, CancellationToken ct) => http.Tell($"{Root}/reports/{id}/{command}", body, key, version: null, ct);

    /// <summary>The CloudEvent, digit for digit.</summary>
    public Task<Answer<string>> Event(Guid id, CancellationToken ct) => http.AskText($"{Root}/events/{id}", ct);
}
