namespace Luodi.Contracts.Funds;

/// <summary>Somebody became a partner of the fund; what they subscribe is told apart.</summary>
/// <param name="Kind">One of <see cref="PartnerKinds"/>.</param>
/// <param name="MotherFundId">The mother fund that it is, where that is kept here too.</param>
[EventName("partner_admitted")]
public sealed record PartnerAdmitted(Guid PartnerId, Guid FundId, string Name, string Kind, Guid? MotherFundId);

/// <summary>A partner subscribed 认缴, which waits for a second person.</summary>
[EventName("subscription_logged")]
public sealed record SubscriptionLogged(Guid SubscriptionId, Guid FundId, Guid PartnerId, Money Amount, DateOnly On);

/// <summary>A second person confirmed it: the fund may call this much more from the partner.</summary>
[EventName("subscription_confirmed")]
public sealed record SubscriptionConfirmed(Guid SubscriptionId, Guid FundId, Guid PartnerId, Money Amount, DateOnly On);

/// <summary>A confirmed subscription was wrong and counts no more.</summary>
[EventName("subscription_revoked")]
public sealed record SubscriptionRevoked(Guid SubscriptionId, Guid FundId, Guid PartnerId, Money Amount, DateOnly On);

/// <summary>A partner handed a part of what they subscribed, or all of it, to another; it waits for a second person.</summary>
[EventName("transfer_logged")]
public sealed record TransferLogged(Guid TransferId, Guid FundId, Guid FromPartnerId, Guid ToPartnerId, Money Amount, DateOnly On);

/// <summary>The transfer was confirmed. With the subscription goes the same part of what had been called, paid and distributed, in the fund's currency.</summary>
/// <param name="Recallable">Of what was distributed, what could still be called back.</param>
[EventName("transfer_confirmed")]
public sealed record TransferConfirmed(
    Guid TransferId, Guid FundId, Guid FromPartnerId, Guid ToPartnerId, Money Amount, decimal Called, decimal PaidIn, decimal Distributed, decimal Recallable, decimal Recalled, DateOnly On);

/// <summary>Somebody said that a confirmed transfer was wrong, the reason beside the event; it waits for a second person.</summary>
[EventName("transfer_reversal_logged")]
public sealed record TransferReversalLogged(
    Guid ReversalId, Guid TransferId, Guid FundId, Guid FromPartnerId, Guid ToPartnerId, Money Amount, decimal Called, decimal PaidIn, decimal Distributed, decimal Recallable, decimal Recalled, DateOnly On);

/// <summary>A confirmed transfer was wrong and counts no more: what had gone along went back.</summary>
/// <param name="FromPartnerId">Who had handed over, and has it again.</param>
/// <inheritdoc cref="TransferConfirmed"/>
[EventName("transfer_reversed")]
public sealed record TransferReversed(
    Guid ReversalId, Guid TransferId, Guid FundId, Guid FromPartnerId, Guid ToPartnerId, Money Amount, decimal Called, decimal PaidIn, decimal Distributed, decimal Recallable, decimal Recalled, DateOnly On);

/// <summary>What partners are.</summary>
public static class PartnerKinds
{
    /// <summary>母基金</summary>
    public const string MotherFund = "mother-fund";

    /// <summary>财政资金、政府引导基金</summary>
    public const string Government = "government";

    /// <summary>国有企业</summary>
    public const string StateOwned = "state-owned";

    /// <summary>民营企业及其他企业</summary>
    public const string Enterprise = "enterprise";

    /// <summary>银行、保险等金融机构</summary>
    public const string Institution = "institution";

    /// <summary>自然人</summary>
    public const string Individual = "individual";

    /// <summary>普通合伙人</summary>
    public const string GeneralPartner = "general-partner";

    public static IReadOnlyList<string> All { get; } = [MotherFund, Government, StateOwned, Enterprise, Institution, Individual, GeneralPartner];
}
