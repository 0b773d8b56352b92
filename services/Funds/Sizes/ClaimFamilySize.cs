using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Funds.Sizes;

/// <summary>What somebody published about the size of the whole family of funds.</summary>
/// <param name="AtLeast">Published as "above".</param>
public sealed record FamilyClaim(Guid Id, string Source, DateOnly StatedOn, Money Size, bool AtLeast);

/// <summary>The family of funds as a whole. There is one, and it has one stream.</summary>
public sealed record FundFamily(Guid Id, IReadOnlyList<FamilyClaim> Claims)
{
    public static Guid Only { get; } = Guid.Parse("01900000-0000-7000-8000-000000000004");

    public static FundFamily Unclaimed { get; } = new(Only, []);
}

public static class FamilyHistory
{
    public static FundFamily? Evolve(FundFamily? family, object fact) => (family ?? FundFamily.Unclaimed, fact) switch
    {
        ({ } f, FamilySizeClaimed e) => f with { Claims = [.. f.Claims, new(e.ClaimId, e.Source, e.StatedOn, e.Size, e.AtLeast)] },
        _ => family,
    };
}

public sealed partial class FamilyProjection : SingleStreamProjection<FundFamily, Guid>
{
    public override FundFamily? Evolve(FundFamily? snapshot, Guid id, IEvent e) => FamilyHistory.Evolve(snapshot, e.Data);
}

/// <param name="Source">Where it is to be read.</param>
/// <param name="Size">In yuan.</param>
/// <param name="AtLeast">Published as "above".</param>
public sealed record ClaimFamilySize(string? Source, DateOnly? StatedOn, Money? Size, bool AtLeast = false);

public static class ClaimFamilySizeFeature
{
    public static void MapClaimFamilySize(this IEndpointRouteBuilder family) => family
        .MapPost("family/claims", (ClaimFamilySize command, Deciding<FundFamily> deciding, TimeProvider clock, CancellationToken ct) =>
            deciding.Settle(FundFamily.Only, FundFamily.Unclaimed, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct))
        .WithSummary("Logs what was published about the size of the whole family of funds, with its source; it stands beside the sum")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(FundFamily family, Guid claimId, ClaimFamilySize command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Text(command.Source, "source"),
            Fields.Date(command.StatedOn, "statedOn") ?? (command.StatedOn > today ? new ClaimSizeFeature.StatedInFuture() : null),
            Fields.Amount(command.Size, "size"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new FamilySizeClaimed(claimId, family.Id, command.Source!.Trim(), command.StatedOn!.Value, command.Size!, command.AtLeast)).Effective(command.StatedOn.Value).Answering(new { id = claimId });
    }
}
