namespace Luodi.Funds.Partners;

/// <summary>A partner of a fund, with sums in the fund's currency.</summary>
/// <param name="Kind">One of <see cref="Luodi.Contracts.Funds.PartnerKinds"/>.</param>
/// <param name="MotherFundId">The mother fund that it is.</param>
public sealed record Partner(Guid Id, string Name, string Kind, Guid? MotherFundId)
{
    public decimal Subscribed { get; init; }
    public decimal Called { get; init; }
    public decimal PaidIn { get; init; }
    public decimal Distributed { get; init; }

    /// <summary>Of what was distributed, what can still be called back.</summary>
    public decimal Recallable { get; init; }

    public decimal Recalled { get; init; }

    /// <summary>What they subscribed themselves, without transfers.</summary>
    public IReadOnlyList<Subscribing> Subscriptions { get; init; } = [];

    /// <summary>What can still be called. A distribution that may be called back does not add to it: that is recalled, a flow of its own.</summary>
    public decimal Unfunded => Subscribed - Called;

    /// <summary>Called, and not yet paid.</summary>
    public decimal Due => Called - PaidIn;

    /// <summary>Something was taken back on which other facts rest.</summary>
    internal bool IsBroken => Called < 0 || Due < 0 || PaidIn < 0 || Distributed < 0 || Recallable < 0 || Recalled < 0 || Recallable > Distributed || Subscribed < 0;
}

/// <summary>One confirmed subscription.</summary>
public sealed record Subscribing(Guid Id, DateOnly On, decimal Amount);
