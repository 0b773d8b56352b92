using JasperFx.Events;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Recall;
using Marten;
using Marten.Events.Aggregation;

namespace Luodi.Projects.Limits;

/// <summary>How long a project may stay in a stage, or go without a follow-up, in days. One stream for the whole bureau.</summary>
/// <param name="Days">By stage, and <c>follow-up</c>; what is left out takes as long as it takes.</param>
public sealed record TimeLimits(Guid Id, IReadOnlyDictionary<string, int> Days)
{
    public const string FollowUp = "follow-up";

    public static Guid Only { get; } = Guid.Parse("01900000-0000-7000-8000-000000000002");

    /// <summary>As long as a manager has settled nothing: planning 45 days, negotiating 30, from the signing to the next step 20, from one follow-up to the next 7.</summary>
    public static TimeLimits Usual { get; } = new(Only, new Dictionary<string, int>(StringComparer.Ordinal) { [Stages.Lead] = 45, [Stages.Negotiating] = 30, [Stages.Signed] = 20, [FollowUp] = 7 });

    public static async Task<TimeLimits> Read(IQuerySession session, CancellationToken ct) => await session.LoadAsync<TimeLimits>(Only, ct) ?? Usual;

    /// <summary>The same as they stood.</summary>
    public static async Task<TimeLimits> Read(IQuerySession session, Pasts pasts, AsOf asOf, CancellationToken ct) => asOf.IsNow ? await Read(session, ct) : (await pasts.Find<TimeLimits>(Only, asOf.OfRecord, ct))?.Record ?? Usual;
}

public static class TimeLimitsHistory
{
    public static TimeLimits? Evolve(TimeLimits? limits, object fact) => fact switch
    {
        TimeLimitSet e => (limits ?? TimeLimits.Usual) is var known && e.Days is { } days
            ? known with { Days = new Dictionary<string, int>(known.Days, StringComparer.Ordinal) { [e.What] = days } }
            : known with { Days = known.Days.Where(each => each.Key != e.What).ToDictionary(StringComparer.Ordinal) },
        _ => limits,
    };
}

public sealed partial class TimeLimitsProjection : SingleStreamProjection<TimeLimits, Guid>
{
    public override TimeLimits? Evolve(TimeLimits? snapshot, Guid id, IEvent e) => TimeLimitsHistory.Evolve(snapshot, e.Data);
}
