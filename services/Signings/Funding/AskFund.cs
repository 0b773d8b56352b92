using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.Funding;

/// <param name="FundId">The fund that is to take part; left out with the amount where none is.</param>
/// <param name="Amount">What it is to put in.</param>
public sealed record AskFund(Guid? FundId, Money? Amount);

/// <summary>A draft says which fund takes part and with how much. In force, an amendment changes the amount; only the same is asked again, after a refusal.</summary>
public static class AskFundFeature
{
    public sealed record FundUnknown() : Refusal("There is no such fund.", "fundId");

    public sealed record FundPartAboveAmount(string Name) : Refusal("What a fund puts in is a part of the amount: it cannot be more.", Name);

    public sealed record FundAskedByDraft() : Refusal("Which fund takes part is said by the draft: have what waits returned first, or amend what is in force.");

    public sealed record FundDidNotRefuse() : Refusal("Only an agreement in force whose fund refused, or gave all of its commitment free, asks again.");

    public sealed record NoFundTakesPart() : Refusal("No fund takes part in this agreement.", "fundAmount");

    public static void MapAskFund(this IEndpointRouteBuilder agreements)
    {
        agreements.MapPost("{id:guid}/fund", (Guid id, AskFund command, Deciding<Agreement> agreement, FundDirectory funds, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, command.FundId is { } fund ? await funds.Find(fund, facts.Documents, ct) : null), ct))
            .WithSummary("Says which fund takes part in a draft, and with how much; nothing of both where none does")
            .RequireAuthorization(Policies.LogDeals);

        agreements.MapPost("{id:guid}/ask-fund-again", (Guid id, Deciding<Agreement> agreement, CancellationToken ct) => agreement.Decide(id, AskAgain, ct))
            .WithSummary("Asks a fund again that refused")
            .RequireAuthorization(Policies.LogDeals);
    }

    /// <param name="fund">Null where the reader sees no such fund.</param>
    public static Decision Decide(Agreement agreement, AskFund command, KnownFund? fund)
    {
        if (command is { FundId: null, Amount: null })
        {
            return agreement.Status is not AgreementStatus.Draft ? new FundAskedByDraft()
                : agreement.Fund is { } asked ? Decision.Accept(new FundParticipationWithdrawn(agreement.Id, asked.FundId)) : Decision.Accept();
        }
        var wrong = Wrong(command.FundId, command.Amount, fund, agreement.Amount, "amount");
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (agreement.Status is not AgreementStatus.Draft) return new FundAskedByDraft();
        return agreement.Fund is { } same && same.FundId == fund!.Id && same.Amount == command.Amount ? Decision.Accept() : Decision.Accept(Requested(agreement, fund!.Id, command.Amount!));
    }

    // Where something was paid out before the rest was given free, asking for the whole again would ask for that twice.
    public static Decision AskAgain(Agreement agreement) =>
        agreement is { Status: AgreementStatus.InForce, Fund: { Status: FundingStates.Refused } or { Status: FundingStates.Released, Committed.Value: 0 } } && agreement.Fund is var part ? Decision.Accept(Requested(agreement, part.FundId, part.Amount)) : new FundDidNotRefuse();

    /// <param name="name">Of the field that says with how much.</param>
    internal static IReadOnlyList<Refusal> Wrong(Guid? fundId, Money? amount, KnownFund? fund, Money? whole, string name) => Check.All(
        Fields.Present(fundId, "fundId") ?? (fund is null ? new FundUnknown() : null),
        Fields.Amount(amount, name) ?? Fits(amount, whole, name));

    /// <summary>The part and the whole, each as it would stand.</summary>
    internal static Refusal? Fits(Money? part, Money? whole, string name) => part?.Value > whole?.Value ? new FundPartAboveAmount(name) : null;

    internal static FundParticipationRequested Requested(Agreement agreement, Guid fund, Money amount) => new(agreement.Id, fund, agreement.ProjectId, amount);
}
