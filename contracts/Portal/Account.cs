namespace Luodi.Contracts.Portal;

/// <summary>An account was opened; it has no role yet.</summary>
/// <param name="Login">The <c>sub</c> of its tokens and the actor of its events: never changed, never given to somebody else.</param>
/// <param name="Demo">It came with the demo's data.</param>
[EventName("account_opened")]
public sealed record AccountOpened(Guid AccountId, string Login, string Name, string? Department, bool Demo);

/// <summary>The account may do from now on what the role may do.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
[EventName("role_granted")]
public sealed record RoleGranted(Guid AccountId, string Role);

/// <summary>The role was taken away.</summary>
[EventName("role_revoked")]
public sealed record RoleRevoked(Guid AccountId, string Role);

/// <summary>The person works for this department from now on.</summary>
[EventName("department_assigned")]
public sealed record DepartmentAssigned(Guid AccountId, string Department);

/// <summary>Nobody signs in with the account any more; its sessions ended.</summary>
[EventName("account_disabled")]
public sealed record AccountDisabled(Guid AccountId);

/// <summary>The account may be used again.</summary>
[EventName("account_enabled")]
public sealed record AccountEnabled(Guid AccountId);

/// <summary>An administrator gave out a new password, to be changed at the next sign-in.</summary>
[EventName("password_reset")]
public sealed record PasswordReset(Guid AccountId);

/// <summary>The second factor was taken off, so that the person can set up another.</summary>
[EventName("second_factor_reset")]
public sealed record SecondFactorReset(Guid AccountId);

/// <summary>Whoever has the role signs in with a second factor from now on.</summary>
[EventName("second_factor_demanded")]
public sealed record SecondFactorDemanded(Guid PolicyId, string Role);

/// <summary>The role needs no second factor any more.</summary>
[EventName("second_factor_waived")]
public sealed record SecondFactorWaived(Guid PolicyId, string Role);

/// <summary>A program may call the API with a secret of its own.</summary>
/// <param name="Login">Its client id; its events have the actor <c>client:LOGIN</c>.</param>
/// <param name="Scopes">Some of <see cref="Portal.Scopes.OfPrograms"/>, blanks between (RFC 6749, 3.3).</param>
/// <param name="Department">Whose deals it reads and logs.</param>
[EventName("client_registered")]
public sealed record ClientRegistered(Guid ClientId, string Login, string Name, string Scopes, string? Department);

/// <summary>The program got a new secret; the old one is void.</summary>
[EventName("client_secret_renewed")]
public sealed record ClientSecretRenewed(Guid ClientId);

/// <summary>The program gets no tokens any more.</summary>
[EventName("client_disabled")]
public sealed record ClientDisabled(Guid ClientId);

/// <summary>A term of the bureau's dictionary.</summary>
/// <param name="Kind">One of <see cref="TermKinds"/>.</param>
/// <param name="Code">Stored in records; never changed.</param>
[EventName("term_added")]
public sealed record TermAdded(Guid TermId, string Kind, string Code, string Name);

/// <summary>Shown under another name from now on.</summary>
[EventName("term_renamed")]
public sealed record TermRenamed(Guid TermId, string Name);

/// <summary>Not offered for new records any more.</summary>
[EventName("term_retired")]
public sealed record TermRetired(Guid TermId);

/// <summary>What an account may be.</summary>
public static class Roles
{
    /// <summary>招商人员: logs the deals of their department.</summary>
    public const string Staff = "staff";

    /// <summary>招商主管: reads all, confirms what others logged, assigns.</summary>
    public const string Manager = "manager";

    /// <summary>审计员: reads all, replays, proves; changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>系统管理员: accounts, running the system; sees no deals.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>安全管理员: who has which role, policy, security log; sees no deals.</summary>
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>Our own services.</summary>
    public const string Service = "service";

    /// <summary>A program of somebody else, held to its scopes.</summary>
    public const string Integration = "integration";

    /// <summary>What a person can be granted.</summary>
    public static IReadOnlyList<string> OfPeople { get; } = [Staff, Manager, Auditor, SystemAdministrator, SecurityAdministrator];

    /// <summary>Held apart from every other role (三员分立): who runs the system, who grants and who audits are three persons, and none of them deals.</summary>
    public static IReadOnlyList<string> Apart { get; } = [Auditor, SystemAdministrator, SecurityAdministrator];
}

/// <summary>What a token may be used for.</summary>
public static class Scopes
{
    /// <summary>Everything that the role of a person or of a service allows.</summary>
    public const string Luodi = "luodi";

    /// <summary>Read deals.</summary>
    public const string DealsRead = "deals.read";

    /// <summary>Log deals, as staff do.</summary>
    public const string DealsWrite = "deals.write";

    /// <summary>Read figures and what they are sums of.</summary>
    public const string FiguresRead = "figures.read";

    /// <summary>Read the feeds of events.</summary>
    public const string FeedRead = "feed.read";

    /// <summary>What a program can be given.</summary>
    public static IReadOnlyList<string> OfPrograms { get; } = [DealsRead, DealsWrite, FiguresRead, FeedRead];
}

/// <summary>What the dictionary has terms for.</summary>
public static class TermKinds
{
    /// <summary>部门</summary>
    public const string Department = "department";

    /// <summary>地块</summary>
    public const string Block = "block";

    public static IReadOnlyList<string> All { get; } = [Department, Block];
}
