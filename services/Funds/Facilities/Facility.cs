using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Funds.Facilities;

/// <summary><c>Logged</c>: waits for a second person.</summary>
public enum FacilityEntryStatus { Logged, Confirmed, Returned, Revoked }

/// <param name="Kind">One of <see cref="FacilityEntryKinds"/>.</param>
/// <param name="StatusReason">Why it was returned or revoked.</param>
public sealed record FacilityEntry(
    Guid Id, string Kind, DateOnly On, Money Amount, string Firm, string Evidence, FacilityEntryStatus Status, string? LoggedBy, string? ConfirmedBy = null, string? StatusReason = null);

/// <param name="From">From when on; of the limit that it was opened with the first day there is.</param>
public sealed record DatedLimit(DateOnly From, Money Limit);

/// <summary>A finance product with a limit, and what firms drew of it. Its sums are of what was confirmed and not revoked.</summary>
/// <param name="Product">One of <see cref="FacilityProducts"/>.</param>
/// <param name="Limit">What may be outstanding now.</param>
/// <param name="Entries">In the order in which they were logged, returned and revoked ones too.</param>
public sealed record Facility(
    Guid Id, string Name, string Product, string Lender, Money Limit, bool Illustrative, IReadOnlyList<FacilityEntry> Entries, long Version, string? Department = null) : IOfDepartment
{
    /// <summary>By their days, where the limit has been changed.</summary>
    public IReadOnlyList<DatedLimit> Limits { get; init; } = [];

    public Money Drawn => Sum(FacilityEntryKinds.Drawn);

    public Money Repaid => Sum(FacilityEntryKinds.Repaid);

    public Money GuaranteeCalled => Sum(FacilityEntryKinds.GuaranteeCalled);

    /// <summary>Drawn and neither repaid nor paid by a guarantor.</summary>
    public Money Outstanding => Drawn - Repaid - GuaranteeCalled;

    /// <summary>How many firms have drawn.</summary>
    public int FirmsServed => Confirmed.Where(entry => entry.Kind == FacilityEntryKinds.Drawn).Select(entry => entry.Firm).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many entries wait for a second person.</summary>
    public int Waiting => Entries.Count(entry => entry.Status is FacilityEntryStatus.Logged);

    public static EffectiveRule Effective { get; } = new(fact => fact is FacilityEntryLogged e ? e.EntryId : null, fact => fact is FacilityEntryReturned e ? e.EntryId : null);

    internal Money LimitOn(DateOnly day) => Limits.LastOrDefault(limit => limit.From <= day)?.Limit ?? Limit;

    internal IEnumerable<FacilityEntry> Confirmed => Entries.Where(entry => entry.Status is FacilityEntryStatus.Confirmed);

    private Money Sum(string kind) => new(Confirmed.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount.Value), Limit.Currency);
}

public static class FacilityHistory
{
    /// <param name="by">Who said so.</param>
    /// <param name="reason">Why, in their words.</param>
    public static Facility? Evolve(Facility? facility, object fact, string? by, string? reason) => (facility, fact) switch
    {
        (null, FacilityOpened e) => new(e.FacilityId, e.Name, e.Product, e.Lender, e.Limit, e.Illustrative, [], 0, e.Department),
        ({ } f, FacilityEntryLogged e) => f with { Entries = [.. f.Entries, new(e.EntryId, e.Kind, e.On, e.Amount, e.Firm, e.Evidence, FacilityEntryStatus.Logged, by)] },
        ({ } f, FacilityEntryConfirmed e) => With(f, e.EntryId, entry => entry with { Status = FacilityEntryStatus.Confirmed, ConfirmedBy = by }),
        ({ } f, FacilityEntryReturned e) => With(f, e.EntryId, entry => entry with { Status = FacilityEntryStatus.Returned, StatusReason = reason }),
        ({ } f, FacilityEntryRevoked e) => With(f, e.EntryId, entry => entry with { Status = FacilityEntryStatus.Revoked, StatusReason = reason }),
        ({ } f, FacilityLimitChanged e) => f with { Limit = e.Limit, Limits = [.. f.Limits.Count == 0 ? [new(DateOnly.MinValue, f.Limit)] : f.Limits, new(e.From, e.Limit)] },
        _ => facility,
    };

    private static Facility With(Facility facility, Guid entry, Func<FacilityEntry, FacilityEntry> change) =>
        facility with { Entries = [.. facility.Entries.Select(each => each.Id == entry ? change(each) : each)] };
}

public sealed partial class FacilityProjection : SingleStreamProjection<Facility, Guid>
{
    public override Facility? Evolve(Facility? snapshot, Guid id, IEvent e) =>
        FacilityHistory.Evolve(snapshot, e.Data, e.UserName, e.GetHeader("reason")?.ToString()) is { } facility ? facility with { Version = e.Version } : null;
}

/// <summary>What holds on every day of a facility, whatever was entered late.</summary>
public static class FacilityLimits
{
    public sealed record BeyondFacilityLimit(DateOnly On, decimal OutstandingYuan) : Refusal("On {On} {OutstandingYuan} yuan would be outstanding: more than the limit.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record MoreThanOutstanding(string Firm, DateOnly On) : Refusal("On {On} more would have been repaid and called for {Firm} than it has drawn.", "amount")
    {
        public override int Status => 409;
    }

    /// <summary>Day by day, at the end of the day: no firm has given back more than it drew, and all together owe no more than the limit.</summary>
    internal static Refusal? Broken(Facility facility, IEnumerable<FacilityEntry> entries)
    {
        var owed = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var moved = entries.ToLookup(entry => entry.On);
        foreach (var day in moved.Select(day => day.Key).Union(facility.Limits.Select(limit => limit.From)).Order())
        {
            foreach (var entry in moved[day]) owed[entry.Firm] = owed.GetValueOrDefault(entry.Firm) + (entry.Kind == FacilityEntryKinds.Drawn ? entry.Amount.Value : -entry.Amount.Value);
            if (owed.FirstOrDefault(firm => firm.Value < 0) is { Key: { } firm }) return new MoreThanOutstanding(firm, day);
            if (owed.Values.Sum() is var all && all > facility.LimitOn(day).Value) return new BeyondFacilityLimit(day, all);
        }
        return null;
    }
}
