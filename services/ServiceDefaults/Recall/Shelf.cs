namespace Luodi.ServiceDefaults.Recall;

/// <summary>Lists that take long to make, kept for a while. What was made last is kept however long it is; older ones go where they do not fit beside it.</summary>
/// <param name="most">How many lines are kept in all.</param>
/// <param name="keptFor">From when a list was made.</param>
public sealed class Shelf<TKey, TLine>(long most, TimeSpan keptFor, TimeProvider clock) : IDisposable where TKey : notnull
{
    private sealed record Made(IReadOnlyList<TLine> Lines, DateTimeOffset At);

    private readonly SemaphoreSlim _making = new(1);
    private readonly Lock _gate = new();
    private Dictionary<TKey, Made> _kept = [];

    /// <summary>These lists; those that are not kept are made together, by one who asks while the others wait.</summary>
    public async Task<IReadOnlyDictionary<TKey, IReadOnlyList<TLine>>> Of(IReadOnlyCollection<TKey> asked, Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, IReadOnlyList<TLine>>>> make, CancellationToken ct)
    {
        // What was found stays in hand: it may be gone from here before the rest is made.
        var found = new Dictionary<TKey, Made>();
        if (!Find())
        {
            await _making.WaitAsync(ct);
            try
            {
                if (!Find())
                {
                    foreach (var (key, lines) in await make([.. asked.Where(key => !found.ContainsKey(key))])) found[key] = new(lines, clock.GetUtcNow());
                    Keep(found);
                }
            }
            finally
            {
                _making.Release();
            }
        }
        return found.ToDictionary(each => each.Key, each => each.Value.Lines);

        bool Find()
        {
            lock (_gate)
            {
                foreach (var key in asked)
                {
                    if (!found.ContainsKey(key) && _kept.TryGetValue(key, out var made) && IsFresh(made)) found[key] = made;
                }
            }
            return found.Count == asked.Count;
        }
    }

    private void Keep(Dictionary<TKey, Made> made)
    {
        var kept = new Dictionary<TKey, Made>(made);
        var room = most - kept.Values.Sum(Size);
        lock (_gate)
        {
            foreach (var (key, other) in _kept.Where(each => IsFresh(each.Value)).OrderByDescending(each => each.Value.At))
            {
                if (!kept.ContainsKey(key) && (room -= Size(other)) >= 0) kept[key] = other;
            }
            _kept = kept;
        }
    }

    private bool IsFresh(Made made) => clock.GetUtcNow() - made.At < keptFor;

    // An empty one takes its place, too.
    private static long Size(Made made) => made.Lines.Count + 1;

    public void Dispose() => _making.Dispose();
}
