using System.Collections.Concurrent;
using System.Globalization;

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

    private readonly ConcurrentDictionary<EventHandler, (CultureInfo Formats, CultureInfo Words)> readers = [];

    /// <summary>Told after each look, whether or not something has changed, each in the language in which it began to listen: the watch itself has none, and what is drawn after a look is drawn by it.</summary>
    public event EventHandler Looked
    {
        add => readers[value] = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        remove => readers.TryRemove(value, out _);
    }

    public LedgerSight Now { get; private set; } = new(0, Answered: true, clock.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (readers.IsEmpty) continue;
            await Look(stoppingToken);
            foreach (var (reader, language) in readers)
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = language;
                reader(this, EventArgs.Empty);
            }
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
