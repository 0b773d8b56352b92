using System.Diagnostics;
using System.Text.Json;
using Luodi.Contracts;

namespace Luodi.Benchmarks;

/// <summary>
/// From a confirmation until the ceremony's figures show it. The commit lies between sending and answer: counted from the answer
/// the time is a little short, counted from sending a little long. Instants of other processes' clocks are not used.
/// </summary>
internal static class CommitToRollup
{
    private const int WarmUp = 20;
    private const int Measured = 60;
    private const int TargetMs = 100;
    private const int Polls = 20_000;

    public static async Task Run(RunningLuodi luodi)
    {
        using var staff = new Api(luodi.Portal, luodi.Staff);
        using var second = new Api(luodi.Portal, luodi.SecondStaff);
        var busyBefore = await Machine.Busy();
        var ceremony = await staff.Post("api/signings/ceremonies", new { name = "benchmark", heldOn = "2023-09-28" });
        List<double> sinceAnswer = [], sinceSending = [], polls = [];
        for (var index = 0; index < WarmUp + Measured; index++)
        {
            var project = await staff.Post("api/projects/", Lead.Command);
            var agreement = await staff.Post("api/signings/agreements", new
            {
                number = $"benchmark-{index}",
                projectId = project,
                ceremonyId = ceremony,
                counterparty = "benchmark",
                amount = Money.Yuan(1_000_000),
                illustrative = true,
            });
            await staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" });
            // Only when the signing has gone all the way is the confirmation alone on its way.
            await Until(second, ceremony, figures => figures.GetProperty("pending").GetProperty("signings").GetInt32() == 1);
            var sending = Stopwatch.GetTimestamp();
            await second.Post($"api/signings/agreements/{agreement}/confirm", new { });
            var answer = Stopwatch.GetTimestamp();
            var asked = await Until(second, ceremony, figures => figures.GetProperty("signings").GetInt32() == index + 1);
            if (index < WarmUp) continue;
            sinceAnswer.Add(Stopwatch.GetElapsedTime(answer).TotalMilliseconds);
            sinceSending.Add(Stopwatch.GetElapsedTime(sending).TotalMilliseconds);
            polls.Add(asked);
        }
        Console.WriteLine();
        Console.WriteLine($"Commit to rollup visible: {Measured} confirmations, the machine {busyBefore} busy before and {await Machine.Busy()} after");
        Console.WriteLine($"  since its answer   {Line(sinceAnswer)}   target: median under {TargetMs} ms on an idle machine: {(sinceAnswer.Median() < TargetMs ? "met" : "MISSED")}");
        Console.WriteLine($"  since its sending  {Line(sinceSending)}");
        Console.WriteLine($"  read {polls.Median():F0} times (median) until it was there");
    }

    private static string Line(List<double> samples) => $"median {samples.Median(),6:F1} ms   p90 {samples.P90(),6:F1} ms   max {samples.Max(),6:F1} ms";

    /// <summary>How often it was asked.</summary>
    private static async Task<int> Until(Api api, Guid ceremony, Func<JsonElement, bool> shows)
    {
        for (var poll = 1; poll <= Polls; poll++)
        {
            if (await api.Find($"api/reporting/ceremonies/{ceremony}") is { } figures && shows(figures)) return poll;
        }
        throw new TimeoutException($"The figures did not show it in {Polls} readings.");
    }
}
