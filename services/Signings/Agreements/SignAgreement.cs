using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Ceremonies;

namespace Luodi.Signings.Agreements;

/// <param name="SignedOn">The date on the paper.</param>
public sealed record SignAgreement(DateOnly? SignedOn);

public static class SignAgreementFeature
{
    public sealed record AlreadySigned() : Refusal("The agreement has been signed already.");

    public sealed record CeremonyIsClosed() : Refusal("The ceremony is closed: nothing is signed at it any more.");

    public sealed record ProjectCountedAlready() : Refusal("This project is counted in the ceremony already, by another agreement.");

    public sealed record SignedInFuture() : Refusal("The date of signing lies in the future.", "signedOn");

    public static void MapSignAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/sign", (Guid id, SignAgreement command, Deciding<Agreement> agreement, TimeProvider clock, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, await facts.Shared<Ceremony>(state.CeremonyId), clock.Today()), ct))
        .WithSummary("Logs that the agreement was signed at its ceremony; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, SignAgreement command, Ceremony? ceremony, DateOnly today)
    {
        if (Fields.Date(command.SignedOn, "signedOn") is { } wrong) return wrong;
        if (agreement.Status is not AgreementStatus.Draft) return new AlreadySigned();
        if (ceremony is null or { Status: CeremonyStatus.Closed }) return new CeremonyIsClosed();
        var signedOn = command.SignedOn!.Value;
        if (signedOn > today) return new SignedInFuture();
        return Decision
            .Accept(new AgreementSigned(agreement.Id, agreement.ProjectId, agreement.CeremonyId, agreement.Amount, signedOn))
            .Effective(signedOn)
            .Reserving(CountedOnce(agreement), new ProjectCountedAlready());
    }

    /// <summary>The key that a project holds in a ceremony while one of its signings counts there, or waits to count.</summary>
    public static string CountedOnce(Agreement agreement) => $"counted {agreement.CeremonyId} {agreement.ProjectId}";
}
