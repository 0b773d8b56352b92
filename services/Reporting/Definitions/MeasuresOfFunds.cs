using Luodi.Ledger;
using Luodi.Reporting.Rollups;

namespace Luodi.Reporting.Definitions;

/// <summary>What a sum over funds means. It is of one measure, as every sum of the ledger is: an investment that is also capital in place, or recognised as reinvestment, is counted there once more, and no definition adds the two.</summary>
/// <param name="Name">The measure, or <c>family-</c> and what is summed over the family.</param>
/// <param name="Version">A changed meaning has a new one.</param>
/// <param name="Measure">The one whose postings are summed.</param>
/// <param name="PartnerKind">Only of these partners; null for all, or where partners have no part in it.</param>
/// <param name="OfOneFund">It is told of one fund at a time: over several a yuan that funds of the family paid one another would be in it twice.</param>
/// <param name="Source">The document it comes from; null where it is the usual one.</param>
/// <param name="Postings">Where the postings are that it sums, of all funds that count in yuan.</param>
public sealed record MeasureDefinition(string Name, int Version, string Measure, string? PartnerKind, bool OfOneFund, string Formula, string? Source, string Postings);

public static class MeasuresOfFunds
{
    private const string Gips = "GIPS 2020";

    public static IReadOnlyList<MeasureDefinition> Measures { get; } =
    [
        OfPartners(Luodi.Ledger.Measures.FundCommitted, "subscriptions confirmed, without those revoked; what is transferred stays", Gips),
        OfPartners(Luodi.Ledger.Measures.FundCalled, "calls confirmed, on the day on which they are due, without those reversed", null),
        OfPartners(Luodi.Ledger.Measures.FundPaidIn, "payments of partners upon calls, without those reversed and without what was recalled", Gips),
        OfPartners(Luodi.Ledger.Measures.FundRecalled, "distributions called back and paid again, without those reversed", null),
        OfPartners(Luodi.Ledger.Measures.FundDistributed, "distributions to partners, recallable ones too, without those reversed", Gips),
        Of(Luodi.Ledger.Measures.FundInvested, Luodi.Ledger.Measures.FundInvested, null, false, "paid out to deals, without what was reversed; what a mother fund pays to a fund of the family is no deal", null),
        Of(Luodi.Ledger.Measures.FundProceeds, Luodi.Ledger.Measures.FundProceeds, null, false, "what deals brought when they were sold, without what was reversed; income is no part of it", null),
        OfFamily(Luodi.Ledger.Measures.FundCommitted),
        OfFamily(Luodi.Ledger.Measures.FundCalled),
        OfFamily(Luodi.Ledger.Measures.FundPaidIn),
        OfFamily(Luodi.Ledger.Measures.FundRecalled),
        OfFamily(Luodi.Ledger.Measures.FundDistributed),
    ];

    private static MeasureDefinition OfPartners(string measure, string formula, string? source) => Of(measure, measure, null, true, formula, source);

    private static MeasureDefinition OfFamily(string measure) =>
        Of(measure.Replace("fund-", "family-", StringComparison.Ordinal), measure, Partners.Outside, false, $"{measure} of all partners that are no funds of the family in the same currency", null);

    private static MeasureDefinition Of(string name, string measure, string? partnerKind, bool ofOneFund, string formula, string? source) =>
        new(name, 1, measure, partnerKind, ofOneFund, formula, source, new PostingFilter(Measure: measure, Status: PostingStatus.Confirmed, PartnerKind: partnerKind).Link());
}
