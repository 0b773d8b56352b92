using System.Text.Json.Serialization;
using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Confirming;
using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.Funds.Sizes;
using Luodi.Funds.Terms;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Funds;

/// <summary>A fund of the family. Amounts without a currency are in its own. It keeps sums, not flows: those are documents of their own (<see cref="Flow"/>).</summary>
/// <param name="Kind">One of <see cref="FundKinds"/>.</param>
/// <param name="Committed">What it has committed to deals.</param>
/// <param name="Department">Who looks after it.</param>
public sealed record Fund(Guid Id, string Name, string Kind, Money TargetSize, Money Committed, long Version, string? Department = null) : IOfDepartment, IStandAside
{
    /// <summary>Null while they were never set.</summary>
    public FundTerms? Terms { get; init; }

    /// <summary>What was published about its size, beside <see cref="Subscribed"/>; never adjusted to fit.</summary>
    public IReadOnlyList<SizeClaim> Claims { get; init; } = [];

    /// <summary>What its partners had subscribed when raising ended; null while it raises.</summary>
    public Money? FinalSize { get; init; }

    public bool WoundUp { get; init; }

    public IReadOnlyList<Partner> Partners { get; init; } = [];

    public IReadOnlyList<Deal> Deals { get; init; } = [];

    /// <summary>What waits for a second person, in no sum.</summary>
    public IReadOnlyList<Pending> Pending { get; init; } = [];

    /// <summary>What was called and is not yet paid, the earliest due first.</summary>
    public IReadOnlyList<OpenCall> OpenCalls { get; init; } = [];

    /// <summary>What it has in other funds of the family.</summary>
    public IReadOnlyList<StakeIn> Stakes { get; init; } = [];

    /// <summary>The days through which its books were closed, each later than the one before; the last one counts.</summary>
    public IReadOnlyList<DateOnly> Closings { get; init; } = [];

    public decimal Subscribed { get; init; }
    public decimal Called { get; init; }
    public decimal PaidIn { get; init; }
    public decimal Fees { get; init; }
    public decimal Expenses { get; init; }
    public decimal Disbursed { get; init; }

    /// <summary>Interest and dividends.</summary>
    public decimal Income { get; init; }

    /// <summary>What came back from deals that were sold.</summary>
    public decimal Proceeds { get; init; }

    /// <summary>The part of <see cref="Disbursed"/> that left with them.</summary>
    public decimal CostExited { get; init; }

    public decimal Distributed { get; init; }
    public decimal Recalled { get; init; }

    public string Currency => TargetSize.Currency;

    public decimal Unfunded => Subscribed - Called;

    /// <summary>Paid into other funds of the family.</summary>
    public decimal StakesPaid => Stakes.Sum(stake => stake.Paid);

    /// <summary>What these have distributed to it.</summary>
    public decimal StakesReturned => Stakes.Sum(stake => stake.Returned);

    public decimal Cash => PaidIn + Recalled + Income + Proceeds + StakesReturned - Disbursed - Fees - Expenses - Distributed - StakesPaid;

    /// <summary>What it may still commit to deals. Below zero where fees, or other funds of the family, took what deals had been promised.</summary>
    public decimal Uncommitted => Subscribed + Recalled - Committed.Value - Fees - Expenses - StakesPaid;

    /// <summary>What is effective until this day is neither logged nor confirmed any more.</summary>
    public DateOnly? ClosedThrough => Closings is [.., var last] ? last : null;

    public decimal CostLeft => Disbursed - CostExited;

    [JsonIgnore]
    Refusal? IStandAside.Aside => WoundUp ? new WindUpFeature.FundIsWoundUp() : null;

    public Partner? PartnerOf(Guid? id) => Partners.FirstOrDefault(each => each.Id == id);

    public StakeIn? StakeIn(Guid? fund) => Stakes.FirstOrDefault(each => each.FundId == fund);

    public Deal? DealOf(Guid? id) => Deals.FirstOrDefault(each => each.Id == id);

    internal Fund With(Guid partner, Func<Partner, Partner> change) => this with { Partners = [.. Partners.Select(each => each.Id == partner ? change(each) : each)] };

    internal Fund With(Guid? deal, Func<Deal, Deal> change) => this with { Deals = [.. Deals.Select(each => each.Id == deal ? change(each) : each)] };

    internal Fund Without(Guid entry) => this with { Pending = [.. Pending.Where(each => each.Id != entry)] };

    public static EffectiveRule Effective { get; } = new(
        fact => fact switch
        {
            SubscriptionLogged e => e.SubscriptionId,
            TransferLogged e => e.TransferId,
            TransferReversalLogged e => e.ReversalId,
            DealApproved e => e.DealId,
            DealReversalLogged e => e.ReversalId,
            FlowLogged e => e.FlowId,
            _ => null,
        },
        fact => fact is FundEntryReturned e ? e.EntryId : null);

    /// <summary>Funds once kept no deals: documents of that time learn them from their events.</summary>
    internal const string DealsOfOlder = """
        update funds.mt_doc_fund d set data = d.data || jsonb_build_object('deals', coalesce((
            select jsonb_agg(jsonb_build_object('id', e.data->'commitmentId', 'projectId', e.data->'projectId', 'amount', e.data->'amount'->'value') order by e.version)
            from funds.mt_events e where e.stream_id = d.id and e.type = 'commitment_recorded'), '[]'))
        where not jsonb_exists(d.data, 'deals')
        """;
}

public static class FundHistory
{
    /// <param name="by">Who said so.</param>
    public static Fund? Evolve(Fund? fund, object fact, string? by = null) => (fund, fact) switch
    {
        (null, FundEstablished e) => new(e.FundId, e.Name, e.Kind, e.TargetSize, new Money(0, e.TargetSize.Currency), 0, e.Department),
        ({ } f, FundTermsSet e) => f with { Terms = FundTerms.Of(e) },
        ({ } f, FundSizeClaimed e) => f with { Claims = [.. f.Claims, new(e.ClaimId, e.Source, e.StatedOn, e.Size)] },
        ({ } f, RaisingClosed e) => f with { FinalSize = e.FinalSize },
        ({ } f, FundWoundUp) => f with { WoundUp = true },
        ({ } f, FundEntryReturned e) => f.Without(e.EntryId),
        ({ } f, PeriodClosed e) => f with { Closings = [.. f.Closings, e.Through] },
        ({ } f, PeriodReopened e) => f with { Closings = [.. f.Closings.Where(through => through < e.From)] },

        ({ } f, PartnerAdmitted e) => f with { Partners = [.. f.Partners, new(e.PartnerId, e.Name, e.Kind, e.MotherFundId)] },
        ({ } f, SubscriptionLogged e) => f.Waits(new(e.SubscriptionId, EntryKinds.Subscription, e.On, e.Amount.Value, by, e.PartnerId)),
        ({ } f, SubscriptionConfirmed e) => f.Subscribe(e.PartnerId, e.Amount.Value, [.. f.PartnerOf(e.PartnerId)?.Subscriptions ?? [], new(e.SubscriptionId, e.On, e.Amount.Value)]).Without(e.SubscriptionId),
        ({ } f, SubscriptionRevoked e) => f.Subscribe(e.PartnerId, -e.Amount.Value, [.. (f.PartnerOf(e.PartnerId)?.Subscriptions ?? []).Where(each => each.Id != e.SubscriptionId)]),
        ({ } f, TransferLogged e) => f.Waits(new(e.TransferId, EntryKinds.Transfer, e.On, e.Amount.Value, by, e.FromPartnerId, ToPartnerId: e.ToPartnerId)),
        ({ } f, TransferConfirmed e) => f.Transfer(e.FromPartnerId, e.ToPartnerId, e.Amount.Value, new(e.Called, e.PaidIn, e.Distributed, e.Recallable, e.Recalled)).Without(e.TransferId),
        ({ } f, TransferReversalLogged e) => f.Waits(new(e.ReversalId, EntryKinds.TransferReversal, e.On, e.Amount.Value, by, e.FromPartnerId, ToPartnerId: e.ToPartnerId, Reverses: e.TransferId, Moved: new(e.Called, e.PaidIn, e.Distributed, e.Recallable, e.Recalled))),
        ({ } f, TransferReversed e) => f.Transfer(e.ToPartnerId, e.FromPartnerId, e.Amount.Value, new(e.Called, e.PaidIn, e.Distributed, e.Recallable, e.Recalled)).Without(e.ReversalId),

        ({ } f, CommitmentRecorded e) => f.Commit(new(e.CommitmentId, e.ProjectId, null, e.Amount.Value)),
        ({ } f, DealApproved e) => f.Waits(new(e.DealId, EntryKinds.Deal, e.On, e.Amount.Value, by, ProjectId: e.ProjectId, AgreementId: e.AgreementId)),
        ({ } f, DealCommitted e) => f.Commit(new(e.DealId, e.ProjectId, e.AgreementId, e.Amount.Value)).Without(e.DealId),
        ({ } f, DealCancelled e) => (f with { Committed = f.Committed - e.Freed }).With(e.DealId, deal => deal with { Amount = deal.Amount - e.Freed.Value, Cancelled = true }),
        ({ } f, DealReversalLogged e) => f.Waits(new(e.ReversalId, EntryKinds.DealReversal, e.On, e.Amount.Value, by, DealId: e.DealId, ProjectId: e.ProjectId, AgreementId: e.AgreementId, Reverses: e.DealId)),
        ({ } f, DealReversed e) => (f with { Committed = f.Committed - e.Amount, Deals = [.. f.Deals.Where(deal => deal.Id != e.DealId)] }).Without(e.ReversalId),
        ({ } f, DealResized e) => (f with { Committed = f.Committed - e.From + e.To }).With(e.DealId, deal => deal with { Amount = e.To.Value }),
        // It could not: that moves nothing.
        ({ } f, ParticipationRefused) => f,

        ({ } f, FlowLogged e) => f.Waits(new(e.FlowId, e.Kind, e.On, e.Amount.Value, by, e.PartnerId, e.DealId, Cost: e.Cost, Recallable: e.Recallable)),
        ({ } f, FlowConfirmed e) => f.Post(new Entry(e.FlowId, e.Kind, e.On, e.PartnerId, e.DealId, e.Recallable), e.Amount.Value, e.Cost).Without(e.FlowId),
        ({ } f, FlowReversed e) => f.Post(new Entry(e.FlowId, e.Kind, e.On, e.PartnerId, e.DealId, e.Recallable), -e.Amount.Value, -e.Cost),

        ({ } f, StakePaid e) => f.With(e.InFundId, stake => stake with { Paid = stake.Paid + e.Amount.Value }),
        ({ } f, StakeReturned e) => f.With(e.InFundId, stake => stake with { Returned = stake.Returned + e.Amount.Value, Cost = stake.Cost + e.Cost }),
        ({ } f, StakeReversed { Kind: FlowKinds.StakePaid } e) => f.With(e.InFundId, stake => stake with { Paid = stake.Paid - e.Amount.Value }),
        ({ } f, StakeReversed e) => f.With(e.InFundId, stake => stake with { Returned = stake.Returned - e.Amount.Value, Cost = stake.Cost - e.Cost }),
        _ => fund,
    };

    private static Fund With(this Fund fund, Guid inFund, Func<StakeIn, StakeIn> change) => fund with
    {
        Stakes = fund.StakeIn(inFund) is null ? [.. fund.Stakes, change(new(inFund, 0, 0, 0))] : [.. fund.Stakes.Select(each => each.FundId == inFund ? change(each) : each)],
    };

    private sealed record Entry(Guid Id, string Kind, DateOnly On, Guid? PartnerId, Guid? DealId, bool Recallable);

    private static Fund Waits(this Fund fund, Pending entry) => fund with { Pending = [.. fund.Pending, entry] };

    private static Fund Commit(this Fund fund, Deal deal) => fund with { Committed = new Money(fund.Committed.Value + deal.Amount, fund.Currency), Deals = [.. fund.Deals, deal] };

    private static Fund Subscribe(this Fund fund, Guid partner, decimal amount, IReadOnlyList<Subscribing> subscriptions) =>
        (fund with { Subscribed = fund.Subscribed + amount }).With(partner, each => each with { Subscribed = each.Subscribed + amount, Subscriptions = subscriptions });

    private static Fund Transfer(this Fund fund, Guid from, Guid to, decimal amount, MovedAlong e)
    {
        Partner Move(Partner partner, int sign) => partner with
        {
            Subscribed = partner.Subscribed + (sign * amount),
            Called = partner.Called + (sign * e.Called),
            PaidIn = partner.PaidIn + (sign * e.PaidIn),
            Distributed = partner.Distributed + (sign * e.Distributed),
            Recallable = partner.Recallable + (sign * e.Recallable),
            Recalled = partner.Recalled + (sign * e.Recalled),
        };
        return fund.With(from, partner => Move(partner, -1)).With(to, partner => Move(partner, 1)) with { OpenCalls = fund.OpenCalls.Handed(from, to, e.Called - e.PaidIn) };
    }

    /// <param name="amount">Below zero for what is taken back.</param>
    private static Fund Post(this Fund fund, Entry e, decimal amount, decimal cost)
    {
        Fund Of(Fund moved, Func<Partner, Partner> change) => e.PartnerId is { } partner ? moved.With(partner, change) : moved;
        return e.Kind switch
        {
            FlowKinds.Called => Of(fund with { Called = fund.Called + amount, OpenCalls = amount > 0 ? fund.OpenCalls.Opened(e.Id, e.PartnerId, e.On, amount) : fund.OpenCalls.Recanted(e.Id, e.PartnerId, -amount) },
                partner => partner with { Called = partner.Called + amount }),
            FlowKinds.PaidIn => Of(fund with { PaidIn = fund.PaidIn + amount, OpenCalls = amount > 0 ? fund.OpenCalls.Paid(e.PartnerId, amount) : fund.OpenCalls.Opened(e.Id, e.PartnerId, e.On, -amount) },
                partner => partner with { PaidIn = partner.PaidIn + amount }),
            FlowKinds.Fee => fund with { Fees = fund.Fees + amount },
            FlowKinds.Expense => fund with { Expenses = fund.Expenses + amount },
            FlowKinds.Disbursed => (fund with { Disbursed = fund.Disbursed + amount }).Disburse(e.DealId, amount),
            FlowKinds.Income => (fund with { Income = fund.Income + amount }).With(e.DealId, deal => deal with { Income = deal.Income + amount }),
            FlowKinds.Exited => (fund with { Proceeds = fund.Proceeds + amount, CostExited = fund.CostExited + cost }).With(e.DealId, deal => deal with { Proceeds = deal.Proceeds + amount, CostExited = deal.CostExited + cost }),
            FlowKinds.Distributed => Of(fund with { Distributed = fund.Distributed + amount },
                partner => partner with { Distributed = partner.Distributed + amount, Recallable = partner.Recallable + (e.Recallable ? amount : 0) }),
            FlowKinds.Recalled => Of(fund with { Recalled = fund.Recalled + amount },
                partner => partner with { Recalled = partner.Recalled + amount, Recallable = partner.Recallable - amount }),
            // A valuation moves no cash, and no rule asks for it.
            _ => fund,
        };
    }

    // What is taken back of a deal that was cancelled is free at once: nobody may pay it out again.
    private static Fund Disburse(this Fund fund, Guid? deal, decimal amount)
    {
        var freed = fund.DealOf(deal) is { Cancelled: true } ? -amount : 0;
        return (fund with { Committed = new Money(fund.Committed.Value - freed, fund.Currency) }).With(deal, each => each with { Disbursed = each.Disbursed + amount, Amount = each.Amount - freed });
    }
}

public sealed partial class FundProjection : SingleStreamProjection<Fund, Guid>
{
    public override Fund? Evolve(Fund? snapshot, Guid id, IEvent e) => FundHistory.Evolve(snapshot, e.Data, e.UserName) is { } fund ? fund with { Version = e.Version } : null;
}
