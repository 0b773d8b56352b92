namespace Luodi.SystemTests.Figures;

/// <summary>Confirmed beside pending, claims beside sums, rollups over all ceremonies.</summary>
public sealed class FiguresTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task What_waits_stands_beside_the_figures_and_is_not_mixed_in()
    {
        var desk = await Desk.Open();
        await desk.Draft();
        await desk.Confirmed(200_000_000, "biomedicine");
        var waiting = await desk.Signed(30_000_000);
        await desk.Shows(1, 200_000_000, 1, pendingSignings: 1, pendingYuan: 30_000_000);
        await desk.Confirm(waiting);
        await desk.Shows(2, 230_000_000, 1);
        var report = await desk.Report();
        report.Rows("byIndustry").Select(row => (row.Text("industry"), row.Number("signings"), row["amount"]!.Yuan()))
            .ShouldBe([("microelectronics", 1, 30_000_000m), ("biomedicine", 1, 200_000_000m)]);
        report.Rows("bySizeBand").Select(row => (row.Text("sizeBand"), row.Number("signings"))).ShouldBe([("10m-50m", 1), ("100m-500m", 1)]);
    }

    [Fact]
    public async Task Bands_begin_at_their_bound()
    {
        var desk = await Desk.Open();
        foreach (var yuan in new[] { 9_999_999.99m, 10_000_000m, 49_999_999.99m, 50_000_000m, 99_999_999.99m, 100_000_000m, 499_999_999.99m, 500_000_000m, 999_999_999.99m, 1_000_000_000m }) await desk.Confirmed(yuan);
        await Eventually(async () => (await desk.Rollup()).Signings.ShouldBe(10));
        var report = await desk.Report();
        report["atLeast100Million"].GetValue<int>().ShouldBe(5);
        report.Rows("bySizeBand").Select(row => (row.Text("sizeBand"), row.Number("signings")))
            .ShouldBe([("under-10m", 1), ("10m-50m", 2), ("50m-100m", 2), ("100m-500m", 2), ("500m-1bn", 2), ("1bn-up", 1)]);
        report["amount"].Yuan().ShouldBe(3_319_999_999.95m);
    }

    [Fact]
    public async Task A_claim_stands_beside_the_sum_and_shows_what_is_left()
    {
        var desk = await Desk.Open();
        var claims = $"api/signings/ceremonies/{desk.Ceremony}/claims";
        (await Site.Staff.Post(claims, new { source = "报纸", statedOn = "2023-09-29", signings = 3, amount = Desk.Yuan(500_000_000), atLeast100Million = 2 })).Must(201).Rows("contradictions").ShouldBeEmpty();
        (await Site.Staff.Post(claims, new { source = "简报", signings = 3, amount = Desk.Yuan(480_000_000) })).Must(201);
        await desk.Confirmed(120_000_000);
        await desk.Shows(1, 120_000_000, 1);
        var shown = (await desk.Report()).Rows("claims");
        shown.Select(claim => (claim.Text("source"), claim["residue"]!.Yuan(), claim.Number("residueSignings"), claim["residueAtLeast100Million"]?.GetValue<int>()))
            .ShouldBe([("报纸", 380_000_000m, 2, 1), ("简报", 360_000_000m, 2, null)]);
    }

    [Fact]
    public async Task Figures_of_a_claim_that_contradict_each_other_are_said_on_entry_and_recorded_as_stated()
    {
        var desk = await Desk.Open();
        var answer = (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", new { source = "讲话", signings = 2, amount = Desk.Yuan(250_000_000), atLeast100Million = 3 })).Must(201);
        answer.Rows("contradictions").Select(each => (each.Text("type"), each["by"]!.GetValue<decimal>())).ShouldBe([("more-large-than-all", 1m), ("large-exceed-amount", 50_000_000m)]);
        await Eventually(async () => (await desk.Report()).Must(200).Rows("claims").ShouldHaveSingleItem().Number("atLeast100Million").ShouldBe(3));
    }

    [Fact]
    public async Task Rollups_over_all_ceremonies_agree_with_their_postings()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(60_000_000, "other");
        await desk.Shows(1, 60_000_000, 0);
        foreach (var by in new[] { "industry", "sizeBand", "month" })
        {
            // Others write at the same time: the same position gives the same figures in each reading.
            var position = (await Site.Manager.Get($"api/reporting/rollups?by={by}&measure=agreed-investment")).Must(200)["position"].GetValue<long>();
            var rollup = (await Site.Manager.Get($"api/reporting/rollups?by={by}&measure=agreed-investment&position={position}")).Must(200);
            var rows = rollup.Rows("rows");
            rows.Count.ShouldBeGreaterThan(0);
            rows.Sum(row => row.Number("signings")).ShouldBe(rollup["total"].Number("signings"));
            rows.Sum(row => row["amount"]!.Yuan()).ShouldBe(rollup["total"]["amount"]!.Yuan());
            foreach (var row in rows)
            {
                var behind = (await Site.Manager.Get(row.Text("postings"))).Must(200)["total"];
                (behind.Number("signings"), behind["amount"]!.Yuan()).ShouldBe((row.Number("signings"), row["amount"]!.Yuan()), row.Text("postings"));
            }
            var mine = (await Site.Manager.Get($"api/reporting/rollups?by={by}&ceremony={desk.Ceremony}")).Must(200).Rows("rows").ShouldHaveSingleItem();
            (mine.Text("key"), mine.Number("signings")).ShouldBe((by switch { "industry" => "other", "sizeBand" => "50m-100m", _ => "2023-09" }, 1));
        }
    }
}
