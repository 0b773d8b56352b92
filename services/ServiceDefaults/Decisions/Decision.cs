namespace Luodi.ServiceDefaults.Decisions;

/// <summary>What a rule answers: events to append, or refusals.</summary>
public sealed record Decision
{
    /// <summary>The facts to append, in order. Empty with no refusal: the command has taken effect before, nothing changes.</summary>
    public IReadOnlyList<object> Events { get; private init; } = [];

    /// <summary>Why not, one per broken rule.</summary>
    public IReadOnlyList<Refusal> Refusals { get; private init; } = [];

    /// <summary>Why, in the actor's words.</summary>
    public string? Reason { get; private init; }

    /// <summary>The event of the record that the facts undo; null where they undo none. It becomes their cause.</summary>
    public Guid? Undoes { get; private init; }

    /// <summary>The day from which the facts hold; null for the day of recording.</summary>
    public DateOnly? EffectiveOn { get; private init; }

    /// <summary>Keys that no other stream may hold, taken in the same transaction; each with the refusal for when it is taken.</summary>
    public IReadOnlyList<(string Key, Refusal Taken)> Reservations { get; private init; } = [];

    /// <summary>Facts that are as true of another stream of the same kind, appended to it in the same transaction.</summary>
    public IReadOnlyList<(Guid Stream, object Fact)> Elsewhere { get; private init; } = [];

    /// <summary>Keys that this stream gives back.</summary>
    public IReadOnlyList<string> Releases { get; private init; } = [];

    /// <summary>What the client is told, beside the id and version of the stream.</summary>
    public object? Answer { get; private init; }

    public static Decision Accept(params object[] events) => new() { Events = events };

    public static Decision Refuse(IEnumerable<Refusal> refusals) => new() { Refusals = [.. refusals] };

    public static implicit operator Decision(Refusal refusal) => Refuse([refusal]);

    public Decision Because(string? reason) => this with { Reason = reason };

    public Decision Undoing(Guid eventId) => this with { Undoes = eventId };

    public Decision Effective(DateOnly on) => this with { EffectiveOn = on };

    public Decision Reserving(string key, Refusal taken) => this with { Reservations = [.. Reservations, (key, taken)] };

    public Decision AndOf(Guid stream, object fact) => this with { Elsewhere = [.. Elsewhere, (stream, fact)] };

    public Decision Releasing(string key) => this with { Releases = [.. Releases, key] };

    public Decision Answering(object answer) => this with { Answer = answer };
}

/// <summary>Collects what is wrong with a command, field by field, so that the user hears all of it at once.</summary>
public static class Check
{
    /// <summary>The refusals among the results of several checks.</summary>
    public static IReadOnlyList<Refusal> All(params Refusal?[] results) => [.. results.OfType<Refusal>()];
}

/// <summary>A key that one stream holds and no other may: uniqueness across streams, kept by the primary key of the database.</summary>
public sealed record Reservation(string Id, Guid By);
