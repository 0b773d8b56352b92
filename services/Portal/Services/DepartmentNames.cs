using Luodi.Contracts.Portal;
using Luodi.Portal.Accounts;
using Marten;

namespace Luodi.Portal.Services;

/// <summary>The departments and blocks as the bureau's dictionary names them, read again every few seconds: every page shows them, and none should wait for them.</summary>
public sealed class DepartmentNames(IDocumentStore store, TimeProvider clock, ILogger<DepartmentNames> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private IReadOnlyList<Term> terms = [];

    /// <summary>Null for a code that is in no dictionary.</summary>
    public string? Of(string code, string kind = TermKinds.Department) => terms.FirstOrDefault(term => term.Kind == kind && term.Code == code)?.Name;

    /// <summary>Those that new records may have, to choose from.</summary>
    public IReadOnlyList<(string Key, string Word)> Offered => Choices(terms);

    /// <summary>The district blocks that new records may have.</summary>
    public IReadOnlyList<(string Key, string Word)> Blocks => [.. terms.Where(term => term is { Kind: TermKinds.Block, Retired: false }).Select(term => (term.Code, term.Name))];

    public static IReadOnlyList<(string Key, string Word)> Choices(IEnumerable<Term> terms) =>
        [.. terms.Where(term => term is { Kind: TermKinds.Department, Retired: false }).Select(term => (term.Code, term.Name))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await using var session = store.QuerySession();
                terms = await session.Query<Term>().OrderBy(term => term.Code).ToListAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The names that are known serve on.
                log.LogWarning(e, "The dictionary cannot be read.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
