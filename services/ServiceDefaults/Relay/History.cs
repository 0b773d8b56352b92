using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>The history of a record, from the events themselves.</summary>
public static class History
{
    private const int Limit = 500;

    /// <summary><c>GET {id}/history[?after=VERSION]</c>, or <c>?last=30[&amp;before=VERSION]</c> for the newest ones, of records that are nobody's, in a service that keeps no others: who, when, what, why. <c>next</c> is the version after which more follow.</summary>
    public static void MapHistory(this IEndpointRouteBuilder records, string policy) => records
        .MapGet("{id:guid}/history", (Guid id, PageReader pages, CancellationToken ct, long after = 0, int? last = null, long? before = null) => Of(id, after, last, before, pages, ct))
        .WithSummary("What happened to this record: who, when, what, why")
        .RequireAuthorization(policy);

    /// <summary>The same, of records that belong to departments.</summary>
    public static void MapHistory<TSeeing>(this IEndpointRouteBuilder records) where TSeeing : class, ISee => records
        .MapGet("{id:guid}/history", async (Guid id, HttpContext http, PageReader pages, CancellationToken ct, long after = 0, int? last = null, long? before = null) =>
            await http.RequestServices.GetRequiredService<TSeeing>().Sees(id, ct) ? await Of(id, after, last, before, pages, ct) : Problems.Of(new NotFound()))
        .WithSummary("What happened to this record: who, when, what, why")
        .RequireAuthorization(Policies.Read);

    private static async Task<IResult> Of(Guid id, long after, int? last, long? before, PageReader pages, CancellationToken ct)
    {
        var items = last is { } most ? await pages.Latest(id, before ?? long.MaxValue, Math.Clamp(most, 1, Limit), ct) : await pages.History(id, after, Limit, ct);
        var next = last is null && items.Count == Limit ? items[^1].Version : (long?)null;
        return items.Count > 0 || after > 0 || before is not null ? Results.Ok(new { items, next }) : Problems.Of(new NotFound());
    }
}
