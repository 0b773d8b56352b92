using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Funding;

namespace Luodi.Signings.Agreements;

/// <summary>What is left out is right.</summary>
/// <param name="Tier">intent, framework, agreement or contract.</param>
/// <param name="Parties">All who sign beside the counterparty; empty where nobody does.</param>
/// <param name="FixedAssets">The part of the amount that goes into fixed assets.</param>
public sealed record CorrectDraft(string? Counterparty, Money? Amount, string? Tier = null, IReadOnlyList<string>? Parties = null, Money? FixedAssets = null);

public static class CorrectDraftFeature
{
    public sealed record NotADraft() : Refusal("Only a draft is corrected: have what waits returned first, or amend what is in force.");

    public static void MapCorrectDraft(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/correct", (Guid id, CorrectDraft command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) => Decide(state, command, command.Tier is null || state.Follows is null ? null : await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Corrects a draft: one that was not signed yet, or whose signing was returned")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="chain">The agreements that it is one of; asked for where another tier is given to one that follows an earlier one.</param>
    public static Decision Decide(Agreement agreement, CorrectDraft command, Chain? chain)
    {
        // What is right already is held against what is corrected: each as it would stand.
        var wrong = Check.All(
            command.Counterparty is null ? null : Fields.Text(command.Counterparty, "counterparty"),
            command.Amount is null ? null : Fields.Amount(command.Amount, "amount"),
            command.Tier is null ? null : Fields.Tier(command.Tier),
            Terms.Parties(command.Parties ?? agreement.Parties, command.Counterparty ?? agreement.Counterparty),
            Terms.FixedAssets(command.FixedAssets) ?? Terms.Fits(command.FixedAssets ?? agreement.FixedAssets, command.Amount ?? agreement.Amount),
            AskFundFeature.Fits(agreement.Fund?.Amount, command.Amount ?? agreement.Amount, "amount"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (agreement.Status is not AgreementStatus.Draft) return new NotADraft();
        if (command.Tier is { } tier && FollowAgreementFeature.Unfit(agreement.ProjectId, tier, agreement.Follows, agreement.FollowsAs, chain) is { } unfit) return unfit;
        return command is { Counterparty: null, Amount: null, Tier: null, Parties: null, FixedAssets: null }
            ? Decision.Accept()
            : Decision.Accept(new DraftCorrected(
                agreement.Id, command.Counterparty?.Trim(), command.Amount, command.Tier, command.Parties is { } parties ? Terms.Tidy(parties) : null, command.FixedAssets));
    }
}
