using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Reporting.Definitions;

/// <summary>A version of a rate's definition and the place in the ledger from which it was known.</summary>
/// <param name="Event">The event that says so; null for the usual one.</param>
public sealed record KnownRate(
    string Rate, int Version, string Numerator, string Denominator, int Decimals, string Rounding, decimal ScoreOfEqual, string? Source, DateOnly EffectiveFrom, long KnownFrom, Guid? Event)
{
    /// <summary>numerator ÷ denominator × 100 %, rounded as defined; null where there is nothing to divide by.</summary>
    public decimal? Of(decimal numerator, decimal denominator)
    {
        if (denominator == 0) return null;
        var percent = numerator * 100 / denominator;
        return Rounding is Roundings.Truncate ? Truncated(percent) : decimal.Round(percent, Decimals, MidpointRounding.AwayFromZero);
    }

    private decimal Truncated(decimal percent) => decimal.Round(percent, Decimals, MidpointRounding.ToZero);
}

/// <summary>A target and the place in the ledger from which it was known.</summary>
public sealed record KnownTarget(int Year, string Measure, string Kind, decimal Value, string Source, bool Illustrative, long KnownFrom, Guid Event);

/// <summary>Every version of every definition that the bureau has had, and its targets, in the order in which they became known.</summary>
public sealed record RateBook(Guid Id, IReadOnlyList<KnownRate> Rates, IReadOnlyList<KnownTarget> Targets)
{
    /// <summary>As long as a manager has defined nothing: of the projects that signed, how many came how far, and how much of what was agreed is in place.</summary>
    public static RateBook Usual { get; } = new(Guid.Empty,
        [
            First(Contracts.Projects.Rates.Signing, Quantities.Signed, Quantities.Leads),
            First(Contracts.Projects.Rates.Performance, Quantities.Registered, Quantities.Signed),
            First(Contracts.Projects.Rates.Start, Quantities.GroundBroken, Quantities.Signed),
            First(Contracts.Projects.Rates.Completion, Quantities.Completed, Quantities.Signed),
            First(Contracts.Projects.Rates.Production, Quantities.InProduction, Quantities.Signed),
            First(Contracts.Projects.Rates.CapitalInPlace, Quantities.Capital, Quantities.Agreed),
            First(Contracts.Projects.Rates.ContractedCapital, Quantities.ContractCapital, Quantities.Contracted),
        ], []);

    /// <summary>Of every rate the version that was known at a position and is in force on a day.</summary>
    public IReadOnlyList<KnownRate> InForce(long position, DateOnly on) =>
        [.. Contracts.Projects.Rates.All.Select(rate => Rates.Last(known => known.Rate == rate && (known.Version == 1 || (known.KnownFrom <= position && known.EffectiveFrom <= on))))];

    /// <summary>The targets known at a position.</summary>
    public IReadOnlyList<KnownTarget> TargetsAt(long position) =>
        [.. Targets.Where(target => target.KnownFrom <= position).GroupBy(target => (target.Year, target.Measure, target.Kind)).Select(versions => versions.Last())
            .OrderByDescending(target => target.Year).ThenBy(target => target.Measure, StringComparer.Ordinal).ThenBy(target => target.Kind, StringComparer.Ordinal)];

    private static KnownRate First(string rate, string numerator, string denominator) => new(rate, 1, numerator, denominator, 2, Roundings.HalfUp, 100, null, DateOnly.MinValue, 0, null);
}

public static class RateBooks
{
    /// <param name="position">Where the event stands in the ledger.</param>
    public static RateBook? Evolve(RateBook? book, CloudEvent heard, long position) => heard.Type switch
    {
        "rate_defined" when heard.Read<RateDefined>() is var e && (book ?? RateBook.Usual) is var known => known with
        {
            Id = e.DefinitionsId,
            Rates = [.. known.Rates, new(e.Rate, e.Version, e.Numerator, e.Denominator, e.Decimals, e.Rounding, e.ScoreOfEqual, e.Source, e.EffectiveFrom, position, heard.Id)],
        },
        "target_set" when heard.Read<TargetSet>() is var e && (book ?? RateBook.Usual) is var known => known with
        {
            Id = e.DefinitionsId,
            Targets = [.. known.Targets, new(e.Year, e.Measure, e.Kind, e.Value, e.Source, e.Illustrative, position, heard.Id)],
        },
        _ => book,
    };
}
