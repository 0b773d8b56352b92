using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Signings.Ceremonies;

public static class ReadCeremoniesFeature
{
    private const int Limit = 200;

    public static void MapReadCeremonies(this IEndpointRouteBuilder ceremonies)
    {
        ceremonies.MapGet("", async (IQuerySession session, CancellationToken ct) =>
            new { items = await session.Query<Ceremony>().OrderByDescending(ceremony => ceremony.HeldOn).Take(Limit).ToListAsync(ct) })
            .WithSummary("The ceremonies, newest first")
            .RequireAuthorization(Policies.Read);

        ceremonies.MapGet("{id:guid}", async (Guid id, IQuerySession session, CancellationToken ct) =>
            await session.LoadAsync<Ceremony>(id, ct) is { } ceremony ? Results.Ok(ceremony) : Problems.Of(new NotFound()))
            .WithSummary("One ceremony")
            .RequireAuthorization(Policies.Read);
    }
}
