using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>A stage of a project and its day.</summary>
public sealed record StageOn(string Stage, DateOnly On);

/// <summary>A paper about a project that stands.</summary>
public sealed record PaperOn(Guid AgreementId, DateOnly SignedOn);

/// <summary>The stages of a record that another one stands for.</summary>
public sealed record DuplicateStages(Guid Id, IReadOnlyList<StageOn> Stages);

/// <summary>An enterprise and the industry chain that it belongs to.</summary>
public sealed record ChainOf(Guid Enterprise, string Chain);

/// <summary>What a project is apart from its postings.</summary>
/// <param name="Name">One of <see cref="Traits"/>.</param>
/// <param name="From">The day from which it holds; the first of all days where it has none.</param>
public sealed record Trait(string Name, string Value, DateOnly From);

/// <summary>The traits by which figures are arranged: of projects, and the last one of funds.</summary>
public static class Traits
{
    /// <summary>Who had the project on the day of the posting: credit is split by time. What is dated before its registration is credited to whoever registered it.</summary>
    public const string Owner = "owner";

    /// <summary>The code of the district block.</summary>
    public const string Block = "block";

    /// <summary>From where the investor comes, one of <see cref="Origins"/>.</summary>
    public const string Origin = "origin";

    /// <summary>GB/T 4754.</summary>
    public const string IndustryCode = "industryCode";

    /// <summary>How the bureau came by it.</summary>
    public const string Channel = "channel";

    /// <summary>The industry chain of the enterprise that carries it out: of several the first one that belongs to any.</summary>
    public const string Chain = "chain";

    /// <summary>Of a fund: the year of its first closing, as its terms say it now.</summary>
    public const string Vintage = "vintage";

    public static IReadOnlyList<string> All { get; } = [Owner, Block, Origin, IndustryCode, Channel, Chain, Vintage];
}

/// <summary>The traits of a project, and of a fund, on one day, <see cref="Posting.None"/> for those it has not.</summary>
public sealed record TraitValues(string Owner, string Block, string Origin, string IndustryCode, string Channel, string Chain, string Vintage)
{
    public static readonly TraitValues Unknown = new(Posting.None, Posting.None, Posting.None, Posting.None, Posting.None, Posting.None, Posting.None);

    public static TraitValues On(DateOnly day, IReadOnlyList<Trait> traits)
    {
        string Of(string name) => traits.Where(trait => trait.Name == name && trait.From <= day).MaxBy(trait => trait.From)?.Value ?? Posting.None;
        return new(Of(Ledger.Traits.Owner), Of(Ledger.Traits.Block), Of(Ledger.Traits.Origin), Of(Ledger.Traits.IndustryCode), Of(Ledger.Traits.Channel), Of(Ledger.Traits.Chain), Of(Ledger.Traits.Vintage));
    }
}

/// <summary>Where postings about a project count: under which record, and arranged by which traits.</summary>
public sealed record Place(Guid ProjectId, IReadOnlyList<Trait> Traits)
{
    /// <summary>The project's, where what is posted has none of its own; null where it has.</summary>
    public string? Industry { get; init; }

    /// <summary>The same change of the same measure, counted here.</summary>
    public Posting Of(Posting line) => line with { ProjectId = ProjectId, Industry = Industry ?? line.Industry, Traits = TraitValues.On(line.EffectiveOn, Traits) };

    /// <summary>What takes postings from where they count to here, each on its own day: it always was that project's.</summary>
    public IReadOnlyList<Posting> Take(IEnumerable<Posting> lines) =>
    [
        .. lines.Where(line => Of(line) != line).SelectMany(line => (Posting[])[line.Reversed(), Of(line)], (line, moved) => moved with { Arranges = line.ProjectId == ProjectId && line.Industry == (Industry ?? line.Industry) }),
    ];
}

/// <summary>What the ledger remembers of a project to post its next event.</summary>
/// <param name="Stages">The stages it has reached, and how work on it rests.</param>
/// <param name="Papers">In the order in which they were signed; the first gives the day of the signing.</param>
public sealed record ProjectAccount(
    Guid Id, string Name, string Industry, string? Department, bool Illustrative, IReadOnlyList<StageOn> Stages, IReadOnlyList<PaperOn> Papers, IReadOnlyList<Trait> Traits)
{
    /// <summary>The record under which everything about this one counts; null while it counts itself.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The chains of the enterprises that carry it out, in the order in which they came.</summary>
    public IReadOnlyList<ChainOf> Chains { get; init; } = [];

    /// <summary>The records that it stands for.</summary>
    public IReadOnlyList<DuplicateStages> Duplicates { get; init; } = [];

    /// <summary>The record under which everything about this one counts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid CountsAs => MergedInto ?? Id;

    /// <summary>Whether what is posted about it, or about a record that it stands for, counts elsewhere than before.</summary>
    public bool Moves(ProjectAccount? before) => MergedInto != before?.MergedInto || !Traits.SequenceEqual(before?.Traits ?? []);

    /// <summary>Where that counts.</summary>
    /// <param name="standing">The record that stands for this one, where another one does and the ledger knows it.</param>
    public Place Place(ProjectAccount? standing) => MergedInto is null ? new(Id, Traits) : new(CountsAs, standing?.Traits ?? []);

    /// <summary>What it counts: nothing where another record stands for it; else each stage on its earliest day.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<StageOn> Counted => MergedInto is not null ? []
        : Stages.Concat(Duplicates.SelectMany(each => each.Stages)).GroupBy(each => each.Stage).Select(each => new StageOn(each.Key, each.Min(reached => reached.On)));
}

/// <summary>
/// The posting rule of stages: a stage reached counts the project from its day on, and a stage withdrawn takes that back from the same day,
/// as the project's own page does: it is a correction of what was said of that day. So are stages of a record that turns out to be another one's duplicate.
/// </summary>
public static class ProjectPostings
{
    /// <summary>How work on a project rests, beside its stages.</summary>
    public const string Suspended = "suspended";

    public const string FallenOut = "fallen-out";

    public static (ProjectAccount? Account, IReadOnlyList<Posting> Postings) Post(ProjectAccount? before, CloudEvent heard, DateOnly effectiveOn)
    {
        var after = Evolve(before, heard, effectiveOn);
        return after is null || after == before ? (before, []) : (after, Between(before, after));
    }

    /// <summary>An enterprise that carries the project out belongs to a chain, to another one or to none (null), or carries it out no more.</summary>
    public static (ProjectAccount Account, IReadOnlyList<Posting> Postings) Chain(ProjectAccount before, Guid enterprise, string? chain)
    {
        IReadOnlyList<ChainOf> chains = chain is null ? [.. before.Chains.Where(each => each.Enterprise != enterprise)]
            : before.Chains.Any(each => each.Enterprise == enterprise) ? [.. before.Chains.Select(each => each.Enterprise == enterprise ? each with { Chain = chain } : each)]
            : [.. before.Chains, new(enterprise, chain)];
        if (chains.SequenceEqual(before.Chains)) return (before, []);
        var after = before with { Chains = chains, Traits = [.. before.Traits.Where(trait => trait.Name is not Traits.Chain), .. Known((Traits.Chain, chains.Count > 0 ? chains[0].Chain : null))] };
        return (after, Between(before, after));
    }

    private static IReadOnlyList<Posting> Between(ProjectAccount? before, ProjectAccount after)
    {
        var (was, stays) = (before?.Counted.ToList() ?? [], after.Counted.Intersect(before?.Counted ?? []).ToList());
        return
        [
            .. was.Except(stays).Select(stage => Line(before!, stage).Reversed()),
            .. after.Counted.Except(stays).Select(stage => Line(after, stage)),
            .. new Place(after.Id, after.Traits).Take(stays.Select(stage => Line(before!, stage))),
        ];
    }

    private static ProjectAccount? Evolve(ProjectAccount? account, CloudEvent heard, DateOnly on) => (account, heard.Type) switch
    {
        (null, "lead_registered") when heard.Read<LeadRegistered>() is var e =>
            new(e.ProjectId, e.Name, e.Industry, e.Department, e.Illustrative, [new(Stages.Lead, on)], [], heard.Actor is { } owner ? [new(Traits.Owner, owner, DateOnly.MinValue)] : []),
        ({ } a, "negotiation_started") => a.Reach(Stages.Negotiating, on),
        ({ } a, "stage_reached") when heard.Read<StageReached>() is var e => a.Reach(e.Stage, e.On),
        ({ } a, "stage_withdrawn") when heard.Read<StageWithdrawn>() is var e => a.Leave(e.Stage),
        ({ } a, "project_signed") when heard.Read<ProjectSigned>() is var e => a.With([.. a.Papers, new(e.AgreementId, e.SignedOn)]),
        ({ } a, "paper_added") when heard.Read<PaperAdded>() is var e => a.With([.. a.Papers, new(e.AgreementId, e.SignedOn)]),
        ({ } a, "paper_withdrawn") when heard.Read<PaperWithdrawn>() is var e => a.With([.. a.Papers.Where(paper => paper.AgreementId != e.AgreementId)]),
        ({ } a, "project_suspended") => a.Leave(FallenOut).Reach(Suspended, on),
        ({ } a, "project_fell_out") => a.Leave(Suspended).Reach(FallenOut, on),
        ({ } a, "project_resumed" or "project_reinstated") => a.Leave(Suspended).Leave(FallenOut),
        ({ } a, "project_merged") when heard.Read<ProjectMerged>() is var e => a with { MergedInto = e.IntoId },
        ({ } a, "project_unmerged") => a with { MergedInto = null },
        ({ } a, "duplicate_taken_in") when heard.Read<DuplicateTakenIn>() is var e => a with
        {
            Duplicates = [.. a.Duplicates.Where(each => each.Id != e.DuplicateId), new(e.DuplicateId, [.. e.Stages.Zip(e.Days, (stage, day) => new StageOn(stage, day))])],
        },
        ({ } a, "duplicate_let_go") when heard.Read<DuplicateLetGo>() is var e => a with { Duplicates = [.. a.Duplicates.Where(each => each.Id != e.DuplicateId)] },
        ({ } a, "project_described") when heard.Read<ProjectDescribed>() is var e => a with
        {
            Traits = [.. a.Traits.Where(trait => trait.Name is Traits.Owner or Traits.Chain), .. Known((Traits.Block, e.Block), (Traits.Origin, e.Origin), (Traits.IndustryCode, e.IndustryCode), (Traits.Channel, e.Channel))],
        },
        ({ } a, "owner_assigned") when heard.Read<OwnerAssigned>() is var e => a with
        {
            Traits = [.. a.Traits.Where(trait => trait.Name is not Traits.Owner || trait.From < e.From), new(Traits.Owner, e.Owner, e.From)],
        },
        _ => account,
    };

    private static ProjectAccount Reach(this ProjectAccount account, string stage, DateOnly on) => account with { Stages = [.. account.Stages.Where(each => each.Stage != stage), new(stage, on)] };

    private static ProjectAccount Leave(this ProjectAccount account, string stage) => account with { Stages = [.. account.Stages.Where(each => each.Stage != stage)] };

    private static ProjectAccount With(this ProjectAccount account, IReadOnlyList<PaperOn> papers) =>
        account with { Papers = papers } is var filed && papers is [var first, ..] ? filed.Reach(Stages.Signed, first.SignedOn) : filed.Leave(Stages.Signed);

    private static IEnumerable<Trait> Known(params (string Name, string? Value)[] told) =>
        told.Where(trait => trait.Value is not null).Select(trait => new Trait(trait.Name, trait.Value!, DateOnly.MinValue));

    private static Posting Line(ProjectAccount account, StageOn stage) => new(
        Measures.StagesReached, PostingStatus.Confirmed, +1, Money.Yuan(0), stage.On, Guid.Empty, Guid.Empty, account.Id, account.Industry, Posting.None, account.Illustrative, account.Department,
        Posting.None, Stage: stage.Stage)
    {
        Traits = TraitValues.On(stage.On, account.Traits),
    };
}
