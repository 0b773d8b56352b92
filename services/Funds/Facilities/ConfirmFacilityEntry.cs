using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Facilities;

public sealed record ConfirmFacilityEntry(Guid? EntryId);

public sealed record ReturnFacilityEntry(Guid? EntryId, string? Reason);

public sealed record RevokeFacilityEntry(Guid? EntryId, string? Reason);

/// <summary>The second person's word on an entry, and its revocation.</summary>
public static class ConfirmFacilityEntryFeature
{
    public sealed record NoSuchFacilityEntry() : Refusal("The facility has no such entry.", "entryId");

    public sealed record FacilityEntryDoesNotWait() : Refusal("This entry does not wait to be confirmed.");

    public sealed record FacilityEntryByYourself() : Refusal("You logged this yourself: somebody else has to confirm or return it.");

    public sealed record FacilityEntryNotConfirmed() : Refusal("Only an entry that was confirmed can be revoked.");

    public static void MapConfirmFacilityEntry(this IEndpointRouteBuilder facilities)
    {
        facilities.MapPost("{id:guid}/confirm-entry", (Guid id, ConfirmFacilityEntry command, Deciding<Facility> facility, CancellationToken ct) =>
            facility.Decide(id, state => Confirm(state, command, facility.Acting.Actor), ct))
            .WithSummary("Confirms an entry: it counts from its day on")
            .RequireAuthorization(Policies.Confirm);

        facilities.MapPost("{id:guid}/return-entry", (Guid id, ReturnFacilityEntry command, Deciding<Facility> facility, CancellationToken ct) =>
            facility.Decide(id, state => Return(state, command, facility.Acting.Actor), ct))
            .WithSummary("Returns an entry that was logged, with the reason; it can be logged anew")
            .RequireAuthorization(Policies.Confirm);

        facilities.MapPost("{id:guid}/revoke-entry", (Guid id, RevokeFacilityEntry command, Deciding<Facility> facility, CancellationToken ct) =>
            facility.Decide(id, state => Revoke(state, command), ct))
            .WithSummary("Revokes a confirmed entry, with the reason; history shows that it counted")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Confirm(Facility facility, ConfirmFacilityEntry command, string actor)
    {
        var wrong = Check.All(Named(facility, command.EntryId, out var entry));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if ((Waits(entry!, actor) ?? FacilityLimits.Broken(facility, [.. facility.Confirmed, entry!])) is { } no) return no;
        return Decision.Accept(new FacilityEntryConfirmed(facility.Id, entry!.Id)).Effective(entry.On);
    }

    public static Decision Return(Facility facility, ReturnFacilityEntry command, string actor)
    {
        var wrong = Check.All(Named(facility, command.EntryId, out var entry), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return Waits(entry!, actor) is { } no ? no : Decision.Accept(new FacilityEntryReturned(facility.Id, entry!.Id)).Because(command.Reason!.Trim());
    }

    public static Decision Revoke(Facility facility, RevokeFacilityEntry command)
    {
        var wrong = Check.All(Named(facility, command.EntryId, out var entry), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (entry!.Status is not FacilityEntryStatus.Confirmed) return new FacilityEntryNotConfirmed();
        // A drawing that is gone would leave its repayments without what they repaid.
        return FacilityLimits.Broken(facility, facility.Confirmed.Where(each => each.Id != entry.Id)) is { } no ? no
            : Decision.Accept(new FacilityEntryRevoked(facility.Id, entry.Id)).Because(command.Reason!.Trim());
    }

    private static Refusal? Named(Facility facility, Guid? id, out FacilityEntry? entry)
    {
        entry = facility.Entries.FirstOrDefault(each => each.Id == id);
        return id is null ? new Missing("entryId") : entry is null ? new NoSuchFacilityEntry() : null;
    }

    private static Refusal? Waits(FacilityEntry entry, string actor) =>
        entry.Status is not FacilityEntryStatus.Logged ? new FacilityEntryDoesNotWait() : entry.LoggedBy == actor ? new FacilityEntryByYourself() : null;
}
