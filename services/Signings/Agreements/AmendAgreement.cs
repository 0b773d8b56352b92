using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Funding;
using static Luodi.Signings.Agreements.FollowAgreementFeature;

namespace Luodi.Signings.Agreements;

/// <param name="Amount">The whole agreed investment from now on.</param>
/// <param name="FixedAssets">The part of it that goes into fixed assets, where that changes too or alone.</param>
/// <param name="Parties">All who sign beside the counterparty from now on, where that changes too or alone.</param>
/// <param name="FundAmount">What the fund that takes part is to put in from now on, where that changes too or alone.</param>
public sealed record AmendAgreement(Money? Amount, string? Reason, Money? FixedAssets = null, IReadOnlyList<string>? Parties = null, Money? FundAmount = null);

public static class AmendAgreementFeature
{
    public sealed record NotInForce() : Refusal("Only an agreement in force, its signing confirmed, can be changed.");

    public sealed record AnotherChangeWaits() : Refusal("An earlier change still waits to be confirmed.");

    public sealed record SameAmount() : Refusal("The agreement stands at this amount already.", "amount");

    public static void MapAmendAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/amend", (Guid id, AmendAgreement command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Logs an amendment of the amount, of its part in fixed assets, of the parties or of what a fund puts in, with its reason; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, AmendAgreement command, Chain chain)
    {
        var wrong = Check.All(Fields.Amount(command.Amount, "amount"), Fields.Text(command.Reason, "reason"), Terms.FixedAssets(command.FixedAssets), Terms.Parties(command.Parties, agreement.Counterparty),
            command.FundAmount is null ? null : Fields.Amount(command.FundAmount, "fundAmount") ?? (agreement.Fund is null ? new AskFundFeature.NoFundTakesPart() : null));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (agreement.Status is not AgreementStatus.InForce) return new NotInForce();
        // Before the comparison: two clients that amend at once must not both see the old amount.
        if (agreement.Waiting is not null) return new AnotherChangeWaits();
        if (agreement.FulfilledOn is { } fulfilled) return new FulfilAgreementFeature.AgreementFulfilledAlready(fulfilled);
        if (chain.SuccessorOf(agreement) is { } successor) return new FollowedByAnother(successor.Number);
        var fixedAssets = command.FixedAssets ?? agreement.FixedAssets;
        var parties = command.Parties is null ? null : Terms.Tidy(command.Parties);
        var fundAmount = command.FundAmount ?? agreement.Fund?.Amount;
        if (agreement.Amount == command.Amount && agreement.FixedAssets == fixedAssets && agreement.Fund?.Amount == fundAmount && (parties is null || parties.SequenceEqual(agreement.Parties))) return new SameAmount();
        if ((Terms.Fits(fixedAssets, command.Amount) ?? AskFundFeature.Fits(fundAmount, command.Amount, "fundAmount")) is { } unfit) return unfit;
        return Decision.Accept(new AgreementAmended(agreement.Id, agreement.Amount, command.Amount!, command.FixedAssets, parties, command.FundAmount)).Because(command.Reason!.Trim());
    }
}
