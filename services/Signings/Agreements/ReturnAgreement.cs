using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using static Luodi.Signings.Agreements.ConfirmAgreementFeature;

namespace Luodi.Signings.Agreements;

/// <param name="Reason">What is to be corrected.</param>
public sealed record ReturnAgreement(string? Reason);

public static class ReturnAgreementFeature
{
    public static void MapReturnAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/return", (Guid id, ReturnAgreement command, HttpContext http, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Decide(state, command, Acting.Of(http).Actor), ct))
        .WithSummary("Returns what waits, with a reason, to who logged it: a signing becomes a draft again, an agreement stays as it was")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Agreement agreement, ReturnAgreement command, string actor)
    {
        if (Fields.Text(command.Reason, "reason") is { } missing) return missing;
        if (agreement.Waiting is null) return new NothingWaits();
        if (agreement.LoggedBy == actor) return new LoggedByYourself();
        var decision = agreement.Waiting switch
        {
            Waiting.Signing => Decision.Accept(new SigningReturned(agreement.Id)).Uncounted(agreement),
            Waiting.Amendment => Decision.Accept(new AmendmentReturned(agreement.Id)),
            _ => Decision.Accept(new TerminationReturned(agreement.Id)),
        };
        return decision.Because(command.Reason!.Trim());
    }
}
