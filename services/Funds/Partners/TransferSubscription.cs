using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Partners;

/// <param name="Amount">The part of the subscription, or all of it, that changes hands.</param>
public sealed record TransferSubscription(Guid? FromPartnerId, Guid? ToPartnerId, Money? Amount, DateOnly? On);

public static class TransferSubscriptionFeature
{
    public sealed record TransferToItself() : Refusal("A partner hands over to another one.", "toPartnerId");

    public sealed record TransferBeyondSubscribed(decimal Left) : Refusal("The partner has subscribed {Left}.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record TransferredInFuture() : Refusal("This day has not come yet.", "on");

    public static void MapTransferSubscription(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/transfers", (Guid id, TransferSubscription command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs that a partner hands a part of what they subscribed, or all of it, to another; the same part of what was called, paid and distributed goes with it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid transferId, TransferSubscription command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Present(command.FromPartnerId, "fromPartnerId") ?? (fund.PartnerOf(command.FromPartnerId) is null ? new SubscribeFeature.PartnerUnknown("fromPartnerId") : null),
            Fields.Present(command.ToPartnerId, "toPartnerId")
                ?? (fund.PartnerOf(command.ToPartnerId) is null ? new SubscribeFeature.PartnerUnknown("toPartnerId") : command.ToPartnerId == command.FromPartnerId ? new TransferToItself() : null),
            Amounts.Wrong(command.Amount, "amount", fund),
            Fields.Date(command.On, "on") ?? (command.On > today ? new TransferredInFuture() : null) ?? ClosePeriodFeature.Obstacle(fund, command.On, "on"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return Obstacle(fund, command.FromPartnerId, command.Amount!.Value) is { } obstacle ? obstacle
            : Decision.Accept(new TransferLogged(transferId, fund.Id, command.FromPartnerId!.Value, command.ToPartnerId!.Value, command.Amount, command.On!.Value))
                .Effective(command.On.Value).Answering(new { id = transferId });
    }

    internal static Refusal? Obstacle(Fund fund, Guid? from, decimal amount) =>
        fund.PartnerOf(from)!.Subscribed is var subscribed && amount > subscribed ? new TransferBeyondSubscribed(subscribed) : null;

    /// <summary>In proportion, rounded down to the fen: neither partner then has paid more than was called, or been called more than they subscribed.</summary>
    internal static TransferConfirmed Confirmed(Fund fund, Guid id, Guid from, Guid to, decimal amount, DateOnly on)
    {
        var partner = fund.PartnerOf(from)!;
        decimal Part(decimal whole) => amount == partner.Subscribed ? whole : Amounts.Kept(decimal.Round(whole * amount / partner.Subscribed, 2, MidpointRounding.ToZero));
        return new(id, fund.Id, from, to, new Money(amount, fund.Currency), Part(partner.Called), Part(partner.PaidIn), Part(partner.Distributed), Part(partner.Recallable), Part(partner.Recalled), on);
    }
}
