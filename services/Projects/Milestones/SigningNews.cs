using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Projects.Duplicates;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Intake;
using Marten;

namespace Luodi.Projects.Milestones;

/// <summary>A project is Signed by the first agreement about it that stands, on its day: from the signing on, until it is returned or its termination is confirmed.</summary>
public sealed class SigningNews(TimeProvider clock) : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["signings"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        foreach (var heard in events)
        {
            if (heard.Type == EventTypes.NameOf<AgreementSigned>())
            {
                var signed = heard.Read<AgreementSigned>();
                await React(heard, signed.ProjectId, project => Decide(project, signed));
            }
            else if (heard.Type == EventTypes.NameOf<SigningReturned>() || heard.Type == EventTypes.NameOf<TerminationConfirmed>())
            {
                var agreement = Guid.Parse(heard.Subject);
                await using var looking = transaction.OpenSession();
                // What was signed before papers were kept moves no stage.
                if (await looking.Query<Project>().FirstOrDefaultAsync(project => project.Papers.Any(paper => paper.AgreementId == agreement), ct) is { } signedBy)
                    await React(heard, signedBy.Id, project => Withdraw(project, agreement));
            }
        }

        async Task React(CloudEvent heard, Guid projectId, Func<Project, Decision> rule)
        {
            // A session each: the next event may be about the same project.
            await using var session = transaction.OpenSession();
            var stream = await session.Events.FetchForWriting<Project>(projectId, ct);
            var decision = stream.Aggregate is { } project
                ? rule(project)
                : throw new InvalidOperationException($"Agreement {heard.Subject} names project {projectId}, which is not registered.");
            var acting = new Acting("service:projects", heard.CorrelationId ?? heard.Id.ToString(), heard.Id.ToString());
            decision = MergeProjectFeature.Retold(stream.Aggregate, decision, clock.Today());
            stream.AppendMany([.. session.Record(decision, acting, clock.Today())]);
            await session.RecordElsewhere<Project>(decision, acting, clock.Today(), ct);
            await session.SaveChangesAsync(ct);
        }
    }

    public static Decision Decide(Project project, AgreementSigned signed) =>
        project.Papers.Any(paper => paper.AgreementId == signed.AgreementId) ? Decision.Accept()
        : Decision.Accept(project.Papers.Count == 0
            ? new ProjectSigned(project.Id, signed.AgreementId, signed.SignedOn)
            : new PaperAdded(project.Id, signed.AgreementId, signed.SignedOn)).Effective(signed.SignedOn);

    public static Decision Withdraw(Project project, Guid agreementId) => project.Papers.Any(paper => paper.AgreementId == agreementId)
        ? Decision.Accept(new PaperWithdrawn(project.Id, agreementId))
        : Decision.Accept();
}
