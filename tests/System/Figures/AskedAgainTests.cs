using System.Security.Cryptography;
using System.Text;

namespace Luodi.SystemTests.Figures;

/// <summary>
/// Random facts and corrections, and random questions in between: an answer agrees with a model that adds up the papers one by one, and the same question at
/// the same position has the same bytes, after all that came later, and after the ledger was made anew from its journal.
/// </summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class AskedAgainTests : IAsyncLifetime
{
    private const int Steps = 40;

    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_answer_at_a_position_is_the_same_for_ever()
    {
        var seed = Environment.GetEnvironmentVariable("CsCheck_Seed") is { Length: > 0 } given ? given.GetHashCode(StringComparison.Ordinal) : Random.Shared.Next();
        var random = new Random(seed);
        var (desk, papers, kept) = (await Desk.Open(), new List<Paper>(), new List<(string Question, string Sha256)>());
        for (var step = 0; step < Steps; step++)
        {
            await Do(desk, papers, random);
            var model = (Signings: papers.Count(paper => paper.Stands is not null), Yuan: papers.Sum(paper => paper.Stands ?? 0), Pending: papers.Sum(paper => paper.Waiting ?? 0));
            await Eventually(async () => await Agrees(desk, model, $"seed {seed}, step {step}"));
            foreach (var question in Questions(desk, random).Take(3)) kept.Add(await Ask(question));
        }
        var (manager, report) = (Site.Manager, await Publish(desk));
        (await manager.Post("api/projects/definitions/rates", new { rate = "completion", numerator = "completed", denominator = "signed", decimals = random.Next(5), source = desk.Mark, effectiveFrom = "2020-01-01" })).Must(200);
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", new { source = desk.Mark, statedOn = "2023-09-29", signings = 1, amount = Desk.Yuan(1) })).Must(201);
        var last = await desk.Confirmed(1_000_000);
        await Eventually(async () => (await desk.HistoryOf(last)).Count.ShouldBeGreaterThan(2));

        foreach (var (question, sha256) in kept) (await Ask(question)).Sha256.ShouldBe(sha256, $"seed {seed}: {question}");
        await Site.Down("reporting");
        var told = (await Site.EnvironmentOf("reporting")).Concat(await Site.OwnerOf("reporting")).Select(pair => (pair.Key, pair.Value));
        await Site.Run("dotnet", [Site.Program("Reporting"), "rebuild"], [.. told]);
        await Site.Up("reporting");
        foreach (var (question, sha256) in kept) (await Ask(question)).Sha256.ShouldBe(sha256, $"seed {seed}, made anew: {question}");
        (await Site.Manager.Get($"api/reporting/reports/{report}")).Must(200)["reprint"]["equal"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static async Task Do(Desk desk, List<Paper> papers, Random random)
    {
        decimal Yuan() => random.Next(1, 200_000) * 1_000m;
        var able = papers.Where(paper => !paper.Over).ToList();
        var paper = able.Count > 0 && random.Next(3) > 0 ? able[random.Next(able.Count)] : null;
        switch (paper)
        {
            case null:
                var first = Yuan();
                papers.Add(new(await desk.Signed(first, random.Next(2) == 0 ? "microelectronics" : "biomedicine")) { Asked = first, Waiting = first });
                break;
            case { Asked: { } asked }:
                await desk.Confirm(paper.Id);
                (paper.Stands, paper.Asked, paper.Waiting, paper.Over) = (asked == 0 ? null : asked, null, null, asked == 0);
                break;
            case { Stands: { } stands } when random.Next(4) == 0:
                await desk.Terminate(paper.Id);
                (paper.Asked, paper.Waiting) = (0, -stands);
                break;
            case { Stands: { } stands }:
                var to = Yuan();
                if (to == stands) break;
                await desk.Amend(paper.Id, to);
                (paper.Asked, paper.Waiting) = (to, to - stands);
                break;
        }
    }

    private static async Task Agrees(Desk desk, (int Signings, decimal Yuan, decimal Pending) model, string when)
    {
        var report = (await desk.Report()).Must(200);
        (report["signings"].GetValue<int>(), report["amount"].Yuan(), report["pending"]["amount"]!.Yuan()).ShouldBe(model, when);
    }

    /// <summary>Questions of now and of earlier places, by either axis or both.</summary>
    private static string[] Questions(Desk desk, Random random)
    {
        string[] dimensions = ["industry", "sizeBand", "tier", "month", "department", "owner", "year"];
        string[] days = ["2023-09-27", "2023-09-28", "2024-12-31"];
        string[] asked =
        [
            $"ceremonies/{desk.Ceremony}?", $"ceremonies/{desk.Ceremony}?effectiveBy={days[random.Next(3)]}", "ceremonies?", "overview?", $"overview?effectiveBy={days[random.Next(3)]}", "definitions?", "rates?by=all", $"rates?by=ceremony&effectiveBy={days[random.Next(3)]}",
            $"rollups?by={dimensions[random.Next(4)]}&ceremony={desk.Ceremony}", "rollups?by=designation&measure=enterprises", $"rollups/table?rows={dimensions[random.Next(7)]}&columns=stage&measure=stages-reached",
            $"rollups/table?rows=ceremony&columns={dimensions[random.Next(7)]}&effectiveBy={days[random.Next(3)]}", $"postings?ceremony={desk.Ceremony}&limit=20&newestFirst=true", $"events?subject={desk.Ceremony}", "events?limit=5",
        ];
        random.Shuffle(asked);
        return asked;
    }

    /// <summary>Asked without a position, and again with the one that the answer names: the same bytes.</summary>
    private static async Task<(string Question, string Sha256)> Ask(string question)
    {
        var answer = (await Site.Auditor.Get($"api/reporting/{question.TrimEnd('?')}")).Must(200);
        var at = question.Contains("position=", StringComparison.Ordinal) ? question : $"{question}{(question.EndsWith('?') ? "" : "&")}position={answer["position"].GetValue<long>()}";
        if (at != question) (await Site.Auditor.Get($"api/reporting/{at}")).Must(200).Text.ShouldBe(answer.Text, at);
        return (at, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Text))));
    }

    private static async Task<Guid> Publish(Desk desk) => (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony })).Must(201).Id;

    /// <summary>A paper of the model.</summary>
    private sealed class Paper(Guid id)
    {
        public Guid Id { get; } = id;

        /// <summary>What counts; null while nothing does.</summary>
        public decimal? Stands { get; set; }

        /// <summary>What waits for a second person to stand; 0 for a termination.</summary>
        public decimal? Asked { get; set; }

        /// <summary>By how much that changes the figure.</summary>
        public decimal? Waiting { get; set; }

        public bool Over { get; set; }
    }
}
