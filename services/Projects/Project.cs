using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects.Contacts;
using Luodi.Projects.Details;
using Luodi.Projects.Limits;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Projects;

/// <summary>Whether work on a project goes on.</summary>
public enum Standing { Active, Suspended, FallenOut }

/// <summary>A stage and the day on which it was reached.</summary>
public sealed record Milestone(string Stage, DateOnly On);

/// <summary>An agreement about the project that was signed and stands.</summary>
public sealed record Paper(Guid AgreementId, DateOnly SignedOn);

/// <summary>Whose project it is from a day on, until the next one's day.</summary>
public sealed record Ownership(string Owner, DateOnly From);

/// <summary>The last time that somebody spoke with the investor.</summary>
public sealed record FollowUp(DateOnly On, string Text, string? By, DateOnly? NextOn);

/// <summary>A duplicate that a record stands for, and the stages that the duplicate has reached.</summary>
public sealed record TakenIn(Guid Id, IReadOnlyList<Milestone> Stages);

/// <summary>A project of the zone, from the first lead on.</summary>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="Department">Whose lead it is.</param>
/// <param name="SharedWith">Other departments that may read it, and its agreements.</param>
public sealed record Project(
    Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, bool Illustrative, long Version,
    string? Department = null, IReadOnlyList<string>? SharedWith = null) : IOfDepartment, IStandAside
{
    // Documents older than sharing have none.
    public IReadOnlyList<string> SharedWith { get; init; } = SharedWith ?? [];

    /// <summary>The stages that it has reached, itself or in a record that it stands for, in the order in which they usually come, each with its earliest day.</summary>
    public IReadOnlyList<Milestone> Stages { get; init; } = [];

    /// <summary>The stages that were logged of this very record; null where it stands for itself alone.</summary>
    public IReadOnlyList<Milestone>? Own { get; init; }

    /// <summary>The duplicates that it stands for.</summary>
    public IReadOnlyList<TakenIn> Duplicates { get; init; } = [];

    /// <summary>The record that stands for this one; null while it stands for itself.</summary>
    public Guid? MergedInto { get; init; }

    public string? MergedBecause { get; init; }

    Refusal? IStandAside.Aside => MergedInto is null ? null : new Duplicates.MergeProjectFeature.MergedAway();

    /// <summary>The furthest of them.</summary>
    public string Stage => Stages[^1].Stage;

    /// <summary>The day on which it reached that one.</summary>
    public DateOnly Since => Stages[^1].On;

    public Standing Standing { get; init; }

    /// <summary>Why it is suspended or fell out.</summary>
    public string? StandingReason { get; init; }

    /// <summary>The first one gave the project its stage.</summary>
    public IReadOnlyList<Paper> Papers { get; init; } = [];

    public ProjectDetails Details { get; init; } = new();

    /// <summary>What stands in the fields of the bureau's own, by the field's id, in the form of <see cref="FieldKinds"/>.</summary>
    public IReadOnlyDictionary<Guid, string> Fields { get; init; } = new Dictionary<Guid, string>();

    /// <summary>In the order of time; the last one has it now.</summary>
    public IReadOnlyList<Ownership> Owners { get; init; } = [];

    public string? Owner => Owners.Count > 0 ? Owners[^1].Owner : null;

    /// <summary>Its contacts, without a word of who they are.</summary>
    public IReadOnlyList<ContactMark> Contacts { get; init; } = [];

    public FollowUp? LastFollowUp { get; init; }

    /// <summary>What is to be done next and by when; told when it is read, for it depends on the day and on the limits.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>The day of a stage; null where it has not been reached.</summary>
    public DateOnly? ReachedOn(string stage) => Stages.FirstOrDefault(each => each.Stage == stage)?.On;

    internal Project Reach(string stage, DateOnly on) => With([.. Without(stage), new Milestone(stage, on)], Duplicates);

    internal Project Withdraw(string stage) => With([.. Without(stage)], Duplicates);

    internal Project TakeIn(Guid duplicate, IEnumerable<Milestone> stages) => With(OwnStages, [.. Duplicates.Where(each => each.Id != duplicate), new(duplicate, [.. stages])]);

    internal Project LetGo(Guid duplicate) => With(OwnStages, [.. Duplicates.Where(each => each.Id != duplicate)]);

    internal Project Fill(Guid field, string? value)
    {
        var fields = new Dictionary<Guid, string>(Fields);
        if (value is null) fields.Remove(field);
        else fields[field] = value;
        return this with { Fields = fields };
    }

    internal Project Mark(Guid contact, Func<ContactMark, ContactMark> mark) => this with { Contacts = [.. Contacts.Select(each => each.Id == contact ? mark(each) : each)] };

    // The first paper that stands gives the stage and its day.
    internal Project WithPapers(IEnumerable<Paper> papers) => this with { Papers = [.. papers] } is var project && project.Papers is [var first, ..]
        ? project.Reach(Contracts.Projects.Stages.Signed, first.SignedOn)
        : project.Withdraw(Contracts.Projects.Stages.Signed);

    private IReadOnlyList<Milestone> OwnStages => Own ?? Stages;

    private IEnumerable<Milestone> Without(string stage) => OwnStages.Where(each => each.Stage != stage);

    private Project With(IReadOnlyList<Milestone> own, IReadOnlyList<TakenIn> duplicates) => this with
    {
        Own = duplicates.Count == 0 ? null : own,
        Duplicates = duplicates,
        Stages =
        [
            .. own.Concat(duplicates.SelectMany(each => each.Stages)).GroupBy(each => each.Stage).Select(each => each.MinBy(reached => reached.On)!)
                .OrderBy(each => Contracts.Projects.Stages.All.Index().First(known => known.Item == each.Stage).Index),
        ],
    };

    /// <summary>Projects once kept one stage without its day: documents of that time learn both, their papers and their owner from their events.</summary>
    internal const string StagesOfOlder = """
        update projects.mt_doc_project d set data = d.data
          || jsonb_build_object('stages', (
            select jsonb_agg(jsonb_build_object('stage', reached.stage, 'on', reached.day) order by reached.place) from (
              select distinct on (place) case e.type when 'lead_registered' then 'lead' when 'negotiation_started' then 'negotiating' else 'signed' end as stage,
                case e.type when 'lead_registered' then 0 when 'negotiation_started' then 1 else 3 end as place,
                coalesce(e.data->>'signedOn', e.headers->>'effectiveon') as day
              from projects.mt_events e
              where e.stream_id = d.id and e.type in ('lead_registered', 'negotiation_started', 'project_signed') order by place, e.version) reached))
          || jsonb_build_object('papers', coalesce((
            select jsonb_agg(jsonb_build_object('agreementId', e.data->>'agreementId', 'signedOn', e.data->>'signedOn') order by e.version)
            from projects.mt_events e where e.stream_id = d.id and e.type = 'project_signed'), '[]'))
          || jsonb_build_object('owners', coalesce((
            select jsonb_agg(jsonb_build_object('owner', e.user_name, 'from', e.headers->>'effectiveon'))
            from projects.mt_events e where e.stream_id = d.id and e.type = 'lead_registered'), '[]'))
          || jsonb_build_object('standing', 'Active')
        where not jsonb_exists(d.data, 'stages');
        update projects.mt_doc_project d set data = d.data
          || jsonb_build_object('stage', d.data->'stages'->-1->'stage', 'since', d.data->'stages'->-1->'on', 'owner', d.data->'owners'->-1->'owner')
        where not jsonb_exists(d.data, 'since')
        """;
}

/// <summary>What is told beside a fact: since when it holds, who said so, why.</summary>
public sealed record Told(DateOnly On, string? By = null, string? Reason = null)
{
    internal static Told With(IEvent e) => new(EffectiveRule.DayOf(e), e.UserName, e.GetHeader("reason")?.ToString());
}

public static class ProjectHistory
{
    public static Project? Evolve(Project? project, object fact, Told told) => (project, fact) switch
    {
        (null, LeadRegistered e) => new Project(e.ProjectId, e.Name, e.Industry, e.Investor, e.ExpectedInvestment, e.Illustrative, 0, e.Department)
        {
            Owners = told.By is { } by ? [new Ownership(by, told.On)] : [],
        }.Reach(Stages.Lead, told.On),
        ({ } p, NegotiationStarted) => p.Reach(Stages.Negotiating, told.On),
        ({ } p, StageReached e) => p.Reach(e.Stage, e.On),
        ({ } p, StageWithdrawn e) => p.Withdraw(e.Stage),
        ({ } p, ProjectSigned e) => p.WithPapers([.. p.Papers, new Paper(e.AgreementId, e.SignedOn)]),
        ({ } p, PaperAdded e) => p.WithPapers([.. p.Papers, new Paper(e.AgreementId, e.SignedOn)]),
        ({ } p, PaperWithdrawn e) => p.WithPapers(p.Papers.Where(paper => paper.AgreementId != e.AgreementId)),
        ({ } p, ProjectSuspended) => p with { Standing = Standing.Suspended, StandingReason = told.Reason },
        ({ } p, ProjectFellOut) => p with { Standing = Standing.FallenOut, StandingReason = told.Reason },
        ({ } p, ProjectResumed or ProjectReinstated) => p with { Standing = Standing.Active, StandingReason = null },
        ({ } p, ProjectDescribed e) => p with { Details = ProjectDetails.Of(e) },
        ({ } p, ProjectFieldFilled e) => p.Fill(e.FieldId, e.To),
        ({ } p, OwnerAssigned e) => p with { Owners = [.. p.Owners.Where(each => each.From < e.From), new Ownership(e.Owner, e.From)] },
        ({ } p, FollowUpLogged e) => p with { LastFollowUp = p.LastFollowUp is { } last && last.On > e.On ? last : new FollowUp(e.On, e.Text, told.By, e.NextOn) },
        ({ } p, ContactAdded e) => p with { Contacts = [.. p.Contacts, new ContactMark(e.ContactId)] },
        ({ } p, ContactRemoved e) => p.Mark(e.ContactId, mark => mark with { Status = ContactStatus.Removed }),
        ({ } p, ContactForgettingRequested e) => p.Mark(e.ContactId, mark => mark with { Forgetting = new(e.Basis, told.By, told.On) }),
        ({ } p, ContactForgettingWithdrawn e) => p.Mark(e.ContactId, mark => mark with { Forgetting = null }),
        ({ } p, ContactForgettingRefused e) => p.Mark(e.ContactId, mark => mark with { Forgetting = null }),
        ({ } p, ContactForgotten e) => p.Mark(e.ContactId, mark => mark with { Status = ContactStatus.Forgotten, Forgetting = mark.Forgetting is { } asked ? asked with { ConfirmedBy = told.By, ConfirmedOn = told.On } : null }),
        ({ } p, ProjectMerged e) => p with { MergedInto = e.IntoId, MergedBecause = told.Reason },
        ({ } p, ProjectUnmerged) => p with { MergedInto = null, MergedBecause = null },
        ({ } p, DuplicateTakenIn e) => p.TakeIn(e.DuplicateId, e.Stages.Zip(e.Days, (stage, on) => new Milestone(stage, on))),
        ({ } p, DuplicateLetGo e) => p.LetGo(e.DuplicateId),
        ({ } p, ProjectShared e) => p with { SharedWith = [.. p.SharedWith.Append(e.Department).Distinct()] },
        ({ } p, ProjectUnshared e) => p with { SharedWith = [.. p.SharedWith.Where(department => department != e.Department)] },
        _ => project,
    };
}

public sealed partial class ProjectProjection : SingleStreamProjection<Project, Guid>
{
    public override Project? Evolve(Project? snapshot, Guid id, IEvent e) => ProjectHistory.Evolve(snapshot, e.Data, Told.With(e)) is { } project ? project with { Version = e.Version } : null;
}
