using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events.Daemon;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Erasing;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Intake;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Relay;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>How a service of one bounded context is hosted: own database, own event store, relay, feed, tokens, telemetry, health.</summary>
public static class ServiceHosting
{
    /// <param name="name">The service, as in its address <c>/api/NAME</c>, its <c>source</c> and its database schema.</param>
    /// <param name="configure">Its projections and documents.</param>
    /// <param name="events">The schema of the events that it relays, where another store than this one keeps them: that one <see cref="Relays{T}"/>.</param>
    public static WebApplicationBuilder AddService(this WebApplicationBuilder builder, string name, Action<StoreOptions> configure, string? events = null)
    {
        builder.AddHosting();
        var service = new ServiceIdentity(name, builder.Configuration) { Events = events ?? name };
        var services = builder.Services;
        services.AddSingleton(service);
        services.AddTokens(builder.Configuration);
        services.AddTokenOfTheService();
        services.AddHealthChecks().AddKeysCheck();
        services.AddScoped(typeof(Deciding<>));
        services.AddScoped(provider => Sight.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? throw new InvalidOperationException("Records are seen by the bearer of a token.")));
        services.AddSingleton<Recall.Pasts>();
        services.AddSingleton<Rows>();
        services.AddSingleton<Departments>();
        services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = $"Luodi {name}";
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        });

        // A verb changes the schema or all of the data, as its owner; see Rights.
        var connection = (Verb is null ? null : builder.Configuration.GetConnectionString("Owner")) ?? builder.Configuration.GetConnectionString("Store") ?? throw new InvalidOperationException("ConnectionStrings:Store is not set.");
        services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        var marten = services.AddMarten(provider =>
        {
            var options = new StoreOptions();
            options.Keeps(provider.GetRequiredService<NpgsqlDataSource>(), service.Schema);
            options.Decides(name);
            options.Storage.ExtendedSchemaObjects.Add(IntakeTables.Head(service));
            options.Storage.ExtendedSchemaObjects.Add(IntakeTables.SetAside(service));
            configure(options);
            return options;
        }).UseLightweightSessions();
        services.AddSingleton<PageReader>();
        services.AddSingleton<Broker>();
        if (Verb is EraseVerb.Name) builder.AddErasing();
        services.AddSingleton<RelayCheck>();
        services.AddHealthChecks().AddCheck<RelayCheck>("relay", tags: [ProcessHosting.Ready]);
        if (events is null && Verb is null)
        {
            marten.AddAsyncDaemon(DaemonMode.HotCold);
            marten.AddSubscriptionWithServices<EventRelay>(ServiceLifetime.Singleton, options => options.Name = EventRelay.SubscriptionName);
        }
        services.AddHealthChecks().AddCheck<StoreCheck>("store", tags: [ProcessHosting.Ready]);
        return builder;
    }

    /// <summary>Where documents are kept, and in which form.</summary>
    public static void Keeps(this StoreOptions options, NpgsqlDataSource database, string schema)
    {
        options.Connection(database);
        options.DatabaseSchemaName = schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    /// <summary>What a store needs for <see cref="Deciding{T}"/> and the relay: the events of a service, what is reserved, and first answers.</summary>
    public static void Decides(this StoreOptions options, string service)
    {
        options.Events.DatabaseSchemaName = options.DatabaseSchemaName;
        options.Events.MetadataConfig.EnableAll();
        options.Events.MetadataConfig.UserNameEnabled = true;
        options.Events.UseListenNotifyForEventAppends = true;
        // With the unpatched lock library a session lock never elects a leader; see DECISIONS.md.
        options.Events.UseAdvisoryLockTransaction = true;
        // A batch that lost a deadlock was decided on what has changed since: Deciding decides anew, nobody sends it again as it is.
        options.ConfigureWritePolly(_ => { });
        options.Projections.LeadershipPollingTime = 1000;
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipUnknownEvents = false;
        foreach (var type in EventTypes.Of(service)) options.Events.MapEventType(type, EventTypes.NameOf(type));
        options.Schema.For<Reservation>();
        options.Schema.For<FirstAnswer>();
    }

    /// <summary>The events of this store, which stands beside the service's own, are those that the service relays.</summary>
    public static void Relays<T>(this MartenServiceCollectionExtensions.MartenStoreExpression<T> store) where T : class, IDocumentStore
    {
        if (Verb is not null) return;
        store.AddAsyncDaemon(DaemonMode.HotCold);
        store.AddSubscriptionWithServices<EventRelay>(ServiceLifetime.Singleton, options => options.Name = EventRelay.SubscriptionName);
    }

    /// <summary>Hears the events of other services: one quorum queue with a single active consumer, one page at a time, and their feeds.</summary>
    public static WebApplicationBuilder Hears<THear>(this WebApplicationBuilder builder) where THear : class, IHear
    {
        var services = builder.Services;
        services.AddSingleton<THear>();
        services.AddSingleton<IntakeState>();
        services.AddSingleton<EventIntake<THear>>();
        services.AddSingleton<IEventIntake>(provider => provider.GetRequiredService<EventIntake<THear>>());
        services.AddHealthChecks().AddCheck<IntakeCheck>("intake", tags: [ProcessHosting.Ready]);
        foreach (var name in THear.Services) services.AddServiceClient(name);
        if (Verb is not null) return builder;
        services.AddMassTransit(bus =>
        {
            // It would report to its maker over the internet; a bureau's ledger reports to nobody.
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(health =>
            {
                // The broker is a hint: without it the service works on, from the feeds.
                health.MinimalFailureStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded;
                health.Tags.Add(ProcessHosting.Ready);
            });
            bus.AddConsumer<PageConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var service = context.GetRequiredService<ServiceIdentity>();
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("Broker") ?? throw new InvalidOperationException("ConnectionStrings:Broker is not set.")));
                rabbit.ClearSerialization();
                rabbit.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                rabbit.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                rabbit.ReceiveEndpoint(service.Queue, endpoint =>
                {
                    endpoint.ConfigureConsumeTopology = false;
                    endpoint.SetQuorumQueue();
                    endpoint.SetQueueArgument("x-single-active-consumer", true);
                    endpoint.PrefetchCount = 4;
                    endpoint.ConcurrentMessageLimit = 1;
                    // A failure is said in health and in the intake page; a fault message would need an exchange of its own that nobody reads.
                    endpoint.PublishFaults = false;
                    foreach (var heard in THear.Services)
                    {
                        endpoint.Bind(Broker.Exchange, binding =>
                        {
                            binding.ExchangeType = "topic";
                            binding.RoutingKey = service.RoutingKeyOf(heard);
                            binding.SetExchangeArgument("alternate-exchange", Broker.Unrouted);
                        });
                    }
                    endpoint.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));
                    endpoint.ConfigureConsumer<PageConsumer>(context);
                });
            });
        });
        services.AddHostedService<CatchingUp>();
        return builder;
    }

    /// <summary><c>dotnet SERVICE.dll VERB</c> does this and ends; a verb may be given several times, and does one after the other; <c>migrate</c> comes after the schema.</summary>
    public static void AddCommand(this WebApplicationBuilder builder, string verb, Func<IServiceProvider, CancellationToken, Task> run) =>
        builder.Services.AddKeyedSingleton(verb, run);

    /// <summary>A statement that brings documents of an earlier version up to date; it is run whenever the database is migrated, and finds nothing to do the second time.</summary>
    public static void Migrates(this WebApplicationBuilder builder, string statement) => builder.AddCommand("migrate", async (services, ct) =>
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
        await command.ExecuteNonQueryAsync(ct);
    });

    /// <summary>
    /// Runs the service. <c>dotnet SERVICE.dll migrate</c> brings the database up to date and ends; otherwise that is only done
    /// at start where <c>Luodi:Migrate</c> says so, as in the demo, and a service whose database is behind does not start.
    /// </summary>
    public static async Task RunService(this WebApplicationBuilder builder, Action<RouteGroupBuilder> map)
    {
        var app = builder.Build();
        if (!await app.Prepare(CancellationToken.None)) return;
        app.UseRequestLocalization();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseReadableAddresses();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseIdempotency();
        app.MapHealth();
        app.MapService(map);
        await app.RunAsync();
    }

    /// <summary>What comes before the first request: the database is brought up to date or found so, or a verb is done. False where the process ends now.</summary>
    public static async Task<bool> Prepare(this WebApplication app, CancellationToken ct)
    {
        var store = app.Services.GetRequiredService<IDocumentStore>();
        if (Verb is "migrate" || app.Configuration.GetValue<bool>("Luodi:Migrate"))
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
            foreach (var migrate in app.Services.GetKeyedServices<Func<IServiceProvider, CancellationToken, Task>>("migrate")) await migrate(app.Services, ct);
            await Rights.Grant(app.Services, ct);
            if (Verb is "migrate") return false;
        }
        else
        {
            await store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(ct);
        }
        if (Verb is not { } verb) return true;
        var commands = app.Services.GetKeyedServices<Func<IServiceProvider, CancellationToken, Task>>(verb).ToList();
        if (commands.Count == 0) throw new InvalidOperationException($"{app.Services.GetRequiredService<ServiceIdentity>().Name} has no command {verb}.");
        foreach (var run in commands) await run(app.Services, ct);
        return false;
    }

    /// <summary>The service's API at <c>/api/NAME</c>: what is given, and what every service has.</summary>
    /// <param name="feed">The policy of who reads its events whole.</param>
    public static void MapService(this WebApplication app, Action<RouteGroupBuilder> map, string feed = Policies.Feed)
    {
        var api = app.MapGroup($"/api/{app.Services.GetRequiredService<ServiceIdentity>().Name}");
        api.MapOpenApi("openapi/{documentName}.json").AllowAnonymous();
        if (app.Services.GetService<EventRelay>() is not null) api.MapFeed(feed);
        if (app.Services.GetService<IEventIntake>() is not null) api.MapIntake();
        map(api);
    }

    // Only a service's own program is started with a verb; what hosts it otherwise (a tool that reads its API) is not.
    private static string? Verb => Environment.GetCommandLineArgs().Skip(1).FirstOrDefault(argument => argument.All(char.IsAsciiLetterLower));
}
