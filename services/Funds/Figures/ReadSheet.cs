using Luodi.Funds.Deals;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Funds.Figures;

/// <summary>A stake in another fund of the family.</summary>
/// <param name="FundName">Null where the reader does not see that fund.</param>
/// <param name="Value">As of a deal.</param>
/// <inheritdoc cref="DealItem"/>
public sealed record StakeHeld(StakeIn Stake, string? FundName, decimal? Value, DateOnly? ValuedOn);

/// <summary>A fund with all that is made of its flows, which are read once for it; each part is what its own endpoint says.</summary>
public sealed record FundSheet(Fund Fund, IReadOnlyList<DealItem> Deals, IReadOnlyList<StakeHeld> Stakes, FundFigures Figures, FundCurve Curve, FundBridge Bridge);

public static class ReadSheetFeature
{
    public static void MapReadSheet(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/sheet", async (
            Guid id, HttpContext http, FundBooks books, IQuerySession session, Sight sight, TimeProvider clock, CancellationToken ct,
            DateOnly? on = null, string? custom = null, DateOnly? bridgeFrom = null, DateOnly? bridgeTo = null, long? version = null, DateTimeOffset? knownAt = null) =>
        {
            var today = clock.Today();
            var (day, by, last) = (on ?? today, custom ?? RecallCustoms.RaisesUnfunded, bridgeTo ?? on ?? today);
            var first = bridgeFrom ?? new DateOnly(last.Year, 1, 1);
            if ((IReadOnlyList<Refusal>)[.. ReadFiguresFeature.Wrong(day, by, today), .. ReadBridgeFeature.Wrong(first, last, today)] is { Count: > 0 } wrong) return Problems.Of(wrong);
            if (await books.Find(id, version, knownAt, ct) is not { } book) return Problems.Of(new NotFound());
            var stakes = book.Fund.Stakes.Count == 0 ? [] : (await session.LoadManyAsync<Fund>(ct, book.Fund.Stakes.Select(stake => stake.FundId))).Where(fund => sight.Sees(fund.Department)).ToDictionary(fund => fund.Id, fund => fund.Name);
            return http.Answer(Of(book, stakes, day, by, first, last), sheet => sheet.Fund.Version);
        })
        .WithSummary("A fund, its deals, figures, curve and bridge at once, of one reading: what its page shows")
        .Produces<FundSheet>()
        .RequireAuthorization(Policies.Read);

    /// <param name="names">Of the funds in which it has stakes.</param>
    public static FundSheet Of(FundBook book, IReadOnlyDictionary<Guid, string> names, DateOnly on, string custom, DateOnly first, DateOnly last)
    {
        var fund = book.Fund;
        var valued = new Dictionary<Guid, Flow>();
        foreach (var flow in Known.Of(book.Flows, book.At(DateOnly.MaxValue)).Where(flow => flow.Kind is FlowKinds.Valued)) valued[flow.DealId!.Value] = flow;
        return new(
            fund,
            [.. fund.Deals.Select(deal => new DealItem(deal, valued.GetValueOrDefault(deal.Id)?.Amount, valued.GetValueOrDefault(deal.Id)?.On))],
            [.. fund.Stakes.Select(stake => new StakeHeld(stake, names.GetValueOrDefault(stake.FundId), valued.GetValueOrDefault(stake.FundId)?.Amount, valued.GetValueOrDefault(stake.FundId)?.On))],
            ReadFiguresFeature.Of(book, on, custom),
            new(fund.Id, fund.Version, on, fund.Currency, JCurve.Of(book.Flows, book.At(on), book.Carry)),
            new(fund.Id, fund.Version, first, last, fund.Currency, CapitalAccounts.Bridge(book.Flows, first, last, book.At(last), book.Carry)));
    }
}
