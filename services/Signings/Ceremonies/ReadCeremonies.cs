using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
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
        .MapGet("{id:guid}", async (Guid id, IQuerySession session, CancellationToken ct, DateTimeOffset? knownAt = null) =>
            await (knownAt is { } instant ? session.Events.AggregateStreamAsync<Ceremony>(id, timestamp: instant.ToUniversalTime(), token: ct) : session.LoadAsync<Ceremony>(id, ct)) is { } ceremony ? Results.Ok(ceremony) : Problems.Of(new NotFound()))
        .WithSummary("One ceremony, as it stands or as it stood at an instant (`knownAt`)")
        .Produces<Ceremony>()
        .RequireAuthorization(Policies.Read);
}
