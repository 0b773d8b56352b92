using Luodi.Funds.Flows;

namespace Luodi.Funds.Confirming;

/// <summary>What can wait for a second person: a flow (<see cref="FlowKinds"/>) or one of these.</summary>
public static class EntryKinds
{
    public const string Subscription = "subscription";
    public const string Transfer = "transfer";
    public const string Deal = "deal";

    public static IReadOnlyList<string> All { get; } = [Subscription, Transfer, Deal, .. FlowKinds.All];
}

/// <summary>What waits for a second person.</summary>
/// <param name="Kind">One of <see cref="EntryKinds"/>.</param>
/// <param name="Amount">In the currency of the fund.</param>
/// <param name="PartnerId">Whose money it is; who hands over a subscription.</param>
/// <param name="ToPartnerId">Who takes it over.</param>
public sealed record Pending(
    Guid Id, string Kind, DateOnly On, decimal Amount, string? LoggedBy, Guid? PartnerId = null, Guid? DealId = null, Guid? ToPartnerId = null,
    Guid? ProjectId = null, Guid? AgreementId = null, decimal Cost = 0, bool Recallable = false);
