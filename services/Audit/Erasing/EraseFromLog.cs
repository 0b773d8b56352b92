using System.Globalization;
using Luodi.Audit.Log;
using Luodi.Audit.Reconciling;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Audit.Erasing;

/// <summary>
/// The last step of <c>erase</c>: where the source's store and the journal keep exactly the remainder, the log gives up the payload and says so, in one transaction.
/// The entry, its digest and the tree stay. Until then the log's payload is what tells the others which texts to look for.
/// </summary>
internal static class EraseFromLog
{
    private static readonly Acting Itself = new("service:audit", Guid.CreateVersion7().ToString(), null);

    public static async Task Run(IServiceProvider services, CancellationToken ct)
    {
        var (store, reader, clock) = (services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<LogReader>(), services.GetRequiredService<TimeProvider>());
        var clients = services.GetRequiredService<IHttpClientFactory>();
        IReadOnlyList<Erasure> erasures;
        await using (var session = store.QuerySession()) erasures = await session.Query<Erasure>().Where(erasure => erasure.State == ErasureStates.Approved || erasure.State == ErasureStates.Erased).ToListAsync(ct);
        foreach (var erasure in erasures)
        {
            // A log put back from a backup has the payload again: it goes again, and is told once.
            if (await reader.Entry(erasure.EventId, ct) is not { Payload: not null } entry) continue;
            await Done(erasure, clients, ct);
            await using var session = store.LightweightSession();
            session.QueueSqlCommand("update audit.log_entry set payload = null where index = ?", entry.Index);
            if (erasure.State is ErasureStates.Approved)
            {
                var stream = await session.Events.FetchForWriting<Erasure>(erasure.Id, ct);
                stream.AppendMany([.. session.Record(Decision.Accept(new PayloadErased(erasure.Id, erasure.EventId, erasure.Source, erasure.Sequence, erasure.RemainderSha256!)), Itself, clock.Today())]);
            }
            await session.SaveChangesAsync(ct);
            Console.WriteLine($"audit: the payload of event {erasure.EventId} ({erasure.Source} {entry.Sequence}) is erased");
        }
    }

    private static async Task Done(Erasure erasure, IHttpClientFactory clients, CancellationToken ct)
    {
        var name = erasure.Source[(erasure.Source.LastIndexOf('/') + 1)..];
        var before = long.Parse(erasure.Sequence, CultureInfo.InvariantCulture) - 1;
        var page = await clients.CreateClient(ServiceClients.PatientOf(name)).GetFromJsonAsync<Page>($"api/{name}/feed?after={before}&limit=1", WireJson.Options, ct);
        Demand(page?.Events is [var kept] ? kept : null, name);
        Demand(await clients.CreateClient(Reconciler.Journal).GetFromJsonAsync<CloudEvent>($"api/{Reconciler.Journal}/events/{erasure.EventId}", WireJson.Options, ct), Reconciler.Journal);

        void Demand(CloudEvent? kept, string keeper)
        {
            if (kept?.Id != erasure.EventId || Erased.DigestOf(kept.Data) != erasure.RemainderSha256) throw new InvalidOperationException($"{keeper} does not keep exactly what is to remain of event {erasure.EventId}: erase there first, then here.");
        }
    }
}
