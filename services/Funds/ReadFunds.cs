using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Funds;

public static class ReadFundsFeature
{
    private const int Limit = 200;

    public static void MapReadFunds(this IEndpointRouteBuilder funds)
    {
        funds.MapGet("", async (IQuerySession session, CancellationToken ct) =>
            new { items = await session.Query<Fund>().OrderBy(fund => fund.Id).Take(Limit).ToListAsync(ct) })
            .WithSummary("The fund family")
            .RequireAuthorization(Policies.Read);

        funds.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, CancellationToken ct) =>
        {
            if (await session.LoadAsync<Fund>(id, ct) is not { } fund) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{fund.Version}\"";
            return Results.Ok(fund);
        })
        .WithSummary("One fund")
        .RequireAuthorization(Policies.Read);
    }
}
