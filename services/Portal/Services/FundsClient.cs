using Luodi.Contracts;
using Luodi.Portal.Figures;
using Luodi.Portal.Forms;

namespace Luodi.Portal.Services;

/// <summary>A fund with its sums, which are in its own currency.</summary>
/// <param name="Kind">One of <see cref="Luodi.Contracts.Funds.FundKinds"/>.</param>
/// <param name="TargetSize">What it is meant to raise; its currency is the fund's.</param>
/// <param name="Committed">What it has committed to deals.</param>
public sealed record Fund(Guid Id, string Name, string Kind, Money TargetSize, Money Committed, long Version, string? Department = null)
{
    public FundTerms? Terms { get; init; }

    /// <summary>What was published about its size.</summary>
    public required IReadOnlyList<SizeClaim> Claims { get; init; }

    /// <summary>What had been subscribed when raising ended; null while it raises.</summary>
    public Money? FinalSize { get; init; }

    public required bool WoundUp { get; init; }

    public required IReadOnlyList<FundPartner> Partners { get; init; }

    public required IReadOnlyList<FundDeal> Deals { get; init; }

    /// <summary>What waits for a second person, in no sum.</summary>
    public required IReadOnlyList<FundEntry> Pending { get; init; }

    /// <summary>What was called and is not yet paid, the earliest due first.</summary>
    public required IReadOnlyList<OpenCall> OpenCalls { get; init; }

    /// <summary>The day through which its books are closed.</summary>
    public DateOnly? ClosedThrough { get; init; }

    public required decimal Subscribed { get; init; }
    public required decimal Called { get; init; }
    public required decimal PaidIn { get; init; }
    public required decimal Disbursed { get; init; }
    public required decimal Distributed { get; init; }
    public required decimal Cash { get; init; }
    public required decimal Uncommitted { get; init; }

    public string Currency => TargetSize.Currency;

    public Money In(decimal amount) => new(amount, Currency);

    public FundPartner? PartnerOf(Guid? id) => Partners.FirstOrDefault(each => each.Id == id);

    public FundDeal? DealOf(Guid? id) => Deals.FirstOrDefault(each => each.Id == id);
}

/// <summary>What the fund's agreement says; null where it says nothing. Rates are in percent.</summary>
public sealed record FundTerms(
    string? Manager = null, int? Vintage = null, DateOnly? InvestmentUntil = null, DateOnly? TermUntil = null, string? FeeBasis = null, decimal? FeeRate = null, decimal? HurdleRate = null,
    decimal? CarryRate = null, bool Recycling = false);

/// <param name="Source">Where it is to be read.</param>
public sealed record SizeClaim(Guid Id, string Source, DateOnly StatedOn, Money Size);

public sealed record Subscribing(Guid Id, DateOnly On, decimal Amount);

/// <param name="MotherFundId">The mother fund that it is.</param>
public sealed record FundPartner(Guid Id, string Name, string Kind, Guid? MotherFundId = null)
{
    public required decimal Subscribed { get; init; }
    public required decimal Called { get; init; }
    public required decimal PaidIn { get; init; }
    public required decimal Distributed { get; init; }

    /// <summary>What can still be called.</summary>
    public required decimal Unfunded { get; init; }

    public required IReadOnlyList<Subscribing> Subscriptions { get; init; }
}

/// <param name="Amount">What is committed to it.</param>
public sealed record FundDeal(Guid Id, Guid ProjectId, Guid? AgreementId, decimal Amount)
{
    public required decimal Disbursed { get; init; }
    public required decimal Undisbursed { get; init; }
    public required decimal CostLeft { get; init; }
    public required decimal Proceeds { get; init; }
    public required decimal Income { get; init; }
    public required string Status { get; init; }
}

/// <param name="Value">Its fair value at the last valuation; null while it has none.</param>
public sealed record ValuedDeal(FundDeal Deal, decimal? Value = null, DateOnly? ValuedOn = null);

/// <summary>A deal of a fund, told outside the fund's page.</summary>
public sealed record ProjectDeal(Guid FundId, string FundName, string Currency, FundDeal Deal, decimal? Value = null, DateOnly? ValuedOn = null);

/// <summary>What waits for a second person.</summary>
/// <param name="Kind">subscription, transfer, deal, or what flow it is.</param>
public sealed record FundEntry(
    Guid Id, string Kind, DateOnly On, decimal Amount, string? LoggedBy = null, Guid? PartnerId = null, Guid? DealId = null, Guid? ToPartnerId = null,
    Guid? ProjectId = null, Guid? AgreementId = null, decimal Cost = 0, bool Recallable = false, Guid? Reverses = null);

/// <summary>What a partner subscribed, or took over from another one.</summary>
/// <param name="FromPartnerId">Who handed it over; null for what was subscribed anew.</param>
public sealed record FundSubscription(Guid Id, DateOnly On, decimal Amount, Guid PartnerId, Guid? FromPartnerId = null);

public sealed record SubscriptionItem(FundSubscription Subscription, string? PartnerName = null, string? FromPartnerName = null);

/// <summary>What a fund has in another one of the family.</summary>
public sealed record FundStake(Guid FundId, decimal Paid, decimal Returned, decimal CostLeft);

/// <param name="FundName">Null for a fund that the reader does not see.</param>
public sealed record HeldStake(FundStake Stake, string? FundName = null, decimal? Value = null, DateOnly? ValuedOn = null);

/// <summary>A fund with its deals, stakes, figures, curve and bridge, all of one reading.</summary>
public sealed record FundSheet(Fund Fund, IReadOnlyList<ValuedDeal> Deals, IReadOnlyList<HeldStake> Stakes, FiguresOfFund Figures, CurveOfFund Curve, BridgeOfFund Bridge);

public sealed record OpenCall(Guid Id, Guid PartnerId, DateOnly DueOn, decimal Left);

/// <param name="Cost">Exited: the cost that left with it. Distributed: the part that returns capital.</param>
/// <param name="Until">The version of the fund from which it was reversed.</param>
public sealed record FundFlow(Guid Id, string Kind, DateOnly On, decimal Amount, decimal Cost, bool Recallable, Guid? PartnerId = null, Guid? DealId = null, long? Until = null);

public sealed record FundFlowItem(FundFlow Flow, string Currency, string? PartnerName = null, Guid? ProjectId = null);

/// <summary>What waits of any fund, facility or reinvestment.</summary>
/// <param name="Of">fund, facility or reinvestment.</param>
/// <param name="RecordId">The fund, also of a reinvestment, or the facility.</param>
/// <param name="Party">The partner or the firm.</param>
/// <param name="ProjectId">Of a deal, or of money of a deal.</param>
public sealed record WaitingFundEntry(string Of, Guid RecordId, string RecordName, Guid Id, string Kind, DateOnly On, Money Amount, string? Party = null, string? LoggedBy = null, Guid? ProjectId = null)
{
    /// <summary>Where it is confirmed.</summary>
    public string Address => Of switch
    {
        "facility" => $"/funds/facilities/{RecordId}?do=confirm&entry={Id}",
        "reinvestment" => $"/funds/{RecordId}#reinvestment",
        _ => $"/funds/{RecordId}?do=confirm&entry={Id}",
    };

    /// <summary>The family of words of its kind.</summary>
    public string Words => Of switch { "facility" => "FacilityEntry", "reinvestment" => "ReinvestmentWay", _ => "FundEntry" };
}

/// <param name="Entries">How much of the funds' waits for the bearer.</param>
public sealed record FundsWork(int Entries);

/// <param name="Status">logged, confirmed, returned or revoked.</param>
public sealed record FacilityEntry(
    Guid Id, string Kind, DateOnly On, Money Amount, string Firm, string Evidence, string Status, string? LoggedBy = null, string? ConfirmedBy = null, string? StatusReason = null);

/// <summary>A finance product beside the funds.</summary>
public sealed record Facility(
    Guid Id, string Name, string Product, string Lender, Money Limit, bool Illustrative, IReadOnlyList<FacilityEntry> Entries, long Version,
    Money Drawn, Money Repaid, Money GuaranteeCalled, Money Outstanding, int FirmsServed, int Waiting, string? Department = null);

public sealed record CountedWay(string Way, decimal Rate);

public sealed record ReinvestmentRule(int Version, string Base, decimal Multiple, IReadOnlyList<CountedWay> Ways, bool NetOfTaxes, string Source, DateOnly EffectiveFrom, Guid? PartnerId = null);

/// <param name="Status">logged, recognised, returned or revoked.</param>
public sealed record ReinvestmentCase(
    Guid Id, string Firm, string Way, DateOnly On, Money Amount, Money TaxesAndFees, decimal Yuan, string Evidence, string Status, string? LoggedBy = null, string? ConfirmedBy = null, string? StatusReason = null);

public sealed record ReinvestmentBook(Guid Id, Guid FundId, bool Illustrative, IReadOnlyList<ReinvestmentRule> Rules, IReadOnlyList<ReinvestmentCase> Cases, decimal RecognisedYuan, long Version);

public sealed record ReinvestmentItem(ReinvestmentBook Book, string FundName);

public sealed record RecognisedCase(Guid CaseId, decimal CountedYuan);

/// <param name="Fulfilled">Recognised by owed; null where nothing is owed.</param>
public sealed record ReinvestmentProgress(decimal BaseYuan, decimal OwedYuan, decimal RecognisedYuan, decimal LeftYuan, int? RuleVersion = null, decimal? Fulfilled = null);

public sealed record ReinvestmentSheet(ReinvestmentBook Book, IReadOnlyList<RecognisedCase> Counted, ReinvestmentProgress? Progress = null);

/// <summary>The fund family, finance products beside it, and reinvestment.</summary>
public sealed class FundsClient(HttpClient http)
{
    private const string Root = "/api/funds";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Fund>>> Funds(string query, CancellationToken ct) => http.Ask<ListPage<Fund>>($"{Root}{query}", ct);

    public Task<Answer<Fund>> Fund(Guid id, CancellationToken ct) => http.Ask<Fund>($"{Root}/{id}", ct);

    /// <summary>Funds to choose one of, by words of their names.</summary>
    public async Task<IReadOnlyList<PickField.Choice>> Find(string words, Written written, CancellationToken ct) =>
        [.. ((await Funds($"?limit=20{(words.Length == 0 ? "" : $"&q={Uri.EscapeDataString(words)}")}", ct)).Value?.Items ?? []).Select(fund => new PickField.Choice(fund.Id.ToString(), fund.Name, written.Word("FundKind", fund.Kind)))];

    /// <param name="query">Of which day and how; from the question mark on, or empty.</param>
    public Task<Answer<FundSheet>> Sheet(Guid fund, string query, CancellationToken ct) => http.Ask<FundSheet>($"{Root}/{fund}/sheet{query}", ct);

    public Task<Answer<ListPage<SubscriptionItem>>> Subscriptions(Guid fund, CancellationToken ct) => http.Ask<ListPage<SubscriptionItem>>($"{Root}/{fund}/subscriptions", ct);

    public Task<Answer<ListPage<ProjectDeal>>> DealsOf(Guid project, CancellationToken ct) => http.Ask<ListPage<ProjectDeal>>($"{Root}/deals?project={project}&limit=200", ct);

    public Task<Answer<ListPage<FundFlowItem>>> Flows(Guid fund, string query, CancellationToken ct) => http.Ask<ListPage<FundFlowItem>>($"{Root}/{fund}/flows{query}", ct);

    /// <summary>The newest of what happened to a fund, or the newest before a version.</summary>
    public Task<Answer<RecordHistory>> Latest(Guid id, int last, long? before, CancellationToken ct) => http.Ask<RecordHistory>($"{Root}/{id}/history?last={last}{(before is { } version ? $"&before={version}" : null)}", ct);

    public Task<Answer<FundsWork>> Work(CancellationToken ct) => http.Ask<FundsWork>($"{Root}/work", ct);

    public Task<Answer<ListPage<WaitingFundEntry>>> ToConfirm(string query, CancellationToken ct) => http.Ask<ListPage<WaitingFundEntry>>($"{Root}/work/entries{query}", ct);

    public Task<Answer<Finds>> Search(string words, CancellationToken ct) => http.Ask<Finds>($"{Root}/search?q={Uri.EscapeDataString(words)}", ct);

    public Task<Outcome> Establish(object fund, string key, CancellationToken ct) => http.Tell(Root, fund, key, version: null, ct);

    /// <summary>A command to a fund: the last part of its address.</summary>
    /// <param name="version">What the reader saw; null where it does not matter what else was logged meanwhile.</param>
    public Task<Outcome> Tell(Guid fund, string command, object body, string key, long? version, CancellationToken ct) => http.Tell($"{Root}/{fund}/{command}", body, key, version, ct);

    public Task<Answer<ListPage<Facility>>> Facilities(string query, CancellationToken ct) => http.Ask<ListPage<Facility>>($"{Root}/facilities{query}", ct);

    public Task<Answer<Facility>> Facility(Guid id, CancellationToken ct) => http.Ask<Facility>($"{Root}/facilities/{id}", ct);

    public Task<Answer<RecordHistory>> FacilityHistory(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/facilities/{id}/history", ct);

    public Task<Outcome> OpenFacility(object facility, string key, CancellationToken ct) => http.Tell($"{Root}/facilities", facility, key, version: null, ct);

    /// <summary>A command to a facility: entries, limit, confirm-entry, return-entry, revoke-entry.</summary>
    public Task<Outcome> TellFacility(Guid facility, string command, object body, string key, CancellationToken ct) => http.Tell($"{Root}/facilities/{facility}/{command}", body, key, version: null, ct);

    public Task<Answer<ListPage<ReinvestmentItem>>> ReinvestmentOf(Guid fund, CancellationToken ct) => http.Ask<ListPage<ReinvestmentItem>>($"{Root}/reinvestment?fund={fund}", ct);

    public Task<Answer<ReinvestmentSheet>> Reinvestment(Guid id, CancellationToken ct) => http.Ask<ReinvestmentSheet>($"{Root}/reinvestment/{id}", ct);

    public Task<Outcome> OpenReinvestment(object book, string key, CancellationToken ct) => http.Tell($"{Root}/reinvestment", book, key, version: null, ct);

    /// <summary>A command to a fund's reinvestment: rules, cases, recognise-case, return-case, revoke-case.</summary>
    public Task<Outcome> TellReinvestment(Guid id, string command, object body, string key, CancellationToken ct) => http.Tell($"{Root}/reinvestment/{id}/{command}", body, key, version: null, ct);
}
