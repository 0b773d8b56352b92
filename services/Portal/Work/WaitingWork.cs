using Luodi.Portal.Services;

namespace Luodi.Portal.Work;

/// <summary>What waits for the person at this page, for the navigation and the notices alike. One for each open page.</summary>
public sealed class WaitingWork(SigningsClient signings)
{
    private const string Newest = "?limit=5";

    /// <summary>Null until it was asked.</summary>
    public WorkCounts? Counts { get; set; }

    public IReadOnlyList<Agreement> ToConfirm { get; private set; } = [];

    public IReadOnlyList<Agreement> Returned { get; private set; } = [];

    /// <summary>Raised when something has been done that changes the counts, and after each look.</summary>
    public event EventHandler? Changed;

    public async Task Count(CancellationToken ct)
    {
        if ((await signings.Work(ct)).Value is { } counts) Counts = counts;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Looks again, with the newest of what waits.</summary>
    public async Task Look(CancellationToken ct)
    {
        if ((await signings.Work(ct)).Value is not { } counts) return;
        ToConfirm = counts.ToConfirm > 0 ? (await signings.Work("to-confirm", Newest, ct)).Value?.Items ?? ToConfirm : [];
        Returned = counts.Returned > 0 ? (await signings.Work("returned", Newest, ct)).Value?.Items ?? Returned : [];
        Counts = counts;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
