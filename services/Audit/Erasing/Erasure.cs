using JasperFx.Events;
using Luodi.Contracts.Audit;
using Marten.Events.Aggregation;

namespace Luodi.Audit.Erasing;

/// <summary>That texts of one event are to go, and how far it has come.</summary>
/// <param name="Sequence">The event's place in its source's store, as on the wire.</param>
/// <param name="Texts">The paths of the texts in the payload.</param>
/// <param name="State">One of <see cref="ErasureStates"/>.</param>
/// <param name="DecidedBy">Who approved or refused it.</param>
/// <param name="Reason">Of a refusal.</param>
/// <param name="RemainderSha256">Of the payload without the texts; once it is approved.</param>
/// <param name="ErasedAt">When the last keeper was done.</param>
public sealed record Erasure(
    Guid Id, Guid EventId, string Source, string Sequence, IReadOnlyList<string> Texts, string Basis, string State, string? RequestedBy, DateTimeOffset RequestedAt,
    string? DecidedBy = null, DateTimeOffset? DecidedAt = null, string? Reason = null, string? RemainderSha256 = null, DateTimeOffset? ErasedAt = null);

public static class ErasureStates
{
    public const string Requested = "requested";
    public const string Approved = "approved";
    public const string Refused = "refused";
    public const string Withdrawn = "withdrawn";
    public const string Erased = "erased";
}

public static class ErasureHistory
{
    public static Erasure? Evolve(Erasure? erasure, object fact, string? by, DateTimeOffset at, string? reason) => (erasure, fact) switch
    {
        (null, ErasureRequested e) => new(e.ErasureId, e.EventId, e.Source, e.Sequence, e.Texts, e.Basis, ErasureStates.Requested, by, at),
        ({ } r, ErasureApproved e) => r with { State = ErasureStates.Approved, DecidedBy = by, DecidedAt = at, RemainderSha256 = e.RemainderSha256 },
        ({ } r, ErasureRefused) => r with { State = ErasureStates.Refused, DecidedBy = by, DecidedAt = at, Reason = reason },
        ({ } r, ErasureWithdrawn) => r with { State = ErasureStates.Withdrawn },
        ({ } r, PayloadErased) => r with { State = ErasureStates.Erased, ErasedAt = at },
        _ => erasure,
    };
}

public sealed partial class ErasureProjection : SingleStreamProjection<Erasure, Guid>
{
    public override Erasure? Evolve(Erasure? snapshot, Guid id, IEvent e) => ErasureHistory.Evolve(snapshot, e.Data, e.UserName, e.Timestamp, e.GetHeader("reason")?.ToString());
}
