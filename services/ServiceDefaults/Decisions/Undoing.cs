namespace Luodi.ServiceDefaults.Decisions;

/// <summary>Undoes one change of a record by further events; the change itself stays in the history.</summary>
/// <param name="EventId">The change, as the record's history names it.</param>
public sealed record UndoChange(Guid? EventId, string? Reason)
{
    internal IReadOnlyList<Refusal> Wrong => Check.All(Fields.Present(EventId, "eventId"), Fields.Text(Reason, "reason"));
}

/// <summary>An event of a record.</summary>
/// <param name="Cause">Of an event that undoes another one: that one.</param>
public sealed record Happened(Guid EventId, object Fact, string? Cause = null);

/// <summary>What happened to a record, in order.</summary>
/// <param name="Before">How it stood before the change that is asked about; null where that is its first event, or none of its.</param>
public sealed record Past<TState>(IReadOnlyList<Happened> Events, TState? Before) where TState : class
{
    /// <summary>What every undoing asks; what undoes this very change is the record's own rule.</summary>
    /// <param name="undo">The change, and the record before it.</param>
    public Decision Undo(UndoChange command, Func<object, TState?, Decision> undo)
    {
        if (command.Wrong is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (Events.FirstOrDefault(each => each.EventId == command.EventId) is not { } change) return new NotInItsHistory();
        if (Undone(change.EventId)) return Decision.Accept();
        var decision = undo(change.Fact, Before);
        return decision.Refusals.Count > 0 ? decision : decision.Because(command.Reason!.Trim()).Undoing(change.EventId);
    }

    // An undoing may have been undone in its turn: then the change stands again.
    private bool Undone(Guid change) => Events.Where(each => each.Cause == change.ToString()).Any(undoing => !Undone(undoing.EventId));
}
