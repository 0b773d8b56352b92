using Luodi.Contracts;

namespace Luodi.Reporting.Ledger;

/// <summary>What a series of postings counts; sums never mix two measures, two statuses or two currencies.</summary>
public static class Measures
{
    /// <summary>Agreements signed (count), agreements upgraded (upgrades) and their agreed investment (amount).</summary>
    public const string AgreedInvestment = "agreed-investment";
}

/// <summary>Confirmed facts make the official figures; pending ones stand beside them.</summary>
public static class PostingStatus
{
    public const string Confirmed = "confirmed";
    public const string Pending = "pending";
}

/// <summary>One signed change of a measure in its dimensions. A figure is the sum of postings; a change is a reversal and a new posting.</summary>
/// <param name="Count">How many agreements more or fewer.</param>
/// <param name="Amount">Agreed investment more or less.</param>
/// <param name="EffectiveOn">The day from which the fact holds.</param>
/// <param name="SizeBand">The band of the whole amount on the paper, also where only a part of it counts.</param>
/// <param name="Department">Whose agreement it is: the figures are the bureau's, the rows behind them are seen by department.</param>
/// <param name="Tier">One of <see cref="Tiers"/>; sums never mix two of them.</param>
/// <param name="Upgrades">How many upgrades more or fewer.</param>
public sealed record Posting(
    string Measure, string Status, int Count, Money Amount, DateOnly EffectiveOn,
    Guid CeremonyId, Guid AgreementId, Guid ProjectId, string Industry, string SizeBand, bool Illustrative, string? Department = null, string Tier = Tiers.Agreement, int Upgrades = 0)
{
    /// <summary>Takes the posting back.</summary>
    public Posting Reversed() => this with { Count = -Count, Amount = new Money(-Amount.Value, Amount.Currency), Upgrades = -Upgrades };
}

/// <summary>Bands of agreed investment in yuan, each from its lower bound up to below the next. 100 million (1亿元) is the line that bulletins count by.</summary>
public static class SizeBands
{
    /// <summary>Lower bounds, ascending.</summary>
    public static IReadOnlyList<(string Name, decimal FromYuan)> All { get; } =
    [
        ("under-10m", 0m), ("10m-50m", 10_000_000m), ("50m-100m", 50_000_000m),
        ("100m-500m", 100_000_000m), ("500m-1bn", 500_000_000m), ("1bn-up", 1_000_000_000m),
    ];

    /// <summary>The bands at or above 100 million yuan.</summary>
    public static IReadOnlyList<string> AtLeast100Million { get; } = [.. All.Where(band => band.FromYuan >= 100_000_000m).Select(band => band.Name)];

    public static string Of(decimal yuan) => All.Last(band => yuan >= band.FromYuan).Name;
}
