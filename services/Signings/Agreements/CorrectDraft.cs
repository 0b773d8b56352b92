using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Agreements;

/// <param name="Counterparty">Left out where it is right.</param>
/// <param name="Amount">Left out where it is right.</param>
public sealed record CorrectDraft(string? Counterparty, Money? Amount);

public static class CorrectDraftFeature
{
    public sealed record NotADraft() : Refusal("Only a draft is corrected: have what waits returned first, or amend what is in force.");

    public static void MapCorrectDraft(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/correct", (Guid id, CorrectDraft command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Corrects a draft: one that was not signed yet, or whose signing was returned")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, CorrectDraft command)
    {
        var wrong = Check.All(
            command.Counterparty is null ? null : Fields.Text(command.Counterparty, "counterparty"),
            command.Amount is null ? null : Fields.Amount(command.Amount, "amount"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (agreement.Status is not AgreementStatus.Draft) return new NotADraft();
        return command is { Counterparty: null, Amount: null }
            ? Decision.Accept()
            : Decision.Accept(new DraftCorrected(agreement.Id, command.Counterparty?.Trim(), command.Amount));
    }
}
