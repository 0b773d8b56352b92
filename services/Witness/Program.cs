using Luodi.Witness;

try
{
    await using var app = WitnessApp.Build(args);
    app.Map();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (FolderLostException lost)
{
    await Console.Error.WriteLineAsync(lost.Message);
    return 1;
}
