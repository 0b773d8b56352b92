using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Signings.Agreements.FollowAgreementFeature;

namespace Luodi.Signings.Agreements;

public sealed record AmendAgreement(Money? Amount, string? Reason);

public static class AmendAgreementFeature
{
    public sealed record NotInForce() : Refusal("Only an agreement in force, its signing confirmed, can be changed.");

    public sealed record AnotherChangeWaits() : Refusal("An earlier change still waits to be confirmed.");

    public sealed record SameAmount() : Refusal("The agreement stands at this amount already.", "amount");

    public static void MapAmendAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/amend", (Guid id, AmendAgreement command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Logs an amendment of the amount, with its reason; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, AmendAgreement command, Chain chain)
    {
        var wrong = Check.All(Fields.Amount(command.Amount, "amount"), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (agreement.Status is not AgreementStatus.InForce) return new NotInForce();
        // Before the comparison: two clients that amend at once must not both see the old amount.
        if (agreement.Waiting is not null) return new AnotherChangeWaits();
        if (agreement.FulfilledOn is { } fulfilled) return new FulfilAgreementFeature.AgreementFulfilledAlready(fulfilled);
        if (chain.SuccessorOf(agreement) is { } successor) return new FollowedByAnother(successor.Number);
        if (agreement.Amount == command.Amount) return new SameAmount();
        return Decision.Accept(new AgreementAmended(agreement.Id, agreement.Amount, command.Amount!)).Because(command.Reason!.Trim());
    }
}
