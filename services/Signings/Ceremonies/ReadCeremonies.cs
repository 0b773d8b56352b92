using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Signings.Ceremonies;

/// <summary>A ceremony is the bureau's. What is none belongs to somebody, and is not read by this way.</summary>
public sealed class CeremonyReader(IQuerySession session) : ISee
{
    public async Task<bool> Sees(Guid id, CancellationToken ct) => await session.LoadAsync<Ceremony>(id, ct) is not null;
}

public static class ReadCeremoniesFeature
{
    public static void MapReadCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, IQuerySession session, Pasts pasts, CancellationToken ct) =>
            (asOf.IsNow ? await session.LoadAsync<Ceremony>(id, ct) : (await pasts.Find<Ceremony>(id, asOf, ct))?.Record) is { } ceremony ? Results.Ok(ceremony) : Problems.Of(new NotFound()))
        .WithSummary("One ceremony, as it stands or as it stood")
        .Produces<Ceremony>()
        .RequireAuthorization(Policies.Read);
}
