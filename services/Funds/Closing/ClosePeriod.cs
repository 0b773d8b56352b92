using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Closing;

/// <param name="Through">The last day of what is closed.</param>
public sealed record ClosePeriod(DateOnly? Through);

/// <param name="From">The first day that is open again; what was closed through a later day, or this one, is.</param>
public sealed record ReopenPeriod(DateOnly? From, string? Reason);

/// <summary>Statements that were handed out stay what they are: after a closing nothing is logged, confirmed or taken back that would change them.</summary>
public static class ClosePeriodFeature
{
    public sealed record PeriodIsClosed(string Name, DateOnly Through) : Refusal("The fund's books are closed through {Through}: a manager can reopen them, with a reason.", Name)
    {
        public override int Status => 409;
    }

    public sealed record PeriodNotOver() : Refusal("This day is not over: only what is past can be closed.", "through");

    public sealed record PeriodClosedAlready(DateOnly Through) : Refusal("The books are closed through {Through} already.", "through")
    {
        public override int Status => 409;
    }

    public sealed record EntriesWaitInPeriod() : Refusal("Something effective in this period still waits to be confirmed or returned.", "through")
    {
        public override int Status => 409;
    }

    public sealed record PeriodIsOpen() : Refusal("The books are not closed through this day.", "from")
    {
        public override int Status => 409;
    }

    public static void MapClosePeriod(this IEndpointRouteBuilder funds)
    {
        funds.MapPost("{id:guid}/close-period", (Guid id, ClosePeriod command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Close(state, command, clock.Today()), ct))
            .WithSummary("Closes the fund's books up to a day: its capital accounts until then stay what they are")
            .RequireAuthorization(Policies.Manage);

        funds.MapPost("{id:guid}/reopen-period", (Guid id, ReopenPeriod command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, state => Reopen(state, command), ct))
            .WithSummary("Opens the fund's books again from a day on, with the reason; what was closed through an earlier day stays closed")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Close(Fund fund, ClosePeriod command, DateOnly today)
    {
        if ((Fields.Date(command.Through, "through") ?? (command.Through >= today ? new PeriodNotOver() : null)) is { } wrong) return wrong;
        var through = command.Through!.Value;
        return fund.ClosedThrough is { } closed && closed >= through ? new PeriodClosedAlready(closed)
            : fund.Pending.Any(entry => entry.On <= through) ? new EntriesWaitInPeriod()
            : Decision.Accept(new PeriodClosed(fund.Id, through)).Effective(through);
    }

    public static Decision Reopen(Fund fund, ReopenPeriod command)
    {
        var wrong = Check.All(Fields.Date(command.From, "from"), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return fund.ClosedThrough is not { } closed || command.From > closed ? new PeriodIsOpen()
            : Decision.Accept(new PeriodReopened(fund.Id, command.From!.Value, closed)).Because(command.Reason!.Trim());
    }

    /// <summary>Whether what is effective on a day lies in a closed period.</summary>
    internal static Refusal? Obstacle(Fund fund, DateOnly? on, string name) => fund.ClosedThrough is { } closed && on <= closed ? new PeriodIsClosed(name, closed) : null;
}
