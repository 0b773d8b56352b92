using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Agreements;

/// <summary>What a paper that follows another one has to fulfil: asked when it is drafted, and again when it is signed, with nothing changing meanwhile.</summary>
public static class FollowAgreementFeature
{
    public sealed record EarlierUnknown() : Refusal("There is no such agreement to follow.", "follows");

    public sealed record FollowUpUnknown() : Refusal("An agreement follows another one as upgrade, top-up or replacement.", "followsAs");

    public sealed record OfAnotherProject() : Refusal("An agreement follows one about the same project.", "follows");

    public sealed record TierTooLow() : Refusal("An upgrade is of a higher tier than the agreement it follows, another owner's paper of the same tier or a higher one.", "tier");

    public sealed record EarlierNotInForce() : Refusal("The agreement to follow is not in force: have its signing confirmed first.");

    public sealed record FollowsTopUp() : Refusal("A top-up is not followed: follow the agreement that it adds to.");

    public sealed record FollowedByAnother(string Number) : Refusal("Agreement {Number} follows this one already: go on from that one.");

    public sealed record EarlierWaits(string Number) : Refusal("Something of agreement {Number} still waits to be confirmed. Have it confirmed or returned first.");

    public sealed record SignedBeforeEarlier() : Refusal("The date of signing lies before that of an agreement it follows.", "signedOn");

    public sealed record BelowStanding(decimal StandingYuan) : Refusal("Another owner takes over all of it, {StandingYuan} yuan: an amount below that is agreed by amending the earlier agreement first.");

    public sealed record GroundIsBroken() : Refusal("Ground is broken by that day: the owner is no longer replaced.");

    /// <summary>What is wrong with the paper as such.</summary>
    /// <param name="chain">Null where the reader sees no agreement to follow.</param>
    public static Refusal? Unfit(Guid projectId, string tier, Guid? follows, string? followsAs, Chain? chain)
    {
        if (follows is null && followsAs is null) return null;
        if (follows is null || chain?.Find(follows) is not { } earlier) return new EarlierUnknown();
        if (followsAs is null || !FollowUps.All.Contains(followsAs)) return new FollowUpUnknown();
        if (earlier.ProjectId != projectId) return new OfAnotherProject();
        if (earlier.FollowsAs is FollowUps.TopUp) return new FollowsTopUp();
        if (earlier.Status is not AgreementStatus.InForce) return new EarlierNotInForce();
        if (chain.SuccessorOf(earlier) is { } successor) return new FollowedByAnother(successor.Number);
        var higher = Rank(tier) - Rank(earlier.Tier);
        return (followsAs is FollowUps.Upgrade && higher <= 0) || (followsAs is FollowUps.Replacement && higher < 0) ? new TierTooLow() : null;
    }

    /// <summary>What is wrong with signing it now.</summary>
    public static Refusal? Unsignable(Agreement draft, Chain chain, DateOnly signedOn, KnownProject? project)
    {
        if (draft.FollowsAs is null) return null;
        if (Unfit(draft.ProjectId, draft.Tier, draft.Follows, draft.FollowsAs, chain) is { } unfit) return unfit;
        if (chain.Papers.FirstOrDefault(paper => paper.Waiting is not null) is { } waiting) return new EarlierWaits(waiting.Number);
        var earlier = draft.FollowsAs is FollowUps.Replacement ? chain.Papers.Where(chain.Counts) : [chain.Find(draft.Follows)!];
        if (earlier.Any(paper => signedOn < paper.SignedOn)) return new SignedBeforeEarlier();
        if (draft.FollowsAs is not FollowUps.Replacement) return null;
        if (draft.Amount.Value < chain.Standing.Value) return new BelowStanding(chain.Standing.Value);
        return project?.ReachedOn(Contracts.Projects.Stages.GroundBroken) <= signedOn ? new GroundIsBroken() : null;
    }

    /// <summary>The fact of its signing.</summary>
    public static object Signed(Agreement draft, Chain chain, DateOnly signedOn) => (draft.Follows, draft.FollowsAs) switch
    {
        ({ } follows, FollowUps.Upgrade) => new AgreementUpgraded(draft.Id, follows, draft.ProjectId, draft.CeremonyId, draft.Amount, chain.Standing, signedOn),
        ({ } follows, FollowUps.TopUp) => new InvestmentToppedUp(draft.Id, follows, draft.ProjectId, draft.CeremonyId, draft.Amount, signedOn),
        ({ } follows, FollowUps.Replacement) => new OwnerReplaced(draft.Id, follows, draft.Chain, draft.ProjectId, draft.CeremonyId, draft.Amount, signedOn),
        _ => new AgreementSigned(draft.Id, draft.ProjectId, draft.CeremonyId, draft.Amount, signedOn),
    };

    private static int Rank(string tier) => Tiers.All.ToList().IndexOf(tier);
}
