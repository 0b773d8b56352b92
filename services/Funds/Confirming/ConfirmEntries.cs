using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Confirming;

/// <param name="Entries">What waits, of one day, such as the parts of a call: all of it is confirmed, in this order, or nothing.</param>
public sealed record ConfirmEntries(IReadOnlyList<Guid>? Entries);

public sealed record ReturnEntry(Guid? EntryId, string? Reason);

/// <summary>The second person's word on what was logged of a fund.</summary>
public static class ConfirmEntriesFeature
{
    private const int Most = 200;

    public sealed record NoEntryWaits() : Refusal("This does not wait to be confirmed.")
    {
        public override int Status => 409;
    }

    public sealed record EntryLoggedByYourself() : Refusal("You logged this yourself: somebody else has to confirm or return it.");

    public sealed record EntriesOfOneDay() : Refusal("What is confirmed together is of one day.", "entries");

    public sealed record TooManyEntries() : Refusal("At most 200 at once.", "entries");

    public static void MapConfirmEntries(this IEndpointRouteBuilder funds)
    {
        funds.MapPost("{id:guid}/confirm", (Guid id, ConfirmEntries command, HttpContext http, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Confirm(state, command, Acting.Of(http).Actor, await Around.Of(state, command, facts)), ct))
            .WithSummary("Confirms what somebody else logged of a fund: it counts from its day on")
            .RequireAuthorization(Policies.Confirm);

        funds.MapPost("{id:guid}/return", (Guid id, ReturnEntry command, HttpContext http, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, state => Return(state, command, Acting.Of(http).Actor), ct))
            .WithSummary("Returns what somebody else logged of a fund, with the reason; it can be logged anew")
            .RequireAuthorization(Policies.Confirm);
    }

    /// <summary>What a confirmation is held against beside the fund itself.</summary>
    /// <param name="Valued">Deals of which a valuation counts.</param>
    public sealed record Around(Mothers Mothers, IReadOnlySet<Guid> Valued)
    {
        public static Around Nothing { get; } = new(Mothers.None, new HashSet<Guid>());

        internal static async ValueTask<Around> Of(Fund fund, ConfirmEntries command, Facts facts)
        {
            var entries = fund.Pending.Where(entry => command.Entries?.Contains(entry.Id) is true).ToList();
            var valued = new HashSet<Guid>();
            foreach (var deal in entries.Where(entry => entry.Kind is EntryKinds.DealReversal).Select(entry => entry.Reverses!.Value))
            {
                if (await ReverseDealFeature.IsValued(deal, facts)) valued.Add(deal);
            }
            return new(await Mothers.Of(fund, entries.Where(entry => FlowKinds.All.Contains(entry.Kind)).Select(entry => entry.PartnerId), facts, alone: true), valued);
        }
    }

    public static Decision Confirm(Fund fund, ConfirmEntries command, string actor, Around? around = null)
    {
        var (mothers, valued) = around ?? Around.Nothing;
        var elsewhere = new List<(Guid Mother, object Fact)>();
        var ids = command.Entries?.Distinct().ToList() ?? [];
        if (ids.Count == 0) return new Missing("entries");
        if (ids.Count > Most) return new TooManyEntries();
        var facts = new List<object>();
        var entries = ids.Select(id => fund.Pending.FirstOrDefault(each => each.Id == id)).ToList();
        if (entries.Contains(null)) return new NoEntryWaits();
        if (entries.Exists(entry => entry!.LoggedBy == actor)) return new EntryLoggedByYourself();
        if (entries.DistinctBy(entry => entry!.On).Count() > 1) return new EntriesOfOneDay();
        foreach (var entry in entries.OfType<Pending>())
        {
            // Each is held against what the ones before it leave.
            if (Obstacle(fund, entry, valued) is { } obstacle) return obstacle;
            if (mothers.Of(fund, entry.PartnerId) is { } mother)
            {
                if (Stakes.Obstacle(mother, fund.PartnerOf(entry.PartnerId)!.Name, entry.Kind, entry.Amount, entry.On) is { } hers) return hers;
                if (Stakes.Moved(mother, mothers.NewId(), fund.Id, entry.Id, entry.Kind, entry.Amount, entry.Cost, entry.On) is { } moved)
                {
                    elsewhere.Add((mother.Id, moved));
                    mothers = mothers.With(FundHistory.Evolve(mother, moved)!);
                }
            }
            var fact = Fact(fund, entry);
            facts.Add(fact);
            fund = FundHistory.Evolve(fund, fact)!;
        }
        return elsewhere.Aggregate(Decision.Accept([.. facts]).Effective(entries[0]!.On), (decision, each) => decision.AndOf(each.Mother, each.Fact));
    }

    public static Decision Return(Fund fund, ReturnEntry command, string actor)
    {
        var wrong = Check.All(Fields.Present(command.EntryId, "entryId"), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return fund.Pending.FirstOrDefault(each => each.Id == command.EntryId) is not { } entry ? new NoEntryWaits()
            : entry.LoggedBy == actor ? new EntryLoggedByYourself()
            : Decision.Accept(new FundEntryReturned(entry.Id, fund.Id)).Because(command.Reason!.Trim());
    }

    private static Refusal? Obstacle(Fund fund, Pending entry, IReadOnlySet<Guid> valued) => (entry.Kind is EntryKinds.Deal or EntryKinds.DealReversal ? null : ClosePeriodFeature.Obstacle(fund, entry.On, "entries")) ?? entry.Kind switch
    {
        // Raising does not end while one waits.
        EntryKinds.Subscription => null,
        EntryKinds.Transfer => TransferSubscriptionFeature.Obstacle(fund, entry.PartnerId, entry.Amount),
        EntryKinds.TransferReversal => ReverseTransferFeature.Obstacle(fund, ReverseTransferFeature.Reversed(fund, entry)),
        EntryKinds.Deal => ApproveDealFeature.Obstacle(fund, entry.Amount),
        EntryKinds.DealReversal => ReverseDealFeature.Obstacle(fund, entry.Reverses, valued.Contains(entry.Reverses!.Value)),
        _ => LogFlowFeature.Obstacle(fund, entry.Kind, entry.Amount, entry.PartnerId, entry.DealId, entry.Cost, entry.Recallable),
    };

    private static object Fact(Fund fund, Pending entry)
    {
        var amount = new Money(entry.Amount, fund.Currency);
        return entry.Kind switch
        {
            EntryKinds.Subscription => new SubscriptionConfirmed(entry.Id, fund.Id, entry.PartnerId!.Value, amount, entry.On),
            EntryKinds.Transfer => TransferSubscriptionFeature.Confirmed(fund, entry.Id, entry.PartnerId!.Value, entry.ToPartnerId!.Value, entry.Amount, entry.On),
            EntryKinds.TransferReversal => ReverseTransferFeature.Reversed(fund, entry),
            // All that is committed to it now: an agreement may have asked for more or less meanwhile.
            EntryKinds.DealReversal when fund.DealOf(entry.Reverses) is { } deal => new DealReversed(entry.Id, deal.Id, fund.Id, deal.ProjectId, deal.AgreementId, new Money(deal.Amount, fund.Currency), entry.On),
            EntryKinds.Deal => new DealCommitted(entry.Id, fund.Id, entry.ProjectId!.Value, entry.AgreementId, amount, entry.On),
            _ => new FlowConfirmed(entry.Id, fund.Id, entry.Kind, entry.On, amount, entry.PartnerId, entry.DealId, Amounts.Kept(entry.Cost), entry.Recallable),
        };
    }
}
