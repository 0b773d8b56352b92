using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Signings.Ceremonies;

public static class ReadCeremoniesFeature
{
    public static void MapReadCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapGet("{id:guid}", async (Guid id, IQuerySession session, CancellationToken ct) =>
            await session.LoadAsync<Ceremony>(id, ct) is { } ceremony ? Results.Ok(ceremony) : Problems.Of(new NotFound()))
        .WithSummary("One ceremony")
        .Produces<Ceremony>()
        .RequireAuthorization(Policies.Read);
}
