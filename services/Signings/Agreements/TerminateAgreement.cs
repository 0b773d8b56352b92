using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Signings.Agreements.AmendAgreementFeature;
using static Luodi.Signings.Agreements.FollowAgreementFeature;

namespace Luodi.Signings.Agreements;

/// <param name="Lapsed">Its term ran out before it was carried out.</param>
public sealed record TerminateAgreement(string? Reason, bool Lapsed = false);

public static class TerminateAgreementFeature
{
    public static void MapTerminateAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/terminate", (Guid id, TerminateAgreement command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Logs a termination, or that its term ran out, with the reason; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, TerminateAgreement command, Chain chain)
    {
        if (Fields.Text(command.Reason, "reason") is { } missing) return missing;
        if (agreement.Status is not AgreementStatus.InForce) return new NotInForce();
        if (agreement.Waiting is not null) return new AnotherChangeWaits();
        if (agreement.FulfilledOn is { } fulfilled) return new FulfilAgreementFeature.AgreementFulfilledAlready(fulfilled);
        if ((chain.SuccessorOf(agreement) ?? chain.TopUpOf(agreement)) is { } upon) return new FollowedByAnother(upon.Number);
        return Decision.Accept(new AgreementTerminated(agreement.Id, command.Lapsed)).Because(command.Reason!.Trim());
    }
}
