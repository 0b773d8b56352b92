using Luodi.Audit;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Audit.Packs;
using Luodi.Audit.Proofs;
using Luodi.Audit.Reconciling;
using Luodi.Audit.Watching;
using Luodi.Audit.Witnesses;
using Luodi.ServiceDefaults.Erasing;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("audit", AuditStore.Shape);
builder.Services.AddSingleton(new WrittenOnce("log_entry"));
builder.Hears<LogIntake>();
builder.Services.AddSingleton<LogReader>();
builder.Services.AddSingleton<LogKeys>();
builder.Services.AddSingleton<CheckpointWriter>();
builder.Services.AddSingleton<Diary>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<CheckpointWriter>());
builder.Services.AddHttpClient(WitnessRounds.Client, http => http.Timeout = TimeSpan.FromSeconds(10));
builder.Services.AddSingleton<WitnessRounds>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<WitnessRounds>());
builder.Services.AddSingleton<Watch>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<Watch>());
foreach (var name in LogIntake.Services) builder.Services.AddPatientClient(name);
builder.Services.AddSingleton<Reconciler>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<Reconciler>());
builder.Services.AddHealthChecks().AddCheck<CheckpointCheck>("log", tags: [ProcessHosting.Ready]).AddCheck<WatchCheck>("watch", tags: [ProcessHosting.Ready]).AddCheck<ReconciliationCheck>("reconciliation", tags: [ProcessHosting.Ready]);
builder.AddCommand("keys", async (services, _) =>
{
    foreach (var key in services.GetRequiredService<LogKeys>().Signing()) await Console.Out.WriteLineAsync(key.Verifier.ToString());
});
builder.AddCommand("rotate", (services, _) =>
{
    services.GetRequiredService<LogKeys>().Rotate();
    return Task.CompletedTask;
});
builder.AddCommand(EraseVerb.Name, EraseFromLog.Run);

await builder.RunService(api =>
{
    api.MapServeLog();
    api.MapReadLog();
    api.MapReadEntry();
    api.MapReadProof();
    api.MapReadConsistency();
    api.MapCompareCheckpoint();
    api.MapMakePack();
    api.MapReconcile();

    var erasures = api.MapGroup("erasures").WithTags("Erasures");
    erasures.MapReadErasures();
    erasures.MapRequestErasure();
    erasures.MapDecideErasure();
});
