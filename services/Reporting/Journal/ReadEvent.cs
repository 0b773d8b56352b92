using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Reporting.Journal;

public static class ReadEventFeature
{
    public static void MapReadEvent(this IEndpointRouteBuilder api) => api
        .MapGet("events/{id:guid}", async (Guid id, IQuerySession session, CancellationToken ct) =>
            await session.Events.LoadAsync(id, ct) is { Data: Journaled journaled } ? Results.Json(journaled.Event, WireJson.Options) : Problems.Of(new NotFound()))
        .WithTags("Journal")
        .WithSummary("The event behind a posting: what, when, who, why")
        .Produces<CloudEvent>()
        .RequireAuthorization(Policies.Read);
}
