using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Confirming;
using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Partners;

public sealed record ReverseTransfer(Guid? TransferId, string? Reason);

/// <summary>A confirmed transfer that was wrong: what went along goes back, to the fen.</summary>
public static class ReverseTransferFeature
{
    public sealed record TransferUnknown() : Refusal("The fund has no such transfer that counts.", "transferId");

    public sealed record ReversalWaits() : Refusal("Its reversal waits already to be confirmed or returned.");

    public sealed record TransferInUse(string Partner) : Refusal("{Partner} has handed on, been called upon for, paid or received what came with it: reverse that first.");

    public static void MapReverseTransfer(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/reverse-transfer", (Guid id, ReverseTransfer command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Decide(state, Guid.CreateVersion7(), command, command.TransferId is { } transfer ? await facts.Load<Subscription>(transfer) : null), ct, StatusCodes.Status201Created))
        .WithSummary("Logs that a confirmed transfer was wrong, with the reason; once a second person has confirmed it, what went along goes back")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid reversalId, ReverseTransfer command, Subscription? transfer)
    {
        var wrong = Check.All(
            Fields.Present(command.TransferId, "transferId") ?? (transfer is { Until: null, FromPartnerId: not null } && transfer.FundId == fund.Id ? null : new TransferUnknown()),
            Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (fund.Pending.Any(entry => entry.Reverses == transfer!.Id)) return new ReversalWaits();
        var logged = new TransferReversalLogged(
            reversalId, transfer!.Id, fund.Id, transfer.FromPartnerId!.Value, transfer.PartnerId, new Money(transfer.Amount, fund.Currency),
            Amounts.Kept(transfer.Called), Amounts.Kept(transfer.PaidIn), Amounts.Kept(transfer.Distributed), Amounts.Kept(transfer.Recallable), Amounts.Kept(transfer.Recalled), transfer.On);
        return (ClosePeriodFeature.Obstacle(fund, transfer.On, "transferId") ?? Obstacle(fund, Reversed(logged))) is { } obstacle ? obstacle
            : Decision.Accept(logged).Because(command.Reason!.Trim()).Effective(transfer.On).Answering(new { id = reversalId });
    }

    /// <summary>Neither of the two may be left with less than others rest on.</summary>
    internal static Refusal? Obstacle(Fund fund, TransferReversed reversed)
    {
        var without = FundHistory.Evolve(fund, reversed)!;
        return ((Guid[])[reversed.ToPartnerId, reversed.FromPartnerId]).Select(id => without.PartnerOf(id)).FirstOrDefault(partner => partner!.IsBroken || partner.Unfunded < 0) is { } broken ? new TransferInUse(broken.Name) : null;
    }

    internal static TransferReversed Reversed(TransferReversalLogged e) =>
        new(e.ReversalId, e.TransferId, e.FundId, e.FromPartnerId, e.ToPartnerId, e.Amount, e.Called, e.PaidIn, e.Distributed, e.Recallable, e.Recalled, e.On);

    internal static TransferReversed Reversed(Fund fund, Pending entry) => entry.Moved is { } moved
        ? new(entry.Id, entry.Reverses!.Value, fund.Id, entry.PartnerId!.Value, entry.ToPartnerId!.Value, new Money(entry.Amount, fund.Currency), moved.Called, moved.PaidIn, moved.Distributed, moved.Recallable, moved.Recalled, entry.On)
        : throw new InvalidOperationException("A transfer's reversal says what went along.");
}
