using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.Limits;

/// <param name="What">A stage, or <c>follow-up</c>.</param>
/// <param name="Days">Left out: as long as it takes.</param>
public sealed record SetTimeLimit(string? What, int? Days);

public static class SetTimeLimitFeature
{
    private const int MostDays = 3650;

    public sealed record NoSuchLimit() : Refusal("A limit is for one of the stages, or for follow-up.", "what");

    public sealed record DaysOutOfRange(int Most) : Refusal("A limit is 1 to {Most} days.", "days");

    public static void MapTimeLimits(this IEndpointRouteBuilder projects)
    {
        projects.MapGet("limits", async ([AsParameters] AsOf asOf, IQuerySession session, Pasts pasts, CancellationToken ct) => new { days = (await TimeLimits.Read(session, pasts, asOf, ct)).Days })
            .WithSummary("How long a project may stay in a stage, or go without a follow-up, in days")
            .RequireAuthorization(Policies.Read);

        projects.MapPost("limits", (SetTimeLimit command, Deciding<TimeLimits> limits, CancellationToken ct) =>
            limits.Settle(TimeLimits.Only, TimeLimits.Usual, state => Decide(state, command), ct))
            .WithSummary("Settles how long a project may stay in a stage, or go without a follow-up")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Decide(TimeLimits limits, SetTimeLimit command)
    {
        var wrong = Check.All(
            command.What is null ? new Missing("what") : Stages.All.Append(TimeLimits.FollowUp).Contains(command.What) ? null : new NoSuchLimit(),
            command.Days is < 1 or > MostDays ? new DaysOutOfRange(MostDays) : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return (limits.Days.TryGetValue(command.What!, out var days) ? days : (int?)null) == command.Days
            ? Decision.Accept()
            : Decision.Accept(new TimeLimitSet(limits.Id, command.What!, command.Days));
    }
}
