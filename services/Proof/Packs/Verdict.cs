using System.Text.Json;

namespace Luodi.Proof.Packs;

/// <summary>What is checked, in this order.</summary>
public enum Claim
{
    /// <summary>The archive and its manifest can be read.</summary>
    Archive,

    /// <summary>The auditor's own checkpoint is one that the policy trusts.</summary>
    Pinned,

    /// <summary>The pack's checkpoint is one that the policy trusts.</summary>
    Checkpoint,

    /// <summary>So are all others in it.</summary>
    OtherCheckpoints,

    /// <summary>All entries of the log are there: they give the root, and each source's events follow one another without a hole.</summary>
    Complete,

    /// <summary>All checkpoints are of one log that only grew.</summary>
    SameLog,

    /// <summary>Each event stands in the log.</summary>
    Events,

    /// <summary>Each payload is the one that its header names.</summary>
    Payloads,

    /// <summary>Which events are younger than the auditor's own checkpoint.</summary>
    Younger,

    /// <summary>The figure follows from the events.</summary>
    Figure,

    /// <summary>No event that the figure is made of is left out.</summary>
    FigureEvents,
}

/// <summary>How a check ended.</summary>
public enum Ruling
{
    /// <summary>It is shown.</summary>
    Shown,

    /// <summary>It is not shown, and nothing that is claimed needs it; the reader should know.</summary>
    NotShown,

    /// <summary>It does not hold.</summary>
    Disproven,

    /// <summary>It could not be looked at.</summary>
    Unreadable,
}

/// <summary>One line of a verdict.</summary>
/// <param name="Values">What the words of the line name: numbers, texts.</param>
/// <param name="Flaw">Where it is not shown.</param>
/// <param name="Place">The file of the pack, or of the auditor, where the first flaw is.</param>
/// <param name="Detail">The flaw in more words, in English.</param>
public sealed record Finding(Claim Claim, Ruling Ruling, IReadOnlyList<object> Values, Flaw? Flaw = null, string Place = "", string Detail = "");

/// <summary>What came out: the lines up to the first flaw.</summary>
public sealed record Verdict(IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing is disproven, and everything could be read.</summary>
    public bool Proven => Findings.All(finding => finding.Ruling is Ruling.Shown or Ruling.NotShown);
}

/// <summary>An event that stands in the log.</summary>
/// <param name="Header">The CloudEvent without <c>data</c>.</param>
/// <param name="Payload">The canonical bytes of its data, whose digest stands in the header; none where they have been erased.</param>
public sealed record VerifiedEvent(long Index, JsonElement Header, ReadOnlyMemory<byte>? Payload);

/// <summary>An entry of the log, of which its header alone is known.</summary>
/// <param name="Sequence">Its place in its source.</param>
/// <param name="Subject">The record that it is about.</param>
public sealed record LoggedEvent(long Index, string Source, long Sequence, string Type, string Subject);

/// <summary>
/// Calculates the figure of a pack from its events: a pure function, which takes nothing from the pack but these. A figure that it does not know, or that does not come out, is <see cref="Ruling.Disproven"/>,
/// or a <see cref="ProofException"/> with <see cref="Luodi.Proof.Flaw.Figure"/>.
/// </summary>
/// <param name="all">All entries of the log, in their order, where the pack shows that it has them; null where it does not.</param>
public delegate IReadOnlyList<Finding> FigureCheck(JsonElement figure, IReadOnlyList<VerifiedEvent> events, IReadOnlyList<LoggedEvent>? all);
