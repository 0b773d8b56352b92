using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Funds.Reinvestment;

/// <summary><c>Logged</c>: waits for a second person.</summary>
public enum ReinvestmentStatus { Logged, Recognised, Returned, Revoked }

/// <param name="Way">One of <see cref="ReinvestmentWays"/>.</param>
/// <param name="Rate">At which it counts; of a headquarters the multiple of what this fund has paid.</param>
public sealed record CountedWay(string? Way, decimal? Rate);

/// <summary>A version of the rule. See <see cref="ReinvestmentRuleSet"/>.</summary>
public sealed record ReinvestmentRule(int Version, string Base, Guid? PartnerId, decimal Multiple, IReadOnlyList<CountedWay> Ways, bool NetOfTaxes, string Source, DateOnly EffectiveFrom);

/// <param name="Yuan">What it is worth by the rule of its version, before it is held against the firm's other cases.</param>
/// <param name="StatusReason">Why it was returned or revoked.</param>
public sealed record ReinvestmentCase(
    Guid Id, int RuleVersion, string Firm, string Way, DateOnly On, Money Amount, Money TaxesAndFees, decimal Yuan, string Evidence, ReinvestmentStatus Status, string? LoggedBy,
    string? ConfirmedBy = null, string? StatusReason = null);

/// <summary>The reinvestment 返投 of a fund: its rule, version by version, and what was logged for it.</summary>
/// <param name="Cases">In the order in which they were logged, returned and revoked ones too.</param>
public sealed record ReinvestmentBook(
    Guid Id, Guid FundId, bool Illustrative, IReadOnlyList<ReinvestmentRule> Rules, IReadOnlyList<ReinvestmentCase> Cases, long Version, string? Department = null) : IOfDepartment
{
    /// <summary>What is recognised in all, in yuan.</summary>
    public decimal RecognisedYuan => Recognition.Of(Cases, DateOnly.MaxValue).Sum(each => each.CountedYuan);

    /// <summary>How many cases wait for a second person.</summary>
    public int Waiting => Cases.Count(each => each.Status is ReinvestmentStatus.Logged);

    public static EffectiveRule Effective { get; } = new(fact => fact is ReinvestmentLogged e ? e.CaseId : null, fact => fact is ReinvestmentReturned e ? e.CaseId : null);

    /// <summary>The rule in force on a day; null before the first one, and where nothing is owed.</summary>
    public ReinvestmentRule? RuleOn(DateOnly day) => Rules.LastOrDefault(rule => rule.EffectiveFrom <= day) is { Base: not ReinvestmentBases.None } rule ? rule : null;
}

public static class ReinvestmentHistory
{
    /// <param name="by">Who said so.</param>
    /// <param name="reason">Why, in their words.</param>
    public static ReinvestmentBook? Evolve(ReinvestmentBook? book, object fact, string? by, string? reason) => (book, fact) switch
    {
        (null, ReinvestmentOpened e) => new(e.ReinvestmentId, e.FundId, e.Illustrative, [], [], 0, e.Department),
        ({ } b, ReinvestmentRuleSet e) => b with
        {
            Rules = [.. b.Rules, new(e.RuleVersion, e.Base, e.PartnerId, e.Multiple, [.. e.Ways.Zip(e.Rates, (way, rate) => new CountedWay(way, rate))], e.NetOfTaxes, e.Source, e.EffectiveFrom)],
        },
        ({ } b, ReinvestmentLogged e) => b with
        {
            Cases = [.. b.Cases, new(
                e.CaseId, e.RuleVersion, e.Firm, e.Way, e.On, e.Amount, e.TaxesAndFees, Recognition.Worth(b.Rules.First(rule => rule.Version == e.RuleVersion), e.Way, e.Amount.Value, e.TaxesAndFees.Value),
                e.Evidence, ReinvestmentStatus.Logged, by)],
        },
        ({ } b, ReinvestmentRecognised e) => With(b, e.CaseId, each => each with { Status = ReinvestmentStatus.Recognised, ConfirmedBy = by }),
        ({ } b, ReinvestmentReturned e) => With(b, e.CaseId, each => each with { Status = ReinvestmentStatus.Returned, StatusReason = reason }),
        ({ } b, ReinvestmentRevoked e) => With(b, e.CaseId, each => each with { Status = ReinvestmentStatus.Revoked, StatusReason = reason }),
        _ => book,
    };

    private static ReinvestmentBook With(ReinvestmentBook book, Guid id, Func<ReinvestmentCase, ReinvestmentCase> change) =>
        book with { Cases = [.. book.Cases.Select(each => each.Id == id ? change(each) : each)] };
}

public sealed partial class ReinvestmentProjection : SingleStreamProjection<ReinvestmentBook, Guid>
{
    public override ReinvestmentBook? Evolve(ReinvestmentBook? snapshot, Guid id, IEvent e) =>
        ReinvestmentHistory.Evolve(snapshot, e.Data, e.UserName, e.GetHeader("reason")?.ToString()) is { } book ? book with { Version = e.Version } : null;
}

/// <param name="CountedYuan">By how much it raised what is recognised of its firm; 0 where another case of the firm counts more.</param>
public sealed record RecognisedCase(Guid CaseId, string Firm, decimal CountedYuan);

/// <summary>What is owed and what is recognised on a day, in yuan.</summary>
/// <param name="OwedYuan">The base times its multiple; 0 where no rule is in force.</param>
/// <param name="Fulfilled">Recognised / owed with four decimals, half up; null where nothing is owed.</param>
public sealed record ReinvestmentProgress(int? RuleVersion, decimal BaseYuan, decimal OwedYuan, decimal RecognisedYuan, decimal LeftYuan, decimal? Fulfilled);

/// <summary>
/// What counts as reinvestment. A case is worth its amount, less taxes and fees where the rule takes them out, at the rate of its way. Money of one way adds up; where a firm counts in
/// several ways, the highest counts and no other, so that a later and higher case counts its difference alone.
/// </summary>
public static class Recognition
{
    /// <returns>The recognised cases up to a day, in the order of their days.</returns>
    public static IReadOnlyList<RecognisedCase> Of(IEnumerable<ReinvestmentCase> cases, DateOnly on)
    {
        var ways = new Dictionary<(string Firm, string Way), decimal>();
        var highest = new Dictionary<string, decimal>(StringComparer.Ordinal);
        List<RecognisedCase> counted = [];
        foreach (var each in cases.Where(each => each.Status is ReinvestmentStatus.Recognised && each.On <= on).OrderBy(each => each.On))
        {
            var (before, now) = (highest.GetValueOrDefault(each.Firm), ways[(each.Firm, each.Way)] = ways.GetValueOrDefault((each.Firm, each.Way)) + each.Yuan);
            highest[each.Firm] = Math.Max(before, now);
            counted.Add(new(each.Id, each.Firm, highest[each.Firm] - before));
        }
        return counted;
    }

    /// <param name="flows">Of the fund.</param>
    /// <param name="at">The day, and as known when; cases count as they stand now.</param>
    public static ReinvestmentProgress ProgressOf(ReinvestmentBook book, IEnumerable<Flow> flows, Figures.AsOf at)
    {
        var rule = book.RuleOn(at.On);
        var paid = Known.Of(flows, at).Where(flow => flow.Kind == FlowKinds.PaidIn && (rule?.Base != ReinvestmentBases.Partner || flow.PartnerId == rule.PartnerId));
        var @base = rule is null ? 0 : paid.Sum(flow => flow.Amount);
        var owed = decimal.Round(@base * (rule?.Multiple ?? 0), 2, MidpointRounding.AwayFromZero);
        var recognised = Of(book.Cases, at.On).Sum(each => each.CountedYuan);
        return new(rule?.Version, @base, owed, recognised, Math.Max(owed - recognised, 0), owed > 0 ? decimal.Round(recognised / owed, 4, MidpointRounding.AwayFromZero) : null);
    }

    internal static decimal Worth(ReinvestmentRule rule, string way, decimal amount, decimal taxesAndFees) =>
        decimal.Round((amount - (rule.NetOfTaxes ? taxesAndFees : 0)) * (rule.Ways.FirstOrDefault(each => each.Way == way)?.Rate ?? 0), 2, MidpointRounding.AwayFromZero);
}
