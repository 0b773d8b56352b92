using Luodi.Portal.Layout;

namespace Luodi.Portal.History;

/// <summary>What an event is about, and where that is to be read.</summary>
public static class RecordKind
{
    public const string Agreement = "agreement";
    public const string Ceremony = "ceremony";
    public const string Project = "project";
    public const string Fund = "fund";
    public const string Facility = "facility";
    public const string Reinvestment = "reinvestment";
    public const string Family = "family";
    public const string Limits = "limits";
    public const string Fields = "fields";
    public const string Capital = "capital";
    public const string Enterprise = "enterprise";
    public const string Obligation = "obligation";
    public const string Definitions = "definitions";
    public const string Report = "report";
    public const string Account = "account";
    public const string Program = "program";
    public const string Term = "term";
    public const string SignInPolicy = "sign-in-policy";
    public const string AuditLog = "audit-log";
    public const string Erasure = "erasure";

    /// <summary>What administrators keep; who audits reads about it.</summary>
    private static readonly string[] Administered = [Account, Program, Term, SignInPolicy];

    /// <summary>The events of each kind of record, in the order in which they usually happen.</summary>
    public static IReadOnlyDictionary<string, string[]> Events { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Agreement] =
        [
            "agreement_drafted", "draft_corrected", "agreement_signed", "agreement_upgraded", "investment_topped_up", "owner_replaced", "signing_confirmed", "signing_returned", "agreement_amended", "amendment_confirmed", "amendment_returned",
            "agreement_terminated", "termination_confirmed", "termination_returned", "agreement_fulfilled", "fulfilment_withdrawn", "attachment_added", "attachment_withdrawn",
            "condition_noted", "condition_met", "condition_waived", "condition_withdrawn",
            "fund_participation_requested", "fund_participation_withdrawn", "funding_confirmed", "funding_refused", "funding_released",
        ],
        [Ceremony] = ["ceremony_scheduled", "ceremony_held", "agenda_set", "claim_recorded", "ceremony_closed", "ceremony_reopened"],
        [Project] =
        [
            "lead_registered", "project_described", "project_field_filled", "follow_up_logged", "negotiation_started", "stage_reached", "stage_withdrawn", "project_signed", "paper_added", "paper_withdrawn",
            "project_suspended", "project_resumed", "project_fell_out", "project_reinstated", "owner_assigned", "project_merged", "project_unmerged", "duplicate_taken_in", "duplicate_let_go", "project_shared", "project_unshared",
            "contact_added", "contact_changed", "contact_removed", "contact_forgetting_requested", "contact_forgetting_withdrawn", "contact_forgetting_refused", "contact_forgotten",
        ],
        [Capital] = ["capital_logged", "capital_confirmed", "capital_returned", "capital_revoked"],
        [Limits] = ["time_limit_set"],
        [Fields] = ["project_field_defined", "project_field_changed", "project_field_retired", "project_field_taken_up"],
        [Enterprise] =
        [
            "enterprise_registered", "enterprise_renamed", "chain_role_set", "project_linked", "project_unlinked", "enterprise_admitted", "enterprise_graduated",
            "designation_granted", "designation_withdrawn", "enterprise_listed", "listing_ended", "enterprise_left",
        ],
        [Obligation] = ["obligation_agreed", "obligation_extended", "obligation_fulfilled", "obligation_reopened", "obligation_overdue"],
        [Definitions] = ["rate_defined", "target_set"],
        [Fund] =
        [
            "fund_established", "fund_terms_set", "fund_size_claimed", "partner_admitted", "subscription_logged", "subscription_confirmed", "subscription_revoked", "transfer_logged", "transfer_confirmed", "transfer_reversal_logged", "transfer_reversed", "raising_closed",
            "commitment_recorded", "deal_approved", "deal_committed", "deal_resized", "deal_cancelled", "participation_refused", "deal_reversal_logged", "deal_reversed", "flow_logged", "flow_confirmed", "flow_reversed",
            "stake_paid", "stake_returned", "stake_reversed", "fund_entry_returned", "period_closed", "period_reopened", "fund_wound_up",
        ],
        [Family] = ["family_size_claimed"],
        [Facility] = ["facility_opened", "facility_entry_logged", "facility_entry_confirmed", "facility_entry_returned", "facility_entry_revoked", "facility_limit_changed"],
        [Reinvestment] = ["reinvestment_opened", "reinvestment_rule_set", "reinvestment_logged", "reinvestment_recognised", "reinvestment_returned", "reinvestment_revoked"],
        [Report] = ["report_published", "report_withdrawn", "report_superseded"],
        [Account] =
        [
            "account_opened", "role_granted", "role_revoked", "department_assigned", "account_disabled", "account_enabled", "password_reset", "second_factor_reset",
        ],
        [Program] = ["client_registered", "client_secret_renewed", "client_disabled"],
        [Term] = ["term_added", "term_renamed", "term_retired"],
        [SignInPolicy] = ["second_factor_demanded", "second_factor_waived"],
        [AuditLog] = ["audit_started", "audit_stopped", "source_fell_silent", "source_heard_again", "log_key_added", "log_key_retired", "reconciliation_finished"],
        [Erasure] = ["erasure_requested", "erasure_approved", "erasure_refused", "erasure_withdrawn", "payload_erased"],
    };

    /// <summary>Null for an event that is newer than this portal.</summary>
    public static string? Of(string type) => Events.FirstOrDefault(kind => kind.Value.Contains(type, StringComparer.Ordinal)).Key;

    /// <summary>The events that somebody may come upon.</summary>
    public static IEnumerable<string> EventsFor(Person? reader) =>
        Events.Where(kind => kind.Key is not Erasure || reader?.Erases is true).Where(kind => reader?.Audits is true || !Administered.Contains(kind.Key)).SelectMany(kind => kind.Value);

    public static string? ListOf(string? kind) => kind switch
    {
        Agreement => "/agreements",
        Ceremony => "/ceremonies",
        Project => "/projects",
        Fund => "/funds",
        Facility => "/funds/facilities",
        Enterprise => "/enterprises",
        Capital => "/capital",
        Obligation => "/obligations",
        Report => "/reports",
        _ => null,
    };

    public static string? PageOf(string? kind, string id) => kind switch
    {
        Account => $"/admin/accounts/{id}",
        // Of these all are told on one page.
        Program => "/admin/programs",
        Term => "/admin/dictionary",
        SignInPolicy => "/admin/policy",
        AuditLog => "/audit",
        Erasure => $"/audit/erasures/{id}",
        Limits => "/projects/limits",
        Fields => "/projects/fields",
        Definitions => "/definitions",
        Family => "/funds/family",
        // It is told on its fund's page, which only its fund's id leads to.
        Reinvestment => $"/history?subject={id}",
        _ => ListOf(kind) is { } list ? $"{list}/{id}" : null,
    };

    /// <summary>The record at any moment, for those that keep every version.</summary>
    public static string? HistoryOf(string? kind, string id) => kind is Agreement or Project or Enterprise or Capital or Obligation ? $"/history/{kind}/{id}" : null;
}
