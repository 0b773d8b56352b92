using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Figures;

/// <summary>A fund quarter by quarter, in its currency.</summary>
public sealed record FundCurve(Guid FundId, long Version, DateOnly On, string Currency, IReadOnlyList<CurvePoint> Points);

public static class ReadCurveFeature
{
    public static void MapReadCurve(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/curve", async (Guid id, HttpContext http, FundBooks books, TimeProvider clock, CancellationToken ct, DateOnly? on = null, long? version = null, DateTimeOffset? knownAt = null) =>
        {
            var day = on ?? clock.Today();
            if (ReadFiguresFeature.Wrong(day, RecallCustoms.RaisesUnfunded, clock.Today()) is { Count: > 0 } wrong) return Problems.Of(wrong);
            return http.Answer(
                await books.Find(id, version, knownAt, ct) is { Fund: var fund } book ? new FundCurve(id, fund.Version, day, fund.Currency, JCurve.Of(book.Flows, book.At(day), book.Carry)) : null, curve => curve.Version);
        })
        .WithSummary("The J-curve of a fund: what partners paid in and got, and the net asset value, quarter by quarter up to a day")
        .Produces<FundCurve>()
        .RequireAuthorization(Policies.Read);
}
