using System.Runtime.InteropServices;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Luodi.Contracts.Wire;
using Marten;
using Marten.Subscriptions;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>
/// The event store is the outbox: this subscription publishes committed events in order, page by page, and its checkpoint moves
/// once the broker has confirmed. A crash between the two sends a page twice; consumers write under (source, sequence), so the
/// second one changes nothing.
/// </summary>
public sealed class EventRelay : SubscriptionBase
{
    public const string SubscriptionName = "relay";

    // A broker takes messages of up to 16 MiB, and a published report carries all its figures: well below, for written as JSON a payload may be longer than as stored.
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly PageReader _pages;
    private readonly Broker _broker;
    private readonly ResiliencePipeline _untilConfirmed;

    public EventRelay(PageReader pages, Broker broker, ILogger<EventRelay> log)
    {
        _pages = pages;
        _broker = broker;
        Name = SubscriptionName;
        // For ever: without the broker the checkpoint stands still, and consumers read the feed meanwhile.
        _untilConfirmed = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(exception => exception is not OperationCanceledException),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(2),
                UseJitter = true,
                OnRetry = retry =>
                {
                    if (retry.AttemptNumber % 10 == 0) log.LogWarning("The broker did not take a page ({Problem}); trying again", retry.Outcome.Exception?.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(5) })
            .Build();
    }

    public override async Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        for (var after = page.SequenceFloor; after < page.SequenceCeiling;)
        {
            var next = await _pages.Read(after, page.SequenceCeiling, PageReader.PageSize, cancellationToken);
            if (next.Events.Count == 0) break;
            foreach (var part in Parts(next, MostBytes)) await _untilConfirmed.ExecuteAsync(async token => await _broker.Publish(part, token), cancellationToken);
            after = next.Events[^1].Sequence;
        }
        return NullChangeListener.Instance;
    }

    /// <summary>The page in pages of so many bytes of payload; an event that alone has more is one by itself. Links stay what they are.</summary>
    public static IEnumerable<Page> Parts(Page page, int mostBytes)
    {
        var (part, bytes) = (new List<CloudEvent>(), 0);
        foreach (var each in page.Events)
        {
            var length = JsonMarshal.GetRawUtf8Value(each.Data).Length;
            if (part.Count > 0 && bytes + length > mostBytes)
            {
                yield return new(part);
                (part, bytes) = ([], 0);
            }
            part.Add(each);
            bytes += length;
        }
        if (part.Count > 0) yield return new(part);
    }
}
