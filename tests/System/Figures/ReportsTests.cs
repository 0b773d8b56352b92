using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>What was published comes out of the ledger again as it was, whatever is logged later, and what is known better is explained event by event.</summary>
public sealed class ReportsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_bulletin_is_reprinted_as_it_was_and_each_difference_to_now_is_the_sum_of_the_events_that_explain_it()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed(90_000_000);
        await desk.Confirmed(60_000_000, "biomedicine");
        await desk.Shows(2, 150_000_000, 0);
        var seen = await Preview(desk, signed: 2);
        object bulletin = new { kind = "bulletin", ceremonyId = desk.Ceremony, sha256 = seen["sha256"] };
        (await Site.Staff.Post("api/reporting/reports", bulletin)).Must(403);
        (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = Guid.CreateVersion7() })).MustRefuse(422, "report-of-no-ceremony", "ceremonyId");
        var report = (await Site.Manager.Post("api/reporting/reports", bulletin)).Must(201).Id;
        (await Site.Manager.Post("api/reporting/reports", bulletin)).MustRefuse(409, "report-stands");
        var published = (await Site.Manager.Get($"api/reporting/reports/{report}")).Must(200);
        published["report"].Text("sha256").ShouldBe(seen["sha256"].GetValue<string>());
        (await Site.Manager.Get($"api/reporting/reports/{report}/now")).Must(200)["equal"].GetValue<bool>().ShouldBeTrue();

        await desk.Amend(paper, 110_000_000);
        await desk.Confirm(paper);
        await desk.Confirmed(10_000_000);
        await desk.Signed(5_000_000);
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", new { source = "日报", statedOn = "2023-09-29", signings = 3, amount = Desk.Yuan(180_000_000) })).Must(201);
        await desk.Shows(3, 180_000_000, 1, 1, 5_000_000);
        await Eventually(async () => (await desk.Report()).Must(200).Rows("claims").ShouldHaveSingleItem());

        var again = (await Site.Manager.Get($"api/reporting/reports/{report}")).Must(200);
        again["reprint"]["equal"]!.GetValue<bool>().ShouldBeTrue();
        again["reprint"].Text("sha256").ShouldBe(published["report"].Text("sha256"));
        again["figures"].ToJsonString().ShouldBe(published["figures"].ToJsonString());

        var beside = (await Site.Manager.Get($"api/reporting/reports/{report}/now")).Must(200);
        beside["equal"].GetValue<bool>().ShouldBeFalse();
        beside["sha256Now"].GetValue<string>().ShouldNotBe(published["report"].Text("sha256"));
        beside.Rows("claims").ShouldHaveSingleItem().Text("source").ShouldBe("日报");
        beside.Rows("tables").Select(table => $"{table.Text("by")} {table.Text("status")}").ShouldBe(["industry confirmed", "sizeBand confirmed", "tier confirmed", "tier pending"]);
        foreach (var table in beside.Rows("tables")) Explains(table);
        var industries = beside.Rows("tables")[0];
        industries["rows"]!.AsArray().ShouldHaveSingleItem()!["difference"].ShouldSatisfyAllConditions(by => by!.Number("signings").ShouldBe(1), by => by!["amount"]!.Yuan().ShouldBe(30_000_000));
        industries["events"]!.AsArray().Select(each => (each!["event"]!.Text("type"), each["event"]!.Text("actor"))).ShouldBe([("amendment_confirmed", "staff2"), ("signing_confirmed", "staff2")]);
        // Why is said by who logged the change.
        industries["events"]![0]!.Text("because").ShouldBe("规模扩大");
        // The postings behind the difference come to it.
        (await Site.Manager.Get(industries.Text("postings"))).Must(200)["total"]["amount"]!.Yuan().ShouldBe(30_000_000);

        // Another one takes its place, and both stay.
        await Preview(desk, signed: 3);
        (await Site.Manager.Post($"api/reporting/reports/{report}/supersede", new { })).MustRefuse(422, "missing", "reason");
        var next = (await Site.Manager.Post($"api/reporting/reports/{report}/supersede", new { reason = "补登一项" })).Must(200).Id;
        next.ShouldNotBe(report);
        var old = (await Site.Auditor.Get($"api/reporting/reports/{report}")).Must(200);
        (old["report"].Text("status"), old["report"].Text("supersededBy"), old["report"].Text("why"), old["reprint"]["equal"]!.GetValue<bool>()).ShouldBe(("superseded", next.ToString(), "补登一项", true));
        (await Site.Auditor.Get($"api/reporting/reports/{next}")).Must(200)["report"].ShouldSatisfyAllConditions(item => item.Text("status").ShouldBe("published"), item => item.Text("supersedes").ShouldBe(report.ToString()));
        (await Site.Manager.Post($"api/reporting/reports/{report}/withdraw", new { reason = "x" })).MustRefuse(409, "report-stands-no-more");
        (await Site.Manager.Post($"api/reporting/reports/{next}/supersede", new { reason = "x" })).MustRefuse(409, "report-says-the-same");
        (await Site.Manager.Post($"api/reporting/reports/{next}/withdraw", new { reason = "仪式取消" })).Must(200);
        (await Site.Auditor.Get($"api/reporting/reports/{next}/history")).Must(200).Items.Select(item => (item.Text("type"), item.Text("actor"))).ShouldBe([("report_published", "manager"), ("report_withdrawn", "manager")]);
        (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony, sha256 = seen["sha256"] })).MustRefuse(422, "report-figures-changed", "sha256");
        // As known then, the first one is published once more.
        var once = (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony, position = seen["position"], sha256 = seen["sha256"] })).Must(201).Id;
        (await Site.Auditor.Get($"api/reporting/reports/{once}")).Must(200)["report"].Text("sha256").ShouldBe(published["report"].Text("sha256"));
    }

    [Fact]
    public async Task A_reader_of_one_department_learns_how_much_others_changed_and_not_what()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(90_000_000);
        await desk.Shows(1, 90_000_000, 0);
        var report = (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony })).Must(201).Id;
        await desk.Confirmed(10_000_000);
        await desk.Shows(2, 100_000_000, 0);
        var told = (await Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2")).Get($"api/reporting/reports/{report}/now")).Must(200);
        foreach (var table in told.Rows("tables"))
        {
            Explains(table);
            table["events"]!.AsArray().ShouldHaveSingleItem()!.ShouldSatisfyAllConditions(line => line.Text("left").ShouldBe("hidden"), line => line["event"].ShouldBeNull());
        }
    }

    /// <summary>The bulletin once its rates have so many projects to divide by: that they signed is told by another service than their agreements.</summary>
    private static async Task<Answer> Preview(Desk desk, int signed)
    {
        Answer seen = null!;
        await Eventually(async () => (seen = (await Site.Manager.Get($"api/reporting/reports/preview?kind=bulletin&ceremonyId={desk.Ceremony}")).Must(200))
            ["figures"]["rates"]!.AsArray().Single(rate => rate!.Text("rate") == "start")!["denominator"]!.GetValue<decimal>().ShouldBe(signed));
        return seen;
    }

    /// <summary>Row by row the events come to the difference, to the fen.</summary>
    private static void Explains(JsonNode table)
    {
        static (int, decimal) Of(JsonNode figure) => (figure.Number("signings"), figure["amount"]!.Yuan());
        var changes = table["events"]!.AsArray().SelectMany(each => each!["changes"]!.AsArray()).ToLookup(change => change!.Text("key"), change => Of(change!["figure"]!));
        var rows = table["rows"]!.AsArray().ToDictionary(row => row!.Text("key"), row => Of(row!["difference"]!));
        foreach (var key in rows.Keys.Union(changes.Select(change => change.Key)))
        {
            (changes[key].Sum(change => change.Item1), changes[key].Sum(change => change.Item2)).ShouldBe(rows.GetValueOrDefault(key), $"{table.Text("by")} {key}");
        }
    }
}

/// <summary>A bulletin is published and superseded on days on which nothing is logged.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class LaterReportsTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public async ValueTask DisposeAsync() => await Site.Restart("reporting");

    [Fact]
    public async Task What_was_seen_is_published_and_superseded_days_after_the_last_posting()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed(90_000_000);
        await desk.Shows(1, 90_000_000, 0);
        await Site.Restart("reporting", ("Clock__DaysAhead", "3"));
        Answer seen = null!;
        await Eventually(async () => seen = (await Site.Manager.Get($"api/reporting/reports/preview?kind=bulletin&ceremonyId={desk.Ceremony}")).Must(200));
        object bulletin = new { kind = "bulletin", ceremonyId = desk.Ceremony, position = seen["position"], on = seen["figures"]["on"], sha256 = seen["sha256"] };
        var report = (await Site.Manager.Post("api/reporting/reports", bulletin)).Must(201).Id;
        (await Site.Auditor.Get($"api/reporting/reports/{report}")).Must(200).ShouldSatisfyAllConditions(
            published => published["report"].Text("sha256").ShouldBe(seen["sha256"].GetValue<string>()), published => published["reprint"]["equal"]!.GetValue<bool>().ShouldBeTrue());

        await desk.Amend(paper, 110_000_000);
        await desk.Confirm(paper);
        await desk.Shows(1, 110_000_000, 1);
        await Site.Restart("reporting", ("Clock__DaysAhead", "6"));
        Answer now = null!;
        await Eventually(async () => now = (await Site.Manager.Get($"api/reporting/reports/{report}/now")).Must(200));
        var next = (await Site.Manager.Post($"api/reporting/reports/{report}/supersede", new { reason = "规模扩大", knownAt = now["knownAt"], sha256 = now["sha256Now"] })).Must(200).Id;
        (await Site.Manager.Post($"api/reporting/reports/{next}/supersede", new { reason = "x" })).MustRefuse(409, "report-says-the-same");
    }
}
