using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.KnownProjects;

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
            agreement.Decide(id, async (state, facts) => Decide(
                state, command, await facts.Shared<Ceremony>(state.CeremonyId), clock.Today(), await facts.ChainOf(state.Chain), await ProjectKnowledge.Standing(state.ProjectId, facts.Documents, ct)), ct))
        .WithSummary("Logs that the agreement was signed at its ceremony; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, SignAgreement command, Ceremony? ceremony, DateOnly today, Chain chain, KnownProject? project)
    {
        if (Fields.Date(command.SignedOn, "signedOn") is { } wrong) return wrong;
        if (agreement.Status is not AgreementStatus.Draft) return new AlreadySigned();
        if (ceremony is null or { Status: CeremonyStatus.Closed }) return new CeremonyIsClosed();
        var signedOn = command.SignedOn!.Value;
        if (signedOn > today) return new SignedInFuture();
        if (FollowAgreementFeature.Unsignable(agreement, chain, signedOn, project) is { } unsignable) return unsignable;
        var decision = Decision.Accept(FollowAgreementFeature.Signed(agreement, chain, signedOn)).Effective(signedOn);
        return agreement.IsSigning ? decision.Reserving(CountedOnce(agreement), new ProjectCountedAlready()) : decision;
    }

    /// <summary>The key that a project holds in a ceremony while one of its signings counts there, or waits to count.</summary>
    public static string CountedOnce(Agreement agreement) => $"counted {agreement.CeremonyId} {agreement.ProjectId}";

    /// <summary>The signing no longer counts or waits: another one of the project may take its place in the ceremony.</summary>
    internal static Decision Uncounted(this Decision decision, Agreement agreement) => agreement.IsSigning ? decision.Releasing(CountedOnce(agreement)) : decision;
}
