using Luodi.Contracts;

namespace Luodi.Portal.Services;

/// <param name="Stage"><c>lead</c>, <c>negotiating</c> or <c>signed</c>.</param>
/// <param name="Department">Who registered it; null in what is older than departments.</param>
/// <param name="SharedWith">Other departments that a manager lets read it.</param>
public sealed record Project(
    Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, string Stage,
    bool Illustrative = false, long Version = 0, string? Department = null, IReadOnlyList<string>? SharedWith = null);

/// <summary>The projects behind the papers.</summary>
public sealed class ProjectsClient(HttpClient http)
{
    private const string Root = "/api/projects";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Project>>> Projects(string query, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}{query}", ct);

    public Task<Answer<Project>> Project(Guid id, CancellationToken ct) => http.Ask<Project>($"{Root}/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<Project>> ProjectAt(Guid id, long version, CancellationToken ct) => http.Ask<Project>($"{Root}/{id}?version={version}", ct);

    public Task<Answer<RecordHistory>> History(Guid id, CancellationToken ct) => http.Ask<RecordHistory>($"{Root}/{id}/history", ct);

    public Task<Answer<Finds>> Search(string words, CancellationToken ct) => http.Ask<Finds>($"{Root}/search?q={Uri.EscapeDataString(words)}", ct);

    public Task<Outcome> Register(object lead, string key, CancellationToken ct) => http.Tell(Root, lead, key, version: null, ct);

    /// <summary>A command to a project: <c>negotiate</c>, <c>share</c>, <c>unshare</c>.</summary>
    /// <param name="version">What the reader saw.</param>
    public Task<Outcome> Tell(Guid project, string command, object body, string key, long? version, CancellationToken ct) =>
        http.Tell($"{Root}/{project}/{command}", body, key, version, ct);

    /// <summary>The first few that have these words in name or investor.</summary>
    public Task<Answer<ListPage<Project>>> Find(string words, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}?limit=8&q={Uri.EscapeDataString(words)}", ct);
}
