using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Audit.Proofs;
using Luodi.Audit.Witnesses;
using Luodi.Proof;
using Luodi.Proof.Packs;
using Luodi.Proof.Tiles;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Packs;

/// <summary>At least one of the first three says which events are to be proved.</summary>
/// <param name="Events">The ids of events.</param>
/// <param name="Subjects">The ids of records: all events about them.</param>
/// <param name="Types">The stored names of events: all of these, up to <paramref name="UpTo"/>.</param>
/// <param name="UpTo">The last event of each source, by its place there, that <paramref name="Subjects"/> and <paramref name="Types"/> ask for; where it is left out subjects are asked for up to now, and types not at all.</param>
/// <param name="Whole">With the entries of all events, so that the pack also shows that none is missing.</param>
/// <param name="Cosigned">Only under a checkpoint that all witnesses have cosigned: refused until there is one.</param>
/// <param name="Figure">What the events explain, as the verifier reads it.</param>
public sealed record MakePack(
    IReadOnlyList<Guid>? Events = null, IReadOnlyList<Guid>? Subjects = null, IReadOnlyList<string>? Types = null, IReadOnlyDictionary<string, long>? UpTo = null, bool Whole = false, bool Cosigned = false, JsonElement? Figure = null);

public static class MakePackFeature
{
    private const int MostEvents = 10_000;
    private const int DaysBack = 366;

    public sealed record TooManyEvents(int Most) : Refusal("A pack proves at most {Most} events.", "events");

    public sealed record EventUnknown(Guid Id) : Refusal("The log has no event {Id}.", "events");

    public sealed record FigureNoObject() : Refusal("A figure is an object.", "figure");

    public static void MapMakePack(this IEndpointRouteBuilder api) => api
        .MapPost("packs", async (MakePack command, LogReader reader, LogKeys keys, WitnessRounds witnesses, TimeProvider clock, CancellationToken ct) =>
        {
            var (ids, subjects, types) = (command.Events?.Distinct().ToList() ?? [], command.Subjects?.Distinct().ToList() ?? [], command.Types?.OfType<string>().Where(type => !type.Contains('\0')).Distinct(StringComparer.Ordinal).ToList() ?? []);
            if (Check.All(
                ids.Count + subjects.Count + types.Count == 0 ? new Missing("events") : ids.Count > MostEvents || subjects.Count > MostEvents ? new TooManyEvents(MostEvents) : null,
                types.Count > 0 && command.UpTo is not { Count: > 0 } ? new Missing("upTo") : null,
                command.Figure is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } ? new FigureNoObject() : null) is { Count: > 0 } wrong) return Problems.Of(wrong);
            var named = await reader.Entries(ids, ct);
            if (ids.Except(named.Select(entry => entry.EventId)).ToList() is [var unknown, ..]) return Problems.Of(new EventUnknown(unknown));
            // Up to its position a figure is of events that the log may not have heard yet.
            if (await reader.Reached(command.UpTo, ct) is not { } last) return Problems.Of(new ReadProofFeature.NotSignedYet());
            var asked = await reader.Entries(subjects, types, command.UpTo, MostEvents + 1, ct);
            var entries = named.Concat(asked).DistinctBy(entry => entry.Index).OrderBy(entry => entry.Index).ToList();
            if (entries.Count > MostEvents) return Problems.Of(new TooManyEvents(MostEvents));
            if (await reader.Covering(long.Max(last, entries.Count > 0 ? entries[^1].Index : 0), ct) is not { } signed) return Problems.Of(new ReadProofFeature.NotSignedYet());
            if (command.Cosigned && signed.Cosigned < witnesses.Witnesses.Count) return Problems.Of(new ReadProofFeature.NotSignedYet());

            // Who checks the pack asks as much of each checkpoint in it as of the pack's own.
            var daily = (await reader.Daily(DaysBack, ct, signed.Cosigned)).Where(kept => kept.Size < signed.Size).ToList();
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
