using System.Text.Json;
using Luodi.Contracts;

namespace Luodi.Portal.Services;

/// <param name="Status"><c>open</c>, <c>fulfilled</c> or <c>released</c> (its agreement ended).</param>
/// <param name="OverdueDays">Since it was due; of a fulfilled one, by how many days it came late.</param>
public sealed record Obligation(
    Guid Id, Guid AgreementId, string AgreementNumber, Guid ProjectId, string? ProjectName, string Kind, DateOnly DueOn, Money? Amount, string? Text, bool Illustrative, string? Department,
    string Status, DateOnly? FulfilledOn, string? FulfilledBy, string? Evidence, int OverdueDays, int Extensions, long Version);

/// <param name="Status">asked, confirmed, refused or released.</param>
/// <param name="Because">Why it refused.</param>
/// <param name="Left">What it could have committed then.</param>
public sealed record FundPart(Guid FundId, Money Amount, string Status, Money? Committed, string? Because, Money? Left);

public sealed record Agreement(
    Guid Id,
    string Number,
    Guid ProjectId,
    string? ProjectName,
    Guid CeremonyId,
    string Counterparty,
    string Industry,
    Money Amount,
    Money? Proposed,
    string Status,
    string? Waiting,
    DateOnly? SignedOn,
    bool Illustrative,
    long Version,
    string? Department = null,
    string? LoggedBy = null,
    Returned? Returned = null,
    string Tier = Tiers.Agreement,
    Guid? Follows = null,
    string? FollowsAs = null,
    Guid? Chain = null)
{
    /// <summary>The first of the papers that follow one another; itself, where it follows none.</summary>
    public Guid First => Chain ?? Id;

    /// <summary>The day by which all of it was done.</summary>
    public DateOnly? FulfilledOn { get; init; }

    /// <summary>Of a termination: its term ran out.</summary>
    public bool Lapsed { get; init; }

    /// <summary>Who signs beside the counterparty.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>The part of the amount that goes into fixed assets; null where the paper does not say.</summary>
    public Money? FixedAssets { get; init; }

    /// <summary>The same after an amendment that waits; null where it leaves it.</summary>
    public Money? ProposedFixedAssets { get; init; }

    /// <summary>The parties after an amendment that waits; null where it leaves them.</summary>
    public IReadOnlyList<string>? ProposedParties { get; init; }

    /// <summary>What a fund puts in, and what it answered; null where none takes part.</summary>
    public FundPart? Fund { get; init; }

    /// <summary>What the fund is to put in after an amendment that waits; null where it leaves it.</summary>
    public Money? ProposedFundAmount { get; init; }

    /// <summary>How many of its conditions are open.</summary>
    public int OpenConditions { get; init; }
}

/// <param name="WithdrawnBecause">Null while it is part of the agreement's file.</param>
public sealed record Attachment(Guid Id, string Name, string Kind, string MediaType, int Bytes, string Sha256, string? AddedBy, DateTimeOffset AddedAt, string? WithdrawnBecause);

/// <param name="Status"><c>open</c>, <c>met</c>, <c>waived</c> or <c>withdrawn</c>.</param>
/// <param name="Because">Why it was waived or withdrawn.</param>
public sealed record Condition(
    Guid Id, string Text, DateOnly? DueOn, string Status, string? NotedBy, DateTimeOffset NotedAt, DateOnly? MetOn, string? Evidence, string? Because, string? SettledBy);

/// <summary>An open condition whose day has passed.</summary>
public sealed record OverdueCondition(Guid Id, Guid AgreementId, string AgreementNumber, Guid ProjectId, string? ProjectName, bool Illustrative, string Text, DateOnly DueOn, int OverdueDays, string? NotedBy);

/// <summary>What came back to who logged it, and why.</summary>
/// <param name="What"><c>signing</c>, <c>amendment</c> or <c>termination</c>.</param>
public sealed record Returned(string What, string Reason, string By, DateTimeOffset At);

/// <summary>What happened to a record, from its events.</summary>
/// <param name="Next">The version after which more follow; null at the end.</param>
public sealed record RecordHistory(IReadOnlyList<HistoryEntry> Items, long? Next = null);

public sealed record HistoryEntry(
    Guid EventId,
    long Sequence,
    long Version,
    string Type,
    DateTimeOffset RecordedAt,
    DateOnly? EffectiveOn,
    string? Actor,
    string? Reason,
    JsonElement Data,
    string? Subject = null);

/// <summary>A ceremony as its service keeps it.</summary>
/// <param name="Status"><c>scheduled</c>, <c>held</c> or <c>closed</c>.</param>
/// <param name="Agenda">Its papers in the order in which they are called up, as far as that was set.</param>
public sealed record Ceremony(Guid Id, string Name, DateOnly HeldOn, string Status, IReadOnlyList<Guid>? Agenda = null);

/// <summary>How much waits for the person who asks.</summary>
/// <param name="Overdue">Obligations whose day has passed.</param>
/// <param name="Capital">Capital to confirm.</param>
/// <param name="Stale">Projects that have stood still for too long.</param>
/// <param name="Contacts">Projects with a contact to be forgotten.</param>
/// <param name="Conditions">Open conditions of agreements whose day has passed.</param>
public sealed record WorkCounts(int ToConfirm, int Returned, int Overdue = 0, int Capital = 0, int Stale = 0, int Conditions = 0, int Funds = 0, int Contacts = 0)
{
    /// <summary>What the person themselves has to do something about; what is overdue is others' doing.</summary>
    public int Waiting => ToConfirm + Returned + Capital + Funds + Contacts;
}

/// <summary>What agreements are usually about; null where there are none yet.</summary>
public sealed record UsualAmount(Money? Median, int Count);

/// <summary>The papers and what happened to them.</summary>
public sealed class SigningsClient(HttpClient http)
{
    private const string Root = "/api/signings";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Agreement>>> Agreements(string query, CancellationToken ct) => http.Ask<ListPage<Agreement>>($"{Root}/agreements{query}", ct);

    /// <summary>A paper and those that follow one another with it, the first one first.</summary>
    public Task<Answer<ListPage<Agreement>>> Chain(Agreement agreement, CancellationToken ct) => Agreements($"?chain={agreement.First}&sort=signedOn&limit=200", ct);

    public Task<Answer<Agreement>> Agreement(Guid id, CancellationToken ct) => http.Ask<Agreement>($"{Root}/agreements/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<Agreement>> AgreementAt(Guid id, long version, CancellationToken ct) => http.Ask<Agreement>($"{Root}/agreements/{id}?version={version}", ct);

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Obligation>>> Obligations(string query, CancellationToken ct) => http.Ask<ListPage<Obligation>>($"{Root}/obligations{query}", ct);

    public Task<Answer<Obligation>> Obligation(Guid id, CancellationToken ct) => http.Ask<Obligation>($"{Root}/obligations/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<Obligation>> ObligationAt(Guid id, long version, CancellationToken ct) => http.Ask<Obligation>($"{Root}/obligations/{id}?version={version}", ct);

    public Task<Answer<RecordHistory>> ObligationHistory(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/obligations/{id}/history", ct);

    public Task<Outcome> Oblige(object obligation, string key, CancellationToken ct) => http.Tell($"{Root}/obligations", obligation, key, version: null, ct);

    /// <summary>A command to an obligation: <c>extend</c>, <c>fulfil</c>, <c>reopen</c>.</summary>
    public Task<Outcome> TellObligation(Guid obligation, string command, object body, string key, long version, CancellationToken ct) =>
        http.Tell($"{Root}/obligations/{obligation}/{command}", body, key, version, ct);

    public Task<Answer<ListPage<Attachment>>> Attachments(Guid agreement, CancellationToken ct) => http.Ask<ListPage<Attachment>>($"{Root}/agreements/{agreement}/attachments", ct);

    public Task<Outcome> Attach(Guid agreement, string name, string? kind, Stream content, string key, CancellationToken ct) =>
        http.Tell($"{Root}/agreements/{agreement}/attachments?name={Uri.EscapeDataString(name)}{(kind is null ? "" : $"&kind={Uri.EscapeDataString(kind)}")}", content, key, version: null, ct);

    public Task<Answer<ListPage<Condition>>> Conditions(Guid agreement, CancellationToken ct) => http.Ask<ListPage<Condition>>($"{Root}/agreements/{agreement}/conditions", ct);

    public Task<Answer<ListPage<OverdueCondition>>> OverdueConditions(string query, CancellationToken ct) => http.Ask<ListPage<OverdueCondition>>($"{Root}/work/conditions{query}", ct);

    public Task<Answer<Finds>> Search(string words, CancellationToken ct) => http.Ask<Finds>($"{Root}/search?q={Uri.EscapeDataString(words)}", ct);

    public Task<Answer<RecordHistory>> History(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/agreements/{id}/history", ct);

    public Task<Answer<UsualAmount>> UsualAmount(CancellationToken ct) => http.Ask<UsualAmount>($"{Root}/agreements/usual-amount", ct);

    public Task<Answer<ListPage<Ceremony>>> Ceremonies(string query, CancellationToken ct) => http.Ask<ListPage<Ceremony>>($"{Root}/ceremonies{query}", ct);

    /// <summary>The newest few that have these words in their name and are not closed.</summary>
    public Task<Answer<ListPage<Ceremony>>> FindCeremonies(string words, CancellationToken ct) => Ceremonies($"?open=true&limit=8&q={Uri.EscapeDataString(words)}", ct);

    public Task<Answer<Ceremony>> Ceremony(Guid id, CancellationToken ct) => http.Ask<Ceremony>($"{Root}/ceremonies/{id}", ct);

    public Task<Answer<WorkCounts>> Work(CancellationToken ct) => http.Ask<WorkCounts>($"{Root}/work", ct);

    /// <param name="list"><c>to-confirm</c> or <c>returned</c>.</param>
    public Task<Answer<ListPage<Agreement>>> Work(string list, string query, CancellationToken ct) => http.Ask<ListPage<Agreement>>($"{Root}/work/{list}{query}", ct);

    /// <summary>A command to an agreement: <c>sign</c>, <c>correct</c>, <c>amend</c>, <c>terminate</c>, <c>confirm</c>, <c>return</c>.</summary>
    /// <param name="version">What the reader saw.</param>
    public Task<Outcome> Tell(Guid agreement, string command, object body, string key, long? version, CancellationToken ct) =>
        http.Tell($"{Root}/agreements/{agreement}/{command}", body, key, version, ct);

    public Task<Outcome> Draft(object draft, string key, CancellationToken ct) => http.Tell($"{Root}/agreements", draft, key, version: null, ct);

    public Task<Outcome> Schedule(object ceremony, string key, CancellationToken ct) => http.Tell($"{Root}/ceremonies", ceremony, key, version: null, ct);

    /// <summary>A command to a ceremony: <c>hold</c>, <c>claims</c>, <c>agenda</c>, <c>close</c>, <c>reopen</c>.</summary>
    public Task<Outcome> TellCeremony(Guid ceremony, string command, object body, string key, CancellationToken ct) =>
        http.Tell($"{Root}/ceremonies/{ceremony}/{command}", body, key, version: null, ct);
}
