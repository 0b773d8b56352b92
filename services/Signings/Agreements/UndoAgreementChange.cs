using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Agreements;

public static class UndoAgreementChangeFeature
{
    public sealed record TakenBackOtherwise() : Refusal("Only the correction of a draft is undone here. What a second person confirms is returned, amended or terminated; files and conditions are withdrawn.");

    public static void MapUndoAgreementChange(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/undo", (Guid id, UndoChange command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, async (state, facts) =>
                Decide(state, command, await facts.Past<Agreement>(id, command.EventId), state.Follows is null ? null : await facts.ChainOf(state.Chain)), ct))
        .WithSummary("Undoes the correction of a draft (`eventId`) by a further one, with the reason")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="chain">The agreements that it is one of; asked for where it follows an earlier one.</param>
    public static Decision Decide(Agreement agreement, UndoChange command, Past<Agreement> past, Chain? chain) =>
        past.Undo(command, (change, before) => change is DraftCorrected corrected && before is not null ? Corrected(agreement, corrected, before, chain) : new TakenBackOtherwise());

    private static Decision Corrected(Agreement agreement, DraftCorrected set, Agreement before, Chain? chain)
    {
        var stands = Stands(set.Counterparty, agreement.Counterparty) && Stands(set.Amount, agreement.Amount) && Stands(set.Tier, agreement.Tier)
            && Stands(set.FixedAssets, agreement.FixedAssets) && (set.Parties is null || set.Parties.SequenceEqual(agreement.Parties));
        if (!stands) return new ChangedSince();
        var decision = CorrectDraftFeature.Decide(agreement, new CorrectDraft(
            set.Counterparty is null ? null : before.Counterparty,
            set.Amount is null ? null : before.Amount,
            set.Tier is null ? null : before.Tier,
            set.Parties is null ? null : before.Parties,
            set.FixedAssets is null ? null : before.FixedAssets ?? Money.Yuan(0)), chain);
        // What no longer fits together does so because of what came later.
        return decision.Refusals.All(refusal => refusal.Field is null) ? decision : new ChangedSince();
    }

    private static bool Stands<T>(T? set, T? now) where T : class => set is null || set.Equals(now);
}
