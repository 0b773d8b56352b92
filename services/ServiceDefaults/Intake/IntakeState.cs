using System.Collections.Concurrent;
using System.Threading.Channels;
using Luodi.Contracts.Wire;

namespace Luodi.ServiceDefaults.Intake;

/// <summary>How this process stands with each source; health and the intake page read it.</summary>
public sealed class IntakeState(TimeProvider clock)
{
    /// <param name="Problem">Why the source is stopped or behind; null while all is well.</param>
    public sealed record Standing(string Source, long Sequence, DateTimeOffset? HeardAt, DateTimeOffset? ComparedAt, string? Problem);

    private readonly ConcurrentDictionary<string, Standing> _standings = new(StringComparer.Ordinal);
    private readonly Channel<string> _wakes = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public IReadOnlyCollection<Standing> Standings => [.. _standings.Values];

    /// <summary>Null while pages come through the broker, else why the feed is read instead.</summary>
    public string? FeedInstead { get; set; }

    internal ChannelReader<string> Wakes => _wakes.Reader;

    internal void Wake(string source) => _wakes.Writer.TryWrite(source);

    internal void Heard(string source, CloudEvent last) =>
        Change(source, standing => standing with { Sequence = last.Sequence, HeardAt = clock.GetUtcNow(), Problem = null });

    internal void CaughtUp(string source) => Change(source, standing => standing with { ComparedAt = clock.GetUtcNow(), Problem = null });

    internal void Stopped(string source, string problem) => Change(source, standing => standing with { Problem = problem });

    private void Change(string source, Func<Standing, Standing> change) =>
        _standings.AddOrUpdate(source, _ => change(new Standing(source, 0, null, null, null)), (_, standing) => change(standing));
}
