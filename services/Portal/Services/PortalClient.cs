using Luodi.Portal.Accounts;
using Luodi.Portal.SignIn;

namespace Luodi.Portal.Services;

/// <param name="LockedUntil">After too many failures.</param>
public sealed record AccountRow(
    Guid Id, string Login, string Name, string? Department, IReadOnlyList<string> Roles, bool Disabled, bool Demo, long Version,
    DateTimeOffset? LockedUntil, bool SecondFactor, bool MustChangePassword);

public sealed record TermList(IReadOnlyList<string> Industries, IReadOnlyList<Term> Items);

public sealed record FactorRoles(IReadOnlyList<string> Roles);

/// <summary>The portal's own API, asked as any other: accounts, programs, dictionary, security log.</summary>
public sealed class PortalClient(HttpClient http)
{
    private const string Root = "/api/portal";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<AccountRow>>> Accounts(string query, CancellationToken ct) => http.Ask<ListPage<AccountRow>>($"{Root}/accounts{query}", ct);

    public Task<Answer<AccountRow>> Account(Guid id, CancellationToken ct) => http.Ask<AccountRow>($"{Root}/accounts/{id}", ct);

    public Task<Answer<RecordHistory>> History(Guid account, CancellationToken ct) => http.AskHistory($"{Root}/accounts/{account}/history", ct);

    /// <inheritdoc cref="Accounts"/>
    public Task<Answer<ListPage<SecurityEntry>>> SecurityLog(string query, CancellationToken ct) => http.Ask<ListPage<SecurityEntry>>($"{Root}/security-log{query}", ct);

    public Task<Answer<ListPage<ApiClient>>> Programs(CancellationToken ct) => http.Ask<ListPage<ApiClient>>($"{Root}/clients", ct);

    public Task<Answer<TermList>> Terms(CancellationToken ct) => http.Ask<TermList>($"{Root}/terms", ct);

    public Task<Answer<FactorRoles>> SecondFactor(CancellationToken ct) => http.Ask<FactorRoles>($"{Root}/second-factor", ct);

    /// <param name="path">Below /api/portal.</param>
    public Task<Outcome> Tell(string path, object body, string key, CancellationToken ct) => http.Tell($"{Root}/{path}", body, key, version: null, ct);
}
