using Luodi.Contracts;

namespace Luodi.Ledger;

/// <summary>What a series of postings counts; sums never mix two measures, two statuses or two currencies.</summary>
public static class Measures
{
    /// <summary>Agreements signed (count), agreements upgraded (upgrades) and their agreed investment (amount).</summary>
    public const string AgreedInvestment = "agreed-investment";

    /// <summary>Arrivals of capital in place (count) and what they brought, in yuan at the rate of their day (amount); domestic and foreign money are two dimensions of it.</summary>
    public const string CapitalInPlace = "capital-in-place";

    /// <summary>Projects that reached a stage (count). Stages are no funnel: each has a sum of its own, and they have none together.</summary>
    public const string StagesReached = "stages-reached";

    /// <summary>Enterprises of the zone (count) by what they are: registered, recognised, listed. One is several of these at once, so that they have no sum. What expires is posted at once and effective then.</summary>
    public const string Enterprises = "enterprises";

    /// <summary>认缴: what partners have subscribed to funds (amount) and how often (count). The same part of it goes along with a transfer, which moves nothing in sum.</summary>
    public const string FundCommitted = "fund-committed";

    /// <summary>Capital called from partners, on the day on which it is due.</summary>
    public const string FundCalled = "fund-called";

    /// <summary>实缴: what partners have paid of what was called.</summary>
    public const string FundPaidIn = "fund-paid-in";

    /// <summary>Distributions that were called back and paid again.</summary>
    public const string FundRecalled = "fund-recalled";

    /// <summary>Paid out by funds to deals, by the project and its industry.</summary>
    public const string FundInvested = "fund-invested";

    /// <summary>What deals brought when they were sold, partly or fully.</summary>
    public const string FundProceeds = "fund-proceeds";

    /// <summary>Paid out by funds to their partners.</summary>
    public const string FundDistributed = "fund-distributed";

    /// <summary>No figure: from this place on sums are arranged or read in another way, because a project's trait or a definition changed.</summary>
    public const string Context = "context";

    /// <summary>Those that figures are made of, in the order of every list.</summary>
    public static IReadOnlyList<string> All { get; } = [AgreedInvestment, CapitalInPlace, StagesReached, Enterprises, FundCommitted, FundCalled, FundPaidIn, FundRecalled, FundInvested, FundProceeds, FundDistributed];

    /// <summary>Between funds and their partners. A partner may be a fund of the family: over several funds its yuan would count twice.</summary>
    public static IReadOnlyList<string> OfPartners { get; } = [FundCommitted, FundCalled, FundPaidIn, FundRecalled, FundDistributed];
}

/// <summary>Whose money it was.</summary>
public static class MoneyOrigins
{
    /// <summary>内资: it arrived in yuan.</summary>
    public const string Domestic = "domestic";

    /// <summary>外资: it arrived in a foreign currency.</summary>
    public const string Foreign = "foreign";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Domestic, Foreign];
}

/// <summary>Confirmed facts make the official figures; pending ones stand beside them.</summary>
public static class PostingStatus
{
    public const string Confirmed = "confirmed";
    public const string Pending = "pending";
}

/// <summary>One signed change of a measure in its dimensions. A figure is the sum of postings; a change is a reversal and a new posting.</summary>
/// <param name="Count">How many agreements, arrivals of capital, flows of funds or projects more or fewer.</param>
/// <param name="Amount">Money more or less.</param>
/// <param name="CeremonyId">Empty, as <paramref name="AgreementId"/> is, where the measure is none of agreements.</param>
/// <param name="EffectiveOn">The day from which the fact holds.</param>
/// <param name="SizeBand">The band of the whole amount on the paper, also where only a part of it counts.</param>
/// <param name="Department">Whose agreement it is: the figures are the bureau's, the rows behind them are seen by department.</param>
/// <param name="Tier">One of <see cref="Tiers"/>; sums never mix two of them.</param>
/// <param name="Upgrades">How many upgrades more or fewer.</param>
/// <param name="Stage">Of stages reached: one of <see cref="Contracts.Projects.Stages"/>, or how work on the project rests.</param>
/// <param name="MoneyOrigin">Of capital: one of <see cref="MoneyOrigins"/>.</param>
public sealed record Posting(
    string Measure, string Status, int Count, Money Amount, DateOnly EffectiveOn,
    Guid CeremonyId, Guid AgreementId, Guid ProjectId, string Industry, string SizeBand, bool Illustrative, string? Department = null, string Tier = Tiers.Agreement, int Upgrades = 0,
    string Stage = Posting.None, string MoneyOrigin = Posting.None)
{
    /// <summary>The value of a dimension that a posting has no part in.</summary>
    public const string None = "none";

    /// <summary>What its project is, as known now, on the day of the posting.</summary>
    public TraitValues Traits { get; init; } = TraitValues.Unknown;

    /// <summary>Of enterprises: one of <see cref="EnterpriseKinds"/>.</summary>
    public string Designation { get; init; } = None;

    /// <summary>Of funds: which one; empty where the measure is none of funds.</summary>
    public Guid FundId { get; init; }

    /// <summary>Of funds: one of <see cref="Contracts.Funds.FundKinds"/>.</summary>
    public string FundKind { get; init; } = None;

    /// <summary>Of money between a fund and its partners: one of <see cref="Partners.All"/>.</summary>
    public string PartnerKind { get; init; } = None;

    /// <summary>One of two that only arrange anew what counts already, because a trait of its project or fund changed: in every figure that names no trait they cancel out.</summary>
    public bool Arranges { get; init; }

    /// <summary>The place in the ledger of a definition: what is read by it changes there, and no sum.</summary>
    public static Posting OfContext(DateOnly effectiveOn) => new(
        Measures.Context, PostingStatus.Confirmed, 0, Contracts.Money.Yuan(0), effectiveOn, Guid.Empty, Guid.Empty, Guid.Empty, None, None, Illustrative: false, Tier: None);

    /// <summary>What postings come to in each place of the ledger, without what cancels out.</summary>
    public static IEnumerable<Posting> Net(IEnumerable<Posting> lines) => lines
        .GroupBy(line => line with { Count = 0, Upgrades = 0, Amount = new Money(0, line.Amount.Currency) })
        .Select(same => same.Aggregate(same.Key, (sum, line) => sum with { Count = sum.Count + line.Count, Upgrades = sum.Upgrades + line.Upgrades, Amount = sum.Amount + line.Amount }))
        .Where(line => line.Count != 0 || line.Upgrades != 0 || line.Amount.Value != 0);

    /// <summary>Takes the posting back.</summary>
    public Posting Reversed() => this with { Count = -Count, Amount = new Money(-Amount.Value, Amount.Currency), Upgrades = -Upgrades };
}

/// <summary>Bands of agreed investment in yuan, each from its lower bound up to below the next. 100 million (1亿元) is the line that bulletins count by.</summary>
public static class SizeBands
{
    /// <summary>Lower bounds, ascending.</summary>
    public static IReadOnlyList<(string Name, decimal FromYuan)> All { get; } =
    [
        ("under-10m", 0m), ("10m-50m", 10_000_000m), ("50m-100m", 50_000_000m),
        ("100m-500m", 100_000_000m), ("500m-1bn", 500_000_000m), ("1bn-up", 1_000_000_000m),
    ];

    /// <summary>The bands at or above 100 million yuan.</summary>
    public static IReadOnlyList<string> AtLeast100Million { get; } = [.. All.Where(band => band.FromYuan >= 100_000_000m).Select(band => band.Name)];

    public static string Of(decimal yuan) => All.Last(band => yuan >= band.FromYuan).Name;
}
