using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Reinvestment;

/// <param name="Base">none, partner or fund: whose contribution it is owed for.</param>
/// <param name="PartnerId">The partner, where it is owed for one's contribution.</param>
/// <param name="Multiple">How many times that is owed, at most 100, with at most four decimals; left out where nothing is owed.</param>
/// <param name="Ways">What counts, and at which rate: own-spending, introduced-firm, headquarters-moved.</param>
/// <param name="NetOfTaxes">Whether taxes and fees are taken out before.</param>
/// <param name="Source">The paper that says so.</param>
public sealed record SetReinvestmentRule(string? Base, Guid? PartnerId, decimal? Multiple, IReadOnlyList<CountedWay>? Ways, bool NetOfTaxes, string? Source, DateOnly? EffectiveFrom);

/// <inheritdoc cref="SetReinvestmentRule"/>
public sealed record OpenReinvestment(
    Guid? FundId, string? Base, Guid? PartnerId, decimal? Multiple, IReadOnlyList<CountedWay>? Ways, bool NetOfTaxes, string? Source, DateOnly? EffectiveFrom, bool Illustrative = false);

public static class SetReinvestmentRuleFeature
{
    private const decimal Highest = 100;
    private const int Decimals = 4;

    public sealed record ReinvestmentWithoutFund() : Refusal("There is no such fund. Establish it first.", "fundId");

    public sealed record ReinvestmentKeptAlready() : Refusal("The reinvestment of this fund is kept already: set a new version of its rule.", "fundId")
    {
        public override int Status => 409;
    }

    public sealed record ReinvestmentBaseUnknown() : Refusal("The base is none, partner or fund.", "base");

    public sealed record PartnerNotNeeded() : Refusal("Only the contribution of one partner names the partner.", "partnerId");

    public sealed record MultipleImplausible() : Refusal("A multiple is above 0 and at most 100, with at most four decimals.", "multiple");

    public sealed record WaysUnknown() : Refusal("At least one of own-spending, introduced-firm and headquarters-moved counts, each once and at a rate above 0 and at most 100, with at most four decimals.", "ways");

    public sealed record RuleNotLater(DateOnly Last) : Refusal("A new version begins after the one before it, which is of {Last}.", "effectiveFrom");

    public static void MapSetReinvestmentRule(this IEndpointRouteBuilder books)
    {
        books.MapPost("", (OpenReinvestment command, Deciding<ReinvestmentBook> book, FundReader funds, CancellationToken ct) =>
            book.Start(async (id, _) => Decide(id, command, command.FundId is { } fund ? await funds.Find(fund, ct) : null), ct))
            .WithSummary("Begins to keep the reinvestment of a fund, with the first version of its rule")
            .RequireAuthorization(Policies.Manage);

        books.MapPost("{id:guid}/rules", (Guid id, SetReinvestmentRule command, Deciding<ReinvestmentBook> book, CancellationToken ct) =>
            book.Decide(id, state => Decide(state, command), ct))
            .WithSummary("Sets a new version of the rule; what was logged before counts by the rule of its time")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Decide(Guid id, OpenReinvestment command, Fund? fund)
    {
        var rule = new SetReinvestmentRule(command.Base, command.PartnerId, command.Multiple, command.Ways, command.NetOfTaxes, command.Source, command.EffectiveFrom);
        IReadOnlyList<Refusal> wrong = [.. Check.All(Fields.Present(command.FundId, "fundId") ?? (fund is null ? new ReinvestmentWithoutFund() : null)), .. WrongWith(rule, null)];
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : Decision.Accept(new ReinvestmentOpened(id, fund!.Id, command.Illustrative, fund.Department), Fact(id, 1, rule)).Effective(rule.EffectiveFrom!.Value)
                .Reserving($"reinvestment {fund.Id}", new ReinvestmentKeptAlready());
    }

    public static Decision Decide(ReinvestmentBook book, SetReinvestmentRule command)
    {
        var wrong = WrongWith(command, book.Rules[^1].EffectiveFrom);
        return wrong.Count > 0 ? Decision.Refuse(wrong) : Decision.Accept(Fact(book.Id, book.Rules.Count + 1, command)).Effective(command.EffectiveFrom!.Value);
    }

    private static ReinvestmentRuleSet Fact(Guid id, int version, SetReinvestmentRule rule) => new(
        id, version, rule.Base!, rule.PartnerId, rule.Multiple ?? 0, [.. (rule.Ways ?? []).Select(way => way.Way!)], [.. (rule.Ways ?? []).Select(way => way.Rate!.Value)], rule.NetOfTaxes, rule.Source!.Trim(), rule.EffectiveFrom!.Value);

    private static IReadOnlyList<Refusal> WrongWith(SetReinvestmentRule rule, DateOnly? last)
    {
        var owes = rule.Base is not ReinvestmentBases.None;
        return Check.All(
            rule.Base is null ? new Missing("base") : ReinvestmentBases.All.Contains(rule.Base) ? null : new ReinvestmentBaseUnknown(),
            rule.Base is ReinvestmentBases.Partner ? Fields.Present(rule.PartnerId, "partnerId") : rule.PartnerId is null ? null : new PartnerNotNeeded(),
            owes ? Fields.Present(rule.Multiple, "multiple") ?? (IsPlausible(rule.Multiple) ? null : new MultipleImplausible()) : rule.Multiple is null or 0 ? null : new MultipleImplausible(),
            owes || rule.Ways is { Count: > 0 } ? AreKnown(rule.Ways) ? null : new WaysUnknown() : null,
            Fields.Text(rule.Source, "source"),
            Fields.Date(rule.EffectiveFrom, "effectiveFrom") ?? (last is { } before && rule.EffectiveFrom <= before ? new RuleNotLater(before) : null));
    }

    private static bool AreKnown(IReadOnlyList<CountedWay>? ways) =>
        ways is { Count: > 0 } && ways.All(way => way is { Way: { } name } && ReinvestmentWays.All.Contains(name) && IsPlausible(way.Rate)) && ways.DistinctBy(way => way.Way, StringComparer.Ordinal).Count() == ways.Count;

    private static bool IsPlausible(decimal? number) => number is > 0 and <= Highest && decimal.Round(number.Value, Decimals) == number;
}
