using System.Globalization;
using Luodi.Contracts.Reporting;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Reporting.Reports;

/// <param name="Kind">monthly, quarterly, annual or bulletin.</param>
/// <param name="Period">2023-09, 2023-Q3 or 2023; none for a bulletin.</param>
/// <param name="CeremonyId">Of a bulletin.</param>
/// <param name="Position">As known then; now where neither this nor <paramref name="KnownAt"/> is given.</param>
/// <param name="On">The day by whose definitions a bulletin is told: that on which the publisher has seen it, and no other than from what it knows up to today. Without it that of its place, or today.</param>
/// <param name="Sha256">Of the figures that the publisher has seen: others are not published.</param>
public sealed record PublishReport(string? Kind, string? Period = null, Guid? CeremonyId = null, long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? On = null, string? Sha256 = null);

/// <param name="Reason">Why another report stands in its place.</param>
/// <inheritdoc cref="PublishReport"/>
public sealed record SupersedeReport(string? Reason, long? Position = null, DateTimeOffset? KnownAt = null, string? Sha256 = null);

public sealed record WithdrawReport(string? Reason);

public static class PublishReportFeature
{
    public sealed record ReportOfNoCeremony() : Refusal("There is no such ceremony.", "ceremonyId");

    public sealed record ReportDayOutside(string From, string To) : Refusal("A bulletin is told of a day from {From} to {To}.", "on");

    public sealed record ReportStands() : Refusal("A report of this period is published already: supersede it, or withdraw it.");

    public sealed record ReportFiguresChanged() : Refusal("The figures are others than those you have seen. Look at them again, then publish.", "sha256");

    public sealed record ReportStandsNoMore() : Refusal("The report was withdrawn or superseded.");

    public sealed record ReportSaysTheSame() : Refusal("The figures are those of the report that stands: there is nothing to supersede it by.");

    public static void MapPublishReport(this IEndpointRouteBuilder reports)
    {
        reports.MapPost("", async (PublishReport command, Deciding<Report> deciding, ReportReader reader, TimeProvider clock, CancellationToken ct) =>
        {
            var (scope, wrong) = ReportScope.Of(command.Kind, command.Period, command.CeremonyId, clock.Today());
            if (scope is null) return Problems.Of(wrong);
            var draft = await reader.Read(scope, command.Position, command.KnownAt, command.On, ct);
            return await deciding.Start(id => Publish(id, command, draft, clock.Today()), ct);
        })
        .WithSummary("Publishes a report: its figures are kept as they are known now, or were known at a position or an instant")
        .RequireAuthorization(Policies.Manage);

        reports.MapPost("{id:guid}/supersede", async (Guid id, SupersedeReport command, Deciding<Report> deciding, ReportReader reader, IReports store, CancellationToken ct) =>
        {
            await using var session = store.QuerySession();
            if (await session.LoadAsync<Report>(id, ct) is not { } report) return Problems.Of(new NotFound());
            var draft = await reader.Read(ReportReader.ScopeOf(report, ReportFigures.Read(report.Figures)), command.Position, command.KnownAt, report.On, ct);
            var by = Guid.CreateVersion7();
            return await deciding.Decide(id, state => Supersede(state, by, command, draft), ct);
        })
        .WithSummary("Publishes another report of the same period in its place, with the reason; the answer's id is the new one's")
        .RequireAuthorization(Policies.Manage);

        reports.MapPost("{id:guid}/withdraw", (Guid id, WithdrawReport command, Deciding<Report> deciding, CancellationToken ct) => deciding.Decide(id, state => Withdraw(state, command), ct))
            .WithSummary("Withdraws a report, with the reason; what it said stays to be read")
            .RequireAuthorization(Policies.Manage);
    }

    /// <param name="today">The bureau's.</param>
    public static Decision Publish(Guid id, PublishReport command, ReportDraft? draft, DateOnly today) =>
        draft is null ? new ReportOfNoCeremony()
        : command.On is { } on && (on < Recording.DayOf(draft.KnownAt) || on > today) ? new ReportDayOutside(Day(Recording.DayOf(draft.KnownAt)), Day(today))
        : Unseen(command.Sha256, draft) ? new ReportFiguresChanged()
        : Decision.Accept(Published(id, command.Kind!, command.Period, command.CeremonyId, draft, supersedes: null)).Reserving(Report.KeyOf(command.Kind!, command.Period, command.CeremonyId), new ReportStands());

    public static Decision Supersede(Report report, Guid by, SupersedeReport command, ReportDraft? draft) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : report.Status is not ReportStatus.Published ? new ReportStandsNoMore()
        : draft is null ? new ReportOfNoCeremony()
        : Unseen(command.Sha256, draft) ? new ReportFiguresChanged()
        : draft.Sha256 == report.Sha256 ? new ReportSaysTheSame()
        : Decision.Accept(new ReportSuperseded(report.Id, by)).AndOf(by, Published(by, report.Kind, report.Period, report.CeremonyId, draft, report.Id)).Because(command.Reason!.Trim()).Answering(new { id = by });

    public static Decision Withdraw(Report report, WithdrawReport command) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : report.Status is not ReportStatus.Published ? new ReportStandsNoMore()
        : Decision.Accept(new ReportWithdrawn(report.Id)).Because(command.Reason!.Trim()).Releasing(report.Key);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool Unseen(string? seen, ReportDraft draft) => seen is not null && !string.Equals(seen, draft.Sha256, StringComparison.OrdinalIgnoreCase);

    private static ReportPublished Published(Guid id, string kind, string? period, Guid? ceremony, ReportDraft draft, Guid? supersedes) => new(
        id, kind, period, ceremony, draft.Figures.On, draft.Position, draft.KnownAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), draft.Canonical, draft.Sha256,
        [.. draft.Figures.Definitions.Select(definition => string.Create(CultureInfo.InvariantCulture, $"{definition.Rate} {definition.Version}"))], supersedes);
}
