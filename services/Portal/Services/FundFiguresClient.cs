namespace Luodi.Portal.Services;

/// <param name="Kind"><c>rate</c>, <c>undefined</c> or <c>not-unique</c>.</param>
/// <param name="Value">Of a rate: a fraction.</param>
/// <param name="Annualised">A rate a year; otherwise one of the whole life, which was less than a year.</param>
/// <param name="Reason">Of what is undefined.</param>
/// <param name="Roots">Of what is not unique, ascending.</param>
public sealed record RateOfReturn(string Kind, decimal? Value = null, bool Annualised = false, string? Reason = null, IReadOnlyList<decimal>? Roots = null);

public sealed record NetFigures(
    string Custom, decimal Committed, decimal PaidIn, decimal Distributed, decimal Unfunded, decimal NetAssetValue, decimal? PaidInRatio, decimal? Dpi, decimal? Rvpi, decimal? Tvpi, RateOfReturn Irr, RateOfReturn IrrWithoutLine);

public sealed record GrossFigures(decimal Invested, decimal Returned, decimal Value, decimal? Dpi, decimal? Rvpi, decimal? Tvpi, RateOfReturn Irr);

/// <param name="Version">The event of the fund after which they were known.</param>
public sealed record FiguresOfFund(Guid FundId, long Version, DateOnly On, string Currency, NetFigures Net, GrossFigures Gross);

/// <summary>At the end of a quarter.</summary>
public sealed record CurveQuarter(DateOnly On, decimal PaidIn, decimal Distributed, decimal Cumulative, decimal NetAssetValue);

public sealed record CurveOfFund(DateOnly On, string Currency, IReadOnlyList<CurveQuarter> Points);

/// <summary>What changed a net asset value, each with the sign with which it counts.</summary>
public sealed record ValueLines(decimal Contributions, decimal Distributions, decimal Fees, decimal Expenses, decimal Income, decimal Realised, decimal Unrealised, decimal Carry)
{
    /// <summary>By the keys of their words.</summary>
    public IReadOnlyList<(string Key, decimal Amount)> Each =>
        [("contributions", Contributions), ("distributions", Distributions), ("fees", Fees), ("expenses", Expenses), ("income", Income), ("realised", Realised), ("unrealised", Unrealised), ("carry", Carry)];
}

public sealed record ValuePeriod(decimal Beginning, ValueLines Lines, decimal Ending);

public sealed record BridgeOfFund(DateOnly From, DateOnly To, string Currency, ValuePeriod Bridge);

/// <summary>What can still be called.</summary>
public sealed record UnfundedPeriod(decimal Beginning, decimal Committed, decimal Called, decimal Recallable, decimal Expired, decimal Ending)
{
    /// <summary>Each change with the sign with which it counts.</summary>
    public IReadOnlyList<(string Key, decimal Amount)> Each => [("committed", Committed), ("called", -Called), ("recallable", Recallable), ("expired", -Expired)];
}

/// <param name="Share">A fraction; null where nothing is committed.</param>
public sealed record AccountOfPartner(Guid PartnerId, string Name, string Kind, decimal? Share, ValuePeriod Account, UnfundedPeriod Unfunded);

/// <param name="Open">The period is not over.</param>
/// <param name="ClosedThrough">The day through which the fund's books are closed.</param>
public sealed record AccountsOfFund(
    Guid FundId, long Version, DateOnly From, DateOnly To, bool Open, bool Balanced, string Currency, ValuePeriod Fund, UnfundedPeriod Unfunded, IReadOnlyList<AccountOfPartner> Partners, DateOnly? ClosedThrough = null);

public sealed record AmountsOfFunds(decimal Committed, decimal Called, decimal Invested, decimal Left);

public sealed record StakeInFund(Guid FundId, decimal Committed, decimal Paid, decimal Share);

/// <summary>A sum beside what was published.</summary>
/// <param name="Residue">The sum less the claim.</param>
/// <param name="Holds">Whether the sum bears the claim out.</param>
public sealed record SumBesideClaim(decimal Sum, decimal Claim, bool AtLeast, decimal Residue, bool Holds);

public sealed record FundInFamily(
    Guid FundId, string Name, string Kind, long Version, AmountsOfFunds Own, AmountsOfFunds Outside, decimal LookThrough, decimal OutsideShare, IReadOnlyList<StakeInFund> Stakes, SumBesideClaim? Claimed = null);

/// <param name="FromKind"><c>partner</c> (From is a kind of partners) or <c>fund</c>.</param>
/// <param name="ToKind"><c>fund</c> or <c>project</c>; a project without an id is all that are not among the largest.</param>
public sealed record MoneyOnItsWay(string FromKind, string From, string ToKind, decimal Amount, Guid? To = null);

public sealed record FundsNotSeen(int Count, AmountsOfFunds Outside);

public sealed record FamilyInCurrency(string Currency, AmountsOfFunds Total, decimal LookThrough, IReadOnlyList<FundInFamily> Funds, FundsNotSeen Hidden, IReadOnlyList<MoneyOnItsWay> Links);

public sealed record ClaimOfFamily(Guid Id, string Source, DateOnly StatedOn, SumBesideClaim Stated);

public sealed record FamilyOfFunds(IReadOnlyList<FamilyInCurrency> Families, IReadOnlyList<ClaimOfFamily> Claims);

/// <summary>The figures of funds.</summary>
public sealed class FundFiguresClient(HttpClient http)
{
    private const string Root = "/api/funds";

    /// <param name="query">From the question mark on, or empty.</param>
    public Task<Answer<AccountsOfFund>> Accounts(Guid fund, string query, CancellationToken ct) => http.Ask<AccountsOfFund>($"{Root}/{fund}/accounts{query}", ct);

    public Task<Answer<FamilyOfFunds>> Family(CancellationToken ct) => http.Ask<FamilyOfFunds>($"{Root}/family", ct);

    public Task<Outcome> ClaimFamily(object claim, string key, CancellationToken ct) => http.Tell($"{Root}/family/claims", claim, key, version: null, ct);
}
