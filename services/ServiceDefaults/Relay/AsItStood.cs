using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Marten;
using Microsoft.AspNetCore.Http;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>A record as it stands, or as it stood after one of its events.</summary>
public static class AsItStood
{
    /// <summary>The record after its <paramref name="version"/>th event; null where it has no such event. Who may see it is asked before.</summary>
    /// <param name="versionOf">How many events a record has seen.</param>
    public static async Task<T?> After<T>(this IQuerySession session, Guid id, long version, Func<T, long> versionOf, CancellationToken ct) where T : class =>
        version > 0 && await session.Events.AggregateStreamAsync<T>(id, version, token: ct) is { } then && versionOf(then) == version ? then : null;

    /// <summary>After which of its events a record is asked for: the one named, the last one known at an instant, or null for the record as it stands. 0 where it was not known then, or not that far.</summary>
    public static async Task<long?> VersionAsked(this IQuerySession session, Guid id, long? version, DateTimeOffset? knownAt, CancellationToken ct)
    {
        if (knownAt?.ToUniversalTime() is not { } instant) return version;
        var known = await session.Events.QueryAllRawEvents().Where(e => e.StreamId == id && e.Timestamp <= instant).CountAsync(ct);
        return version > known ? 0 : version ?? known;
    }

    /// <summary>When the event after that one made it another; null while it stands so.</summary>
    public static async Task<DateTimeOffset?> Until(this IQuerySession session, Guid id, long version, CancellationToken ct) =>
        await session.Events.QueryAllRawEvents().Where(e => e.StreamId == id && e.Version == version + 1).Select(e => e.Timestamp).ToListAsync(ct) is [var instant] ? instant : null;

    /// <summary>200 with the version for <c>If-Match</c>; 404 where there is none.</summary>
    public static IResult Answer<T>(this HttpContext http, T? record, Func<T, long> versionOf) where T : class
    {
        if (record is null) return Problems.Of(new NotFound());
        http.Response.Headers.ETag = $"\"{versionOf(record)}\"";
        return Results.Ok(record);
    }
}
