using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Definitions;

/// <param name="Decimals">Of the percentage; 2 where left out.</param>
/// <param name="Rounding">half-up where left out.</param>
/// <param name="ScoreOfEqual">100 where left out.</param>
public sealed record DefineRate(string? Rate, string? Numerator, string? Denominator, int? Decimals, string? Rounding, decimal? ScoreOfEqual, string? Source, DateOnly? EffectiveFrom);

public static class DefineRateFeature
{
    private const int MostDecimals = 4;

    public sealed record RateUnknown() : Refusal("There is no such rate.", "rate");

    public sealed record QuantityUnknown(string Field) : Refusal("There is no such quantity.", Field);

    public sealed record NothingToDivide() : Refusal("A rate divides projects by projects, or money by money, and not a quantity by itself.", "denominator");

    public sealed record DecimalsOutOfRange(int Most) : Refusal("A percentage has 0 to {Most} decimals.", "decimals");

    public sealed record RoundingUnknown() : Refusal("The rounding is half-up or truncate.", "rounding");

    public sealed record ScoreOutOfRange() : Refusal("A score is 60 to 100.", "scoreOfEqual");

    public static void MapDefineRate(this IEndpointRouteBuilder definitions) => definitions
        .MapPost("rates", (DefineRate command, Deciding<BureauDefinitions> deciding, CancellationToken ct) =>
            deciding.Settle(BureauDefinitions.Only, BureauDefinitions.Usual, state => Decide(state, command), ct))
        .WithSummary("Defines a rate anew; earlier figures keep the version that held")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(BureauDefinitions definitions, DefineRate command)
    {
        var wrong = Check.All(
            command.Rate is null ? new Missing("rate") : Rates.All.Contains(command.Rate) ? null : new RateUnknown(),
            Known(command.Numerator, "numerator"),
            Known(command.Denominator, "denominator") ?? (command.Numerator == command.Denominator || Quantities.OfMoney.Contains(command.Numerator) != Quantities.OfMoney.Contains(command.Denominator) ? new NothingToDivide() : null),
            command.Decimals is < 0 or > MostDecimals ? new DecimalsOutOfRange(MostDecimals) : null,
            command.Rounding is null || Roundings.All.Contains(command.Rounding) ? null : new RoundingUnknown(),
            command.ScoreOfEqual is < 60 or > 100 ? new ScoreOutOfRange() : null,
            Fields.Text(command.Source, "source"),
            Fields.Date(command.EffectiveFrom, "effectiveFrom"));
        return wrong.Count > 0 ? Decision.Refuse(wrong) : Decision.Accept(new RateDefined(
            definitions.Id, command.Rate!, definitions.VersionOf(command.Rate!) + 1, command.Numerator!, command.Denominator!, command.Decimals ?? 2, command.Rounding ?? Roundings.HalfUp,
            command.ScoreOfEqual ?? 100, command.Source!.Trim(), command.EffectiveFrom!.Value)).Effective(command.EffectiveFrom.Value);
    }

    private static Refusal? Known(string? quantity, string field) =>
        quantity is null ? new Missing(field) : Quantities.OfProjects.Contains(quantity) || Quantities.OfMoney.Contains(quantity) ? null : new QuantityUnknown(field);
}
