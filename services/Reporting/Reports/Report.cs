using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Luodi.Contracts.Reporting;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;
using Marten.Events.Aggregation;
using Npgsql;

namespace Luodi.Reporting.Reports;

/// <summary>Whether a report stands.</summary>
public static class ReportStatus
{
    public const string Published = "published";
    public const string Withdrawn = "withdrawn";
    public const string Superseded = "superseded";
}

/// <summary>A published report, as it was published and what became of it.</summary>
/// <param name="Kind">One of <see cref="ReportKinds"/>.</param>
/// <param name="Figures">Canonical JSON of <see cref="ReportFigures"/>; never changed.</param>
/// <param name="Status">One of <see cref="ReportStatus"/>.</param>
/// <param name="Why">Why it was withdrawn or superseded.</param>
public sealed record Report(
    Guid Id, string Kind, string? Period, Guid? CeremonyId, DateOnly On, long Position, DateTimeOffset KnownAt, string Figures, string Sha256, IReadOnlyList<string> Definitions, Guid? Supersedes,
    string Status, string? PublishedBy, DateTimeOffset PublishedAt, string? PublishedBecause = null, Guid? SupersededBy = null, string? Why = null)
{
    /// <summary>Of a kind and a period one report stands at a time.</summary>
    public string Key => KeyOf(Kind, Period, CeremonyId);

    public static string KeyOf(string kind, string? period, Guid? ceremony) => $"report {kind} {period ?? ceremony?.ToString()}";
}

public static class ReportHistory
{
    /// <summary>What a fact makes of a report; who, when and why stand in its event.</summary>
    public static Report? Evolve(Report? report, object fact, string? actor, DateTimeOffset at, string? reason) => (report, fact) switch
    {
        (null, ReportPublished e) => new(
            e.ReportId, e.Kind, e.Period, e.CeremonyId, e.On, (long)e.Position, DateTimeOffset.Parse(e.KnownAt, System.Globalization.CultureInfo.InvariantCulture), e.Figures, e.Sha256, e.Definitions, e.Supersedes,
            ReportStatus.Published, actor, at, e.Supersedes is null ? null : reason),
        ({ } r, ReportWithdrawn) => r with { Status = ReportStatus.Withdrawn, Why = reason },
        ({ } r, ReportSuperseded e) => r with { Status = ReportStatus.Superseded, SupersededBy = e.ById, Why = reason },
        _ => report,
    };
}

public sealed partial class ReportProjection : SingleStreamProjection<Report, Guid>
{
    public override Report? Evolve(Report? snapshot, Guid id, IEvent e) => ReportHistory.Evolve(snapshot, e.Data, e.UserName, e.Timestamp, e.GetHeader("reason")?.ToString());
}

/// <summary>The store of published reports: beside the journal, whose streams are those of other services, and in the same database.</summary>
public interface IReports : IDocumentStore;

public static class ReportStore
{
    public const string Schema = "reports";

    public static void AddReports(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddMartenStore<IReports>(provider =>
        {
            var options = new StoreOptions();
            options.Keeps(provider.GetRequiredService<NpgsqlDataSource>(), Schema);
            options.Decides("reporting");
            options.Projections.Add<ReportProjection>(ProjectionLifecycle.Inline);
            return options;
        }).Relays();
        services.AddScoped(provider => new Deciding<Report>(
            provider.GetRequiredService<IReports>(), provider.GetRequiredService<IHttpContextAccessor>(), provider.GetRequiredService<Sight>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<ReportReader>();
        services.AddSingleton(new WrittenOnce("mt_events", Schema));
    }

    /// <summary>Part of <c>migrate</c>.</summary>
    public static Task Migrate(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<IReports>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
}
