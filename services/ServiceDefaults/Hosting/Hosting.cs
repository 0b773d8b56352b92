using Luodi.Contracts.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>What every process has, the portal too.</summary>
public static class ProcessHosting
{
    /// <summary>The tag of checks that decide whether a process is ready.</summary>
    public const string Ready = "ready";

    /// <summary>Telemetry (sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), problem documents, languages, health, clock.</summary>
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Marten", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("OpenIddict", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error)
            // Who calls says in one line what failed; Polly would add a stack trace for every try while a service is away.
            .AddFilter("Polly", LogLevel.Critical);
        builder.Services.AddSingleton(builder.Configuration.GetValue("Clock:DaysAhead", 0) is > 0 and var days ? new Decisions.DaysAhead(days) : TimeProvider.System);
        builder.Services.AddSingleton(Retention.Configured(builder.Configuration));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Problems.Translate(context.ProblemDetails));
        builder.Services.AddExceptionHandler<Problems.Handler>();
        builder.Services.AddHealthChecks();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "zh", "en").AddSupportedUICultures("zh-CN", "zh", "en");
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddNpgsql().AddSource("Marten", "MassTransit", "RabbitMQ.Client.Publisher"))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter("Marten", "MassTransit", "Npgsql"));
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddOtlpExporter());
            builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddOtlpExporter());
        }
        return builder;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: Healthy, Degraded (works, but slower or partly) or Unhealthy. <c>/health</c>: each check with what it says.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = Details }).AllowAnonymous();
    }

    private static Task Details(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), says = entry.Value.Description }, StringComparer.Ordinal),
    }, WireJson.Options, http.RequestAborted);
}
