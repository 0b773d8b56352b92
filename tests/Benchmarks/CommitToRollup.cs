using System.Diagnostics;
using Luodi.Contracts;

namespace Luodi.Benchmarks;

/// <summary>From the answer to a confirmation until the ceremony's figures show it, read over HTTP in a tight loop.</summary>
internal static class CommitToRollup
{
    private const int WarmUp = 20;
    private const int Samples = 60;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Run(Api staff, Api second)
    {
        var ceremony = await staff.Post("/api/signings/ceremonies", new { name = "benchmark", heldOn = "2023-09-28" });
        var number = Guid.CreateVersion7().ToString("N");
        var times = new List<double>();
        for (var index = 0; index < WarmUp + Samples; index++)
        {
            var project = await staff.RegisterProject($"benchmark {index}");
            var agreement = await staff.Post("/api/signings/agreements", new { number = $"{number}-{index}", projectId = project, ceremonyId = ceremony, counterparty = "benchmark", amount = Money.Yuan(1_000_000), illustrative = true });
            await staff.Post($"/api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" });
            await second.Post($"/api/signings/agreements/{agreement}/confirm", new { });
            var clock = Stopwatch.StartNew();
            for (; ;)
            {
                var figures = await second.Get($"/api/reporting/ceremonies/{ceremony}");
                if (figures.ValueKind is System.Text.Json.JsonValueKind.Object && figures.GetProperty("signings").GetInt32() == index + 1) break;
                if (clock.Elapsed > Limit) throw new TimeoutException($"Signing {index + 1} was not visible within {Limit.TotalSeconds} s.");
            }
            if (index >= WarmUp) times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine($"commit to rollup visible, {Samples} samples: median {times[Samples / 2]:F1} ms, p90 {times[Samples * 9 / 10]:F1} ms, max {times[^1]:F1} ms (target: median under 100 ms on an idle machine)");
    }
}
