using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Terms;

/// <summary>All the terms as they are from now on: what is left out the agreement does not say.</summary>
/// <param name="FeeRate">Percent a year.</param>
/// <param name="HurdleRate">Percent a year.</param>
/// <param name="CarryRate">Percent of the gain.</param>
/// <param name="Recycling">It may call back what it distributes as recallable.</param>
/// <param name="Reason">Why they are amended; not needed the first time.</param>
public sealed record SetTerms(
    string? Manager = null, int? Vintage = null, DateOnly? InvestmentUntil = null, DateOnly? TermUntil = null, string? FeeBasis = null, decimal? FeeRate = null, decimal? HurdleRate = null,
    decimal? CarryRate = null, bool Recycling = false, string? Reason = null);

public static class SetTermsFeature
{
    private const int MostDecimalsOfRate = 4;

    public sealed record VintageImplausible() : Refusal("The vintage is a year between 1985 and 2100.", "vintage");

    public sealed record FeeBasisUnknown() : Refusal("The fee is a part of one of committed, invested, net-asset-value.", "feeBasis");

    public sealed record FeeHalfSaid() : Refusal("A fee has both a basis and a rate.", "feeRate");

    public sealed record PercentImplausible(string Name) : Refusal("A rate is in percent, from 0 to 100, with at most 4 decimals.", Name);

    public sealed record TermEndsFirst() : Refusal("The term of the fund ends before its investment period.", "termUntil");

    public static void MapSetTerms(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/terms", (Guid id, SetTerms command, Deciding<Fund> fund, CancellationToken ct) => fund.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Sets what the fund's agreement says, or amends it with the reason")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, SetTerms command)
    {
        var wrong = Check.All([.. Wrong(command), fund.Terms is not null || command.Reason is not null ? Fields.Text(command.Reason, "reason") : null]);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var set = Set(fund.Id, command);
        return FundTerms.Of(set) == fund.Terms ? Decision.Accept() : Decision.Accept(set).Because(command.Reason?.Trim());
    }

    internal static FundTermsSet Set(Guid fund, SetTerms command) => new(
        fund, command.Manager?.Trim(), command.Vintage, command.InvestmentUntil, command.TermUntil, command.FeeBasis, command.FeeRate, command.HurdleRate, command.CarryRate, command.Recycling);

    internal static IReadOnlyList<Refusal?> Wrong(SetTerms command) =>
    [
        command.Manager is null ? null : Fields.Text(command.Manager, "manager"),
        command.Vintage is null or (>= 1985 and <= 2100) ? null : new VintageImplausible(),
        command.InvestmentUntil is null ? null : Fields.Date(command.InvestmentUntil, "investmentUntil"),
        command.TermUntil is null ? null : Fields.Date(command.TermUntil, "termUntil") ?? (command.TermUntil < command.InvestmentUntil ? new TermEndsFirst() : null),
        command.FeeBasis is null || FeeBases.All.Contains(command.FeeBasis) ? null : new FeeBasisUnknown(),
        command.FeeBasis is null != command.FeeRate is null ? new FeeHalfSaid() : Percent(command.FeeRate, "feeRate"),
        Percent(command.HurdleRate, "hurdleRate"),
        Percent(command.CarryRate, "carryRate"),
    ];

    private static PercentImplausible? Percent(decimal? rate, string name) =>
        rate is null || (rate is >= 0 and <= 100 && decimal.Round(rate.Value, MostDecimalsOfRate) == rate) ? null : new PercentImplausible(name);
}
