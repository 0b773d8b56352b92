namespace Luodi.SystemTests.Http;

/// <summary>Who calls: a role, or an integration with one scope.</summary>
[Flags]
internal enum Callers
{
    None = 0,
    Staff = 1,
    Manager = 1 << 1,
    Auditor = 1 << 2,
    Service = 1 << 3,
    SystemAdministrator = 1 << 4,
    SecurityAdministrator = 1 << 5,
    ReadsDeals = 1 << 6,
    WritesDeals = 1 << 7,
    ReadsFigures = 1 << 8,
    ReadsFeed = 1 << 9,

    /// <summary>An integration without a scope.</summary>
    Scopeless = 1 << 10,

    /// <summary>A role that there is not.</summary>
    Stranger = 1 << 11,

    /// <summary>Whoever may read deals.</summary>
    Readers = Staff | Manager | Auditor | Service | ReadsDeals,

    /// <summary>Whoever may read figures.</summary>
    Figures = Readers | ReadsFigures,

    /// <summary>Whoever may read whole events.</summary>
    Feed = Manager | Auditor | Service | ReadsFeed,

    /// <summary>Whoever may read what administrators did.</summary>
    Administration = Auditor | Service | ReadsFeed,

    /// <summary>Whoever logs deals.</summary>
    Loggers = Staff | WritesDeals,

    /// <summary>Whoever confirms and returns.</summary>
    Confirmers = Staff | Manager,

    /// <summary>Whoever reads accounts.</summary>
    Apart = Auditor | SystemAdministrator | SecurityAdministrator,

    /// <summary>Whoever has an account, and our services.</summary>
    Everyone = Staff | Manager | Apart | Service,
}

/// <summary>Which caller may use an endpoint.</summary>
internal sealed record Access(string Method, string Path, Callers May);

/// <summary>The whole matrix: every endpoint of every service, and who may use it. An endpoint without a row fails <see cref="AccessMatrixTests"/>.</summary>
internal static class AccessTable
{
    public static IReadOnlyList<Access> All { get; } =
    [
        new("GET", "/api/signings/ceremonies", Callers.Readers),
        new("POST", "/api/signings/ceremonies", Callers.Loggers),
        new("GET", "/api/signings/ceremonies/{id}", Callers.Readers),
        new("GET", "/api/signings/ceremonies/{id}/history", Callers.Readers),
        new("POST", "/api/signings/ceremonies/{id}/hold", Callers.Loggers),
        new("POST", "/api/signings/ceremonies/{id}/claims", Callers.Loggers),
        new("POST", "/api/signings/ceremonies/{id}/agenda", Callers.Loggers),
        new("POST", "/api/signings/ceremonies/{id}/close", Callers.Confirmers),
        new("POST", "/api/signings/ceremonies/{id}/reopen", Callers.Confirmers),
        new("GET", "/api/signings/agreements", Callers.Readers),
        new("POST", "/api/signings/agreements", Callers.Loggers),
        new("GET", "/api/signings/agreements/export", Callers.Readers),
        new("GET", "/api/signings/agreements/usual-amount", Callers.Readers),
        new("GET", "/api/signings/agreements/{id}", Callers.Readers),
        new("GET", "/api/signings/agreements/{id}/history", Callers.Readers),
        new("POST", "/api/signings/agreements/{id}/fulfil", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/reopen", Callers.Loggers),
        new("GET", "/api/signings/agreements/{id}/attachments", Callers.Readers),
        new("POST", "/api/signings/agreements/{id}/attachments", Callers.Loggers),
        new("GET", "/api/signings/agreements/{id}/attachments/{attachment}", Callers.Readers),
        new("POST", "/api/signings/agreements/{id}/withdraw-attachment", Callers.Loggers),
        new("GET", "/api/signings/agreements/{id}/conditions", Callers.Readers),
        new("POST", "/api/signings/agreements/{id}/conditions", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/meet-condition", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/waive-condition", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/withdraw-condition", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/correct", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/sign", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/amend", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/terminate", Callers.Loggers),
        new("POST", "/api/signings/agreements/{id}/confirm", Callers.Confirmers),
        new("POST", "/api/signings/agreements/{id}/return", Callers.Confirmers),
        new("GET", "/api/signings/work", Callers.Confirmers),
        new("GET", "/api/signings/work/to-confirm", Callers.Confirmers),
        new("GET", "/api/signings/work/returned", Callers.Confirmers),
        new("GET", "/api/signings/work/conditions", Callers.Confirmers),
        new("GET", "/api/signings/search", Callers.Readers),
        new("GET", "/api/signings/feed", Callers.Feed),
        new("GET", "/api/signings/intake", Callers.Feed),
        new("POST", "/api/signings/intake/repeat", Callers.Manager),

        new("GET", "/api/projects", Callers.Readers),
        new("POST", "/api/projects", Callers.Loggers),
        new("GET", "/api/projects/export", Callers.Readers),
        new("GET", "/api/projects/search", Callers.Readers),
        new("GET", "/api/projects/{id}", Callers.Readers),
        new("GET", "/api/projects/{id}/history", Callers.Readers),
        new("POST", "/api/projects/{id}/reach", Callers.Loggers),
        new("POST", "/api/projects/{id}/withdraw", Callers.Loggers),
        new("POST", "/api/projects/{id}/suspend", Callers.Loggers),
        new("POST", "/api/projects/{id}/resume", Callers.Loggers),
        new("POST", "/api/projects/{id}/drop", Callers.Loggers),
        new("POST", "/api/projects/{id}/reinstate", Callers.Loggers),
        new("POST", "/api/projects/{id}/describe", Callers.Loggers),
        new("POST", "/api/projects/{id}/fill", Callers.Loggers),
        new("POST", "/api/projects/{id}/assign", Callers.Confirmers),
        new("POST", "/api/projects/{id}/follow-ups", Callers.Loggers),
        new("GET", "/api/projects/capital", Callers.Readers),
        new("POST", "/api/projects/capital", Callers.Loggers),
        new("GET", "/api/projects/capital/export", Callers.Readers),
        new("GET", "/api/projects/capital/{id}", Callers.Readers),
        new("GET", "/api/projects/capital/{id}/history", Callers.Readers),
        new("POST", "/api/projects/capital/{id}/confirm", Callers.Confirmers),
        new("POST", "/api/projects/capital/{id}/return", Callers.Confirmers),
        new("POST", "/api/projects/capital/{id}/revoke", Callers.Manager),
        new("GET", "/api/signings/obligations", Callers.Readers),
        new("POST", "/api/signings/obligations", Callers.Loggers),
        new("GET", "/api/signings/obligations/export", Callers.Readers),
        new("GET", "/api/signings/obligations/{id}", Callers.Readers),
        new("POST", "/api/signings/obligations/{id}/extend", Callers.Manager),
        new("POST", "/api/signings/obligations/{id}/fulfil", Callers.Loggers),
        new("POST", "/api/signings/obligations/{id}/reopen", Callers.Loggers),
        new("GET", "/api/signings/obligations/{id}/history", Callers.Readers),
        new("GET", "/api/projects/enterprises", Callers.Readers),
        new("GET", "/api/projects/enterprises/export", Callers.Readers),
        new("GET", "/api/projects/enterprises/summary", Callers.Readers),
        new("GET", "/api/projects/enterprises/{id}", Callers.Readers),
        new("GET", "/api/projects/enterprises/{id}/history", Callers.Readers),
        new("POST", "/api/projects/enterprises", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/rename", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/chain", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/link", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/unlink", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/admit", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/graduate", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/designations", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/withdraw-designation", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/list", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/end-listing", Callers.Loggers),
        new("POST", "/api/projects/enterprises/{id}/leave", Callers.Loggers),
        new("POST", "/api/projects/definitions/rates", Callers.Manager),
        new("GET", "/api/projects/definitions/targets", Callers.Readers),
        new("POST", "/api/projects/definitions/targets", Callers.Manager),
        new("GET", "/api/projects/limits", Callers.Readers),
        new("POST", "/api/projects/limits", Callers.Manager),
        new("GET", "/api/projects/fields", Callers.Readers),
        new("POST", "/api/projects/fields", Callers.Manager),
        new("POST", "/api/projects/fields/{id}/change", Callers.Manager),
        new("POST", "/api/projects/fields/{id}/retire", Callers.Manager),
        new("POST", "/api/projects/fields/{id}/take-up", Callers.Manager),
        new("GET", "/api/projects/fields/{id}/history", Callers.Readers),
        new("GET", "/api/projects/work", Callers.Confirmers),
        new("GET", "/api/projects/work/capital", Callers.Confirmers),
        new("GET", "/api/projects/work/overdue", Callers.Confirmers),
        new("GET", "/api/projects/alike", Callers.Readers),
        new("POST", "/api/projects/{id}/merge", Callers.Manager),
        new("POST", "/api/projects/{id}/unmerge", Callers.Manager),
        new("POST", "/api/projects/{id}/share", Callers.Manager),
        new("POST", "/api/projects/{id}/unshare", Callers.Manager),
        new("GET", "/api/projects/feed", Callers.Feed),
        new("GET", "/api/projects/intake", Callers.Feed),
        new("POST", "/api/projects/intake/repeat", Callers.Manager),

        new("GET", "/api/funds", Callers.Readers),
        new("POST", "/api/funds", Callers.Loggers),
        new("GET", "/api/funds/export", Callers.Readers),
        new("GET", "/api/funds/search", Callers.Readers),
        new("GET", "/api/funds/{id}", Callers.Readers),
        new("GET", "/api/funds/{id}/history", Callers.Readers),
        new("POST", "/api/funds/{id}/commitments", Callers.Loggers),
        new("POST", "/api/funds/{id}/terms", Callers.Loggers),
        new("POST", "/api/funds/{id}/sizes", Callers.Loggers),
        new("POST", "/api/funds/{id}/close-raising", Callers.Manager),
        new("POST", "/api/funds/{id}/wind-up", Callers.Manager),
        new("GET", "/api/funds/{id}/partners", Callers.Readers),
        new("POST", "/api/funds/{id}/partners", Callers.Loggers),
        new("POST", "/api/funds/{id}/subscriptions", Callers.Loggers),
        new("POST", "/api/funds/{id}/revoke-subscription", Callers.Manager),
        new("POST", "/api/funds/{id}/transfers", Callers.Loggers),
        new("GET", "/api/funds/{id}/deals", Callers.Readers),
        new("POST", "/api/funds/{id}/deals", Callers.Loggers),
        new("GET", "/api/funds/deals", Callers.Readers),
        new("POST", "/api/funds/{id}/cancel-deal", Callers.Manager),
        new("GET", "/api/funds/{id}/flows", Callers.Readers),
        new("GET", "/api/funds/{id}/flows/export", Callers.Readers),
        new("POST", "/api/funds/{id}/flows", Callers.Loggers),
        new("POST", "/api/funds/{id}/calls", Callers.Loggers),
        new("POST", "/api/funds/{id}/reverse-flow", Callers.Manager),
        new("POST", "/api/funds/{id}/confirm", Callers.Confirmers),
        new("POST", "/api/funds/{id}/return", Callers.Confirmers),
        new("GET", "/api/funds/work", Callers.Confirmers),
        new("GET", "/api/funds/work/entries", Callers.Confirmers),
        new("GET", "/api/funds/facilities", Callers.Readers),
        new("POST", "/api/funds/facilities", Callers.Loggers),
        new("GET", "/api/funds/facilities/export", Callers.Readers),
        new("GET", "/api/funds/facilities/{id}", Callers.Readers),
        new("GET", "/api/funds/facilities/{id}/history", Callers.Readers),
        new("POST", "/api/funds/facilities/{id}/entries", Callers.Loggers),
        new("POST", "/api/funds/facilities/{id}/confirm-entry", Callers.Confirmers),
        new("POST", "/api/funds/facilities/{id}/return-entry", Callers.Confirmers),
        new("POST", "/api/funds/facilities/{id}/revoke-entry", Callers.Manager),
        new("GET", "/api/funds/reinvestment", Callers.Readers),
        new("POST", "/api/funds/reinvestment", Callers.Manager),
        new("GET", "/api/funds/reinvestment/{id}", Callers.Readers),
        new("GET", "/api/funds/reinvestment/{id}/history", Callers.Readers),
        new("POST", "/api/funds/reinvestment/{id}/rules", Callers.Manager),
        new("POST", "/api/funds/reinvestment/{id}/cases", Callers.Loggers),
        new("POST", "/api/funds/reinvestment/{id}/recognise-case", Callers.Confirmers),
        new("POST", "/api/funds/reinvestment/{id}/return-case", Callers.Confirmers),
        new("POST", "/api/funds/reinvestment/{id}/revoke-case", Callers.Manager),
        new("GET", "/api/funds/feed", Callers.Feed),

        new("GET", "/api/reporting/overview", Callers.Figures),
        new("GET", "/api/reporting/ceremonies", Callers.Figures),
        new("GET", "/api/reporting/ceremonies/{id}", Callers.Figures),
        new("GET", "/api/reporting/rollups", Callers.Figures),
        new("GET", "/api/reporting/rollups/table", Callers.Figures),
        new("GET", "/api/reporting/rates", Callers.Figures),
        new("GET", "/api/reporting/definitions", Callers.Figures),
        new("GET", "/api/reporting/postings", Callers.Readers),
        new("GET", "/api/reporting/events", Callers.Readers),
        new("GET", "/api/reporting/events/{id}", Callers.Readers),
        new("GET", "/api/reporting/intake", Callers.Feed),
        new("POST", "/api/reporting/intake/repeat", Callers.Manager),

        new("GET", "/api/portal/accounts", Callers.Apart),
        new("POST", "/api/portal/accounts", Callers.SystemAdministrator),
        new("GET", "/api/portal/accounts/{id}", Callers.Apart),
        new("GET", "/api/portal/accounts/{id}/history", Callers.Apart),
        new("POST", "/api/portal/accounts/{id}/assign-department", Callers.SystemAdministrator),
        new("POST", "/api/portal/accounts/{id}/grant", Callers.SecurityAdministrator),
        new("POST", "/api/portal/accounts/{id}/revoke", Callers.SecurityAdministrator),
        new("POST", "/api/portal/accounts/{id}/disable", Callers.SystemAdministrator),
        new("POST", "/api/portal/accounts/{id}/enable", Callers.SystemAdministrator),
        new("POST", "/api/portal/accounts/{id}/reset-password", Callers.SystemAdministrator),
        new("POST", "/api/portal/accounts/{id}/reset-second-factor", Callers.SecurityAdministrator),
        new("GET", "/api/portal/clients", Callers.Apart),
        new("POST", "/api/portal/clients", Callers.SecurityAdministrator),
        new("POST", "/api/portal/clients/{id}/renew-secret", Callers.SecurityAdministrator),
        new("POST", "/api/portal/clients/{id}/disable", Callers.SecurityAdministrator),
        new("GET", "/api/portal/terms", Callers.Everyone),
        new("POST", "/api/portal/terms", Callers.SystemAdministrator),
        new("POST", "/api/portal/terms/{id}/rename", Callers.SystemAdministrator),
        new("POST", "/api/portal/terms/{id}/retire", Callers.SystemAdministrator),
        new("GET", "/api/portal/second-factor", Callers.Apart),
        new("POST", "/api/portal/second-factor/demand", Callers.SecurityAdministrator),
        new("POST", "/api/portal/second-factor/waive", Callers.SecurityAdministrator),
        new("GET", "/api/portal/security-log", Callers.SecurityAdministrator | Callers.Auditor),
        new("GET", "/api/portal/feed", Callers.Administration),
    ];

    public static IReadOnlyList<Callers> Everybody { get; } =
    [
        Callers.Staff, Callers.Manager, Callers.Auditor, Callers.Service, Callers.SystemAdministrator, Callers.SecurityAdministrator,
        Callers.ReadsDeals, Callers.WritesDeals, Callers.ReadsFigures, Callers.ReadsFeed, Callers.Scopeless, Callers.Stranger,
    ];

    /// <summary>Somebody who is let in: a refusal of the role would hide what an odd request does.</summary>
    public static Api CallerOf(Operation operation) =>
        All.Any(row => row.Method == operation.Method.Method && row.Path == operation.Path.TrimEnd('/') && row.May.HasFlag(Callers.Staff)) ? Site.Here.Staff : Site.Here.Manager;

    public static string TokenOf(Site site, Callers caller) => caller switch
    {
        Callers.Staff => Tokens.Issue(site, "staff", department: "investment-1"),
        Callers.Manager => Tokens.Issue(site, "manager"),
        Callers.Auditor => Tokens.Issue(site, "auditor"),
        Callers.Service => Tokens.Issue(site, "service:projects", role: "service"),
        Callers.SystemAdministrator => Tokens.Issue(site, "sysadmin", role: "system-administrator"),
        Callers.SecurityAdministrator => Tokens.Issue(site, "secadmin", role: "security-administrator"),
        Callers.ReadsDeals => Integration("deals.read"),
        Callers.WritesDeals => Integration("deals.write"),
        Callers.ReadsFigures => Integration("figures.read"),
        Callers.ReadsFeed => Integration("feed.read"),
        Callers.Scopeless => Tokens.Issue(site, "client", role: "integration", department: "investment-1"),
        Callers.Stranger => Tokens.Issue(site, "director", role: "director", department: "investment-1", scope: "luodi deals.read deals.write figures.read feed.read"),
        _ => throw new ArgumentException($"{caller} is no one caller.", nameof(caller)),
    };

    // Its scope stands between others that say nothing here.
    private static string Integration(string scope) => Tokens.Issue(Site.Here, "client", role: "integration", department: "investment-1", scope: $"openid {scope} profile");
}
