using System.Globalization;
using Luodi.Contracts.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Luodi.ServiceDefaults.Relay;

internal static class Feed
{
    /// <summary>
    /// <c>GET /api/SERVICE/feed?after=SEQUENCE[&amp;limit=N]</c>: the same events with the same links as on the wire, from the store,
    /// up to its high-water mark and never beyond. An empty array: nothing after that. The mark stands in <c>Luodi-High-Water</c>,
    /// how far the relay has sent in <c>Luodi-Relayed</c>.
    /// </summary>
    public static void MapFeed(this IEndpointRouteBuilder api, string policy)
    {
        api.MapGet("feed", async (HttpContext http, PageReader pages, CancellationToken ct, long after = 0, int limit = PageReader.PageSize) =>
        {
            var (upTo, relayed) = await pages.HighWaterMark(ct);
            var page = await pages.Read(after, upTo, Math.Clamp(limit, 1, PageReader.PageSize), ct);
            http.Response.Headers["Luodi-High-Water"] = upTo.ToString("D20", CultureInfo.InvariantCulture);
            http.Response.Headers["Luodi-Relayed"] = relayed.ToString("D20", CultureInfo.InvariantCulture);
            return Results.Json(page, WireJson.Options, Page.ContentType);
        })
        .WithSummary("The service's events after a place, as a CloudEvents batch")
        .Produces<Page>(200, Page.ContentType)
        .RequireAuthorization(policy);

        api.MapGet("feed/oddities", (PageReader pages, CancellationToken ct) => pages.Oddities(ct))
            .WithSummary("Rows of the store whose place in their record's history cannot be: what the feed does not tell, and a reader of the record would get wrong")
            .Produces<IReadOnlyList<Oddity>>()
            .RequireAuthorization(policy);
    }
}
