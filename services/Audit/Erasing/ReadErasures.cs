using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;
using Npgsql;

namespace Luodi.Audit.Erasing;

/// <summary>An erasure, and where else its texts stand.</summary>
/// <param name="AlsoIn">Other events whose payload says one of the texts, the oldest first, at most a hundred: each needs an erasure of its own. For managers and auditors, until it is refused, withdrawn or done.</param>
public sealed record ErasureReport(Erasure Erasure, IReadOnlyList<AlsoIn> AlsoIn);

public sealed record AlsoIn(Guid EventId, string Type, string Source);

public static class ReadErasuresFeature
{
    public static void MapReadErasures(this IEndpointRouteBuilder erasures)
    {
        erasures.MapGet("", async (IQuerySession session, CancellationToken ct, string? state = null, Guid? eventId = null) =>
        {
            IQueryable<Erasure> found = session.Query<Erasure>();
            if (state is not null) found = found.Where(erasure => erasure.State == state);
            if (eventId is not null) found = found.Where(erasure => erasure.EventId == eventId);
            return new ErasureList(await found.OrderByDescending(erasure => erasure.RequestedAt).ToListAsync(ct));
        })
        .WithSummary("Erasures by law, the newest first: of one state, of one event")
        .RequireAuthorization(Policies.Feed);

        erasures.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, LogReader reader, NpgsqlDataSource store, CancellationToken ct) =>
        {
            if (await session.LoadAsync<Erasure>(id, ct) is not { } erasure) return Problems.Of(new NotFound());
            // Looking for them reads the whole log: only for who may still do something about it.
            var open = erasure.State is ErasureStates.Requested or ErasureStates.Approved && Policies.Allows(Policies.Erase, http.User);
            var payload = open ? (await reader.Entry(erasure.EventId, ct))?.Payload : null;
            return Results.Ok(new ErasureReport(erasure, payload is null ? [] : await Others(erasure, JsonElement.Parse(payload), store, ct)));
        })
        .WithSummary("An erasure, how far it has come, and which other events say the same texts")
        .Produces<ErasureReport>()
        .RequireAuthorization(Policies.Feed);
    }

    private static async Task<IReadOnlyList<AlsoIn>> Others(Erasure erasure, JsonElement payload, NpgsqlDataSource store, CancellationToken ct)
    {
        var texts = Erased.Texts(payload).Where(each => erasure.Texts.Contains(each.Key)).Select(each => Canonical.Bytes(JsonSerializer.SerializeToElement(each.Value))).ToArray();
        await using var command = store.CreateCommand("""
            select event_id, convert_from(header, 'UTF8')::json->>'type', source from audit.log_entry
            where event_id <> $1 and exists (select from unnest($2::bytea[]) said where position(said in payload) > 0) order by index limit 100
            """);
        command.Parameters.Add(new() { Value = erasure.EventId });
        command.Parameters.Add(new() { Value = texts });
        var others = new List<AlsoIn>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) others.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2)));
        return others;
    }
}

public sealed record ErasureList(IReadOnlyList<Erasure> Items);
