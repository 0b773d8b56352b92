using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Agreements;

/// <param name="Number">The bureau's number of the paper, unique.</param>
/// <param name="Illustrative">Made up to show the system.</param>
public sealed record DraftAgreement(string? Number, Guid? ProjectId, Guid? CeremonyId, string? Counterparty, Money? Amount, bool Illustrative = false);

public static class DraftAgreementFeature
{
    public sealed record NumberTaken(string Number) : Refusal("There is an agreement {Number} already.", "number")
    {
        public override int Status => 409;
    }

    public sealed record ProjectUnknown() : Refusal("There is no such project. Register it first.", "projectId");

    public sealed record CeremonyUnknown() : Refusal("There is no such ceremony. Schedule it first.", "ceremonyId");

    public static void MapDraftAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("", (DraftAgreement command, Deciding<Agreement> agreement, ProjectDirectory projects, CancellationToken ct) =>
            agreement.Start(async (id, facts) => Decide(
                id, command,
                command.ProjectId is { } project ? await projects.Find(project, ct) : null,
                command.CeremonyId is { } ceremony ? await facts.Load<Ceremony>(ceremony) : null,
                agreement.Acting.Department), ct))
        .WithSummary("Drafts an agreement for a ceremony")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, DraftAgreement command, KnownProject? project, Ceremony? ceremony, string? department)
    {
        var wrong = Check.All(
            Fields.Text(command.Number, "number"),
            Fields.Present(command.ProjectId, "projectId") ?? (project is null ? new ProjectUnknown() : null),
            Fields.Present(command.CeremonyId, "ceremonyId") ?? (ceremony is null ? new CeremonyUnknown() : null),
            Fields.Text(command.Counterparty, "counterparty"),
            Fields.Amount(command.Amount, "amount"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var number = command.Number!.Trim();
        return Decision
            .Accept(new AgreementDrafted(id, number, project!.Id, ceremony!.Id, command.Counterparty!.Trim(), project.Industry, command.Amount!, command.Illustrative, department))
            .Reserving($"agreement-number {number}", new NumberTaken(number));
    }
}
