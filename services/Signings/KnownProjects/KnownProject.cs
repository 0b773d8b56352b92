using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Intake;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.Obligations;
using Marten;

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

    /// <summary>The stages that it has reached, with their days, as far as they settle obligations.</summary>
    public IReadOnlyDictionary<string, DateOnly> Reached { get; init; } = new Dictionary<string, DateOnly>(StringComparer.Ordinal);

    /// <summary>The record that stands for this one; null while it stands for itself.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The stages of the records that it stands for, by record.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, DateOnly>> StagesOfDuplicates { get; init; } = new Dictionary<Guid, IReadOnlyDictionary<string, DateOnly>>();

    /// <summary>The records that are this project.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Guid> Records => [Id, .. StagesOfDuplicates.Keys];

    /// <summary>Of before obligations, projects were kept without their stages and capital not at all: what Projects has said is then heard once more from its beginning.</summary>
    internal const string HeardAgainWhereOlder = """
        delete from signings.intake_head h where h.source like '%/projects' and exists (select from signings.mt_doc_knownproject d where not jsonb_exists(d.data, 'reached'));
        delete from signings.mt_doc_knownproject where exists (select from signings.mt_doc_knownproject d where not jsonb_exists(d.data, 'reached'))
        """;

    /// <summary>Of a list of agreements or what belongs to them (<c>d</c>) and their projects (<c>p</c>): those that the reader sees.</summary>
    internal static string Seen(Sight sight, Conditions conditions) => sight.In(conditions, "d.data->>'department'", "p.data->>'department' = {0}", "p.data->'sharedWith' @> to_jsonb({0}::text)");

    /// <summary>Those of a project, and of the records that it stands for. Which these are Signings knows as it is now: of the past it is the one record, so that a merge changes no earlier answer.</summary>
    internal static string Of(Rows then) => then.OfThePast ? "(d.data->>'projectId')::uuid = {0}" : "(p.id = {0} or p.data->>'mergedInto' = {0}::text)";

    /// <summary>The earliest day on which this record, or one that it stands for, reached the stage.</summary>
    public DateOnly? ReachedOn(string stage) => StagesOfDuplicates.Values.Append(Reached).Select(reached => reached.TryGetValue(stage, out var on) ? on : (DateOnly?)null)
        .Append(stage == Stages.GroundBroken ? GroundBrokenOn : null).Min();

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
        ({ } p, "project_merged") when heard.Read<ProjectMerged>() is var e => p with { MergedInto = e.IntoId },
        ({ } p, "project_unmerged") => p with { MergedInto = null },
        ({ } p, "duplicate_taken_in") when heard.Read<DuplicateTakenIn>() is var e => p with
        {
            StagesOfDuplicates = new Dictionary<Guid, IReadOnlyDictionary<string, DateOnly>>(p.StagesOfDuplicates) { [e.DuplicateId] = e.Stages.Zip(e.Days).ToDictionary(each => each.First, each => each.Second, StringComparer.Ordinal) },
        },
        ({ } p, "duplicate_let_go") when heard.Read<DuplicateLetGo>() is var e => p with { StagesOfDuplicates = p.StagesOfDuplicates.Where(each => each.Key != e.DuplicateId).ToDictionary() },
        ({ } p, "stage_reached") when heard.Read<StageReached>() is var e => p with
        {
            Reached = new Dictionary<string, DateOnly>(p.Reached, StringComparer.Ordinal) { [e.Stage] = e.On },
            GroundBrokenOn = e.Stage == Stages.GroundBroken ? e.On : p.GroundBrokenOn,
        },
        ({ } p, "stage_withdrawn") when heard.Read<StageWithdrawn>() is var e => p with
        {
            Reached = p.Reached.Where(reached => reached.Key != e.Stage).ToDictionary(StringComparer.Ordinal),
            GroundBrokenOn = e.Stage == Stages.GroundBroken ? null : p.GroundBrokenOn,
        },
        _ => project,
    };
}

/// <summary>All that is known of a project, whichever of its records is asked about.</summary>
/// <param name="Project">The record that stands for all; null where nothing was heard of it.</param>
/// <param name="Records">All its records.</param>
public sealed record ProjectKnowledge(KnownProject? Project, Guid[] Records, IReadOnlyList<KnownCapital> Capital)
{
    public static async Task<ProjectKnowledge> Read(Guid id, IQuerySession session, CancellationToken ct)
    {
        var project = await Standing(id, session, ct);
        Guid[] records = project is null ? [id] : [.. project.Records];
        return new(project, records, await session.Query<KnownCapital>().Where(entry => entry.ProjectId.IsOneOf(records)).ToListAsync(ct));
    }

    /// <summary>The record that stands for all, alone.</summary>
    public static async Task<KnownProject?> Standing(Guid id, IQuerySession session, CancellationToken ct)
    {
        var project = await session.LoadAsync<KnownProject>(id, ct);
        return project?.MergedInto is { } into ? await session.LoadAsync<KnownProject>(into, ct) ?? project : project;
    }
}

/// <summary>Keeps what Projects says, and settles the obligations that it bears on.</summary>
public sealed class ProjectNews(TimeProvider clock)
{
    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        await using var session = transaction.OpenSession();
        var heardOf = events.Select(heard => Guid.Parse(heard.Subject)).Distinct().ToArray();
        var projects = (await session.LoadManyAsync<KnownProject>(ct, heardOf)).ToDictionary(project => project.Id);
        var capital = (await session.LoadManyAsync<KnownCapital>(ct, heardOf)).ToDictionary(entry => entry.Id);
        foreach (var heard in events)
        {
            if (KnownProjectHistory.Evolve(projects.GetValueOrDefault(Guid.Parse(heard.Subject)), heard) is { } project) projects[project.Id] = project;
            if (KnownCapitalHistory.Evolve(capital.GetValueOrDefault(Guid.Parse(heard.Subject)), heard) is { } entry) capital[entry.Id] = entry;
        }
        session.Store(projects.Values.ToArray());
        session.Store(capital.Values.ToArray());
        await session.SaveChangesAsync(ct);
        foreach (var heard in events.Where(heard => heard.Type is "stage_reached" or "stage_withdrawn" or "capital_confirmed" or "capital_revoked" or "duplicate_taken_in" or "duplicate_let_go" or "project_unmerged"))
        {
            var subject = Guid.Parse(heard.Subject);
            await Settle(transaction, capital.TryGetValue(subject, out var entry) ? entry.ProjectId : subject, heard, ct);
        }
    }

    private async Task Settle(HearingTransaction transaction, Guid projectId, CloudEvent heard, CancellationToken ct)
    {
        await using var looking = transaction.OpenSession();
        var known = await ProjectKnowledge.Read(projectId, looking, ct);
        var acting = new Acting("service:signings", heard.CorrelationId ?? heard.Id.ToString(), heard.Id.ToString());
        foreach (var obligation in await looking.Query<Obligation>().Where(obligation => obligation.ProjectId.IsOneOf(known.Records)).ToListAsync(ct))
        {
            await using var session = transaction.OpenSession();
            var stream = await session.Events.FetchForWriting<Obligation>(obligation.Id, ct);
            stream.AppendMany([.. session.Record(Settling.Settle(stream.Aggregate!, known.Project, known.Capital), acting, clock.Today())]);
            await session.SaveChangesAsync(ct);
        }
    }
}
