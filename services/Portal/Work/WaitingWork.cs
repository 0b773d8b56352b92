using Luodi.Portal.Services;

namespace Luodi.Portal.Work;

/// <summary>What waits for the person at this page, for the navigation and the notices alike. One for each open page.</summary>
public sealed class WaitingWork(SigningsClient signings, ProjectsClient projects)
{
    private const string Newest = "?limit=5";

    /// <summary>Null until it was asked.</summary>
    public WorkCounts? Counts { get; set; }

    public IReadOnlyList<Agreement> ToConfirm { get; private set; } = [];

    public IReadOnlyList<CapitalItem> Capital { get; private set; } = [];

    public IReadOnlyList<Agreement> Returned { get; private set; } = [];

    /// <summary>Raised when something has been done that changes the counts, and after each look.</summary>
    public event EventHandler? Changed;

    public async Task Count(CancellationToken ct)
    {
        if (await Ask(ct) is { } counts) Counts = counts;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Looks again, with the newest of what waits.</summary>
    public async Task Look(CancellationToken ct)
    {
        if (await Ask(ct) is not { } counts) return;
        ToConfirm = counts.ToConfirm > 0 ? (await signings.Work("to-confirm", Newest, ct)).Value?.Items ?? ToConfirm : [];
        Returned = counts.Returned > 0 ? (await signings.Work("returned", Newest, ct)).Value?.Items ?? Returned : [];
        Capital = counts.Capital > 0 ? (await projects.CapitalToConfirm(Newest, ct)).Value?.Items ?? Capital : [];
        Counts = counts;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    // What one service does not tell stays as it was last told.
    private async Task<WorkCounts?> Ask(CancellationToken ct)
    {
        var (papers, landing) = (signings.Work(ct), projects.Work(ct));
        var (ofPapers, ofProjects) = ((await papers).Value ?? Counts, (await landing).Value);
        return ofPapers is null ? null : ofPapers with { Capital = ofProjects?.Capital ?? Counts?.Capital ?? 0, Stale = ofProjects?.Overdue ?? Counts?.Stale ?? 0 };
    }
}
