using System.Diagnostics;
using System.Globalization;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http;

namespace Luodi.ServiceDefaults.Decisions;

/// <summary>On whose behalf facts are recorded, and what brought them about.</summary>
/// <param name="Actor">The <c>sub</c> of the signed token: a service takes no one's word for it.</param>
/// <param name="Department">The actor's department, to which a record that they log belongs; null for who has none.</param>
public sealed record Acting(string Actor, string CorrelationId, string? CausationId, string? Department = null)
{
    /// <summary>The user of a request. The correlation is the trace of the request, unless the caller names one.</summary>
    public static Acting Of(HttpContext http) => new(
        http.User.FindFirst("sub")?.Value ?? throw new InvalidOperationException("An endpoint that changes something asks for a token."),
        http.Request.Headers["X-Correlation-Id"].FirstOrDefault() is { Length: > 0 and <= 100 } given ? given : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        http.TraceIdentifier,
        http.User.FindFirst("department")?.Value);
}

/// <summary>Writing down what was decided.</summary>
public static class Recording
{
    /// <summary>The bureau's clock: days begin and end in China.</summary>
    public static readonly TimeZoneInfo BureauTime = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The bureau's day at an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, BureauTime).DateTime);

    /// <summary>The bureau's day; later by <see cref="DaysAhead"/> where that is set.</summary>
    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow()).AddDays(clock is DaysAhead ahead ? ahead.Days : 0);

    /// <summary>The decision's facts as events that carry who, why, since when and because of what.</summary>
    public static IEnumerable<object> Record(this IDocumentSession session, Decision decision, Acting acting, DateOnly today) => session.Record(decision.Events, decision, acting, today);

    /// <summary>The same of the facts that belong to other streams.</summary>
    public static async Task RecordElsewhere<T>(this IDocumentSession session, Decision decision, Acting acting, DateOnly today, CancellationToken ct) where T : class
    {
        foreach (var (stream, fact) in decision.Elsewhere)
        {
            // At the version that was read: who changes that record at the same time decides again, or this one does.
            var other = await session.Events.FetchForWriting<T>(stream, ct);
            other.AppendMany([.. session.Record([fact], decision, acting, today)]);
        }
    }

    private static IEnumerable<object> Record(this IDocumentSession session, IReadOnlyList<object> facts, Decision decision, Acting acting, DateOnly today) => facts.Select(fact =>
    {
        IEvent recorded = session.Events.BuildEvent(fact);
        recorded.Id = Guid.CreateVersion7();
        recorded.UserName = acting.Actor;
        recorded.CorrelationId = acting.CorrelationId;
        recorded.CausationId = decision.Undoes?.ToString() ?? acting.CausationId;
        if (decision.Reason is { } reason) recorded.SetHeader("reason", reason);
        recorded.SetHeader("effectiveon", (decision.EffectiveOn ?? today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return (object)recorded;
    });
}
