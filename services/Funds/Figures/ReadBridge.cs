using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Figures;

/// <summary>Why the net asset value of a fund changed, in its currency.</summary>
/// <param name="From">The first day; the value at the beginning is that of the end of the day before.</param>
/// <param name="To">The last day.</param>
public sealed record FundBridge(Guid FundId, long Version, DateOnly From, DateOnly To, string Currency, AccountPeriod Bridge);

public static class ReadBridgeFeature
{
    public sealed record EndsBeforeItBegins() : Refusal("The last day is before the first.", "to")
    {
        public override int Status => 400;
    }

    public static void MapReadBridge(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/bridge", async (
            Guid id, HttpContext http, FundBooks books, TimeProvider clock, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, long? version = null, DateTimeOffset? knownAt = null) =>
        {
            var last = to ?? clock.Today();
            var first = from ?? new DateOnly(last.Year, 1, 1);
            if (Wrong(first, last, clock.Today()) is { Count: > 0 } wrong) return Problems.Of(wrong);
            return http.Answer(
                await books.Find(id, version, knownAt, ct) is { Fund: var fund } book ? new FundBridge(id, fund.Version, first, last, fund.Currency, CapitalAccounts.Bridge(book.Flows, first, last, book.At(last), book.Carry)) : null,
                bridge => bridge.Version);
        })
        .WithSummary("The net asset value of a fund before a period and at its end, and what changed it; by default from the beginning of this year")
        .Produces<FundBridge>()
        .RequireAuthorization(Policies.Read);

    public static IReadOnlyList<Refusal> Wrong(DateOnly from, DateOnly to, DateOnly today) => Check.All(
        Fields.Date(from, "from"),
        Fields.Date(to, "to") ?? (to > today ? new FiguresOfTomorrow("to") : to < from ? new EndsBeforeItBegins() : null));
}
