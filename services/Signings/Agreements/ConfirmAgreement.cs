using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Funding;

namespace Luodi.Signings.Agreements;

public static class ConfirmAgreementFeature
{
    public sealed record NothingWaits() : Refusal("Nothing waits to be confirmed.");

    public sealed record LoggedByYourself() : Refusal("You logged this yourself: somebody else has to confirm or return it.");

    public static void MapConfirmAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/confirm", (Guid id, HttpContext http, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Decide(state, Acting.Of(http).Actor), ct))
        .WithSummary("Confirms what waits: the signing, the amendment or the termination")
        .RequireAuthorization(Policies.Confirm);

    public static Decision Decide(Agreement agreement, string actor) => agreement switch
    {
        { Waiting: null } => new NothingWaits(),
        _ when agreement.LoggedBy == actor => new LoggedByYourself(),
        { Waiting: Waiting.Signing, SignedOn: { } signedOn } => Decision.Accept(new SigningConfirmed(agreement.Id)).Effective(signedOn),
        { Waiting: Waiting.Amendment, Fund: { } part, ProposedFundAmount: { } proposed } => Decision.Accept(new AmendmentConfirmed(agreement.Id), AskFundFeature.Requested(agreement, part.FundId, proposed)),
        { Waiting: Waiting.Amendment } => Decision.Accept(new AmendmentConfirmed(agreement.Id)),
        _ => Decision.Accept(new TerminationConfirmed(agreement.Id)).Uncounted(agreement),
    };
}
