using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Facilities;

/// <param name="Kind">drawn, repaid or guarantee-called.</param>
/// <param name="Firm">By the name on the paper.</param>
/// <param name="Evidence">The number of the paper.</param>
public sealed record LogFacilityEntry(string? Kind, DateOnly? On, Money? Amount, string? Firm, string? Evidence);

public static class LogFacilityEntryFeature
{
    public sealed record FacilityEntryKindUnknown() : Refusal("An entry is one of drawn, repaid, guarantee-called.", "kind");

    public sealed record FacilityDayNotCome() : Refusal("This day has not come yet: log the money when it has moved.", "on");

    public sealed record FacilityPaperCounted(string Number) : Refusal("This paper ({Number}) has been logged already: the same money counts once.", "evidence")
    {
        public override int Status => 409;
    }

    public static void MapLogFacilityEntry(this IEndpointRouteBuilder facilities) => facilities
        .MapPost("{id:guid}/entries", (Guid id, LogFacilityEntry command, Deciding<Facility> facility, TimeProvider clock, CancellationToken ct) =>
            facility.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs a drawing, a repayment or a called guarantee of a firm; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Facility facility, Guid entryId, LogFacilityEntry command, DateOnly today)
    {
        var wrong = Check.All(
            command.Kind is null ? new Missing("kind") : FacilityEntryKinds.All.Contains(command.Kind) ? null : new FacilityEntryKindUnknown(),
            Fields.Date(command.On, "on") ?? (command.On > today ? new FacilityDayNotCome() : null),
            Fields.Amount(command.Amount, "amount"),
            Fields.Text(command.Firm, "firm"),
            Fields.Text(command.Evidence, "evidence"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var entry = new FacilityEntry(entryId, command.Kind!, command.On!.Value, command.Amount!, command.Firm!.Trim(), command.Evidence!.Trim(), FacilityEntryStatus.Logged, null);
        var standing = facility.Entries.Where(each => each.Status is FacilityEntryStatus.Logged or FacilityEntryStatus.Confirmed).ToList();
        if (standing.Exists(each => each.Kind == entry.Kind && each.Evidence == entry.Evidence && each.Firm == entry.Firm)) return new FacilityPaperCounted(entry.Evidence);
        // What waits is taken as if it were confirmed: otherwise two could be logged of which only one can be.
        if (FacilityLimits.Broken(facility, [.. standing, entry]) is { } broken) return broken;
        return Decision
            .Accept(new FacilityEntryLogged(facility.Id, entryId, entry.Kind, entry.On, entry.Amount, entry.Firm, entry.Evidence))
            .Effective(entry.On).Answering(new { id = entryId, entryId });
    }
}
