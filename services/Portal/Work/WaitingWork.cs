using Luodi.Portal.Services;

namespace Luodi.Portal.Work;

/// <summary>What waits for the person at this page, for the navigation and the notices alike. One for each open page.</summary>
public sealed class WaitingWork(SigningsClient signings, ProjectsClient projects, FundsClient funds, ILogger<WaitingWork> log)
{
    private const string Newest = "?limit=5";

    private bool failed;

    /// <summary>Null until it was asked.</summary>
    public WorkCounts? Counts { get; set; }

    public IReadOnlyList<Agreement> ToConfirm { get; private set; } = [];

    public IReadOnlyList<CapitalItem> Capital { get; private set; } = [];

    public IReadOnlyList<WaitingFundEntry> Funds { get; private set; } = [];

    public IReadOnlyList<Agreement> Returned { get; private set; } = [];

    /// <summary>Raised when something has been done that changes the counts, and after each look.</summary>
    public event EventHandler? Changed;

    public Task Count(CancellationToken ct) => Try(
        async () =>
        {
            if (await Ask(ct) is { } counts) Counts = counts;
            Changed?.Invoke(this, EventArgs.Empty);
        },
        ct);

    /// <summary>Looks again, with the newest of what waits.</summary>
    public Task Look(CancellationToken ct) => Try(
        async () =>
        {
            if (await Ask(ct) is not { } counts) return;
            ToConfirm = counts.ToConfirm > 0 ? (await signings.Work("to-confirm", Newest, ct)).Value?.Items ?? ToConfirm : [];
            Returned = counts.Returned > 0 ? (await signings.Work("returned", Newest, ct)).Value?.Items ?? Returned : [];
            Capital = counts.Capital > 0 ? (await projects.CapitalToConfirm(Newest, ct)).Value?.Items ?? Capital : [];
            Funds = counts.Funds > 0 ? (await funds.ToConfirm(Newest, ct)).Value?.Items ?? Funds : [];
            Counts = counts;
            Changed?.Invoke(this, EventArgs.Empty);
        },
        ct);

    // The frame asks, outside of what catches a page's failures: an answer that cannot be read ends no page, and the next look asks again.
    private async Task Try(Func<Task> look, CancellationToken ct)
    {
        try
        {
            await look();
            failed = false;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (!failed) log.LogError(e, "What waits cannot be counted.");
            failed = true;
        }
    }

    // What one service does not tell stays as it was last told.
    private async Task<WorkCounts?> Ask(CancellationToken ct)
    {
        var (papers, landing, money) = (signings.Work(ct), projects.Work(ct), funds.Work(ct));
        var (ofPapers, ofProjects, ofFunds) = ((await papers).Value ?? Counts, (await landing).Value, (await money).Value);
        return ofPapers is null ? null : ofPapers with { Capital = ofProjects?.Capital ?? Counts?.Capital ?? 0, Stale = ofProjects?.Overdue ?? Counts?.Stale ?? 0, Contacts = ofProjects?.Contacts ?? Counts?.Contacts ?? 0, Funds = ofFunds?.Entries ?? Counts?.Funds ?? 0 };
    }
}
