using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Hosting;
using Marten;

namespace Luodi.Portal.Accounts;

/// <summary>The names of departments, for pages that show their codes; as old as five seconds.</summary>
public sealed class DepartmentNames(IDocumentStore store, TimeProvider clock, ILogger<DepartmentNames> log) : BackgroundService
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    /// <summary>In the order of their codes.</summary>
    public IReadOnlyList<Term> All { get; private set; } = [];

    /// <summary>Null where the dictionary has no such department.</summary>
    public string? Of(string code) => All.FirstOrDefault(term => term.Code == code)?.Name;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReadEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Read(stoppingToken);
            }
            catch (Exception away) when (DatabaseAway.Is(away))
            {
                log.LogDebug(away, "Departments keep the names they had");
            }
        }
    }

    private async Task Read(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        All = await session.Query<Term>().Where(term => term.Kind == TermKinds.Department).OrderBy(term => term.Code).ToListAsync(ct);
    }
}
