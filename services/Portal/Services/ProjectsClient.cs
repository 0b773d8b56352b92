using Luodi.Contracts;

namespace Luodi.Portal.Services;

public sealed record Milestone(string Stage, DateOnly On);

public sealed record Ownership(string Owner, DateOnly From);

public sealed record FollowUp(DateOnly On, string Text, string? By, DateOnly? NextOn);

/// <param name="What">The stage that it has to leave, or <c>follow-up</c>.</param>
public sealed record Deadline(string What, DateOnly DueOn, int OverdueDays);

/// <param name="Stage">The furthest that it has reached.</param>
/// <param name="Standing"><c>active</c>, <c>suspended</c> or <c>fallen-out</c>.</param>
/// <param name="Department">Who registered it; null in what is older than departments.</param>
/// <param name="SharedWith">Other departments that a manager lets read it.</param>
public sealed record Project(
    Guid Id, string Name, string Industry, string Investor, Money? ExpectedInvestment, string Stage,
    bool Illustrative = false, long Version = 0, string? Department = null, IReadOnlyList<string>? SharedWith = null,
    DateOnly Since = default, string Standing = "active", string? StandingReason = null, string? Owner = null, FollowUp? LastFollowUp = null, Deadline? Deadline = null)
{
    public IReadOnlyList<Milestone> Stages { get; init; } = [];

    public IReadOnlyList<Ownership> Owners { get; init; } = [];

    public ProjectDetails Details { get; init; } = new();

    /// <summary>What stands in the bureau's own fields, by the field's id.</summary>
    public IReadOnlyDictionary<Guid, string> Fields { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The record that stands for this one.</summary>
    public Guid? MergedInto { get; init; }

    public string? MergedBecause { get; init; }

    public IReadOnlyList<ContactMark> Contacts { get; init; } = [];

    /// <summary>The records that it stands for.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];
}

public sealed record Duplicate(Guid Id);

/// <param name="Basis">On which ground.</param>
/// <param name="ConfirmedBy">The second person, once it was done.</param>
public sealed record Forgetting(string Basis, string? AskedBy, DateOnly AskedOn, string? ConfirmedBy, DateOnly? ConfirmedOn);

/// <summary>A contact as the history of the project has it.</summary>
/// <param name="Status"><c>present</c>, <c>removed</c> or <c>forgotten</c>: then nothing is known of the person.</param>
public sealed record ContactMark(Guid Id, string Status, Forgetting? Forgetting)
{
    /// <summary>A second person has yet to decide whether they are forgotten.</summary>
    public bool Waits => Forgetting is not null && Status is not "forgotten";
}

/// <param name="ProjectId">The record under which it was logged.</param>
/// <inheritdoc cref="ContactMark"/>
public sealed record ProjectContact(
    Guid Id, Guid ProjectId, string Status, Forgetting? Forgetting, string? Name, string? Position, string? Organisation, string? Phone, string? Email, string? Note);

/// <summary>A record that may be the same project.</summary>
/// <param name="Id">Null, as name and investor are, where the reader does not see it.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record Candidate(Guid? Id, string? Name, string? Investor, string? Stage, string? Department, decimal NameLikeness, decimal InvestorLikeness, bool SameCreditCode, decimal Confidence);

/// <param name="Yuan">What it counts, at the rate of its day.</param>
/// <param name="Status"><c>logged</c>, <c>confirmed</c>, <c>returned</c> or <c>revoked</c>.</param>
public sealed record CapitalEntry(
    Guid Id, Guid ProjectId, DateOnly ArrivedOn, Money Amount, Money FixedAssets, decimal? Rate, string? RateSource, Money Yuan, string Evidence, string EvidenceNumber, bool Illustrative,
    string Status, string? LoggedBy, long Version, string? Department, string? ConfirmedBy, string? StatusReason);

public sealed record CapitalItem(CapitalEntry Entry, string ProjectName);

/// <param name="Capital">To confirm.</param>
/// <param name="Overdue">Projects that have stood still for too long.</param>
/// <param name="Contacts">Projects with a contact to be forgotten.</param>
public sealed record ProjectWork(int Capital, int Overdue, int Contacts = 0);

/// <summary>Confirmed and not revoked, in yuan; what waits is <paramref name="Pending"/> alone.</summary>
public sealed record CapitalSums(Money Domestic, Money Foreign, Money FixedAssets, Money WorkingCapital, Money Pending);

public sealed record CapitalPage(IReadOnlyList<CapitalItem> Items, long Total, CapitalSums Sums);

/// <param name="GraduatedOn">Null while it is there.</param>
public sealed record Stay(string Carrier, string Kind, string Level, DateOnly AdmittedOn, DateOnly? GraduatedOn);

public sealed record Designation(Guid Id, string Kind, string Authority, string Number, DateOnly GrantedOn, DateOnly ExpiresOn, string? WithdrawnBecause);

public sealed record Listing(string Board, string Code, DateOnly ListedOn, DateOnly? EndedOn);

/// <param name="LeftOn">Null while it is in the zone.</param>
public sealed record Enterprise(
    Guid Id, string Name, string CreditCode, DateOnly RegisteredOn, Money? RegisteredCapital, string Industry, bool Illustrative, string? Department, long Version,
    string? Chain, string? ChainRole, Listing? Listing, DateOnly? LeftOn, string? LeftBecause)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<Guid> Projects { get; init; } = [];

    public IReadOnlyList<Stay> Stays { get; init; } = [];

    public IReadOnlyList<Designation> Designations { get; init; } = [];
}

public sealed record EnterpriseSummary(int Enterprises, IReadOnlyDictionary<string, int> ByDesignation, IReadOnlyDictionary<string, int> ByChainRole, int Listed);

/// <summary>What is known of a project beyond its name; null where nothing is.</summary>
/// <param name="Tags">A blank between.</param>
public sealed record ProjectDetails(
    Money? PlannedInvestment = null, Money? FixedAssets = null, string? IndustryCode = null, string? Origin = null, string? Country = null, string? CreditCode = null,
    string? Channel = null, string? Introducer = null, string? Block = null, string? Tags = null);

/// <summary>A field that the bureau has defined for its projects.</summary>
/// <param name="Kind">text, number, date, choice or yes-no.</param>
/// <param name="Retired">It takes no new value.</param>
public sealed record OwnField(Guid Id, string Name, string Kind, IReadOnlyList<string> Options, IReadOnlyList<string> RetiredOptions, bool Required, bool Retired)
{
    /// <summary>What a list calls it, as a column and as a condition.</summary>
    public string Key => $"field.{Id}";
}

/// <param name="Id">Of the record that they all make: their history has it.</param>
public sealed record OwnFields(Guid Id, IReadOnlyList<OwnField> Items)
{
    /// <summary>While they are not known: a page does without them.</summary>
    public static OwnFields None { get; } = new(Guid.Empty, []);

    /// <summary>Those that take values.</summary>
    public IEnumerable<OwnField> Active => Items.Where(each => !each.Retired);
}

/// <param name="Days">By stage, and <c>follow-up</c>.</param>
public sealed record TimeLimits(IReadOnlyDictionary<string, int> Days);

/// <summary>The projects behind the papers.</summary>
public sealed class ProjectsClient(HttpClient http)
{
    private const string Root = "/api/projects";

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Project>>> Projects(string query, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}{query}", ct);

    public Task<Answer<Project>> Project(Guid id, CancellationToken ct) => http.Ask<Project>($"{Root}/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<Project>> ProjectAt(Guid id, long version, CancellationToken ct) => http.Ask<Project>($"{Root}/{id}?version={version}", ct);

    public Task<Answer<RecordHistory>> History(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/{id}/history", ct);

    public Task<Answer<Finds>> Search(string words, CancellationToken ct) => http.Ask<Finds>($"{Root}/search?q={Uri.EscapeDataString(words)}", ct);

    /// <summary>The contacts of a project and of the records that it stands for.</summary>
    public Task<Answer<ListPage<ProjectContact>>> Contacts(Guid project, CancellationToken ct) => http.Ask<ListPage<ProjectContact>>($"{Root}/{project}/contacts", ct);

    public Task<Outcome> Register(object lead, string key, CancellationToken ct) => http.Tell(Root, lead, key, version: null, ct);

    /// <summary>Records that may be the same project, the surest first.</summary>
    public Task<Answer<ListPage<Candidate>>> Alike(string name, string? investor, string? creditCode, Guid? except, CancellationToken ct) => http.Ask<ListPage<Candidate>>(
        $"{Root}/alike?name={Uri.EscapeDataString(name)}&investor={Uri.EscapeDataString(investor ?? "")}&creditCode={Uri.EscapeDataString(creditCode ?? "")}{(except is { } self ? $"&except={self}" : "")}", ct);

    /// <summary>The capital in place of a project, the newest first.</summary>
    public Task<Answer<CapitalPage>> Capital(Guid project, CancellationToken ct) => Capital($"?project={project}&limit=200", ct);

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<CapitalPage>> Capital(string query, CancellationToken ct) => http.Ask<CapitalPage>($"{Root}/capital{query}", ct);

    public Task<Answer<CapitalEntry>> CapitalEntry(Guid id, CancellationToken ct) => http.Ask<CapitalEntry>($"{Root}/capital/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<CapitalEntry>> CapitalEntryAt(Guid id, long version, CancellationToken ct) => http.Ask<CapitalEntry>($"{Root}/capital/{id}?version={version}", ct);

    public Task<Answer<RecordHistory>> CapitalHistory(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/capital/{id}/history", ct);

    public Task<Answer<ProjectWork>> Work(CancellationToken ct) => http.Ask<ProjectWork>($"{Root}/work", ct);

    /// <summary>Capital that waits for the reader's confirmation.</summary>
    public Task<Answer<ListPage<CapitalItem>>> CapitalToConfirm(string query, CancellationToken ct) => http.Ask<ListPage<CapitalItem>>($"{Root}/work/capital{query}", ct);

    /// <summary>Projects with a contact whose forgetting waits for the reader.</summary>
    public Task<Answer<ListPage<Project>>> ContactsToForget(string query, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}/work/contacts{query}", ct);

    /// <summary>Projects that have stood still for too long.</summary>
    public Task<Answer<ListPage<Project>>> Overdue(string query, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}/work/overdue{query}", ct);

    public Task<Outcome> LogCapital(object arrival, string key, CancellationToken ct) => http.Tell($"{Root}/capital", arrival, key, version: null, ct);

    /// <summary>A command to an arrival: <c>confirm</c>, <c>return</c>, <c>revoke</c>.</summary>
    public Task<Outcome> TellCapital(Guid entry, string command, object body, string key, long version, CancellationToken ct) =>
        http.Tell($"{Root}/capital/{entry}/{command}", body, key, version, ct);

    /// <param name="query">As in the page's address, from the question mark on.</param>
    public Task<Answer<ListPage<Enterprise>>> Enterprises(string query, CancellationToken ct) => http.Ask<ListPage<Enterprise>>($"{Root}/enterprises{query}", ct);

    public Task<Answer<EnterpriseSummary>> EnterpriseSummary(CancellationToken ct) => http.Ask<EnterpriseSummary>($"{Root}/enterprises/summary", ct);

    public Task<Answer<Enterprise>> Enterprise(Guid id, CancellationToken ct) => http.Ask<Enterprise>($"{Root}/enterprises/{id}", ct);

    /// <summary>As it stood after that many of its events.</summary>
    public Task<Answer<Enterprise>> EnterpriseAt(Guid id, long version, CancellationToken ct) => http.Ask<Enterprise>($"{Root}/enterprises/{id}?version={version}", ct);

    public Task<Answer<RecordHistory>> EnterpriseHistory(Guid id, CancellationToken ct) => http.AskHistory($"{Root}/enterprises/{id}/history", ct);

    public Task<Outcome> RegisterEnterprise(object enterprise, string key, CancellationToken ct) => http.Tell($"{Root}/enterprises", enterprise, key, version: null, ct);

    /// <summary>A command to an enterprise: <c>rename</c>, <c>designations</c>, <c>link</c>…</summary>
    public Task<Outcome> TellEnterprise(Guid enterprise, string command, object body, string key, long version, CancellationToken ct) =>
        http.Tell($"{Root}/enterprises/{enterprise}/{command}", body, key, version, ct);

    public Task<Outcome> DefineRate(object definition, string key, CancellationToken ct) => http.Tell($"{Root}/definitions/rates", definition, key, version: null, ct);

    public Task<Outcome> SetTarget(object target, string key, CancellationToken ct) => http.Tell($"{Root}/definitions/targets", target, key, version: null, ct);

    public Task<Answer<TimeLimits>> Limits(CancellationToken ct) => http.Ask<TimeLimits>($"{Root}/limits", ct);

    public Task<Outcome> SetLimit(object limit, string key, CancellationToken ct) => http.Tell($"{Root}/limits", limit, key, version: null, ct);

    /// <summary>The bureau's own fields, retired ones too.</summary>
    public Task<Answer<OwnFields>> Fields(CancellationToken ct) => http.Ask<OwnFields>($"{Root}/fields", ct);

    public Task<Answer<RecordHistory>> FieldsHistory(Guid fields, CancellationToken ct) => http.AskHistory($"{Root}/fields/{fields}/history", ct);

    public Task<Outcome> DefineField(object field, string key, CancellationToken ct) => http.Tell($"{Root}/fields", field, key, version: null, ct);

    /// <summary>A command to one of them: <c>change</c>, <c>retire</c>, <c>take-up</c>.</summary>
    public Task<Outcome> TellField(Guid field, string command, object body, string key, CancellationToken ct) => http.Tell($"{Root}/fields/{field}/{command}", body, key, version: null, ct);

    /// <summary>A command to a project: <c>reach</c>, <c>suspend</c>, <c>share</c>…</summary>
    /// <param name="version">What the reader saw.</param>
    public Task<Outcome> Tell(Guid project, string command, object body, string key, long? version, CancellationToken ct) =>
        http.Tell($"{Root}/{project}/{command}", body, key, version, ct);

    /// <summary>The first few that have these words in name or investor.</summary>
    public Task<Answer<ListPage<Project>>> Find(string words, CancellationToken ct) => http.Ask<ListPage<Project>>($"{Root}?limit=8&q={Uri.EscapeDataString(words)}", ct);
}
