using System.Diagnostics;
using JasperFx;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Marten;

namespace Luodi.Benchmarks;

/// <summary>
/// Registering a lead over HTTP (portal, token, rule, reservations, metadata, inline projection) against bare Marten starting a
/// stream with the same event in process, on the same PostgreSQL, turn by turn in one run. What counts is the ratio.
/// </summary>
internal static class AppendAgainstMarten
{
    private const int Rounds = 5;
    private const int PerClient = 60;

    public static async Task Run(Api staff, string connection)
    {
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(connection);
            options.DatabaseSchemaName = "benchmark";
            options.AutoCreateSchemaObjects = AutoCreate.All;
        });
        Func<Task> http = () => staff.RegisterProject("benchmark");
        Func<Task> bare = async () =>
        {
            await using var session = store.LightweightSession();
            var id = Guid.CreateVersion7();
            session.Events.StartStream(id, new LeadRegistered(id, "benchmark", Industries.Microelectronics, "benchmark", Money.Yuan(90_000_000), Illustrative: true));
            await session.SaveChangesAsync();
        };
        foreach (var clients in (int[])[1, 8, 32])
        {
            await PerSecond(http, clients);
            await PerSecond(bare, clients);
            var rounds = new List<(double Http, double Bare)>();
            for (var round = 0; round < Rounds; round++) rounds.Add((await PerSecond(http, clients), await PerSecond(bare, clients)));
            var ratio = Median(rounds.Select(round => round.Http / round.Bare));
            Console.WriteLine($"append at {clients,2} clients: over HTTP {Median(rounds.Select(round => round.Http)),6:F0}/s, bare Marten {Median(rounds.Select(round => round.Bare)),6:F0}/s, median ratio {ratio:F2}");
        }
    }

    private static async Task<double> PerSecond(Func<Task> once, int clients)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            for (var request = 0; request < PerClient; request++) await once();
        }));
        return clients * PerClient / clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
