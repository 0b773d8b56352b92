using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Luodi.Client.Api;

/// <summary>
/// How long to go on asking while a part of the system is away: a request is repeated for <see cref="Limit"/>, then its last failure is the answer.
/// What repeating cannot change (a broken rule, an unknown id, a missing right) is never repeated.
/// </summary>
internal sealed class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Longer than a service needs to find out that its own database is away.</summary>
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromSeconds(5);
    private static readonly ResiliencePropertyKey<long> Started = new("started");

    private readonly TimeProvider clock;
    private readonly Action<string> tell;
    private readonly Lock telling = new();
    private long? toldAt;

    /// <param name="tell">Takes a line about what is being waited for, now and then.</param>
    public Patience(TimeProvider clock, Action<string> tell)
    {
        (this.clock, this.tell) = (clock, tell);
        Pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = attempt => new(IsPassing(attempt.Outcome) && IsWithinLimit(attempt.Context)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(3),
                DelayGenerator = attempt => new(AskedToWait(attempt.Outcome.Result)),
                OnRetry = attempt =>
                {
                    Tell(attempt.Outcome);
                    return default;
                },
            })
            .AddTimeout(OneTry)
            .Build();
    }

    public ResiliencePipeline<HttpResponseMessage> Pipeline { get; }

    /// <summary>What went wrong on the way, in the words that say most: the outer ones name the address, the inner ones the cause.</summary>
    public static string Reason(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? e.Message : e.GetBaseException().Message;

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented } => true,
        _ => false,
    };

    private bool IsWithinLimit(ResilienceContext context)
    {
        if (context.Properties.TryGetValue(Started, out var started)) return clock.GetElapsedTime(started) < Limit;
        context.Properties.Set(Started, clock.GetTimestamp());
        return true;
    }

    private TimeSpan? AskedToWait(HttpResponseMessage? answer)
    {
        var wait = answer?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, TimeSpan.FromMilliseconds(100).Ticks, LongestPause.Ticks)) : null;
    }

    private void Tell(Outcome<HttpResponseMessage> outcome)
    {
        lock (telling)
        {
            if (toldAt is { } at && clock.GetElapsedTime(at) < BetweenNotices) return;
            toldAt = clock.GetTimestamp();
        }

        tell(outcome switch
        {
            { Result: { } answer } => $"{answer.RequestMessage?.RequestUri?.AbsolutePath} answers {(int)answer.StatusCode}",
            { Exception: TimeoutRejectedException } => $"no answer within {OneTry.TotalSeconds} seconds",
            _ => Reason(outcome.Exception!),
        });
    }
}
