using Luodi.Contracts.Wire;
using Luodi.Reporting.Records;
using Luodi.ServiceDefaults;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Reporting.Journal;

public static class ReadEventFeature
{
    public static void MapReadEvent(this IEndpointRouteBuilder api) => api
        .MapGet("events/{id:guid}", async (Guid id, ServiceIdentity service, Sight sight, IQuerySession session, RecordReader records, CancellationToken ct) =>
            await session.Events.LoadAsync(id, ct) is { Data: Journaled { Event: var heard } }
            && (sight.Administration || heard.Source != service.SourceOf(EventJournal.Administrators)) && await records.Sees(Guid.Parse(heard.Subject), ct)
                ? Results.Json(heard, WireJson.Options)
                : Problems.Of(new NotFound()))
        .WithTags("Journal")
        .WithSummary("The event behind a posting: what, when, who, why")
        .Produces<CloudEvent>()
        .RequireAuthorization(Policies.Read);
}
