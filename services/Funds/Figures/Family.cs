namespace Luodi.Funds.Figures;

/// <summary>Amounts of a fund, or of a family of funds.</summary>
/// <param name="Committed">To the fund, by all its partners.</param>
/// <param name="Called">Of its partners.</param>
/// <param name="Invested">Paid out by the fund, into deals and into other funds.</param>
public sealed record FundAmounts(decimal Committed, decimal Called, decimal Invested)
{
    public static FundAmounts None { get; } = new(0, 0, 0);

    /// <summary>Committed and not yet invested.</summary>
    public decimal Left => Committed - Invested;

    public static FundAmounts operator +(FundAmounts left, FundAmounts right) => new(left.Committed + right.Committed, left.Called + right.Called, left.Invested + right.Invested);

    public static FundAmounts operator -(FundAmounts left, FundAmounts right) => new(left.Committed - right.Committed, left.Called - right.Called, left.Invested - right.Invested);
}

/// <summary>A fund of the family with its own amounts, what it puts into other funds of the family included.</summary>
public sealed record FamilyFund(Guid FundId, FundAmounts Amounts);

/// <summary>A fund of the family is a partner of another one.</summary>
/// <param name="Paid">What it has paid in: a part of what the mother invested.</param>
public sealed record Stake(Guid MotherId, Guid FundId, decimal Committed, decimal Called, decimal Paid);

/// <summary>A fund in the tree.</summary>
/// <param name="Outside">What comes from outside the family, and goes outside of it: each yuan stands at one fund only, so these add up to the family.</param>
/// <param name="LookThrough">Invested outside the family by the fund and, in proportion to its stakes, by all funds below it.</param>
/// <param name="OutsideShare">The part of its commitments that is not the family's, a fraction.</param>
public sealed record FamilyMember(Guid FundId, FundAmounts Own, FundAmounts Outside, decimal LookThrough, decimal OutsideShare, IReadOnlyList<Stake> Stakes);

/// <summary>A number that was stated beside the one that adds up. Nothing is adjusted to fit.</summary>
/// <param name="AtLeast">Stated as "above".</param>
/// <param name="Residue">The sum less the claim.</param>
/// <param name="Holds">Whether the sum bears the claim out.</param>
public sealed record StatedSum(decimal Sum, decimal Claim, bool AtLeast, decimal Residue, bool Holds)
{
    public static StatedSum Of(decimal sum, decimal claim, bool atLeast) => new(sum, claim, atLeast, sum - claim, atLeast ? sum >= claim : sum == claim);
}

/// <param name="Total">Of the family: the same yuan on its way from mother to sub-fund counts once.</param>
public sealed record FamilyTree(FundAmounts Total, IReadOnlyList<FamilyMember> Members);

/// <summary>
/// The family of funds. Its total is the sum over the funds less what funds of the family put into one another: committed and called where the money comes in, invested where it goes out.
/// </summary>
public static class Families
{
    /// <param name="stakes">Between funds that are listed, in no circle (<see cref="WouldCircle"/>); the commitments of one pair may be several.</param>
    /// <exception cref="ArgumentException">A fund holds itself, over however many others.</exception>
    public static FamilyTree Of(IReadOnlyList<FamilyFund> funds, IReadOnlyList<Stake> stakes)
    {
        var amounts = funds.ToDictionary(fund => fund.FundId, fund => fund.Amounts);
        var outside = funds.ToDictionary(fund => fund.FundId, fund => fund.Amounts - new FundAmounts(
            stakes.Where(stake => stake.FundId == fund.FundId).Sum(stake => stake.Committed),
            stakes.Where(stake => stake.FundId == fund.FundId).Sum(stake => stake.Called),
            stakes.Where(stake => stake.MotherId == fund.FundId).Sum(stake => stake.Paid)));
        var seen = new Dictionary<Guid, decimal>();
        decimal LookThrough(Guid fund, int depth)
        {
            if (depth > funds.Count) throw new ArgumentException("Funds hold one another in a circle.", nameof(stakes));
            return seen.TryGetValue(fund, out var known) ? known
                : seen[fund] = outside[fund].Invested + stakes.Where(stake => stake.MotherId == fund).Sum(stake => ShareOf(stake.Committed, amounts[stake.FundId].Committed) * LookThrough(stake.FundId, depth + 1));
        }
        var members = funds.Select(fund => new FamilyMember(
            fund.FundId, fund.Amounts, outside[fund.FundId], LookThrough(fund.FundId, 0), ShareOf(outside[fund.FundId].Committed, fund.Amounts.Committed),
            [.. stakes.Where(stake => stake.MotherId == fund.FundId)])).ToList();
        return new(outside.Values.Aggregate(FundAmounts.None, (sum, each) => sum + each), members);
    }

    /// <summary>Whether a fund that takes this stake would hold itself.</summary>
    public static bool WouldCircle(IEnumerable<Stake> stakes, Guid mother, Guid fund)
    {
        var below = stakes.ToLookup(stake => stake.MotherId, stake => stake.FundId);
        var (seen, next) = (new HashSet<Guid> { fund }, new Stack<Guid>([fund]));
        while (next.TryPop(out var each))
        {
            if (each == mother) return true;
            foreach (var sub in below[each])
            {
                if (seen.Add(sub)) next.Push(sub);
            }
        }
        return false;
    }

    private static decimal ShareOf(decimal part, decimal whole) => whole > 0 ? part / whole : 0;
}
