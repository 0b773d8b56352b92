using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Agreements;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Obligations;

/// <param name="Kind">register, invest, break-ground, complete, produce, tax-per-mu or other.</param>
/// <param name="Amount">Of money to bring in, and of tax per mu; else left out.</param>
/// <param name="Text">The clause in words.</param>
public sealed record AgreeObligation(Guid? AgreementId, string? Kind, DateOnly? DueOn, Money? Amount, string? Text);

public static class AgreeObligationFeature
{
    public sealed record AgreementUnknown() : Refusal("There is no such agreement.", "agreementId");

    public sealed record AgreementEnded() : Refusal("The agreement was terminated: it obliges nobody any more.", "agreementId");

    public sealed record ObligationKindUnknown() : Refusal("An obligation is one of register, invest, break-ground, complete, produce, tax-per-mu, other.", "kind");

    public sealed record AmountNotAsked() : Refusal("Only money to bring in and tax per mu have an amount.", "amount");

    public static void MapAgreeObligation(this IEndpointRouteBuilder obligations) => obligations
        .MapPost("", (AgreeObligation command, Deciding<Obligation> obligation, AgreementReader agreements, Sight sight, CancellationToken ct) =>
            obligation.Start(async (id, facts) =>
            {
                var agreement = command.AgreementId is { } paper ? await agreements.Find(paper, ct) : null;
                var known = agreement is null ? new(null, [], []) : await ProjectKnowledge.Read(agreement.ProjectId, facts.Documents, ct);
                return agreement is not null && !sight.MayChange(agreement.Department) ? new AgreementUnknown() : Decide(id, command, agreement, known.Project, known.Capital);
            }, ct))
        .WithSummary("Writes down what an agreement obliges its investor to, and by when")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, AgreeObligation command, AgreementItem? agreement, KnownProject? project, IEnumerable<KnownCapital> capital)
    {
        var hasAmount = command.Kind is ObligationKinds.Invest or ObligationKinds.TaxPerMu;
        var wrong = Check.All(
            Fields.Present(command.AgreementId, "agreementId") ?? (agreement is null ? new AgreementUnknown() : agreement.Status is "terminated" ? new AgreementEnded() : null),
            command.Kind is null ? new Missing("kind") : ObligationKinds.All.Contains(command.Kind) ? null : new ObligationKindUnknown(),
            Fields.Date(command.DueOn, "dueOn"),
            hasAmount ? Fields.Amount(command.Amount, "amount") : command.Amount is null ? null : new AmountNotAsked(),
            command.Kind is ObligationKinds.Other || command.Text is { Length: > 0 } ? Fields.Text(command.Text, "text") : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var agreed = new ObligationAgreed(
            id, agreement!.Id, agreement.ProjectId, command.Kind!, command.DueOn!.Value, command.Amount, command.Text is { Length: > 0 } text ? text.Trim() : null, agreement.Illustrative, agreement.Department);
        // What has happened already fulfils it at once.
        return Settling.Settle(ObligationHistory.Evolve(null, agreed)!, project, capital) is { Events: [ObligationFulfilled met] }
            ? Decision.Accept(agreed, met)
            : Decision.Accept(agreed);
    }
}
