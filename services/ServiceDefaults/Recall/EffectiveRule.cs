using System.Globalization;
using JasperFx.Events;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.ServiceDefaults.Recall;

/// <summary>
/// Which events of a record hold by a day. Each holds from the day that it names, with two exceptions. What brings a record into being (its first event, the drafting of a paper) has no
/// day of its own: it holds as soon as something does that was logged after it. What settles an entry that waited holds from the day of that entry.
/// </summary>
/// <param name="waits">The entry that waits from this event on; null for what does not wait.</param>
/// <param name="settles">The entry that this event confirms or returns; null for what settles none.</param>
/// <param name="drafts">What brings a record into being, beside its first event.</param>
public sealed class EffectiveRule(Func<object, Guid?>? waits = null, Func<object, Guid?>? settles = null, Func<object, bool>? drafts = null)
{
    public static EffectiveRule FromItsDay { get; } = new();

    /// <param name="history">All events of the record that are known, in order.</param>
    /// <returns>Those that hold by the day, in order.</returns>
    public IReadOnlyList<IEvent> By(DateOnly day, IReadOnlyList<IEvent> history)
    {
        var entries = new Dictionary<Guid, DateOnly>();
        var days = new List<DateOnly>(history.Count);
        foreach (var told in history)
        {
            var own = DayOf(told);
            if (waits?.Invoke(told.Data) is { } entry) entries[entry] = own;
            days.Add(settles?.Invoke(told.Data) is { } settled && entries.TryGetValue(settled, out var logged) ? logged : own);
        }
        var held = new Stack<IEvent>();
        for (var at = history.Count - 1; at >= 0; at--)
        {
            var begins = at == 0 || drafts?.Invoke(history[at].Data) is true;
            if (days[at] <= day || (begins && held.Count > 0)) held.Push(history[at]);
        }
        return [.. held];
    }

    /// <summary>The day that it names; else the bureau's day on which it was recorded.</summary>
    public static DateOnly DayOf(IEvent told) => told.GetHeader("effectiveon") switch
    {
        // As it is read back: what looks like a time has become one.
        DateTime day => DateOnly.FromDateTime(day),
        string day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Recording.DayOf(told.Timestamp),
    };
}
