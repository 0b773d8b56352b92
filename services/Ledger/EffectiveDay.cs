using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>The day from which an event holds.</summary>
public static class EffectiveDay
{
    // China has one time, and no summer time since 1991.
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The one that it names; else the bureau's day on which it was recorded.</summary>
    public static DateOnly Of(CloudEvent heard) => heard.EffectiveOn ?? DateOnly.FromDateTime(heard.Time.ToOffset(China).DateTime);
}
