using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Projects;

public enum Stage { Lead, Negotiating, Signed }

/// <summary>A project of the zone, from the first lead on.</summary>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="Department">Whose lead it is.</param>
/// <param name="SharedWith">Other departments that may read it, and its agreements.</param>
public sealed record Project(
    Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, Stage Stage, bool Illustrative, long Version,
    string? Department = null, IReadOnlyList<string>? SharedWith = null) : IOfDepartment
{
    // Documents older than sharing have none.
    public IReadOnlyList<string> SharedWith { get; init; } = SharedWith ?? [];
}

public static class ProjectHistory
{
    public static Project? Evolve(Project? project, object fact) => (project, fact) switch
    {
        (null, LeadRegistered e) => new(e.ProjectId, e.Name, e.Industry, e.Investor, e.ExpectedInvestment, Stage.Lead, e.Illustrative, 0, e.Department),
        ({ } p, NegotiationStarted) => p with { Stage = Stage.Negotiating },
        ({ } p, ProjectSigned) => p with { Stage = Stage.Signed },
        ({ } p, ProjectShared e) => p with { SharedWith = [.. p.SharedWith.Append(e.Department).Distinct()] },
        ({ } p, ProjectUnshared e) => p with { SharedWith = [.. p.SharedWith.Where(department => department != e.Department)] },
        _ => project,
    };
}

public sealed partial class ProjectProjection : SingleStreamProjection<Project, Guid>
{
    public override Project? Evolve(Project? snapshot, Guid id, IEvent e) => ProjectHistory.Evolve(snapshot, e.Data) is { } project ? project with { Version = e.Version } : null;
}
