using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="Source">Where it was stated, so that a reader finds it.</param>
/// <param name="StatedOn">When; may be unknown.</param>
/// <param name="AtLeast100Million">May be left out, as all that follows, where the source does not say.</param>
/// <param name="CapitalInPlace">How much of the amount is said to be in place.</param>
/// <param name="RatePercent">The printed rate of the two, with its decimals as printed.</param>
/// <param name="Series">Parts of a printed total, yuan.</param>
/// <param name="SeriesTotal">The printed total.</param>
public sealed record RecordClaim(
    string? Source, DateOnly? StatedOn, int? Signings, Money? Amount, int? AtLeast100Million, Money? CapitalInPlace = null, decimal? RatePercent = null, IReadOnlyList<decimal>? Series = null, Money? SeriesTotal = null);

/// <summary>Two figures of one claim that cannot both be true. A claim is recorded as it was stated all the same; nothing is adjusted to fit.</summary>
/// <param name="Type">Stable: <c>more-large-than-all</c>, <c>large-exceed-amount</c>, <c>rate-differs</c>, <c>series-differs</c>.</param>
/// <param name="By">How much they are apart: a count, yuan, or percentage points.</param>
/// <param name="Computed">What the other figures come to: the rate, or the sum of the series.</param>
/// <param name="Would">An amount that would agree with the rate and differs from the printed one by two neighbouring digits, a usual slip; null where there is none.</param>
public sealed record Contradiction(string Type, decimal By, decimal? Computed = null, decimal? Would = null);

public static class RecordClaimFeature
{
    private const decimal Large = 100_000_000m;

    private const int MostParts = 50;

    public sealed record CountNegative(string Name) : Refusal("A count is not below zero.", Name);

    public sealed record RateWithoutCapital() : Refusal("A rate is of the capital in place to the amount: give both, and a rate of 0 to 1000 with at most 4 decimals.", "ratePercent");

    public sealed record SeriesIncomplete(int Most) : Refusal("A series has 2 to {Most} parts, not below zero and in whole fen, and its printed total.", "series");

    public static void MapRecordClaim(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/claims", (Guid id, RecordClaim command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, state => Decide(state, Guid.CreateVersion7(), command), ct, StatusCodes.Status201Created))
        .WithSummary("Records figures that somebody stated about the ceremony, with their source")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Ceremony ceremony, Guid claimId, RecordClaim command)
    {
        var wrong = Check.All(
            Fields.Text(command.Source, "source"),
            Fields.Present(command.Signings, "signings") ?? (command.Signings < 0 ? new CountNegative("signings") : null),
            Fields.Amount(command.Amount, "amount"),
            command.StatedOn is null ? null : Fields.Date(command.StatedOn, "statedOn"),
            command.AtLeast100Million < 0 ? new CountNegative("atLeast100Million") : null,
            command.CapitalInPlace is { } capital ? Fields.Amount(capital, "capitalInPlace") : null,
            command.RatePercent is { } rate && (command.CapitalInPlace is null || rate is < 0 or > 1000 || rate.Scale > 4) ? new RateWithoutCapital() : null,
            command.SeriesTotal is { } total ? Fields.Amount(total, "seriesTotal") : null,
            command.Series is { } parts ? (parts.Count is < 2 or > MostParts || command.SeriesTotal is null || parts.Any(part => part < 0 || part > 1_000_000_000_000_000m || decimal.Round(part, 2) != part) ? new SeriesIncomplete(MostParts) : null)
                : command.SeriesTotal is null ? null : new SeriesIncomplete(MostParts));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var claim = new ClaimRecorded(claimId, ceremony.Id, command.Source!.Trim(), command.StatedOn, command.Signings!.Value, command.Amount!, command.AtLeast100Million,
            command.CapitalInPlace, command.RatePercent, command.Series, command.SeriesTotal);
        var decision = Decision.Accept(claim).Answering(new { id = claimId, contradictions = Contradictions(claim) });
        return command.StatedOn is { } statedOn ? decision.Effective(statedOn) : decision;
    }

    public static IReadOnlyList<Contradiction> Contradictions(ClaimRecorded claim) => OfLarge(claim).Concat(OfRate(claim)).Concat(OfSeries(claim)).ToList();

    private static IEnumerable<Contradiction> OfLarge(ClaimRecorded claim) =>
        claim.AtLeast100Million is not { } large ? [] : new Contradiction[]
        {
            new("more-large-than-all", large - claim.Signings),
            new("large-exceed-amount", (large * Large) - claim.Amount.Value),
        }.Where(contradiction => contradiction.By > 0);

    // Signed 6793.18, in place 881.4, printed 12.64 %: it is 12.97 %, and 6973.18 would agree.
    private static IEnumerable<Contradiction> OfRate(ClaimRecorded claim)
    {
        if (claim is not { RatePercent: { } printed, CapitalInPlace.Value: var capital } || claim.Amount.Value == 0) yield break;
        decimal Rate(decimal amount) => decimal.Round(capital * 100 / amount, printed.Scale, MidpointRounding.AwayFromZero);
        if (Rate(claim.Amount.Value) is var computed && computed != printed)
            yield return new("rate-differs", computed - printed, computed, Slips(claim.Amount.Value).Where(amount => Rate(amount) == printed).Select(amount => (decimal?)amount).FirstOrDefault());
    }

    // 1796.4 + 2433.2 + 1858.5 is 6088.1, printed 6443.1.
    private static IEnumerable<Contradiction> OfSeries(ClaimRecorded claim)
    {
        if (claim is { Series: { } parts, SeriesTotal.Value: var printed } && parts.Sum() is var sum && sum != printed) yield return new("series-differs", printed - sum, sum);
    }

    /// <summary>The amount with two neighbouring digits the other way round.</summary>
    private static IEnumerable<decimal> Slips(decimal yuan)
    {
        var digits = decimal.Truncate(yuan).ToString(CultureInfo.InvariantCulture);
        for (var place = 0; place + 1 < digits.Length; place++)
        {
            if (digits[place] == digits[place + 1] || (place == 0 && digits[1] == '0')) continue;
            yield return decimal.Parse($"{digits[..place]}{digits[place + 1]}{digits[place]}{digits[(place + 2)..]}", CultureInfo.InvariantCulture) + (yuan - decimal.Truncate(yuan));
        }
    }
}
