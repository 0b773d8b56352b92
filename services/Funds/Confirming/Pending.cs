using Luodi.Funds.Flows;

namespace Luodi.Funds.Confirming;

/// <summary>What can wait for a second person: a flow (<see cref="FlowKinds"/>) or one of these.</summary>
public static class EntryKinds
{
    public const string Subscription = "subscription";
    public const string Transfer = "transfer";
    public const string Deal = "deal";
    public const string TransferReversal = "transfer-reversal";
    public const string DealReversal = "deal-reversal";

    public static IReadOnlyList<string> All { get; } = [Subscription, Transfer, Deal, TransferReversal, DealReversal, .. FlowKinds.All];
}

/// <summary>What goes along with a subscription that changes hands.</summary>
/// <inheritdoc cref="Luodi.Contracts.Funds.TransferConfirmed"/>
public sealed record MovedAlong(decimal Called, decimal PaidIn, decimal Distributed, decimal Recallable, decimal Recalled);

/// <summary>What waits for a second person.</summary>
/// <param name="Kind">One of <see cref="EntryKinds"/>.</param>
/// <param name="Amount">In the currency of the fund.</param>
/// <param name="PartnerId">Whose money it is; who hands over a subscription.</param>
/// <param name="ToPartnerId">Who takes it over.</param>
/// <param name="Reverses">The transfer or the deal that it takes back.</param>
/// <param name="Moved">What goes back with a transfer.</param>
public sealed record Pending(
    Guid Id, string Kind, DateOnly On, decimal Amount, string? LoggedBy, Guid? PartnerId = null, Guid? DealId = null, Guid? ToPartnerId = null,
    Guid? ProjectId = null, Guid? AgreementId = null, decimal Cost = 0, bool Recallable = false,
    Guid? Reverses = null, MovedAlong? Moved = null);
