using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Signings.Agreements;

/// <summary>What a paper says beside its amount, asked the same way when it is drafted, corrected and amended.</summary>
public static class Terms
{
    /// <summary>So many parties beside the counterparty.</summary>
    public const int MostParties = 20;

    private const int PartyLimit = 200;

    public sealed record TooManyParties(int Most) : Refusal("At most {Most} parties beside the counterparty.", "parties");

    public sealed record PartyNamedTwice(string Party) : Refusal("{Party} is a party already: name each one once, the counterparty not again.", "parties");

    public sealed record FixedAssetsAboveAmount() : Refusal("The fixed assets are a part of the amount: they cannot be more. Give their figure too where the amount goes down.", "fixedAssets");

    /// <summary>What is wrong with those who sign beside the counterparty.</summary>
    /// <param name="counterparty">As far as it is known.</param>
    public static Refusal? Parties(IReadOnlyList<string>? parties, string? counterparty)
    {
        if (parties is not { Count: > 0 }) return null;
        if (parties.Count > MostParties) return new TooManyParties(MostParties);
        if (parties.Select(party => Fields.Text(party, "parties", PartyLimit)).FirstOrDefault(wrong => wrong is not null) is { } unfit) return unfit;
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { $"{counterparty}".Trim() };
        return Tidy(parties).FirstOrDefault(party => !named.Add(party)) is { } twice ? new PartyNamedTwice(twice) : null;
    }

    /// <summary>What is wrong with the part that goes into fixed assets, by itself: none, or an amount.</summary>
    public static Refusal? FixedAssets(Money? part) => part is null or { Value: 0, Currency: "CNY" } ? null : Fields.Amount(part, "fixedAssets");

    /// <summary>The part and the whole, each as it would stand.</summary>
    public static Refusal? Fits(Money? part, Money? whole) => part?.Value > whole?.Value ? new FixedAssetsAboveAmount() : null;

    public static IReadOnlyList<string> Tidy(IReadOnlyList<string> parties) => [.. parties.Select(party => party.Trim())];
}
