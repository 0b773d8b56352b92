using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Wire;

namespace Luodi.Audit.Erasing;

/// <summary>
/// Which payloads may be something else than what their digest names: by the log's own entries, which tree and checkpoints hold, and not by what a document says.
/// </summary>
public sealed class ApprovedErasures(IReadOnlyDictionary<(string Source, long Sequence), string> remainders)
{
    public static ApprovedErasures None { get; } = new(new Dictionary<(string, long), string>());

    /// <summary>The digest of what may remain of the event; null where nothing of it was erased.</summary>
    public string? RemainderOf(LogEntry entry) => remainders.GetValueOrDefault((entry.Source, entry.Sequence));

    /// <param name="source">Audit's own: its events say what was approved.</param>
    public static async Task<ApprovedErasures> Read(LogReader reader, string source, CancellationToken ct)
    {
        var entries = await reader.Entries([], ["erasure_approved"], new Dictionary<string, long> { [source] = long.MaxValue }, int.MaxValue, ct);
        var remainders = new Dictionary<(string, long), string>();
        foreach (var payload in entries.Select(entry => entry.Payload).OfType<byte[]>())
        {
            var approved = JsonSerializer.Deserialize<ErasureApproved>(payload, WireJson.Options)!;
            remainders[(approved.Source, long.Parse(approved.Sequence, System.Globalization.CultureInfo.InvariantCulture))] = approved.RemainderSha256;
        }
        return new(remainders);
    }
}
