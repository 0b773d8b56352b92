using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Audit.Proofs;
using Luodi.Proof;
using Luodi.Proof.Packs;
using Luodi.Proof.Tiles;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Packs;

/// <param name="Events">The ids of the events that are to be proved.</param>
/// <param name="Whole">With the entries of all events, so that the pack also shows that none is missing.</param>
/// <param name="Figure">What the events explain, as the verifier reads it.</param>
public sealed record MakePack(IReadOnlyList<Guid>? Events, bool Whole = false, JsonElement? Figure = null);

public static class MakePackFeature
{
    private const int MostEvents = 10_000;
    private const int DaysBack = 366;

    public sealed record TooManyEvents(int Most) : Refusal("A pack proves at most {Most} events.", "events");

    public sealed record EventUnknown(Guid Id) : Refusal("The log has no event {Id}.", "events");

    public sealed record FigureNoObject() : Refusal("A figure is an object.", "figure");

    public static void MapMakePack(this IEndpointRouteBuilder api) => api
        .MapPost("packs", async (MakePack command, LogReader reader, LogKeys keys, TimeProvider clock, CancellationToken ct) =>
        {
            var ids = command.Events?.Distinct().ToList() ?? [];
            if (Check.All(
                ids.Count == 0 ? new Missing("events") : ids.Count > MostEvents ? new TooManyEvents(MostEvents) : null,
                command.Figure is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } ? new FigureNoObject() : null) is { Count: > 0 } wrong) return Problems.Of(wrong);
            var entries = (await reader.Entries(ids, ct)).OrderBy(entry => entry.Index).ToList();
            if (ids.Except(entries.Select(entry => entry.EventId)).ToList() is [var unknown, ..]) return Problems.Of(new EventUnknown(unknown));
            if (await reader.Covering(entries[^1].Index, ct) is not { } signed) return Problems.Of(new ReadProofFeature.NotSignedYet());

            var daily = (await reader.Daily(DaysBack, ct)).Where(kept => kept.Size < signed.Size).ToList();
            var events = new List<PackedEvent>();
            foreach (var entry in entries) events.Add(new(entry.Header, entry.Payload is { } payload ? payload : (ReadOnlyMemory<byte>?)null, await ReadProofFeature.Of(reader, entry.Index, signed, ct)));
            var consistency = new List<AddCheckpointRequest>();
            foreach (var kept in daily) consistency.Add(await ReadConsistencyFeature.Of(reader, kept.Size, signed, ct));
            var bundles = new List<(TileName, ReadOnlyMemory<byte>)>();
            for (var index = 0L; command.Whole && index * TileName.FullWidth < signed.Size; index++)
            {
                var name = TileName.Of(null, index, signed.Size);
                bundles.Add((name, EntryBundle.Write([.. (await reader.Entries(index * TileName.FullWidth, name.Width, ct)).Select(entry => (ReadOnlyMemory<byte>)entry.Header)])));
            }
            var pack = new EvidencePack(new(keys.Origin, clock.GetUtcNow(), command.Figure is { ValueKind: JsonValueKind.Object } figure ? figure : null), signed.ReadNote())
            {
                Events = events,
                Consistency = consistency,
                Checkpoints = daily.Select(kept => kept.ReadNote()),
                Bundles = bundles,
            };
            var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);
            pack.Write(file);
            file.Position = 0;
            return Results.Stream(file, "application/zip", $"luodi-evidence-{signed.Size}.zip");
        })
        .WithTags("Proofs")
        .WithSummary("An evidence pack: events with their payloads and proofs, checkpoints, and what they explain, to be checked offline with luodi-verify")
        .Produces(StatusCodes.Status200OK, contentType: "application/zip")
        .RequireAuthorization(Policies.Administration);
}
