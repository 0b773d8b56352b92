using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Obligations;
using static Luodi.Signings.Agreements.AmendAgreementFeature;

namespace Luodi.Signings.Agreements;

/// <param name="On">The day on which all was done.</param>
/// <param name="Reason">By what it is seen.</param>
public sealed record FulfilAgreement(DateOnly? On, string? Reason);

public sealed record WithdrawFulfilment(string? Reason);

/// <summary>An agreement of which all has been done. It counts as before; nothing of it is changed any more.</summary>
public static class FulfilAgreementFeature
{
    public sealed record AgreementFulfilledAlready(DateOnly On) : Refusal("The agreement was fulfilled on {On}. Take that back first if it is wrong.");

    public sealed record ObligationsOpen(int Open) : Refusal("{Open} of its obligations are still open.");

    public sealed record ConditionsOpen(int Open) : Refusal("{Open} of its conditions are still open: say that they are met, or waive them.");

    public sealed record FulfilledBeforeSigned() : Refusal("The day lies before the signing, or has not come yet.", "on");

    public sealed record NotFulfilled() : Refusal("The agreement is not said to be fulfilled.");

    public static void MapFulfilAgreement(this IEndpointRouteBuilder agreements)
    {
        agreements.MapPost("{id:guid}/fulfil", (Guid id, FulfilAgreement command, Deciding<Agreement> agreement, TimeProvider clock, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) =>
                Fulfil(state, command, (await facts.Where<Obligation>(obligation => obligation.AgreementId == id)).Count(obligation => obligation.FulfilledOn is null), clock.Today()), ct))
            .WithSummary("Says that the agreement is fulfilled: every obligation of it is, and no condition is open")
            .RequireAuthorization(Policies.LogDeals);

        agreements.MapPost("{id:guid}/reopen", (Guid id, WithdrawFulfilment command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Reopen(state, command), ct))
            .WithSummary("Takes back that the agreement is fulfilled, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    /// <param name="open">How many of its obligations are not fulfilled.</param>
    public static Decision Fulfil(Agreement agreement, FulfilAgreement command, int open, DateOnly today)
    {
        var wrong = Check.All(Fields.Date(command.On, "on") ?? (command.On > today || command.On < agreement.SignedOn ? new FulfilledBeforeSigned() : null), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : agreement.Status is not AgreementStatus.InForce ? new NotInForce()
            : agreement.Waiting is not null ? new AnotherChangeWaits()
            : agreement.FulfilledOn is { } already ? already == command.On ? Decision.Accept() : new AgreementFulfilledAlready(already)
            : open > 0 ? new ObligationsOpen(open)
            : agreement.Conditions.Count(each => each.IsOpen) is > 0 and var conditions ? new ConditionsOpen(conditions)
            : Decision.Accept(new AgreementFulfilled(agreement.Id, command.On!.Value)).Effective(command.On.Value).Because(command.Reason!.Trim());
    }

    public static Decision Reopen(Agreement agreement, WithdrawFulfilment command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : agreement.FulfilledOn is null ? new NotFulfilled()
        : Decision.Accept(new FulfilmentWithdrawn(agreement.Id)).Because(command.Reason!.Trim());
}
