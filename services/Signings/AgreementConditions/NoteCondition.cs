using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.AgreementConditions;

/// <param name="Text">The condition in words.</param>
/// <param name="DueOn">The day by which it has to be met, if one was agreed.</param>
public sealed record NoteCondition(string? Text, DateOnly? DueOn);

/// <summary>A condition moves no figure, so one person notes it and says what became of it.</summary>
public static class NoteConditionFeature
{
    public const int TextLimit = 500;

    public sealed record OfATerminatedAgreement() : Refusal("The agreement was terminated: its conditions ended with it.");

    public static void MapNoteCondition(this IEndpointRouteBuilder agreements)
    {
        agreements.MapGet("{id:guid}/conditions", async (Guid id, [AsParameters] RecordAsOf asOf, AgreementReader reader, CancellationToken ct) =>
            (await reader.View(id, asOf, ct))?.Conditions is { } items ? Results.Ok(new { items }) : Problems.Of(new NotFound()))
            .WithSummary("The conditions of an agreement, in the order in which they were noted, settled and withdrawn ones too")
            .RequireAuthorization(Policies.Read);

        agreements.MapPost("{id:guid}/conditions", (Guid id, NoteCondition command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Decide(state, Guid.CreateVersion7(), command), ct))
            .WithSummary("Notes a condition of the agreement, and by when it has to be met")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Decide(Agreement agreement, Guid condition, NoteCondition command)
    {
        var wrong = Check.All(Fields.Text(command.Text, "text", TextLimit), command.DueOn is null ? null : Fields.Date(command.DueOn, "dueOn"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : agreement.Status is AgreementStatus.Terminated ? new OfATerminatedAgreement()
            // What is fulfilled has no open condition.
            : agreement.FulfilledOn is { } fulfilled ? new FulfilAgreementFeature.AgreementFulfilledAlready(fulfilled)
            : Decision.Accept(new ConditionNoted(agreement.Id, condition, command.Text!.Trim(), command.DueOn)).Answering(new { conditionId = condition });
    }
}
