using System.Text.Json;
using Luodi.Contracts;

namespace Luodi.Portal.Services;

public sealed record AgreementList(IReadOnlyList<Agreement> Items, string? Next);

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
    long Version);

public sealed record AgreementHistory(IReadOnlyList<HistoryEntry> Items);

public sealed record HistoryEntry(
    Guid EventId,
    long Sequence,
    long Version,
    string Type,
    DateTimeOffset RecordedAt,
    DateOnly? EffectiveOn,
    string? Actor,
    string? Reason,
    JsonElement Data);

/// <summary>The papers and what happened to them.</summary>
public sealed class SigningsClient(HttpClient http)
{
    private const string Root = "/api/signings/agreements";

    public Task<Answer<AgreementList>> Agreements(Guid ceremony, string? after, int limit, CancellationToken ct) =>
        http.Ask<AgreementList>($"{Root}?ceremony={ceremony}&limit={limit}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", ct);

    public Task<Answer<Agreement>> Agreement(Guid id, CancellationToken ct) => http.Ask<Agreement>($"{Root}/{id}", ct);

    public Task<Answer<AgreementHistory>> History(Guid id, CancellationToken ct) => http.Ask<AgreementHistory>($"{Root}/{id}/history", ct);
}
