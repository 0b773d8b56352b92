using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;
using Luodi.Reporting.Journal;
using Marten;

namespace Luodi.Benchmarks;

/// <summary>
/// The ledger made anew from a journal of <c>LUODI_BENCH_SIZES</c> events (the largest of them), beside reading and deserialising the same events, each as its contract; and the answers of an early
/// place, asked again after all that came later and after the rebuild.
/// </summary>
internal static class RebuildAtScale
{
    private const int Page = 500;
    private const int ReadAtOnce = 5_000;

    private static readonly string[] Questions =
    [
        "overview?", "rollups/table?rows=industry", "rollups/table?rows=department&columns=month", "rollups/table?rows=owner&effectiveBy=2025-09-14", "postings?status=confirmed&limit=50", "definitions?", "rates?by=all",
    ];

    public static async Task Run(RunningLuodi luodi)
    {
        var events = BySize.Sizes[^1];
        await using var inProcess = new ReportingInProcess(luodi);
        var database = inProcess.Database;
        using var reporting = new Api(luodi.Reporting, luodi.Manager);
        await LedgerAtScale.MakeCeremony(database);

        List<(string Question, string Sha256)> kept = [];
        Dictionary<string, long> sequences = [];
        foreach (var stories in Enumerable.Range(0, events / 4).Chunk(Page / 4))
        {
            // Of two services, as in life: each remembers its own records.
            foreach (var told in stories.SelectMany(LedgerAtScale.Story).GroupBy(told => told.Fact is LeadRegistered ? "projects" : "signings"))
            {
                await inProcess.Hear([.. told.Select(each => LedgerAtScale.Heard(each.Fact, each.Subject, each.On, sequences[told.Key] = sequences.GetValueOrDefault(told.Key) + 1, $"/nanhu/rebuilt/{told.Key}"))]);
            }
            if (kept.Count == 0 && sequences.Values.Sum() >= events / 10) kept = await Asked(reporting, await LedgerAtScale.Position(database), []);
        }
        await AskedAgain("after all that came later");

        // Until the service is at rest.
        await LedgerAtScale.Sealed(database, await LedgerAtScale.Position(database));
        var reading = await Read(inProcess.Store);
        var rebuilding = Stopwatch.StartNew();
        await RebuildLedger.Run(inProcess.Services, default);
        rebuilding.Stop();
        // Here the tables are the administrator's: the service is to read them.
        await using (var grant = database.CreateCommand("grant select, insert, update, delete, truncate on all tables in schema reporting to luodi_reporting")) await grant.ExecuteNonQueryAsync();
        await AskedAgain("after the rebuild");
        Console.WriteLine();
        Console.WriteLine($"Rebuild of {events:N0} events: {events / rebuilding.Elapsed.TotalSeconds:N0} events/s, compared and switched; reading and deserialising them alone {events / reading.TotalSeconds:N0} events/s: {reading / rebuilding.Elapsed:F2} of its speed; at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB of memory");
        Console.WriteLine($"{kept.Count} answers of the place after {events / 10:N0} events are the same bytes after {events - (events / 10):N0} more and after the rebuild");

        async Task AskedAgain(string when)
        {
            var again = await Asked(reporting, 0, kept);
            if (kept.Except(again).ToList() is [var (question, _), ..]) throw new InvalidOperationException($"{question} has another answer {when}.");
        }
    }

    /// <param name="before">The same questions again; empty for the first time.</param>
    private static async Task<List<(string Question, string Sha256)>> Asked(Api reporting, long position, List<(string Question, string Sha256)> before)
    {
        List<(string, string)> answers = [];
        foreach (var question in before.Count > 0 ? before.Select(each => each.Question) : Questions.Select(question => $"{question}&position={position}"))
        {
            answers.Add((question, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await reporting.Text($"api/reporting/{question}"))))));
        }
        return answers;
    }

    private static async Task<TimeSpan> Read(IDocumentStore store)
    {
        var watch = Stopwatch.StartNew();
        await using var session = store.QuerySession();
        for (var after = 0L; ;)
        {
            var from = after;
            var entries = await session.Events.QueryAllRawEvents().Where(entry => entry.Sequence > from).OrderBy(entry => entry.Sequence).Take(ReadAtOnce).ToListAsync();
            if (entries.Count == 0) return watch.Elapsed;
            foreach (var heard in entries.Select(entry => ((Journaled)entry.Data).Event)) _ = heard.Data.Deserialize(EventTypes.ByName[heard.Type], WireJson.Options);
            after = entries[^1].Sequence;
        }
    }
}
