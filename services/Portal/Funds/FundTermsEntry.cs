using Luodi.Portal.Services;

namespace Luodi.Portal.Funds;

/// <summary>What is typed about a fund's terms.</summary>
public sealed class FundTermsEntry
{
    public string? Manager { get; set; }

    public string? Vintage { get; set; }

    public DateOnly? InvestmentUntil { get; set; }

    public DateOnly? TermUntil { get; set; }

    public string? FeeBasis { get; set; }

    public decimal? FeeRate { get; set; }

    public decimal? HurdleRate { get; set; }

    public decimal? CarryRate { get; set; }

    /// <summary>yes or no.</summary>
    public string? Recycling { get; set; } = "no";

    public static FundTermsEntry Of(FundTerms? terms) => terms is null ? new() : new()
    {
        Manager = terms.Manager,
        Vintage = terms.Vintage?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        InvestmentUntil = terms.InvestmentUntil,
        TermUntil = terms.TermUntil,
        FeeBasis = terms.FeeBasis,
        FeeRate = terms.FeeRate,
        HurdleRate = terms.HurdleRate,
        CarryRate = terms.CarryRate,
        Recycling = terms.Recycling ? "yes" : "no",
    };

    public FundTerms Read() => new(
        string.IsNullOrWhiteSpace(Manager) ? null : Manager,
        int.TryParse(Vintage, System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : null,
        InvestmentUntil, TermUntil, FeeBasis, FeeRate, HurdleRate, CarryRate, Recycling == "yes");
}
