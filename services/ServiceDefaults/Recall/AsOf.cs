using System.Text.Json.Serialization;

namespace Luodi.ServiceDefaults.Recall;

/// <summary>Of when a list or a file is asked, on two axes, each alone or both; nothing given: as it stands.</summary>
/// <param name="Position">The last event of this service that is known, as an earlier answer named it (<c>Luodi-Position</c>).</param>
/// <param name="KnownAt">As it was known at this instant.</param>
/// <param name="EffectiveBy">Of what holds by this day.</param>
public sealed record AsOf(long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? EffectiveBy = null)
{
    [JsonIgnore]
    public bool IsNow => this is { Position: null, KnownAt: null, EffectiveBy: null };

    /// <summary>A record of then.</summary>
    [JsonIgnore]
    public RecordAsOf OfRecord => new(null, Position, KnownAt, EffectiveBy);
}

/// <summary>The same of one record.</summary>
/// <param name="Version">After so many of its events.</param>
/// <inheritdoc cref="AsOf"/>
public sealed record RecordAsOf(long? Version = null, long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? EffectiveBy = null)
{
    [JsonIgnore]
    public bool IsNow => Version is null && Axes.IsNow;

    [JsonIgnore]
    public AsOf Axes => new(Position, KnownAt, EffectiveBy);
}

/// <summary>Where in the history of this service a question about the past is answered.</summary>
/// <param name="Position">The last event that is known.</param>
/// <param name="Day">The bureau's day by which terms are told: the one that is asked for, of an instant its own, of a position that of its event.</param>
public sealed record Moment(long Position, DateOnly? EffectiveBy, DateOnly Day);
