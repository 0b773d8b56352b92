namespace Luodi.Proof.Packs;

/// <summary>How the events of each source follow one another, in the order of the log.</summary>
/// <param name="whole">Every event is given: then each names the one before it. Otherwise what lies between two of them may be left out.</param>
internal sealed class SourceChains(bool whole)
{
    private readonly Dictionary<string, (int Number, long Sequence)> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<(int Source, Guid Id)> _ids = [];
    private string? _latest;

    /// <summary>In number.</summary>
    public int Sources => _sources.Count;

    /// <summary>The next entry.</summary>
    public EventHeader Next(long index, ReadOnlyMemory<byte> entry)
    {
        var header = EventHeader.Read(entry, _latest);
        _latest = header.Source;
        var (source, last) = _sources.TryGetValue(header.Source, out var known) ? known : (_sources.Count, 0L);
        if (!_ids.Add((source, header.Id)) || header.Sequence == last) throw new ProofException(Flaw.Twice, $"Entry {index} is event {header.Id}, place {header.Sequence} of {Strict.Short(header.Source)}, which stands there before.");
        if (header.Previous >= header.Sequence || header.Sequence < last || (whole ? header.Previous != last : header.Previous < last))
        {
            throw new ProofException(Flaw.Chain, $"Entry {index} is place {header.Sequence} of {Strict.Short(header.Source)} and follows {header.Previous}; the one before it there is {last}.");
        }
        _sources[header.Source] = (source, header.Sequence);
        return header;
    }
}
