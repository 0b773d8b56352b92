using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Luodi.Benchmarks;

/// <summary>
/// Our append over HTTP against bare Marten's in process: the same facts, the same PostgreSQL, turn by turn in one run. Each
/// round gives a ratio; their median counts, for a busy neighbour slows both. The steps between show where the time goes.
/// Our events are relayed and heard by three services meanwhile, on the same cores; a turn begins when the one before has settled.
/// </summary>
internal static class AppendAgainstMarten
{
    private const int Rounds = 5;
    private static readonly (int Clients, int Count)[] Loads = [(1, 150), (8, 480), (32, 960)];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private sealed record Turn(int Round, string Contestant, string Fact, int Clients, double PerSecond, IReadOnlyList<double> LatenciesMs);

    public static async Task Run(RunningLuodi luodi)
    {
        using var portal = new Api(luodi.Portal, luodi.Staff);
        using var service = new Api(luodi.Projects, luodi.Staff);
        using var watching = new Api(luodi.Portal, luodi.Manager);
        var connection = await Contestants.MakeDatabase(luodi.Postgres, "luodi_bare_marten");
        await using var bare = DocumentStore.For(options => options.Connection(connection));
        await using var host = await Contestants.HostOfTheService(await Contestants.MakeDatabase(luodi.Postgres, "luodi_our_store"));
        Contestant[] contestants =
        [
            Contestants.BareMarten(bare),
            Contestants.StoreOfTheService(host.Services.GetRequiredService<IDocumentStore>(), TimeProvider.System),
            Contestants.OverHttp("HTTP, service", service),
            Contestants.OverHttp("HTTP, portal", portal),
        ];
        var busy = await Machine.Busy();
        var turns = new List<Turn>();
        // Round 0 warms up. Every round begins with another contestant.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (clients, count) in Loads)
            {
                for (var place = 0; place < contestants.Length; place++)
                {
                    var contestant = contestants[(round + place) % contestants.Length];
                    var leads = new Guid[count];
                    Turn[] both =
                    [
                        await Take("start a stream", async index => leads[index] = await contestant.Register()),
                        await Take("load, append", index => contestant.Negotiate(leads[index])),
                    ];
                    if (round > 0) turns.AddRange(both);
                    var settling = Stopwatch.GetTimestamp();
                    await Settle(watching);
                    await Console.Error.WriteLineAsync($"round {round} of {Rounds}: {contestant.Name}, {clients} clients: {both[0].PerSecond:F0}/s, {both[1].PerSecond:F0}/s, heard by all after {Stopwatch.GetElapsedTime(settling).TotalSeconds:F1} s");

                    async Task<Turn> Take(string fact, Func<int, Task> once)
                    {
                        var (perSecond, latencies) = await Measure(clients, count, once);
                        return new(round, contestant.Name, fact, clients, perSecond, latencies);
                    }
                }
            }
        }
        Console.WriteLine();
        Console.WriteLine($"Append: medians of {Rounds} rounds, the machine {busy} busy before and {await Machine.Busy()} after; ratio: to bare Marten in the same round");
        Console.WriteLine($"  {"",-15} {"clients",7}  {"",-14} {"requests/s",10} {"median",10} {"p90",10}   {"ratio",5}  (lowest to highest)");
        foreach (var group in turns.GroupBy(turn => (turn.Fact, turn.Clients)).OrderByDescending(group => group.Key.Fact, StringComparer.Ordinal).ThenBy(group => group.Key.Clients))
        {
            var measure = group.Where(turn => turn.Contestant == contestants[0].Name).ToDictionary(turn => turn.Round, turn => turn.PerSecond);
            foreach (var contestant in contestants) Print(group.Key.Fact, group.Key.Clients, [.. group.Where(turn => turn.Contestant == contestant.Name)], measure);
        }
    }

    private static void Print(string fact, int clients, IReadOnlyList<Turn> turns, Dictionary<int, double> measure)
    {
        var latencies = turns.SelectMany(turn => turn.LatenciesMs).ToList();
        var ratios = turns.Select(turn => turn.PerSecond / measure[turn.Round]).ToList();
        Console.WriteLine($"  {fact,-15} {clients,7}  {turns[0].Contestant,-14} {turns.Select(turn => turn.PerSecond).Median(),10:F0} {latencies.Median(),7:F1} ms {latencies.P90(),7:F1} ms   {ratios.Median(),5:F2}  ({ratios.Min():F2} to {ratios.Max():F2})");
    }

    private static async Task<(double PerSecond, IReadOnlyList<double> LatenciesMs)> Measure(int clients, int count, Func<int, Task> once)
    {
        var latencies = new double[count];
        var taken = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (int index; (index = Interlocked.Increment(ref taken)) < count;)
            {
                var sent = Stopwatch.GetTimestamp();
                await once(index);
                latencies[index] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        return (count / Stopwatch.GetElapsedTime(began).TotalSeconds, latencies);
    }

    /// <summary>Waits until all who hear of projects have heard everything: their work must not fall into the next one's turn.</summary>
    private static async Task Settle(Api watching)
    {
        var began = Stopwatch.GetTimestamp();
        while (await watching.HighWater("projects") is var all && (await Heard("reporting") < all || await Heard("signings") < all))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException("What was appended was not heard by all.");
            await Task.Delay(20);
        }

        async Task<long> Heard(string by) => (await watching.Get($"api/{by}/intake")).GetProperty("heads").EnumerateArray()
            .Where(head => head.GetProperty("source").GetString() == "/nanhu/projects").Select(head => head.GetProperty("sequence").GetInt64()).SingleOrDefault();
    }
}
