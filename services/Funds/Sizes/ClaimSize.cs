using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Sizes;

/// <summary>What somebody published about the size of a fund.</summary>
/// <param name="Source">Where it is to be read.</param>
public sealed record SizeClaim(Guid Id, string Source, DateOnly StatedOn, Money Size);

public sealed record ClaimSize(string? Source, DateOnly? StatedOn, Money? Size);

public static class ClaimSizeFeature
{
    public sealed record StatedInFuture() : Refusal("This day has not come yet.", "statedOn");

    public static void MapClaimSize(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/sizes", (Guid id, ClaimSize command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs what was published about the size of a fund, with its source; it stands beside the sum of what partners subscribed")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid claimId, ClaimSize command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Text(command.Source, "source"),
            Fields.Date(command.StatedOn, "statedOn") ?? (command.StatedOn > today ? new StatedInFuture() : null),
            Amounts.Wrong(command.Size, "size", fund));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new FundSizeClaimed(claimId, fund.Id, command.Source!.Trim(), command.StatedOn!.Value, command.Size!)).Effective(command.StatedOn.Value).Answering(new { id = claimId });
    }
}
