using Luodi.ServiceDefaults.Relay;

namespace Luodi.Audit.Reconciling;

/// <summary>Something that is not as the log says, or not as a log is.</summary>
/// <param name="Place">Where: <c>store</c> (the source's own), <c>journal</c> (Reporting's) or <c>log</c>.</param>
/// <param name="Sequence">Of the event in its source's store; null where it is about no event.</param>
/// <param name="Index">Of the entry in the log; null where the log has none.</param>
/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="Fields">Which parts of the event differ, where some do.</param>
public sealed record Finding(string Place, string Source, long? Sequence, long? Index, string Kind, string? Fields = null)
{
    public override string ToString() => $"{Place} {Source} {Sequence}: {Kind}{(Fields is null ? "" : $" ({Fields})")}";
}

public static class Places
{
    public const string Store = "store";
    public const string Journal = "journal";
    public const string Log = "log";
}

public static class FindingKinds
{
    /// <summary>The event says something else than in the log.</summary>
    public const string Changed = "changed";

    /// <summary>The log has an event that is not there.</summary>
    public const string Missing = "missing";

    /// <summary>There is an event that the log does not have, and should.</summary>
    public const string Inserted = "inserted";

    /// <summary>The event does not stand where it was heard.</summary>
    public const string OutOfOrder = "out-of-order";

    /// <summary>Its version in its record's history is not the one of its place: the record would be read wrongly.</summary>
    public const string VersionOutOfOrder = Oddity.VersionOutOfOrder;

    /// <summary>It is marked as put away and no longer counts in its record.</summary>
    public const string PutAway = Oddity.PutAway;

    /// <summary>The record's own row says another number of events than there are.</summary>
    public const string RecordDisagrees = Oddity.RecordDisagrees;

    /// <summary>The payload is not the one whose digest stands in the entry.</summary>
    public const string PayloadChanged = "payload-changed";

    /// <summary>The payload is gone, and no erasure of it was approved.</summary>
    public const string PayloadGone = "payload-gone";

    /// <summary>The hashes of the tree are not those of the entries.</summary>
    public const string TreeBroken = "tree-broken";

    /// <summary>A signed checkpoint is not of these entries.</summary>
    public const string CheckpointBroken = "checkpoint-broken";

    /// <summary>The log has fewer entries than a checkpoint that was signed.</summary>
    public const string Shortened = "shortened";
}
