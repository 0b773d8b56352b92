using JasperFx;
using JasperFx.Events.Projections;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>The same two facts, whoever writes them.</summary>
/// <param name="Register">Starts a stream.</param>
/// <param name="Negotiate">Loads the stream, then appends to it.</param>
internal sealed record Contestant(string Name, Func<Task<Guid>> Register, Func<Guid, Task> Negotiate);

/// <summary>The state that bare Marten folds before it appends.</summary>
public sealed partial record Lead(Guid Id, bool Negotiating)
{
    internal static object Command { get; } = new { name = "benchmark", industry = Industries.Microelectronics, investor = "benchmark", expectedInvestment = Money.Yuan(90_000_000), illustrative = true };

    internal static LeadRegistered Fact(Guid id) => new(id, "benchmark", Industries.Microelectronics, "benchmark", Money.Yuan(90_000_000), Illustrative: true);

    public static Lead Create(LeadRegistered fact) => new(fact.ProjectId, Negotiating: false);

    public Lead Apply(NegotiationStarted _) => this with { Negotiating = true };
}

internal static class Contestants
{
    /// <summary>As any client: through the portal, or at the service itself.</summary>
    public static Contestant OverHttp(string name, Api api) => new(
        name,
        () => api.Post("api/projects/", Lead.Command),
        id => api.Post($"api/projects/{id}/reach", new { stage = "negotiating" }));

    /// <summary>Marten as it comes out of the box.</summary>
    public static Contestant BareMarten(IDocumentStore store) => new(
        "bare Marten",
        async () =>
        {
            await using var session = store.LightweightSession();
            var id = Guid.CreateVersion7();
            session.Events.StartStream<Lead>(id, Lead.Fact(id));
            await session.SaveChangesAsync();
            return id;
        },
        async id =>
        {
            await using var session = store.LightweightSession();
            var stream = await session.Events.FetchForWriting<Lead>(id);
            if (stream.Aggregate is not { Negotiating: false }) throw new InvalidOperationException("Not a lead any more.");
            stream.AppendOne(new NegotiationStarted(id));
            await session.SaveChangesAsync();
        });

    /// <summary>The store of the service with all that it writes beside the fact (who, why, since when, the state, the wake-up of the relay), without HTTP around it.</summary>
    public static Contestant StoreOfTheService(IDocumentStore store, TimeProvider clock)
    {
        var acting = new Acting("staff", "0af7651916cd43dd8448eb211c80319c", "0HNABCDEFGHIJ:00000001");
        return new(
            "our store",
            async () =>
            {
                await using var session = store.LightweightSession();
                var id = Guid.CreateVersion7();
                session.Events.StartStream<Project>(id, [.. session.Record(Decision.Accept(Lead.Fact(id)), acting, clock.Today())]);
                await session.SaveChangesAsync();
                return id;
            },
            async id =>
            {
                await using var session = store.LightweightSession();
                var stream = await session.Events.FetchForWriting<Project>(id);
                if (stream.Aggregate is not { Stage: Stages.Lead }) throw new InvalidOperationException("Not a lead any more.");
                stream.AppendMany([.. session.Record(Decision.Accept(new StageReached(id, Stages.Negotiating, clock.Today())), acting, clock.Today())]);
                await session.SaveChangesAsync();
            });
    }

    /// <summary>A database of its own on the server of the services, empty.</summary>
    public static async Task<string> MakeDatabase(string postgres, string name)
    {
        await using var server = NpgsqlDataSource.Create(postgres);
        await using (var drop = server.CreateCommand($"drop database if exists {name} with (force)")) await drop.ExecuteNonQueryAsync();
        await using (var create = server.CreateCommand($"create database {name}")) await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(postgres) { Database = name }.ConnectionString;
    }

    /// <summary>The service's own hosting, not started: only its store is used.</summary>
    public static async Task<WebApplication> HostOfTheService(string connection)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Luodi:Bureau", "nanhu"), new("ConnectionStrings:Store", connection), new("Auth:Issuer", "http://nobody.invalid/")]);
        builder.AddService("projects", store => store.Projections.Add<ProjectProjection>(ProjectionLifecycle.Inline));
        var host = builder.Build();
        await host.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        return host;
    }
}
