namespace Luodi.Contracts.Audit;

/// <summary>Somebody asks that texts of an event's payload go, because the law asks for it. None of the texts themselves stands here.</summary>
/// <param name="Source">Whose event it is: <c>/BUREAU/SERVICE</c>.</param>
/// <param name="Sequence">Its place there, as on the wire.</param>
/// <param name="Texts">Where they stand in the payload: <c>name</c>, <c>parties.0</c>.</param>
/// <param name="Basis">Why: the legal ground, and who asked for it.</param>
[EventName("erasure_requested")]
public sealed record ErasureRequested(Guid ErasureId, Guid EventId, string Source, string Sequence, IReadOnlyList<string> Texts, string Basis);

/// <summary>A second person agrees. From now on whoever keeps the event may keep it in full or as exactly this remainder, and nothing else.</summary>
/// <param name="RemainderSha256">Of the canonical payload in which each of the texts is the mark (<see cref="Wire.Erased.Mark"/>), lower-case hex.</param>
[EventName("erasure_approved")]
public sealed record ErasureApproved(Guid ErasureId, Guid EventId, string Source, string Sequence, string RemainderSha256);

/// <summary>A second person says no, with the reason.</summary>
[EventName("erasure_refused")]
public sealed record ErasureRefused(Guid ErasureId, Guid EventId);

/// <summary>Who asked asks no more.</summary>
[EventName("erasure_withdrawn")]
public sealed record ErasureWithdrawn(Guid ErasureId, Guid EventId);

/// <summary>The texts are gone from the source's store and from the journal, and the log keeps nothing of the payload but its digest.</summary>
/// <param name="RemainderSha256">Of what the others keep.</param>
[EventName("payload_erased")]
public sealed record PayloadErased(Guid ErasureId, Guid EventId, string Source, string Sequence, string RemainderSha256);
