using Luodi.Funds.Lists;
using Luodi.Funds.Sizes;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Figures;

/// <param name="Share">Of what the other fund's partners have committed, a fraction.</param>
public sealed record StakeItem(Guid FundId, decimal Committed, decimal Paid, decimal Share);

/// <summary>A fund in the tree of the family, see <see cref="FamilyMember"/>.</summary>
/// <param name="Version">The event of the fund after which it was read.</param>
/// <param name="Claimed">The last published size beside what was committed to it; null where nothing was published.</param>
public sealed record FamilyItem(
    Guid FundId, string Name, string Kind, long Version, FundAmounts Own, FundAmounts Outside, decimal LookThrough, decimal OutsideShare, IReadOnlyList<StakeItem> Stakes, StatedSum? Claimed);

/// <summary>Money on its way: paid in by partners, or paid out by a fund.</summary>
/// <param name="FromKind">partner or fund.</param>
/// <param name="From">A kind of partners, or the id of a fund.</param>
/// <param name="ToKind">fund or project.</param>
/// <param name="To">The id of the fund or the project; null for all projects that are not among the largest.</param>
public sealed record FamilyLink(string FromKind, string From, string ToKind, Guid? To, decimal Amount);

/// <summary>Funds whose records the reader does not see: they are in every total.</summary>
public sealed record HiddenFunds(int Count, FundAmounts Outside);

/// <summary>The funds of one currency: there is no total over currencies.</summary>
public sealed record FamilyFigures(string Currency, FundAmounts Total, decimal LookThrough, IReadOnlyList<FamilyItem> Funds, HiddenFunds Hidden, IReadOnlyList<FamilyLink> Links);

/// <param name="Stated">The sum of what was committed to the funds in yuan from outside of the family, beside the claim.</param>
public sealed record ClaimedFamily(Guid Id, string Source, DateOnly StatedOn, StatedSum Stated);

/// <param name="Families">By currency, yuan first.</param>
public sealed record WholeFamily(IReadOnlyList<FamilyFigures> Families, IReadOnlyList<ClaimedFamily> Claims);

public static class ReadFamilyFeature
{
    private const int MostProjects = 20;
    private const string Yuan = "CNY";

    public static void MapReadFamily(this IEndpointRouteBuilder figures) => figures
        .MapGet("family", async ([AsParameters] ServiceDefaults.Recall.AsOf asOf, Rows rows, Sight sight, CancellationToken ct) =>
        {
            var then = await rows.At(asOf, ct);
            var family = await then.All("d.data", "funds.mt_doc_fundfamily d", new Conditions(), "d.id", row => then.Document<FundFamily>(row, 0), ct);
            return Of(await then.All("d.data", FundFilter.From, new Conditions(), "d.id", row => then.Document<Fund>(row, 0), ct), family is [var only] ? only : FundFamily.Unclaimed, fund => sight.Sees(fund.Department));
        })
        .WithSummary("The family of funds: who holds which, what was committed, called, invested and is left, seen through mother funds, and what was published beside the sums")
        .Produces<WholeFamily>()
        .RequireAuthorization(Policies.Read);

    public static WholeFamily Of(IReadOnlyList<Fund> funds, FundFamily family, Func<Fund, bool> seen)
    {
        var families = funds.GroupBy(fund => fund.Currency).OrderBy(each => each.Key != Yuan).ThenBy(each => each.Key, StringComparer.Ordinal).Select(each => OfCurrency([.. each.OrderBy(fund => fund.Id)], seen)).ToList();
        var sum = families.FirstOrDefault(each => each.Currency == Yuan)?.Total.Committed ?? 0;
        return new(families, [.. family.Claims.Select(claim => new ClaimedFamily(claim.Id, claim.Source, claim.StatedOn, StatedSum.Of(sum, claim.Size.Value, claim.AtLeast)))]);
    }

    private static FamilyFigures OfCurrency(IReadOnlyList<Fund> funds, Func<Fund, bool> seen)
    {
        var known = funds.ToDictionary(fund => fund.Id);
        List<Stake> stakes = [.. funds.SelectMany(fund => fund.Partners.Where(partner => partner.MotherFundId is { } mother && known.ContainsKey(mother)).Select(partner =>
            new Stake(partner.MotherFundId!.Value, fund.Id, partner.Subscribed, partner.Called, partner.PaidIn + partner.Recalled)))];
        // What a mother pays to a fund of the family is kept by that fund, and is no deal of the mother.
        var paid = stakes.ToLookup(stake => stake.MotherId, stake => stake.Paid);
        var tree = Families.Of([.. funds.Select(fund => new FamilyFund(fund.Id, new(fund.Subscribed, fund.Called, fund.Disbursed + paid[fund.Id].Sum())))], stakes);
        var (shown, hidden) = (tree.Members.Where(member => seen(known[member.FundId])).ToList(), tree.Members.Where(member => !seen(known[member.FundId])).ToList());
        var visible = shown.Select(member => member.FundId).ToHashSet();
        return new(
            funds[0].Currency, tree.Total, tree.Members.Sum(member => member.Outside.Invested),
            [.. shown.Select(member => Item(known[member.FundId], member, [.. member.Stakes.Where(stake => visible.Contains(stake.FundId)).GroupBy(stake => stake.FundId).Select(own => new StakeItem(
                own.Key, own.Sum(stake => stake.Committed), own.Sum(stake => stake.Paid), known[own.Key].Subscribed is > 0 and var whole ? decimal.Round(own.Sum(stake => stake.Committed) / whole, 8) : 0))]))],
            new(hidden.Count, hidden.Aggregate(FundAmounts.None, (sum, member) => sum + member.Outside)),
            Links([.. shown.Select(member => known[member.FundId])], known, visible));
    }

    private static FamilyItem Item(Fund fund, FamilyMember member, IReadOnlyList<StakeItem> stakes) => new(
        fund.Id, fund.Name, fund.Kind, fund.Version, member.Own, member.Outside, decimal.Round(member.LookThrough, 2, MidpointRounding.AwayFromZero), decimal.Round(member.OutsideShare, 8), stakes,
        fund.Claims is [.., var last] ? StatedSum.Of(fund.Subscribed, last.Size.Value, atLeast: false) : null);

    private static IReadOnlyList<FamilyLink> Links(IReadOnlyList<Fund> funds, Dictionary<Guid, Fund> family, HashSet<Guid> visible)
    {
        // A mother of another department is a partner like others: who she is is not told.
        bool IsShown(Guid? mother) => mother is { } id && family.ContainsKey(id) && visible.Contains(id);
        var partners = funds.SelectMany(fund => fund.Partners
            .GroupBy(partner => IsShown(partner.MotherFundId) ? ("fund", $"{partner.MotherFundId}") : ("partner", partner.Kind))
            .Select(each => new FamilyLink(each.Key.Item1, each.Key.Item2, "fund", fund.Id, each.Sum(partner => partner.PaidIn + partner.Recalled))));
        var deals = funds.SelectMany(fund => fund.Deals.GroupBy(deal => deal.ProjectId).Select(each => (Fund: fund.Id, Project: each.Key, Amount: each.Sum(deal => deal.Disbursed)))).ToList();
        var largest = deals.GroupBy(deal => deal.Project).OrderByDescending(each => each.Sum(deal => deal.Amount)).ThenBy(each => each.Key).Take(MostProjects).Select(each => each.Key).ToHashSet();
        var projects = deals.GroupBy(deal => (deal.Fund, Project: largest.Contains(deal.Project) ? deal.Project : (Guid?)null))
            .Select(each => new FamilyLink("fund", $"{each.Key.Fund}", "project", each.Key.Project, each.Sum(deal => deal.Amount)));
        return [.. partners.Concat(projects).Where(link => link.Amount > 0)];
    }
}
