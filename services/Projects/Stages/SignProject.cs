using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Intake;

namespace Luodi.Projects.Stages;

/// <summary>An agreement about the project was signed: the project moves to Signed.</summary>
public sealed class SigningNews(TimeProvider clock) : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["signings"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        foreach (var heard in events.Where(heard => heard.Type == EventTypes.NameOf<AgreementSigned>()))
        {
            var signed = heard.Read<AgreementSigned>();
            // A session each: the next event may be about the same project.
            await using var session = transaction.OpenSession();
            var stream = await session.Events.FetchForWriting<Project>(signed.ProjectId, ct);
            var decision = stream.Aggregate is { } project
                ? Decide(project, signed)
                : throw new InvalidOperationException($"Agreement {signed.AgreementId} names project {signed.ProjectId}, which is not registered.");
            var acting = new Acting("service:projects", heard.CorrelationId ?? heard.Id.ToString(), heard.Id.ToString());
            stream.AppendMany([.. session.Record(decision, acting, clock.Today())]);
            await session.SaveChangesAsync(ct);
        }
    }

    public static Decision Decide(Project project, AgreementSigned signed) => project.Stage is Stage.Signed
        ? Decision.Accept()
        : Decision.Accept(new ProjectSigned(project.Id, signed.AgreementId, signed.SignedOn)).Effective(signed.SignedOn);
}
