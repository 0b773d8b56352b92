using Luodi.Reporting;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Journal;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Records;
using Luodi.Reporting.Reports;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Erasing;
using Luodi.ServiceDefaults.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("reporting", ReportingStore.Shape, events: ReportStore.Schema);
builder.Hears<EventJournal>();
builder.Services.AddSingleton(SegmentSize.Configured(builder.Configuration));
builder.Services.AddSingleton<Figures>();
builder.Services.AddSingleton<Sums>();
builder.Services.AddSingleton<Standpoints>();
builder.Services.AddSingleton<RateSums>();
builder.Services.AddHostedService<Sealer>();
builder.Services.AddHostedService<RatesAtStart>();
builder.Services.AddScoped<RecordReader>();
builder.AddCommand("rebuild", RebuildLedger.Run);
builder.AddCommand("verify", RebuildLedger.Verify);
builder.AddCommand("migrate", RebuildLedger.RunWhereOlder);
builder.Services.AddSingleton(new PayloadWithin("event.data"));
builder.AddCommand(EraseVerb.Name, RebuildLedger.RunAfterErasing);
builder.AddReports();
builder.AddCommand("migrate", ReportStore.Migrate);

await builder.RunService(api =>
{
    api.MapReadCeremonies();
    api.MapReadOverview();
    api.MapReadRollup();
    api.MapReadTable();
    api.MapReadRates();
    api.MapReadPostings();
    api.MapExplainFigure();
    api.MapSearchEvents();
    api.MapReadEvent();
    api.MapReadJournal();
    api.MapReadRebuild();

    var reports = api.MapGroup("reports").WithTags("Reports");
    reports.MapReadReports();
    reports.MapPublishReport();
});
