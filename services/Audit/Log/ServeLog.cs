using Luodi.Proof;
using Luodi.Proof.Tiles;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Log;

/// <summary>
/// The log as files (https://c2sp.org/tlog-tiles) below <c>/api/audit/log/</c>. Checkpoint and hashes are everybody's: a witness or a monitor needs no account.
/// They are files with a published meaning, not part of the API's description. Entries name persons and their reasons, and are for whoever may read what administrators did.
/// </summary>
public static class ServeLogFeature
{
    // What has a name never changes: a tile names its width.
    private const string ForEver = "max-age=31536000, immutable";

    public static void MapServeLog(this IEndpointRouteBuilder api)
    {
        var log = api.MapGroup("log").WithTags("Log");

        log.MapGet("checkpoint", async (HttpContext http, LogReader reader, CancellationToken ct) =>
        {
            if (await reader.Newest(ct) is not { } newest) return Problems.Of(new NotFound());
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Text(newest.Note, "text/plain; charset=utf-8");
        })
        .WithSummary("The newest checkpoint, with the cosignatures that came in (tlog-checkpoint)")
        .AllowAnonymous()
        .ExcludeFromDescription();

        log.MapGet("tile/entries/{**rest}", async (string rest, HttpContext http, LogReader reader, CancellationToken ct) =>
        {
            if (Named($"tile/entries/{rest}") is not { } name || await reader.Entries(name.Index * TileName.FullWidth, name.Width, ct) is var entries && entries.Count < name.Width) return Problems.Of(new NotFound());
            http.Response.Headers.CacheControl = $"private, {ForEver}";
            return Results.Bytes(EntryBundle.Write([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry.Header)]), "application/octet-stream");
        })
        .WithSummary("A bundle of entries: the canonical headers of events (tlog-tiles)")
        .RequireAuthorization(Policies.Administration)
        .ExcludeFromDescription();

        log.MapGet("tile/{**rest}", async (string rest, HttpContext http, LogReader reader, CancellationToken ct) =>
        {
            if (Named($"tile/{rest}") is not { Level: not null } name || await reader.Tiles([name], ct) is not [var tile]) return Problems.Of(new NotFound());
            http.Response.Headers.CacheControl = $"public, {ForEver}";
            return Results.Bytes(tile.ToArray(), "application/octet-stream");
        })
        .WithSummary("A tile of hashes (tlog-tiles)")
        .AllowAnonymous()
        .ExcludeFromDescription();

        log.MapGet("keys", (LogKeys keys) => Results.Text(string.Concat(keys.Signing().Select(key => $"{key.Verifier}\n")), "text/plain; charset=utf-8"))
            .WithSummary("The public keys that sign checkpoints, the newest last, one vkey on a line (signed-note)")
            .AllowAnonymous()
        .ExcludeFromDescription();

        log.MapGet("rotations", (LogKeys keys) => Results.Text(string.Join('\n', keys.Statements()), "text/plain; charset=utf-8"))
            .WithSummary("The statements of new keys, each signed by the keys before and by the new one")
            .AllowAnonymous()
        .ExcludeFromDescription();
    }

    private static TileName? Named(string path)
    {
        try
        {
            return TileName.Parse(path);
        }
        catch (ProofException)
        {
            return null;
        }
    }
}
