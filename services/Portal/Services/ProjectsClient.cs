using Luodi.Contracts;

namespace Luodi.Portal.Services;

public sealed record Project(Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, string Stage);

/// <summary>The projects behind the papers.</summary>
public sealed class ProjectsClient(HttpClient http)
{
    public Task<Answer<Project>> Project(Guid id, CancellationToken ct) => http.Ask<Project>($"/api/projects/{id}", ct);

    /// <summary>The first few that have these words in name or investor.</summary>
    public Task<Answer<ListPage<Project>>> Find(string words, CancellationToken ct) => http.Ask<ListPage<Project>>($"/api/projects?limit=8&q={Uri.EscapeDataString(words)}", ct);
}
