using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Signings.Agreements;

/// <summary>
/// The agreements about one investment: the first signing and those that follow it, drafts and all. They stand one upon the other (an upgrade or another
/// owner's paper on the one before it, top-ups beside the one that they add to), so that only what nothing stands upon is changed.
/// </summary>
public sealed record Chain(IReadOnlyList<Agreement> Papers)
{
    /// <summary>What the chain counts, at whatever ceremonies.</summary>
    public Money Standing => Papers.Where(Counts).Aggregate(Money.Yuan(0), (sum, paper) => sum + paper.Credit);

    public Agreement? Find(Guid? id) => Papers.FirstOrDefault(paper => paper.Id == id);

    /// <summary>It is in force, and no other owner's paper has taken over what it counted.</summary>
    public bool Counts(Agreement paper) =>
        paper.Status is AgreementStatus.InForce && Papers.Where(HasTakenOver).All(owner => owner.Id == paper.Id || StandsUpon(paper, owner));

    /// <summary>The paper that has taken the place of this one, or of the one that this adds to; null where there is none.</summary>
    public Agreement? SuccessorOf(Agreement paper)
    {
        var place = paper.FollowsAs is FollowUps.TopUp ? paper.Follows : paper.Id;
        return Papers.FirstOrDefault(each => each.Follows == place && each.FollowsAs is not FollowUps.TopUp && (Stands(each) || HasTakenOver(each)));
    }

    /// <summary>A top-up that stands upon this paper.</summary>
    public Agreement? TopUpOf(Agreement paper) => Papers.FirstOrDefault(each => each.Follows == paper.Id && each.FollowsAs is FollowUps.TopUp && Stands(each));

    private static bool Stands(Agreement paper) => paper.Status is AgreementStatus.Signed or AgreementStatus.InForce;

    // For ever: that the new owner withdraws does not bring the old one back.
    private static bool HasTakenOver(Agreement paper) => paper is { FollowsAs: FollowUps.Replacement, Status: AgreementStatus.InForce or AgreementStatus.Terminated };

    private bool StandsUpon(Agreement paper, Agreement earlier) => Find(paper.Follows) is { } followed && (followed.Id == earlier.Id || StandsUpon(followed, earlier));
}

internal static class ChainFacts
{
    /// <summary>
    /// The chain of an agreement, and the right to change it until this decision is committed: whoever signs upon a paper, amends or terminates it comes
    /// one after the other. What waits is confirmed and returned without it, for nothing is signed upon a chain in which something waits.
    /// </summary>
    public static async ValueTask<Chain> ChainOf(this Facts facts, Guid first)
    {
        await facts.Alone(first);
        var papers = new List<Agreement>();
        foreach (var id in (await facts.Where<AgreementView>(view => view.Chain == first)).Select(view => view.Id).Prepend(first))
        {
            if (await facts.State<Agreement>(id) is { } paper) papers.Add(paper);
        }
        return new Chain(papers);
    }
}
