using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="Source">Where it was stated, so that a reader finds it.</param>
/// <param name="StatedOn">When; may be unknown.</param>
/// <param name="AtLeast100Million">May be left out where the source does not say.</param>
public sealed record RecordClaim(string? Source, DateOnly? StatedOn, int? Signings, Money? Amount, int? AtLeast100Million);

/// <summary>Two figures of one claim that cannot both be true. A claim is recorded as it was stated all the same; nothing is adjusted to fit.</summary>
/// <param name="Type">Stable: <c>more-large-than-all</c>, <c>large-exceed-amount</c>.</param>
/// <param name="By">How much they are apart: a count, or yuan.</param>
public sealed record Contradiction(string Type, decimal By);

public static class RecordClaimFeature
{
    private const decimal Large = 100_000_000m;

    public sealed record CountNegative(string Name) : Refusal("A count is not below zero.", Name);

    public static void MapRecordClaim(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/claims", (Guid id, RecordClaim command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, state => Decide(state, Guid.CreateVersion7(), command), ct, StatusCodes.Status201Created))
        .WithSummary("Records figures that somebody stated about the ceremony, with their source")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Ceremony ceremony, Guid claimId, RecordClaim command)
    {
        var wrong = Check.All(
            Fields.Text(command.Source, "source"),
            Fields.Present(command.Signings, "signings") ?? (command.Signings < 0 ? new CountNegative("signings") : null),
            Fields.Amount(command.Amount, "amount"),
            command.StatedOn is null ? null : Fields.Date(command.StatedOn, "statedOn"),
            command.AtLeast100Million < 0 ? new CountNegative("atLeast100Million") : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var claim = new ClaimRecorded(claimId, ceremony.Id, command.Source!.Trim(), command.StatedOn, command.Signings!.Value, command.Amount!, command.AtLeast100Million);
        var decision = Decision.Accept(claim).Answering(new { id = claimId, contradictions = Contradictions(claim) });
        return command.StatedOn is { } statedOn ? decision.Effective(statedOn) : decision;
    }

    public static IReadOnlyList<Contradiction> Contradictions(ClaimRecorded claim) =>
        claim.AtLeast100Million is not { } large ? [] : new Contradiction[]
        {
            new("more-large-than-all", large - claim.Signings),
            new("large-exceed-amount", (large * Large) - claim.Amount.Value),
        }.Where(contradiction => contradiction.By > 0).ToList();
}
