using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Intake;

namespace Luodi.Signings.KnownProjects;

/// <summary>What Signings keeps of a project that it has heard of.</summary>
public sealed record KnownProject(Guid Id, string Name, string Industry);

/// <summary>Keeps what Projects says.</summary>
public sealed class ProjectNews : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["projects"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        await using var session = transaction.OpenSession();
        foreach (var heard in events.Where(heard => heard.Type == Contracts.EventTypes.NameOf<LeadRegistered>()))
        {
            var lead = heard.Read<LeadRegistered>();
            session.Store(new KnownProject(lead.ProjectId, lead.Name, lead.Industry));
        }
        await session.SaveChangesAsync(ct);
    }
}
