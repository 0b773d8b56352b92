using Luodi.Proof.Notes;

namespace Luodi.Witness;

/// <summary>
/// The program: <c>Witness:Folder</c> holds what it keeps, <c>Witness:Name</c> names the key that it makes at its first start, <c>Witness:Logs:0</c> and so on are the keys (vkey) of the logs that it knows.
/// It does not start on a folder that is not whole.
/// </summary>
public static class WitnessApp
{
    /// <summary>A hundred signatures and 63 hashes fit.</summary>
    public const int MaximalBody = 128 * 1024;

    /// <summary>With its folder locked and checked.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximalBody;
        });
        // Two lines for every request say nothing that the cosignatures do not.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => WitnessFolder.Open(Setting("Folder"), Setting("Name")));
        builder.Services.AddSingleton(services => new WitnessedLogs(
            [.. builder.Configuration.GetSection("Witness:Logs").GetChildren().Where(log => log.Value is { Length: > 0 }).Select(log => VerifierKey.Parse(log.Value!)).DistinctBy(log => log.ToString())],
            services.GetRequiredService<WitnessFolder>(), services.GetRequiredService<TimeProvider>()));
        var app = builder.Build();
        try
        {
            app.Services.GetRequiredService<WitnessedLogs>().CheckAll();
        }
        catch
        {
            // The container owns the folder's lock.
            ((IDisposable)app).Dispose();
            throw;
        }
        return app;

        string Setting(string name) => builder.Configuration[$"Witness:{name}"] is { Length: > 0 } value ? value : throw new InvalidOperationException($"Witness:{name} is not set.");
    }

    /// <summary>All that it answers.</summary>
    public static void Map(this WebApplication app)
    {
        app.Use(StopWhereLost);
        app.MapAddCheckpoint();
        app.MapGet("/", (WitnessFolder folder) => $"{folder.Key.Verifier}\n");
        app.MapGet("/{originHash}/checkpoint", (string originHash, WitnessedLogs logs) => logs.Latest(originHash) is { } note ? Results.Bytes(note.ToArray(), "text/plain; charset=utf-8") : Results.NotFound());
        app.MapGet("/health/live", () => "Healthy");
        app.MapGet("/health/ready", () => "Healthy");
    }

    /// <summary>What was lost comes back by no further request: the program ends, with an exit code that says so.</summary>
    private static async Task StopWhereLost(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception cause) when (cause is FolderLostException or IOException or UnauthorizedAccessException && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(Witness));
            log.LogCritical(cause, "Nothing was cosigned: the folder of the witness cannot be used.");
            if (cause is FolderLostException)
            {
                Environment.ExitCode = 1;
                context.RequestServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
