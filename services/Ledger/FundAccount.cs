using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>What a partner is to the ledger.</summary>
public static class Partners
{
    /// <summary>本系母基金: a fund of the family in the same currency. What it pays into another fund its own partners have paid to it, and that counts there: totals of the family leave it out.</summary>
    public const string Family = "family-fund";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Family, .. PartnerKinds.All];

    /// <summary>Those whose money comes from outside of the family, as a filter has them.</summary>
    public static string Outside { get; } = string.Join(',', PartnerKinds.All);

    /// <summary>Whether a filter lets a yuan on its way from mother to sub-fund count at both.</summary>
    public static bool Mixes(string? filter) => filter?.Split(',') is not { } kinds || (kinds.Contains(Family) && kinds.Any(kind => kind != Family));
}

/// <param name="Kind">One of <see cref="Partners.All"/>.</param>
public sealed record PartnerOf(Guid Id, string Kind);

/// <summary>A deal of a fund and the project that it is with.</summary>
public sealed record DealWith(Guid Id, Guid ProjectId);

/// <summary>What the ledger remembers of a fund to post its next event.</summary>
/// <param name="Kind">One of <see cref="FundKinds"/>.</param>
/// <param name="Vintage">The year of its first closing; null while its terms do not say.</param>
public sealed record FundAccount(Guid Id, string Name, string Kind, string Currency, string? Department, int? Vintage, IReadOnlyList<PartnerOf> Partners, IReadOnlyList<DealWith> Deals);

/// <summary>An event of a fund that the ledger takes note of, read once.</summary>
/// <param name="Says">Its contract.</param>
public sealed record FundFact(CloudEvent Heard, object Says)
{
    /// <summary>Null where it is none.</summary>
    public static FundFact? Of(CloudEvent heard) => heard.Type switch
    {
        "fund_established" => new(heard, heard.Read<FundEstablished>()),
        "fund_terms_set" => new(heard, heard.Read<FundTermsSet>()),
        "partner_admitted" => new(heard, heard.Read<PartnerAdmitted>()),
        "deal_committed" => new(heard, heard.Read<DealCommitted>()),
        "commitment_recorded" => new(heard, heard.Read<CommitmentRecorded>()),
        "subscription_logged" => new(heard, heard.Read<SubscriptionLogged>()),
        "subscription_confirmed" => new(heard, heard.Read<SubscriptionConfirmed>()),
        "subscription_revoked" => new(heard, heard.Read<SubscriptionRevoked>()),
        "transfer_confirmed" => new(heard, heard.Read<TransferConfirmed>()),
        "transfer_reversed" => new(heard, heard.Read<TransferReversed>()),
        "flow_logged" => new(heard, heard.Read<FlowLogged>()),
        "flow_confirmed" => new(heard, heard.Read<FlowConfirmed>()),
        "flow_reversed" => new(heard, heard.Read<FlowReversed>()),
        "fund_entry_returned" => new(heard, heard.Read<FundEntryReturned>()),
        _ => null,
    };

    /// <summary>The mother fund that a partner is, where it admits one.</summary>
    public Guid? Mother => (Says as PartnerAdmitted)?.MotherFundId;

    /// <summary>The deal that it makes.</summary>
    public DealWith? Makes => Says switch
    {
        DealCommitted e => new(e.DealId, e.ProjectId),
        CommitmentRecorded e => new(e.CommitmentId, e.ProjectId),
        _ => null,
    };

    /// <summary>The deal whose flow it tells of.</summary>
    public Guid? Deal => Says switch { FlowLogged e => e.DealId, FlowConfirmed e => e.DealId, _ => null };

    /// <summary>The subscription, transfer or flow that it is about.</summary>
    public Guid? Entry => Says switch
    {
        SubscriptionLogged e => e.SubscriptionId,
        SubscriptionConfirmed e => e.SubscriptionId,
        SubscriptionRevoked e => e.SubscriptionId,
        TransferConfirmed e => e.TransferId,
        TransferReversed e => e.TransferId,
        FlowLogged e => e.FlowId,
        FlowConfirmed e => e.FlowId,
        FlowReversed e => e.FlowId,
        FundEntryReturned e => e.EntryId,
        _ => null,
    };
}

public static class FundAccounts
{
    /// <param name="mother">The mother fund that a partner is; asked for by <c>partner_admitted</c> alone.</param>
    public static FundAccount? Evolve(FundAccount? fund, FundFact? fact, FundAccount? mother) => (fund, fact?.Says) switch
    {
        (null, FundEstablished e) => new(e.FundId, e.Name, e.Kind, e.TargetSize.Currency, e.Department, null, [], []),
        ({ } f, FundTermsSet e) => f with { Vintage = e.Vintage },
        // Families are of one currency: what is changed into another one is counted there anew.
        ({ } f, PartnerAdmitted e) => f with { Partners = [.. f.Partners, new(e.PartnerId, mother?.Currency == f.Currency ? Partners.Family : e.Kind)] },
        ({ } f, DealCommitted or CommitmentRecorded) => f with { Deals = [.. f.Deals, fact!.Makes!] },
        _ => fund,
    };
}

/// <summary>What the ledger remembers of a subscription, a transfer or a flow of a fund.</summary>
/// <param name="ProjectId">Of the deal; empty where the money is no deal's.</param>
/// <param name="Lines">The postings that hold, pending or confirmed; none once it was returned or taken back.</param>
/// <param name="Place">Where they count.</param>
public sealed record FundEntryAccount(Guid Id, Guid FundId, Guid ProjectId, IReadOnlyList<Posting> Lines, Place Place);

/// <summary>
/// The posting rule of funds: pending when it is logged, confirmed by a second person, taken back by a return. What is reversed or revoked was never so: it is taken back
/// on its own day, as the fund's own figures do, and counted as far as it was known until then.
/// </summary>
public static class FundPostings
{
    private static readonly Dictionary<string, string> MeasuresOfFlows = new(StringComparer.Ordinal)
    {
        ["called"] = Measures.FundCalled,
        ["paid-in"] = Measures.FundPaidIn,
        ["recalled"] = Measures.FundRecalled,
        ["disbursed"] = Measures.FundInvested,
        ["exited"] = Measures.FundProceeds,
        ["distributed"] = Measures.FundDistributed,
    };

    /// <param name="fund">After the event.</param>
    /// <param name="entry">What the event is about, where it was heard of before.</param>
    /// <param name="deals">The project of each deal of the fund.</param>
    /// <param name="project">Of the flow's deal, where the ledger knows it; so is the place where it counts.</param>
    public static (FundEntryAccount? Entry, IReadOnlyList<Posting> Postings) Post(
        FundAccount? fund, FundEntryAccount? entry, FundFact? fact, IReadOnlyDictionary<Guid, Guid> deals, ProjectAccount? project, Place? place)
    {
        return fact?.Says switch
        {
            SubscriptionLogged e => Hold(e.SubscriptionId, Line(Measures.FundCommitted, PostingStatus.Pending, e.Amount, e.On, e.PartnerId)),
            SubscriptionConfirmed e => Hold(e.SubscriptionId, Line(Measures.FundCommitted, PostingStatus.Confirmed, e.Amount, e.On, e.PartnerId)),
            FlowLogged e when MeasuresOfFlows.TryGetValue(e.Kind, out var measure) => Hold(e.FlowId, Line(measure, PostingStatus.Pending, e.Amount, e.On, e.PartnerId), e.DealId),
            FlowConfirmed e when MeasuresOfFlows.TryGetValue(e.Kind, out var measure) => Hold(e.FlowId, Line(measure, PostingStatus.Confirmed, e.Amount, e.On, e.PartnerId), e.DealId),
            FlowReversed e when !MeasuresOfFlows.ContainsKey(e.Kind) => (null, []),
            SubscriptionRevoked or FlowReversed => TakeBack(entry ?? throw Lacking()),
            // Between partners of one kind nothing had moved. A deal that is reversed had no money, and what a mother pays into another fund counts at that fund.
            TransferReversed when entry is not null => TakeBack(entry),
            FundEntryReturned when entry is not null => TakeBack(entry),
            TransferConfirmed e => Hand(e),
            _ => (null, []),
        };

        (FundEntryAccount?, IReadOnlyList<Posting>) Hold(Guid id, Posting line, Guid? deal = null)
        {
            var with = deal is not { } made ? Guid.Empty : deals.TryGetValue(made, out var known) ? known : throw Lacking();
            var here = ((place ?? new Place(with, [])) with { Industry = project?.Industry }).Aged(fund!);
            var held = here.Of(line);
            return (new(id, fund!.Id, with, [held], here), [.. entry?.Lines.Select(waiting => waiting.Reversed()) ?? [], held]);
        }

        // The same part of everything goes along; between partners of one kind nothing moves.
        (FundEntryAccount?, IReadOnlyList<Posting>) Hand(TransferConfirmed e)
        {
            var here = new Place(Guid.Empty, []).Aged(fund!);
            var parts = new[] { (Measures.FundCommitted, e.Amount.Value), (Measures.FundCalled, e.Called), (Measures.FundPaidIn, e.PaidIn), (Measures.FundRecalled, e.Recalled), (Measures.FundDistributed, e.Distributed) };
            IReadOnlyList<Posting> lines =
            [
                .. Posting.Net(parts.SelectMany(part => new[] { (e.FromPartnerId, -part.Item2), (e.ToPartnerId, part.Item2) },
                    (part, side) => here.Of(Line(part.Item1, PostingStatus.Confirmed, new Money(side.Item2, e.Amount.Currency), e.On, side.Item1) with { Count = 0 }))),
            ];
            return lines.Count == 0 ? (null, []) : (new(e.TransferId, fund!.Id, Guid.Empty, lines, here), lines);
        }

        Posting Line(string measure, string status, Money amount, DateOnly on, Guid? partner) => new(
            measure, status, +1, amount, on, Guid.Empty, Guid.Empty, Guid.Empty, Posting.None, Posting.None, Illustrative: false, (fund ?? throw Lacking()).Department, Posting.None)
        {
            FundId = fund.Id,
            FundKind = fund.Kind,
            PartnerKind = partner is not { } who ? Posting.None : fund.Partners.FirstOrDefault(each => each.Id == who)?.Kind ?? throw Lacking(),
        };

        InvalidOperationException Lacking() => new($"{fact!.Heard.Type} {fact.Heard.Id}: the ledger has not what it changes.");
    }

    /// <summary>What a deal's flow counts, it counts at another place from now on.</summary>
    /// <param name="project">Whose place that is; the industry of a flow is that of its own project.</param>
    public static (FundEntryAccount Account, IReadOnlyList<Posting> Postings) Move(FundEntryAccount account, ProjectAccount project, Place place) => Move(account, place with
    {
        Industry = account.ProjectId == project.Id ? project.Industry : account.Place.Industry,
        Traits = [.. place.Traits, .. account.Place.Traits.Where(trait => trait.Name is Traits.Vintage)],
    });

    /// <summary>The fund's terms name another vintage.</summary>
    public static (FundEntryAccount Account, IReadOnlyList<Posting> Postings) Move(FundEntryAccount account, FundAccount fund) => Move(account, account.Place.Aged(fund));

    private static (FundEntryAccount Account, IReadOnlyList<Posting> Postings) Move(FundEntryAccount account, Place place) =>
        (account with { Lines = [.. account.Lines.Select(place.Of)], Place = place }, place.Take(account.Lines));

    /// <summary>The same place, arranged by the fund's vintage.</summary>
    private static Place Aged(this Place place, FundAccount fund) => place with
    {
        Traits =
        [
            .. place.Traits.Where(trait => trait.Name is not Traits.Vintage),
            .. fund.Vintage is { } year ? (Trait[])[new(Traits.Vintage, year.ToString(CultureInfo.InvariantCulture), DateOnly.MinValue)] : [],
        ],
    };

    private static (FundEntryAccount?, IReadOnlyList<Posting>) TakeBack(FundEntryAccount entry) => (entry with { Lines = [] }, [.. entry.Lines.Select(line => line.Reversed())]);
}
