using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Signings.Agreements.AmendAgreementFeature;

namespace Luodi.Signings.Agreements;

public sealed record TerminateAgreement(string? Reason);

public static class TerminateAgreementFeature
{
    public static void MapTerminateAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/terminate", (Guid id, TerminateAgreement command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Logs a termination, with its reason; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, TerminateAgreement command)
    {
        if (Fields.Text(command.Reason, "reason") is { } missing) return missing;
        if (agreement.Status is not AgreementStatus.InForce) return new NotInForce();
        if (agreement.Waiting is not null) return new AnotherChangeWaits();
        return Decision.Accept(new AgreementTerminated(agreement.Id)).Because(command.Reason!.Trim());
    }
}
