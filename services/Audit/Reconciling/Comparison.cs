using System.Text.Json;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Contracts.Wire;

namespace Luodi.Audit.Reconciling;

/// <summary>The log's entries of one source, page by page in the order of their places.</summary>
public delegate Task<IReadOnlyList<LogEntry>> ReadEntries(long after, CancellationToken ct);

/// <summary>
/// Another keeper's events of one source beside the log's, both in order and read once. What differs is named by its place in the source's store,
/// and nothing is taken from the other keeper but what it says.
/// </summary>
/// <param name="place">Who the other one is.</param>
/// <param name="head">Up to this place the log had the source when the comparison began; what is beyond is none of it.</param>
/// <param name="expected">The other one must have the entry; it may not have heard the youngest yet.</param>
/// <param name="linksFollow">The links (<c>previous</c>) are made of the rows at each reading: one that differs says nothing that its rows do not.</param>
/// <param name="erasures">A payload of which texts were erased may be kept as exactly what remains of it: anything else under the cover of an erasure is a change.</param>
public sealed class Comparison(string place, string source, long head, ReadEntries read, Func<LogEntry, bool> expected, bool linksFollow, ApprovedErasures erasures)
{
    private readonly Queue<LogEntry> _ahead = new();
    private readonly List<Finding> _findings = [];
    private long _read;
    private long _last;
    private bool _exhausted;

    /// <summary>In the order in which they were met.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>How many of its entries the log has given.</summary>
    public int Compared { get; private set; }

    /// <summary>The next event of the other keeper.</summary>
    public async Task Take(CloudEvent heard, CancellationToken ct)
    {
        if (heard.Sequence > head) return;
        if (heard.Sequence <= _last)
        {
            _findings.Add(new(place, source, heard.Sequence, null, FindingKinds.OutOfOrder));
            return;
        }
        _last = heard.Sequence;
        while (await Next(ct) is { } entry && entry.Sequence < heard.Sequence) Missing(Taken());
        if (await Next(ct) is { } same && same.Sequence == heard.Sequence)
        {
            if (Differences(Taken(), heard) is { Count: > 0 } fields) _findings.Add(new(place, source, heard.Sequence, same.Index, FindingKinds.Changed, string.Join(", ", fields)));
        }
        else
        {
            _findings.Add(new(place, source, heard.Sequence, null, FindingKinds.Inserted));
        }
    }

    /// <summary>The other keeper has no more.</summary>
    public async Task End(CancellationToken ct)
    {
        while (await Next(ct) is not null) Missing(Taken());
    }

    private void Missing(LogEntry entry)
    {
        if (expected(entry)) _findings.Add(new(place, source, entry.Sequence, entry.Index, FindingKinds.Missing));
    }

    private LogEntry Taken()
    {
        Compared++;
        return _ahead.Dequeue();
    }

    private async Task<LogEntry?> Next(CancellationToken ct)
    {
        if (_ahead.Count == 0 && !_exhausted)
        {
            var page = await read(_read, ct);
            foreach (var entry in page.Where(entry => entry.Sequence <= head)) _ahead.Enqueue(entry);
            _exhausted = page.Count == 0 || page[^1].Sequence >= head;
            if (page.Count > 0) _read = page[^1].Sequence;
        }
        return _ahead.TryPeek(out var next) ? next : null;
    }

    /// <summary>The names of what differs; <c>data</c> for what the event says.</summary>
    private IReadOnlyList<string> Differences(LogEntry entry, CloudEvent heard)
    {
        var said = Canonical.Header(heard);
        if (said.AsSpan().SequenceEqual(entry.Header)) return [];
        var (ours, theirs) = (Members(entry.Header), Members(said));
        var remainder = erasures.RemainderOf(entry);
        return [.. ours.Keys.Union(theirs.Keys).Where(name => ours.GetValueOrDefault(name) != theirs.GetValueOrDefault(name)
                && !(linksFollow && name is "previous") && !(remainder is not null && name is "datasha256" && theirs[name] == $"\"{remainder}\""))
            .Order(StringComparer.Ordinal).Select(name => name is "datasha256" ? "data" : name)];
    }

    private static Dictionary<string, string> Members(byte[] header) =>
        JsonElement.Parse(header).EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText(), StringComparer.Ordinal);
}
