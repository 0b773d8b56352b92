namespace Luodi.Portal.Services;

/// <summary>What was last seen of Reporting.</summary>
/// <param name="Mark">Grows with every event that Reporting hears, and says nothing more.</param>
/// <param name="Answered">False while Reporting does not answer.</param>
/// <param name="SeenAt">When it last answered.</param>
public sealed record LedgerSight(long Mark, bool Answered, DateTimeOffset SeenAt);

/// <summary>
/// Watches, for all open pages together, whether Reporting has heard something new. Pages read anew when it has: that every page
/// asked by itself would multiply the questions by the readers. Nobody looks, nobody asks.
/// </summary>
public sealed class LedgerWatch(IHttpClientFactory clients, TimeProvider clock, ILogger<LedgerWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Told after each look, whether or not something has changed.</summary>
    public event EventHandler? Looked;

    public LedgerSight Now { get; private set; } = new(0, Answered: true, clock.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Looked is null) continue;
            await Look(stoppingToken);
            Looked?.Invoke(this, EventArgs.Empty);
        }
    }

    // Journal, postings and the heads of the intake are written in one transaction: while no head moves, no figure has changed.
    private async Task Look(CancellationToken ct)
    {
        try
        {
            using var reporting = clients.CreateClient("reporting");
            var answer = await reporting.Ask<Intake>("/api/reporting/intake", ct);
            Now = answer.Value is { } intake
                ? new(intake.Heads.Sum(head => head.Sequence), Answered: true, clock.GetUtcNow())
                : Now with { Answered = false };
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // A background service that throws ends the portal with it: pages that are a little old are better than none.
            if (Now.Answered) log.LogError(e, "The ledger cannot be watched.");
            Now = Now with { Answered = false };
        }
    }

    private sealed record Intake(IReadOnlyList<IntakeHead> Heads);

    private sealed record IntakeHead(string Source, long Sequence);
}

public static class LedgerWatchExtensions
{
    public static void AddLedgerWatch(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LedgerWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LedgerWatch>());
    }
}
