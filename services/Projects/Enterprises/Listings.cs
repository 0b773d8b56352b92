using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

/// <param name="Board">sse-main, sse-star, szse-main, szse-chinext, bse, neeq, hkex or regional.</param>
/// <param name="Code">Of the share.</param>
public sealed record ListEnterprise(string? Board, string? Code, DateOnly? On);

public sealed record EndListing(DateOnly? On, string? Reason);

public static class ListingsFeature
{
    public sealed record BoardUnknown() : Refusal("There is no such board.", "board");

    public sealed record ListedAlready(string Code) : Refusal("Its shares are traded as {Code}: that ends before they are traded elsewhere.");

    public sealed record NotListed() : Refusal("Its shares are not traded.");

    public static void MapListings(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapPost("{id:guid}/list", (Guid id, ListEnterprise command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => List(state, command, clock.Today()), ct))
            .WithSummary("The enterprise's shares are traded")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/end-listing", (Guid id, EndListing command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => End(state, command, clock.Today()), ct))
            .WithSummary("They are traded no more, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision List(Enterprise enterprise, ListEnterprise command, DateOnly today)
    {
        var wrong = Check.All(
            command.Board is null ? new Missing("board") : Boards.All.Contains(command.Board) ? null : new BoardUnknown(),
            Fields.Text(command.Code, "code"),
            ChangeEnterpriseFeature.Since(enterprise, command.On, "on", today));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : enterprise.Listing is { EndedOn: null } listing ? new ListedAlready(listing.Code)
            : Decision.Accept(new EnterpriseListed(enterprise.Id, command.Board!, command.Code!.Trim(), command.On!.Value)).Effective(command.On.Value);
    }

    public static Decision End(Enterprise enterprise, EndListing command, DateOnly today)
    {
        var wrong = Check.All(ChangeEnterpriseFeature.Since(enterprise, command.On, "on", today), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : enterprise.Listing is not { EndedOn: null } ? new NotListed()
            : Decision.Accept(new ListingEnded(enterprise.Id, command.On!.Value)).Effective(command.On.Value).Because(command.Reason!.Trim());
    }
}
