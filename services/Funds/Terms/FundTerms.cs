using Luodi.Contracts.Funds;

namespace Luodi.Funds.Terms;

/// <summary>What the fund's agreement says; null where it says nothing.</summary>
/// <inheritdoc cref="FundTermsSet"/>
public sealed record FundTerms(
    string? Manager = null, int? Vintage = null, DateOnly? InvestmentUntil = null, DateOnly? TermUntil = null, string? FeeBasis = null, decimal? FeeRate = null, decimal? HurdleRate = null,
    decimal? CarryRate = null, bool Recycling = false)
{
    internal static FundTerms Of(FundTermsSet e) => new(e.Manager, e.Vintage, e.InvestmentUntil, e.TermUntil, e.FeeBasis, e.FeeRate, e.HurdleRate, e.CarryRate, e.Recycling);
}
