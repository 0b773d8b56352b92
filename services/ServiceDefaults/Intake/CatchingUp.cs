using Luodi.ServiceDefaults.Relay;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Luodi.ServiceDefaults.Intake;

/// <summary>
/// The broker is a hint, the store is the truth: on start, at a gap and every minute the head is compared with each source's feed,
/// and every second while pages do not come through the broker. A queue that serves nobody is deleted, so that its consumer declares it anew.
/// </summary>
internal sealed class CatchingUp(
    ServiceIdentity service, IEventIntake intake, IntakeState state, IBusControl bus, Broker broker, IConfiguration configuration, TimeProvider clock, ILogger<CatchingUp> log) : BackgroundService
{
    private static readonly TimeSpan WithoutBroker = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _compareEvery = configuration.GetValue("Luodi:CompareEvery", TimeSpan.FromMinutes(1));
    private DateTimeOffset? _unservedSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var compareAt = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            state.FeedInstead = await WhyNoPages(stoppingToken);
            var woken = state.Wakes.TryRead(out _);
            if (woken || state.FeedInstead is not null || clock.GetUtcNow() >= compareAt)
            {
                var all = true;
                foreach (var name in intake.Services) all &= await Compare(name, stoppingToken);
                compareAt = clock.GetUtcNow() + (all ? _compareEvery : WithoutBroker);
            }
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(WithoutBroker);
            try
            {
                await state.Wakes.WaitToReadAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Nobody woke it: time to look at the broker again.
            }
        }
    }

    private async Task<bool> Compare(string name, CancellationToken ct)
    {
        try
        {
            if (await intake.CatchUp(name, ct) is > 0 and var heard) log.LogInformation("{Count} events of {Source} came through the feed", heard, name);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            state.Stopped(service.SourceOf(name), failure.Message);
            log.LogWarning("The feed of {Source} could not be read to its end: {Problem}", name, failure.Message);
            return false;
        }
    }

    private async Task<string?> WhyNoPages(CancellationToken ct)
    {
        if (bus.CheckHealth().Status is BusHealthStatus.Healthy)
        {
            _unservedSince = null;
            return null;
        }
        _unservedSince ??= clock.GetUtcNow();
        if (clock.GetUtcNow() - _unservedSince > Patience)
        {
            try
            {
                if (await broker.Consumers(service.Queue, ct).WaitAsync(TimeSpan.FromSeconds(5), clock, ct) is 0)
                {
                    log.LogWarning("Queue {Queue} has had no consumer for {Seconds} s while the broker answers: it is declared anew", service.Queue, Patience.TotalSeconds);
                    await broker.Delete(service.Queue, ct).WaitAsync(TimeSpan.FromSeconds(10), clock, ct);
                    _unservedSince = clock.GetUtcNow();
                }
            }
            catch (Exception away) when (away is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                return $"the broker cannot be reached ({away.GetType().Name})";
            }
        }
        return "the queue has no consumer";
    }
}
