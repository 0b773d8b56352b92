using Luodi.Witness;

await using var app = WitnessApp.Build(args);
app.Map();
await app.RunAsync();
