using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Marten.Events.Aggregation;

namespace Luodi.Projects;

public enum Stage { Lead, Negotiating, Signed }

/// <summary>A project of the zone, from the first lead on.</summary>
/// <param name="Illustrative">Made up to show the system.</param>
public sealed record Project(Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, Stage Stage, bool Illustrative, long Version);

public static class ProjectHistory
{
    public static Project? Evolve(Project? project, object fact) => (project, fact) switch
    {
        (null, LeadRegistered e) => new(e.ProjectId, e.Name, e.Industry, e.Investor, e.ExpectedInvestment, Stage.Lead, e.Illustrative, 0),
        ({ } p, NegotiationStarted) => p with { Stage = Stage.Negotiating },
        ({ } p, ProjectSigned) => p with { Stage = Stage.Signed },
        _ => project,
    };
}

public sealed partial class ProjectProjection : SingleStreamProjection<Project, Guid>
{
    public override Project? Evolve(Project? snapshot, Guid id, IEvent e) => ProjectHistory.Evolve(snapshot, e.Data) is { } project ? project with { Version = e.Version } : null;
}
