using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Intake;

namespace Luodi.Signings.KnownProjects;

/// <summary>What Signings keeps of a project that it has heard of.</summary>
/// <param name="Department">Whose lead it is.</param>
/// <param name="SharedWith">Other departments that may read it, and so its agreements.</param>
/// <param name="GroundBrokenOn">The day on which ground was broken; null while it was not.</param>
public sealed record KnownProject(
    Guid Id, string Name, string Industry, string? Department = null, IReadOnlyList<string>? SharedWith = null, DateOnly? GroundBrokenOn = null)
{
    // Documents older than sharing have none.
    public IReadOnlyList<string> SharedWith { get; init; } = SharedWith ?? [];

    /// <summary>The departments that may read its agreements, whoever logged them: its own, and those that it is shared with.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<string?> Readers => SharedWith.Append(Department);
}

public static class KnownProjectHistory
{
    public static KnownProject? Evolve(KnownProject? project, CloudEvent heard) => (project, heard.Type) switch
    {
        (null, "lead_registered") when heard.Read<LeadRegistered>() is var e => new(e.ProjectId, e.Name, e.Industry, e.Department),
        ({ } p, "project_shared") when heard.Read<ProjectShared>() is var e => p with { SharedWith = [.. p.SharedWith.Append(e.Department).Distinct()] },
        ({ } p, "project_unshared") when heard.Read<ProjectUnshared>() is var e => p with { SharedWith = [.. p.SharedWith.Where(department => department != e.Department)] },
        ({ } p, "stage_reached") when heard.Read<StageReached>() is { Stage: Stages.GroundBroken } e => p with { GroundBrokenOn = e.On },
        ({ } p, "stage_withdrawn") when heard.Read<StageWithdrawn>() is { Stage: Stages.GroundBroken } => p with { GroundBrokenOn = null },
        _ => project,
    };
}

/// <summary>Keeps what Projects says.</summary>
public sealed class ProjectNews : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["projects"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        await using var session = transaction.OpenSession();
        var heardOf = events.Select(heard => Guid.Parse(heard.Subject)).Distinct().ToArray();
        var projects = (await session.LoadManyAsync<KnownProject>(ct, heardOf)).ToDictionary(project => project.Id);
        foreach (var heard in events)
        {
            if (KnownProjectHistory.Evolve(projects.GetValueOrDefault(Guid.Parse(heard.Subject)), heard) is { } project) projects[project.Id] = project;
        }
        session.Store(projects.Values.ToArray());
        await session.SaveChangesAsync(ct);
    }
}
