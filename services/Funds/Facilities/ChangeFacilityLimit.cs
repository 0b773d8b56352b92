using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Facilities;

/// <param name="Limit">What may be outstanding at once.</param>
/// <param name="On">From when on.</param>
/// <param name="Evidence">The number of the paper that says so.</param>
public sealed record ChangeFacilityLimit(Money? Limit, DateOnly? On, string? Evidence);

public static class ChangeFacilityLimitFeature
{
    public sealed record LimitNotInForce() : Refusal("This day has not come yet: change the limit when the new one holds.", "on");

    public sealed record LimitNotLater(DateOnly Last) : Refusal("The limit was changed on {Last} already: a new one holds from a later day on.", "on");

    public sealed record LimitBelowOutstanding(DateOnly On, decimal OutstandingYuan) : Refusal("On {On} {OutstandingYuan} yuan were outstanding: more than this limit.", "limit")
    {
        public override int Status => 409;
    }

    public static void MapChangeFacilityLimit(this IEndpointRouteBuilder facilities) => facilities
        .MapPost("{id:guid}/limit", (Guid id, ChangeFacilityLimit command, Deciding<Facility> facility, TimeProvider clock, CancellationToken ct) =>
            facility.Decide(id, state => Decide(state, command, clock.Today()), ct))
        .WithSummary("Changes the limit from a day on; before it the earlier one holds")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Facility facility, ChangeFacilityLimit command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Amount(command.Limit, "limit"),
            Fields.Date(command.On, "on") ?? (command.On > today ? new LimitNotInForce() : facility.Limits.Count > 0 && command.On <= facility.Limits[^1].From ? new LimitNotLater(facility.Limits[^1].From) : null),
            Fields.Text(command.Evidence, "evidence"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var changed = new FacilityLimitChanged(facility.Id, command.Limit!, command.On!.Value, command.Evidence!.Trim());
        // What waits is taken as if it were confirmed, as where it was logged.
        var standing = facility.Entries.Where(entry => entry.Status is FacilityEntryStatus.Logged or FacilityEntryStatus.Confirmed);
        return FacilityLimits.Broken(FacilityHistory.Evolve(facility, changed, null, null)!, standing) is FacilityLimits.BeyondFacilityLimit beyond
            ? new LimitBelowOutstanding(beyond.On, beyond.OutstandingYuan)
            : Decision.Accept(changed).Effective(changed.From);
    }
}
