using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>The history of a record, from the events themselves.</summary>
public static class History
{
    private const int Limit = 500;

    /// <summary><c>GET {id}/history[?after=VERSION]</c>: who, when, what, why.</summary>
    public static void MapHistory(this IEndpointRouteBuilder records) => records
        .MapGet("{id:guid}/history", async (Guid id, PageReader pages, CancellationToken ct, long after = 0) =>
        {
            var items = await pages.History(id, after, Limit, ct);
            return items.Count > 0 || after > 0 ? Results.Ok(new { items }) : Problems.Of(new NotFound());
        })
        .WithSummary("What happened to this record: who, when, what, why")
        .RequireAuthorization(Policies.Read);
}
