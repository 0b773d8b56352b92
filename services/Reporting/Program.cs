using JasperFx.Events;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Journal;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Records;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("reporting", store =>
{
    store.Events.StreamIdentity = StreamIdentity.AsString;
    store.Events.MapEventType<Journaled>(Journaled.Name);
    store.Events.EnableUniqueIndexOnEventId = true;
    store.Schema.For<AgreementAccount>().Index(account => account.Chain).Index(account => account.ProjectId);
    store.Schema.For<ProjectAccount>().Duplicate(account => account.MergedInto!);
    store.Schema.For<CapitalAccount>().Index(account => account.ProjectId);
    store.Schema.For<RateBook>();
    store.Schema.For<CeremonySheet>();
    store.Schema.For<KnownRecord>().Duplicate(record => record.ProjectId!);
    store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Posting());
    store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Head());
    store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Series());
    store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Sum());
    store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Sealed());
}, relays: false);
builder.Hears<EventJournal>();
builder.Services.AddSingleton(SegmentSize.Configured(builder.Configuration));
builder.Services.AddSingleton<Figures>();
builder.Services.AddSingleton<Sums>();
builder.Services.AddHostedService<Sealer>();
builder.Services.AddScoped<RecordReader>();
builder.AddCommand("rebuild", RebuildLedger.Run);
builder.AddCommand("migrate", RebuildLedger.RunWhereOlder);

await builder.RunService(api =>
{
    api.MapReadCeremonies();
    api.MapReadOverview();
    api.MapReadRollup();
    api.MapReadTable();
    api.MapReadRates();
    api.MapReadPostings();
    api.MapSearchEvents();
    api.MapReadEvent();
});
