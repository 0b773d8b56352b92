using System.Text.Json.Serialization;

namespace Luodi.Contracts.Projects;

/// <summary>A lead was registered.</summary>
/// <param name="Industry">One of <see cref="Industries"/>.</param>
/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet; no agreement.</param>
/// <param name="Illustrative">Made up to show the system; never a fact of the bureau.</param>
/// <param name="Department">The code of the department whose lead it is; left out where who logged it has none, and by events older than departments.</param>
[EventName("lead_registered")]
public sealed record LeadRegistered(
    Guid ProjectId, string Name, string Industry, string Investor, Money? ExpectedInvestment, bool Illustrative,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department = null);

/// <summary>Negotiations with the investor began. Of the time before <see cref="StageReached"/>, which says it since then.</summary>
[EventName("negotiation_started")]
public sealed record NegotiationStarted(Guid ProjectId);

/// <summary>The project reached the stage Signed, because an agreement about it was signed.</summary>
[EventName("project_signed")]
public sealed record ProjectSigned(Guid ProjectId, Guid AgreementId, DateOnly SignedOn);

/// <summary>A further paper about a project was signed that is signed already. The first one keeps the stage.</summary>
[EventName("paper_added")]
public sealed record PaperAdded(Guid ProjectId, Guid AgreementId, DateOnly SignedOn);

/// <summary>A paper no longer stands: its signing was returned, or its termination confirmed. With the last one the project is no longer Signed.</summary>
[EventName("paper_withdrawn")]
public sealed record PaperWithdrawn(Guid ProjectId, Guid AgreementId);

/// <summary>The project reached a stage.</summary>
/// <param name="Stage">One of <see cref="Stages"/>; Lead and Signed have events of their own.</param>
/// <param name="On">The day on which it did; the reason for a day that had passed stands beside the event.</param>
[EventName("stage_reached")]
public sealed record StageReached(Guid ProjectId, string Stage, DateOnly On);

/// <summary>The stage was logged in error or did not last; the reason stands beside the event.</summary>
/// <param name="Stage">One of <see cref="Stages"/>.</param>
/// <param name="On">The day that had been logged.</param>
[EventName("stage_withdrawn")]
public sealed record StageWithdrawn(Guid ProjectId, string Stage, DateOnly On);

/// <summary>Work on the project rests; the reason stands beside the event.</summary>
[EventName("project_suspended")]
public sealed record ProjectSuspended(Guid ProjectId);

/// <summary>Work on the project goes on.</summary>
[EventName("project_resumed")]
public sealed record ProjectResumed(Guid ProjectId);

/// <summary>The project went to the fall-out pool; the reason stands beside the event.</summary>
[EventName("project_fell_out")]
public sealed record ProjectFellOut(Guid ProjectId);

/// <summary>The project came back from the fall-out pool, with its history; the reason stands beside the event.</summary>
[EventName("project_reinstated")]
public sealed record ProjectReinstated(Guid ProjectId);

/// <summary>What is known of the project beyond its name, all of it as it stands from now on: what it plans, whose it is, how it was found. Null where nothing is known.</summary>
/// <param name="PlannedInvestment">The whole planned investment.</param>
/// <param name="FixedAssets">The part of it in fixed assets.</param>
/// <param name="IndustryCode">GB/T 4754-2017: a letter, and two to four digits.</param>
/// <param name="Origin">One of <see cref="Origins"/>.</param>
/// <param name="Country">ISO 3166-1 alpha-2, of a foreign investor.</param>
/// <param name="CreditCode">The investor's unified social credit code, GB 32100-2015.</param>
/// <param name="Channel">How the bureau came by it: a fair, a chamber of commerce, a fund.</param>
/// <param name="Introducer">The organisation that introduced it.</param>
/// <param name="Block">The code of a district block.</param>
/// <param name="Tags">Words of the bureau's own, a blank between.</param>
[EventName("project_described")]
public sealed record ProjectDescribed(
    Guid ProjectId, Money? PlannedInvestment, Money? FixedAssets, string? IndustryCode, string? Origin, string? Country, string? CreditCode,
    string? Channel, string? Introducer, string? Block, string? Tags);

/// <summary>Somebody took the project over.</summary>
/// <param name="Owner">Their account.</param>
/// <param name="From">The first day of theirs: what is credited to an owner is split by time.</param>
[EventName("owner_assigned")]
public sealed record OwnerAssigned(Guid ProjectId, string Owner, DateOnly From);

/// <summary>Somebody spoke or met with the investor.</summary>
/// <param name="Text">What came of it. No personal data of the other side.</param>
/// <param name="NextOn">When to follow up again.</param>
[EventName("follow_up_logged")]
public sealed record FollowUpLogged(Guid ProjectId, Guid FollowUpId, DateOnly On, string Text, DateOnly? NextOn);

/// <summary>A manager shared the project with another department, which may now read it and its agreements.</summary>
/// <param name="Department">The code of the department that it is shared with.</param>
[EventName("project_shared")]
public sealed record ProjectShared(Guid ProjectId, string Department);

/// <summary>The project is no longer shared with the department.</summary>
/// <param name="Department">The code of the department that it was shared with.</param>
[EventName("project_unshared")]
public sealed record ProjectUnshared(Guid ProjectId, string Department);

/// <summary>The record is another one's duplicate: what was logged about it counts there from now on. Both histories stay; the reason stands beside the event.</summary>
/// <param name="IntoId">The record that stands for both.</param>
[EventName("project_merged")]
public sealed record ProjectMerged(Guid ProjectId, Guid IntoId);

/// <summary>The record is a project of its own after all; the reason stands beside the event.</summary>
/// <param name="IntoId">The record that stood for it.</param>
[EventName("project_unmerged")]
public sealed record ProjectUnmerged(Guid ProjectId, Guid IntoId);

/// <summary>This record stands for a duplicate too, with the stages that that one has reached by now. Said again when those change.</summary>
/// <param name="Stages">Each one of <see cref="Stages"/>.</param>
/// <param name="Days">The day of each, in the same order.</param>
[EventName("duplicate_taken_in")]
public sealed record DuplicateTakenIn(Guid ProjectId, Guid DuplicateId, IReadOnlyList<string> Stages, IReadOnlyList<DateOnly> Days);

/// <summary>This record stands for the other one no more.</summary>
[EventName("duplicate_let_go")]
public sealed record DuplicateLetGo(Guid ProjectId, Guid DuplicateId);

/// <summary>How long a project may stay in a stage, or go without a follow-up, was settled.</summary>
/// <param name="What">A stage of <see cref="Stages"/>, or <c>follow-up</c>.</param>
/// <param name="Days">In days; null for as long as it takes.</param>
[EventName("time_limit_set")]
public sealed record TimeLimitSet(Guid LimitsId, string What, int? Days);
