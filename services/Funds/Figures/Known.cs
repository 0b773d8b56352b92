using Luodi.Funds.Flows;

namespace Luodi.Funds.Figures;

/// <summary>Two independent axes: up to which day, and as known when.</summary>
/// <param name="On">What took effect up to this day, it included.</param>
/// <param name="Version">As known after this event of the fund; null for now.</param>
/// <param name="Known">As known at this instant; null for now.</param>
public sealed record AsOf(DateOnly On, long? Version = null, DateTimeOffset? Known = null);

/// <summary>A dated change of what a partner has committed, confirmed.</summary>
/// <param name="Amount">In the currency of the fund; negative where the commitment is reduced.</param>
/// <param name="Expired">Nothing is committed anew or given up: so much of what was not called (a positive amount) can be called no more.</param>
/// <param name="Handed">What came with it, where it was taken over from another partner.</param>
/// <inheritdoc cref="Flow"/>
public sealed record Commitment(
    Guid PartnerId, DateOnly On, decimal Amount, bool Expired, long Since, DateTimeOffset KnownFrom, long? Until = null, DateTimeOffset? KnownUntil = null, Handed? Handed = null);

/// <summary>What of a partner's calls and distributions went to another with a commitment.</summary>
/// <param name="Called">Called and called back.</param>
/// <param name="Recallable">Distributed in such a way that it may be called back, whether it was or not.</param>
public sealed record Handed(Guid FromPartnerId, decimal Called, decimal Recallable);

/// <summary>What stands as of a day and as known then: the only place where this is decided.</summary>
public static class Known
{
    /// <returns>In the order in which they took effect; those of one day as they were confirmed.</returns>
    public static IReadOnlyList<Flow> Of(IEnumerable<Flow> flows, AsOf at) =>
        [.. flows.Where(flow => Stands(at, flow.On, flow.Since, flow.KnownFrom, flow.Until, flow.KnownUntil)).OrderBy(flow => flow.On).ThenBy(flow => flow.Since).ThenBy(flow => flow.Id)];

    /// <inheritdoc cref="Of(IEnumerable{Flow}, AsOf)"/>
    public static IReadOnlyList<Commitment> Of(IEnumerable<Commitment> commitments, AsOf at) =>
        [.. commitments.Where(change => Stands(at, change.On, change.Since, change.KnownFrom, change.Until, change.KnownUntil)).OrderBy(change => change.On).ThenBy(change => change.Since).ThenBy(change => change.PartnerId)];

    private static bool Stands(AsOf at, DateOnly on, long since, DateTimeOffset knownFrom, long? until, DateTimeOffset? knownUntil) =>
        on <= at.On
        && (at.Version is not { } version || (since <= version && (until is null || until > version)))
        && (at.Known is not { } known || (knownFrom <= known && (knownUntil is null || knownUntil > known)))
        // What was reversed does not count now, whichever of the two axes is left open.
        && (at.Version is not null || at.Known is not null || (until is null && knownUntil is null));
}
