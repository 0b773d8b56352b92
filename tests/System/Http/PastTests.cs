using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Luodi.SystemTests.Http;

/// <summary>Lists, files and records on both axes: as they were known, and as they hold; made of their events, and the same for ever.</summary>
public sealed class PastTests
{
    private static readonly string[] Lists =
    [
        "signings/agreements", "signings/ceremonies", "signings/obligations", "projects", "projects?merged=true", "projects/capital", "projects/enterprises", "projects/enterprises?left=true", "projects/fields",
        "projects/definitions/targets", "funds", "funds/facilities", "funds/reinvestment", "funds/deals", "funds/family", "portal/terms",
    ];

    private static Site Site => Site.Here;

    private static string At(string question, string asked) => $"api/{question}{(question.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{asked}";

    /// <summary>What events make and what documents keep is the same.</summary>
    [Fact]
    public async Task As_known_now_a_list_shows_what_it_shows()
    {
        var desk = await Desk.Open();
        await desk.Terminate(await desk.Confirmed());
        await desk.Amend(await desk.Confirmed(), 110_000_000);
        var asked = Lists.ToList();
        foreach (var fund in (await Site.Auditor.Get("api/funds?limit=5")).Must(200).Items.Select(fund => fund.Text("id"))) asked.AddRange([$"funds/{fund}/flows?reversed=true", $"funds/{fund}/deals", $"funds/{fund}/partners", $"funds/{fund}/subscriptions"]);
        foreach (var list in asked)
        {
            // Others log meanwhile, and what is logged is committed a moment before it is known to be.
            await Eventually(async () =>
            {
                var now = (await Site.Auditor.Get(At(list, "limit=200"))).Must(200);
                var then = (await Site.Auditor.Get(At(list, $"limit=200&knownAt={TimeProvider.System.GetUtcNow().AddMinutes(1):O}".Replace("+", "%2B", StringComparison.Ordinal)))).Must(200);
                Stored(then.Text).ShouldBe(Stored(now.Text), list);
                then.Headers.Keys.ShouldContain("Luodi-Position");
            });
        }
    }

    /// <summary>Without parts of seconds: an event keeps microseconds, and a document still what the clock said.</summary>
    private static string Stored(string text) => Regex.Replace(text, @"(?<=T\d\d:\d\d:\d\d)\.\d+", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task An_answer_about_the_past_names_its_place_and_is_the_same_for_ever()
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Confirmed(90_000_000), await desk.Signed(20_000_000));
        var project = await desk.Project();
        (await Site.Staff.Post("api/signings/obligations", new { agreementId = first, kind = "produce", dueOn = "2024-01-31", text = $"条款 {desk.Mark}" })).Must(201);
        var limits = await Limits();
        string[] questions =
        [
            $"signings/agreements?q={desk.Mark}&sort=-amount", $"signings/agreements?ceremony={desk.Ceremony}&status=in-force", $"signings/agreements/export?format=csv&ceremony={desk.Ceremony}", $"signings/agreements/{first}",
            $"signings/agreements/{second}", $"signings/obligations?agreement={first}", $"signings/obligations?q={desk.Mark}&due=overdue", $"signings/ceremonies?q={desk.Mark}", $"signings/ceremonies/{desk.Ceremony}", $"signings/search?q={desk.Mark}",
            $"projects?q={desk.Mark}&sort=name", $"projects/{project}", $"projects/export?format=csv&q={desk.Mark}", $"projects/search?q={desk.Mark}", "projects/limits", "projects/capital?limit=5", "funds?limit=5",
        ];
        var kept = new List<(string Question, string Text)>();
        foreach (var question in questions)
        {
            foreach (var axes in (string[])[$"knownAt={TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}", "effectiveBy=2023-12-31", $"knownAt={TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}&effectiveBy=2023-09-30"])
            {
                var answer = await Site.Auditor.Get(At(question, axes));
                var position = answer.Headers["Luodi-Position"].Split('=')[1];
                kept.Add((At(question, $"{axes}&position={position}"), Said(answer)));
            }
        }
        await Asked();

        await desk.Confirm(second);
        await desk.Terminate(first);
        await desk.Confirm(first);
        (await Site.Staff.Post($"api/projects/{project}/describe", new { block = "A1" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "negotiating", on = "2023-09-20", reason = "补录" })).Must(200);
        var twin = await desk.Project();
        (await Site.Manager.Post($"api/projects/{twin}/merge", new { intoId = project, reason = "同一项目" })).Must(200);
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/hold", new { heldOn = "2023-09-29" })).Must(200);
        (await Site.Auditor.Get($"api/signings/agreements/{first}")).Must(200)["status"].GetValue<string>().ShouldBe("terminated");
        await Asked();
        (await Limits()).ShouldBe(limits);

        // That of full capacity is another test's.
        async Task<string[]> Limits() =>
            [.. (await Site.Auditor.Get("api/projects/limits")).Must(200)["days"].AsObject().Where(limit => limit.Key is not "full-capacity").Select(limit => $"{limit.Key} {limit.Value}")];
        // A problem names its own trace.
        static string Said(Answer answer) => answer.Status is 200 ? answer.Text : $"{answer.Status}";
        async Task Asked()
        {
            foreach (var (question, text) in kept)
            {
                var answer = await Site.Auditor.Get(question);
                Said(answer).ShouldBe(text, question);
            }
        }
    }

    /// <summary>More at once than the service has connections, each with a past of its own to make, while others log.</summary>
    [Fact]
    public async Task Many_ask_at_once()
    {
        var desk = await Desk.Open();
        var writing = Task.Run(async () =>
        {
            for (var each = 0; each < 5; each++) await desk.Confirmed();
        }, TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(async nth => (await Site.Auditor.Get($"api/signings/agreements?ceremony={desk.Ceremony}&effectiveBy=2023-10-{1 + (nth % 28):D2}&limit=200")).Must(200)));
        await writing;
        foreach (var answer in answers)
        {
            var again = (await Site.Auditor.Get($"{answer.Request.Split(' ')[1]}&position={answer.Headers["Luodi-Position"].Split('=')[1]}")).Must(200);
            again.Text.ShouldBe(answer.Text);
        }
        (await Site.Auditor.Get($"api/signings/agreements?ceremony={desk.Ceremony}&effectiveBy=9999-12-31")).Must(200).Items.Count.ShouldBe(5);
        (await Site.Auditor.Get("api/projects?due=week&effectiveBy=9999-12-31&limit=1")).Must(200);
    }

    /// <summary>A signing holds from its day, whenever it was drafted and confirmed; what came later does not hold before.</summary>
    [Fact]
    public async Task What_holds_by_a_day_is_what_happened_by_it()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed(90_000_000);
        await desk.Amend(agreement, 110_000_000);
        await desk.Confirm(agreement);
        var open = await desk.Draft();
        var yesterday = $"{TimeProvider.System.GetUtcNow().AddDays(-2):yyyy-MM-dd}";

        (await Then("2023-09-27")).ShouldBeEmpty();
        var signed = (await Then("2023-09-28")).ShouldHaveSingleItem();
        (signed.Text("status"), signed["amount"]!.Yuan(), signed["proposed"]).ShouldBe(("in-force", 90_000_000m, (JsonNode?)null));
        (await Then(yesterday)).ShouldHaveSingleItem()["amount"]!.Yuan().ShouldBe(90_000_000m);
        (await Then("2999-01-01")).Select(each => (each.Text("id"), each["amount"]!.Yuan())).ShouldBe([(agreement.ToString(), 110_000_000m), (open.ToString(), 90_000_000m)], ignoreOrder: true);
        (await Site.Auditor.Get($"api/signings/agreements/{agreement}?effectiveBy=2023-09-28")).Must(200)["amount"].Yuan().ShouldBe(90_000_000m);
        (await Site.Auditor.Get($"api/signings/agreements/{agreement}?effectiveBy=2023-09-27")).Must(404);
        (await Site.Auditor.Get($"api/signings/agreements/{open}?effectiveBy={yesterday}")).Must(404);
        // The ledger says the same of both days.
        await desk.Shows(1, 110_000_000, 1);
        (await desk.Rollup("?effectiveBy=2023-09-28")).ShouldBe(new(1, 90_000_000, 0));

        var project = await desk.Project();
        foreach (var (stage, on) in new[] { ("negotiating", "2023-09-10"), ("land-secured", "2024-03-01"), ("registered", "2023-11-01") }) (await Site.Staff.Post($"api/projects/{project}/reach", new { stage, on, reason = "补录" })).Must(200);
        (await Stages("2023-12-31")).ShouldBe(["negotiating", "registered"], ignoreOrder: true);
        (await Stages("2023-09-30")).ShouldBe(["negotiating"]);
        (await Site.Auditor.Get($"api/projects/{project}?effectiveBy=2023-09-01")).Must(404);

        async Task<IReadOnlyList<JsonNode>> Then(string day) => (await Site.Auditor.Get($"api/signings/agreements?ceremony={desk.Ceremony}&effectiveBy={day}")).Must(200).Items;
        async Task<IEnumerable<string>> Stages(string day) =>
            (await Site.Auditor.Get($"api/projects/{project}?effectiveBy={day}")).Must(200).Rows("stages").Select(stage => stage.Text("stage")).Where(stage => stage != "lead");
    }
}
