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
    long Position);

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
    string Event);

public sealed record PostingList(IReadOnlyList<Posting> Items, PostingsTotal Total, long? Next);

public sealed record PostingsTotal(int Signings, Money Amount);

public sealed record Posting(
    long Position,
    DateTimeOffset RecordedAt,
    DateOnly? EffectiveOn,
    string Status,
    int DeltaSignings,
    Money DeltaAmount,
    string Industry,
    string SizeBand,
    Guid CeremonyId,
    Guid AgreementId,
    Guid ProjectId,
    bool Illustrative,
    PostingEvent Event);

public sealed record PostingEvent(Guid Id, string Type, string Source, long Sequence, string Href);

/// <summary>The figures, the postings that they are sums of, and the events that the postings come from.</summary>
public sealed class ReportingClient(HttpClient http)
{
    private const string Root = "/api/reporting";

    /// <summary>The page of the portal that shows what a link of Reporting points to: same path, same parameters.</summary>
    public static string PageOf(string link) => link.StartsWith(Root, StringComparison.Ordinal) ? link[Root.Length..] : link;

    public Task<Answer<CeremonyList>> Ceremonies(CancellationToken ct) => http.Ask<CeremonyList>($"{Root}/ceremonies", ct);

    public Task<Answer<CeremonyFigures>> Ceremony(Guid id, CancellationToken ct) => http.Ask<CeremonyFigures>($"{Root}/ceremonies/{id}", ct);

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<PostingList>> Postings(string query, CancellationToken ct) => http.Ask<PostingList>($"{Root}/postings{query}", ct);

    /// <summary>The CloudEvent, digit for digit.</summary>
    public Task<Answer<string>> Event(Guid id, CancellationToken ct) => http.AskText($"{Root}/events/{id}", ct);
}
