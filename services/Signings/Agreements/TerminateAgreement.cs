using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Signings.Agreements.AmendAgreementFeature;
using static Luodi.Signings.Agreements.FollowAgreementFeature;

namespace Luodi.Signings.Agreements;

public sealed record TerminateAgreement(string? Reason);

public static class TerminateAgreementFeature
{
    public static void MapTerminateAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/terminate", (Guid id, TerminateAgreement command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Logs a termination, with its reason; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, TerminateAgreement command, Chain chain)
    {
        if (Fields.Text(command.Reason, "reason") is { } missing) return missing;
        if (agreement.Status is not AgreementStatus.InForce) return new NotInForce();
        if (agreement.Waiting is not null) return new AnotherChangeWaits();
        if ((chain.SuccessorOf(agreement) ?? chain.TopUpOf(agreement)) is { } upon) return new FollowedByAnother(upon.Number);
        return Decision.Accept(new AgreementTerminated(agreement.Id)).Because(command.Reason!.Trim());
    }
}
