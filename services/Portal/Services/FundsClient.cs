using Luodi.Contracts;

namespace Luodi.Portal.Services;

/// <param name="Kind"><c>direct-angel</c>, <c>leading-industry</c> or <c>market</c>.</param>
/// <param name="TargetSize">What it is meant to raise.</param>
/// <param name="Committed">The sum of its commitments.</param>
public sealed record Fund(Guid Id, string Name, string Kind, Money TargetSize, Money Committed, long Version, string? Department = null);

/// <summary>The fund family and its commitments.</summary>
public sealed class FundsClient(HttpClient http)
{
    private const string Root = "/api/funds";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Fund>>> Funds(string query, CancellationToken ct) => http.Ask<ListPage<Fund>>($"{Root}{query}", ct);

    public Task<Answer<Fund>> Fund(Guid id, CancellationToken ct) => http.Ask<Fund>($"{Root}/{id}", ct);

    public Task<Answer<RecordHistory>> History(Guid id, CancellationToken ct) => http.Ask<RecordHistory>($"{Root}/{id}/history", ct);

    public Task<Answer<Finds>> Search(string words, CancellationToken ct) => http.Ask<Finds>($"{Root}/search?q={Uri.EscapeDataString(words)}", ct);

    public Task<Outcome> Establish(object fund, string key, CancellationToken ct) => http.Tell(Root, fund, key, version: null, ct);

    public Task<Outcome> Commit(Guid fund, object commitment, string key, CancellationToken ct) =>
        http.Tell($"{Root}/{fund}/commitments", commitment, key, version: null, ct);
}
