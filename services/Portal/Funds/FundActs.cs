using Luodi.Portal.Layout;
using Luodi.Portal.Services;

namespace Luodi.Portal.Funds;

/// <summary>What can be done with a fund, by the words of the address, and where the service takes it.</summary>
public static class FundActs
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["terms"] = "terms",
        ["claim"] = "sizes",
        ["partner"] = "partners",
        ["subscribe"] = "subscriptions",
        ["transfer"] = "transfers",
        ["call"] = "calls",
        ["flow"] = "flows",
        ["deal"] = "deals",
        ["cancel"] = "cancel-deal",
        ["revoke"] = "revoke-subscription",
        ["reverse"] = "reverse-flow",
        ["reverse-transfer"] = "reverse-transfer",
        ["reverse-deal"] = "reverse-deal",
        ["close-raising"] = "close-raising",
        ["wind-up"] = "wind-up",
        ["confirm"] = "confirm",
        ["return"] = "return",
    };

    private static readonly string[] Logging = ["flow", "call", "subscribe", "deal", "partner", "transfer", "terms", "claim", "reverse-transfer", "reverse-deal"];

    private static readonly string[] Managing = ["cancel", "revoke", "close-raising", "wind-up"];

    /// <summary>The command's address below the fund's.</summary>
    public static string Command(string act) => Commands[act];

    /// <summary>It cannot simply be done again.</summary>
    public static bool IsGrave(string act) => act is "cancel" or "revoke" or "reverse" or "reverse-transfer" or "reverse-deal" or "close-raising" or "wind-up";

    /// <summary>It changes what others may have changed meanwhile; what is logged stands beside what others log.</summary>
    public static bool NeedsVersion(string act) => act is "terms" or "cancel" or "close-raising" or "wind-up";

    /// <summary>What the reader may begin, the usual one first.</summary>
    public static IEnumerable<string> Offered(Fund fund, Person? person) =>
        Logging.Concat(Managing).Where(act => Fits(act, fund, person, entry: null));

    /// <summary>What waits and the reader may confirm or return.</summary>
    public static IEnumerable<FundEntry> Confirmable(Fund fund, Person? person) => Confirms(fund, person) ? fund.Pending.Where(entry => entry.LoggedBy != person?.Account) : [];

    /// <summary>What of it the address means: one entry by its id, or all of one day.</summary>
    public static IReadOnlyList<FundEntry> Meant(Fund fund, Person? person, string? entry) =>
        [.. Confirmable(fund, person).Where(each => Guid.TryParse(entry, out var id) ? each.Id == id : DateOnly.TryParseExact(entry, "yyyy-MM-dd", out var day) && each.On == day)];

    /// <param name="entry">Which entry or flow it is about.</param>
    public static bool Fits(string? act, Fund fund, Person? person, string? entry) => !fund.WoundUp && act switch
    {
        "confirm" => Meant(fund, person, entry).Count > 0,
        "return" => Meant(fund, person, entry).Count == 1,
        "reverse" => person is { Manages: true } && Guid.TryParse(entry, out _),
        "cancel" => person is { Manages: true } && fund.Deals.Any(deal => deal.Undisbursed > 0),
        "revoke" => person is { Manages: true } && fund.FinalSize is null && fund.Partners.Any(partner => partner.Subscriptions.Count > 0),
        "close-raising" => person is { Manages: true } && fund.FinalSize is null && fund.Subscribed > 0,
        "wind-up" => person is { Manages: true },
        "subscribe" => Logs(fund, person) && fund.FinalSize is null && fund.Partners.Count > 0,
        "transfer" or "reverse-transfer" => Logs(fund, person) && fund.Partners.Count > 1,
        "reverse-deal" => Logs(fund, person) && Reversible(fund).Any(),
        "call" => Logs(fund, person) && fund.Subscribed > 0,
        "flow" or "deal" => Logs(fund, person) && fund.Partners.Count > 0,
        "terms" or "partner" or "claim" => Logs(fund, person),
        _ => false,
    };

    /// <summary>Deals that no money, and no reversal that waits, rests on; what was valued the service knows.</summary>
    public static IEnumerable<FundDeal> Reversible(Fund fund) => fund.Deals.Where(deal => deal is { Amount: > 0, Disbursed: 0, Income: 0 } && !fund.Pending.Any(entry => entry.DealId == deal.Id));

    private static bool Logs(Fund fund, Person? person) => person?.LogsOf(fund.Department) is true;

    private static bool Confirms(Fund fund, Person? person) => person is { Manages: true } || (person is { Confirms: true } && person.Owns(fund.Department));
}
