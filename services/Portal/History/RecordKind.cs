namespace Luodi.Portal.History;

/// <summary>What an event is about, and where that is to be read.</summary>
public static class RecordKind
{
    public const string Agreement = "agreement";
    public const string Ceremony = "ceremony";
    public const string Project = "project";
    public const string Fund = "fund";

    /// <summary>The events of each kind of record, in the order in which they usually happen.</summary>
    public static IReadOnlyDictionary<string, string[]> Events { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Agreement] =
        [
            "agreement_drafted", "agreement_signed", "signing_confirmed", "signing_returned", "agreement_amended", "amendment_confirmed", "amendment_returned",
            "agreement_terminated", "termination_confirmed", "termination_returned",
        ],
        [Ceremony] = ["ceremony_scheduled", "ceremony_held", "claim_recorded", "ceremony_closed"],
        [Project] = ["lead_registered", "negotiation_started", "project_signed", "project_shared", "project_unshared"],
        [Fund] = ["fund_established", "commitment_recorded"],
    };

    /// <summary>Null for an event that is newer than this portal.</summary>
    public static string? Of(string type) => Events.FirstOrDefault(kind => kind.Value.Contains(type, StringComparer.Ordinal)).Key;

    public static string? ListOf(string? kind) => kind switch
    {
        Agreement => "/agreements",
        Ceremony => "/ceremonies",
        Project => "/projects",
        Fund => "/funds",
        _ => null,
    };

    public static string? PageOf(string? kind, string id) => ListOf(kind) is { } list ? $"{list}/{id}" : null;

    /// <summary>The record at any moment, for those that keep every version.</summary>
    public static string? HistoryOf(string? kind, string id) => kind is Agreement or Project ? $"/history/{kind}/{id}" : null;
}
