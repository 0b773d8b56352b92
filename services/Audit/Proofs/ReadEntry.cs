using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Proofs;

/// <summary>An event as the log has it.</summary>
/// <param name="Index">Its place in the log, from 0.</param>
/// <param name="LeafHash">Of the entry, lower-case hex.</param>
/// <param name="Header">The entry: what is hashed, as JSON.</param>
/// <param name="Data">What the event says; null where it was erased by law.</param>
/// <param name="SignedSize">Of the checkpoint that its proof leads to; null where none covers it yet.</param>
public sealed record EntryView(long Index, Guid EventId, string Source, long Sequence, DateTimeOffset HeardAt, string LeafHash, JsonElement Header, JsonElement? Data, long? SignedSize, DateTimeOffset? SignedAt, int Cosigned);

public static class ReadEntryFeature
{
    public static void MapReadEntry(this IEndpointRouteBuilder api) => api
        .MapGet("entries/{id:guid}", async (Guid id, LogReader reader, CancellationToken ct) =>
        {
            if (await reader.Entry(id, ct) is not { } entry) return Problems.Of(new NotFound());
            var signed = await reader.Covering(entry.Index, ct);
            return Results.Ok(new EntryView(
                entry.Index, entry.EventId, entry.Source, entry.Sequence, entry.HeardAt, MerkleTree.Leaf(entry.Header).ToHex(), JsonElement.Parse(entry.Header), entry.Payload is { } payload ? JsonElement.Parse(payload) : null,
                signed?.Size, signed?.SignedAt, signed?.Cosigned ?? 0));
        })
        .WithTags("Proofs")
        .WithSummary("An event as the log has it: its place, its hash, and the checkpoint that covers it")
        .Produces<EntryView>()
        .RequireAuthorization(Policies.Administration);
}
