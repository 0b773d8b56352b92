using Luodi.Audit;
using Luodi.Audit.Log;
using Luodi.Audit.Proofs;
using Luodi.Audit.Watching;
using Luodi.ServiceDefaults.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("audit", AuditStore.Shape);
builder.Hears<LogIntake>();
builder.Services.AddSingleton<LogReader>();
builder.Services.AddSingleton<LogKeys>();
builder.Services.AddSingleton<CheckpointWriter>();
builder.Services.AddSingleton<Diary>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<CheckpointWriter>());
builder.Services.AddSingleton<Watch>();
builder.Services.AddHostedService(provider => provider.GetRequiredService<Watch>());
builder.Services.AddHealthChecks().AddCheck<CheckpointCheck>("log", tags: [ProcessHosting.Ready]).AddCheck<WatchCheck>("watch", tags: [ProcessHosting.Ready]);
builder.AddCommand("rotate", (services, _) =>
{
    services.GetRequiredService<LogKeys>().Rotate();
    return Task.CompletedTask;
});

await builder.RunService(api =>
{
    api.MapServeLog();
    api.MapReadLog();
    api.MapReadEntry();
    api.MapReadProof();
    api.MapReadConsistency();
    api.MapCompareCheckpoint();
});
