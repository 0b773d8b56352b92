using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Marten;
using Microsoft.Extensions.Caching.Memory;

namespace Luodi.Funds.Figures;

/// <summary>A day for which figures are asked that has not come yet.</summary>
public sealed record FiguresOfTomorrow(string Name) : Refusal("Figures are of a day that has come.", Name)
{
    public override int Status => 400;
}

/// <summary>A fund with all that its figures are made of. What happened after its version does not stand in it.</summary>
public sealed record FundBook(Fund Fund, IReadOnlyList<Flow> Flows, IReadOnlyList<Commitment> Commitments)
{
    /// <summary>Null where the fund's agreement says nothing of carried interest.</summary>
    public CarryTerms? Carry => Fund.Terms is { CarryRate: { } carry and > 0 and < 100 } terms ? new((terms.HurdleRate ?? 0) / 100, carry / 100) : null;

    /// <summary>Up to a day, as it was known at the fund's version.</summary>
    public AsOf At(DateOnly on) => new(on, Fund.Version);

    /// <summary>What partners committed: a transfer gives to one what it takes from the other.</summary>
    public static IEnumerable<Commitment> CommitmentsOf(Subscription subscription)
    {
        Commitment Of(Guid partner, decimal amount, Handed? handed) =>
            new(partner, subscription.On, amount, Expired: false, subscription.Since, subscription.KnownFrom, subscription.Until, subscription.KnownUntil, handed);
        if (subscription.FromPartnerId is not { } from) return [Of(subscription.PartnerId, subscription.Amount, null)];
        return [Of(from, -subscription.Amount, null), Of(subscription.PartnerId, subscription.Amount, new(from, subscription.Called + subscription.Recalled, subscription.Recallable + subscription.Recalled))];
    }
}

/// <summary>The flows and commitments of funds that were read lately. Nothing is invalidated: what was read at a version holds all that any version until then needs.</summary>
public sealed class BooksRead : IDisposable
{
    private const int MostFlows = 200_000;

    private readonly MemoryCache _books = new(new MemoryCacheOptions { SizeLimit = MostFlows });

    internal sealed record Kept(long Version, IReadOnlyList<Flow> Flows, IReadOnlyList<Commitment> Commitments);

    internal Kept? Of(Fund fund) => _books.Get<Kept>(fund.Id) is { } kept && kept.Version >= fund.Version ? kept : null;

    internal Kept Keep(Fund fund, IReadOnlyList<Flow> flows, IReadOnlyList<Commitment> commitments) =>
        _books.Set(fund.Id, new Kept(fund.Version, flows, commitments), new MemoryCacheEntryOptions { Size = flows.Count + 1 });

    public void Dispose() => _books.Dispose();
}

/// <summary>Funds with their flows, as the bearer of a token sees them.</summary>
public sealed class FundBooks(IQuerySession session, FundReader funds, BooksRead read)
{
    /// <param name="version">As it stood after this event of the fund.</param>
    /// <param name="knownAt">As it was known at this instant; both given, as after the earlier of the two.</param>
    /// <returns>Null where there is no such fund, none that the reader sees, or none yet.</returns>
    public async Task<FundBook?> Find(Guid id, long? version, DateTimeOffset? knownAt, CancellationToken ct)
    {
        if (await funds.FindAsOf(id, new(version, KnownAt: knownAt), ct, named: false) is not { } fund) return null;
        if (read.Of(fund) is not { } kept)
        {
            // After the fund, so that nothing of its version is missing; what is newer does not stand in it.
            var flows = await session.Query<Flow>().Where(flow => flow.FundId == id).ToListAsync(ct);
            var subscriptions = await session.Query<Subscription>().Where(subscription => subscription.FundId == id).ToListAsync(ct);
            kept = read.Keep(fund, flows, [.. subscriptions.SelectMany(FundBook.CommitmentsOf)]);
        }
        return new(fund, kept.Flows, kept.Commitments);
    }
}
