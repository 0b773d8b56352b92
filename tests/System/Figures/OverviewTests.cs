using System.Globalization;

namespace Luodi.SystemTests.Figures;

/// <summary>The key figures, rollups of a time, and the search over events.</summary>
public sealed class OverviewTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Each_key_figure_is_the_sum_of_the_postings_that_it_names()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(100_000_000);
        await desk.Signed();
        await desk.Shows(1, 100_000_000, 1, 1, 90_000_000);
        // Others log meanwhile: at one position all agrees.
        await Eventually(async () =>
        {
            var overview = (await Site.Manager.Get("api/reporting/overview")).Must(200);
            foreach (var name in (string[])["thisMonth", "lastMonth", "thisYear", "total", "pending"])
            {
                var figure = overview[name];
                var behind = (await Site.Manager.Get($"{figure.Text("postings").TrimStart('/')}&limit=1")).Must(200)["total"];
                (figure.Number("signings"), figure["amount"]!.Yuan()).ShouldBe((behind.Number("signings"), behind["amount"]!.Yuan()), name);
            }
            overview["total"].Number("atLeast100Million").ShouldBeGreaterThan(0);
        });
    }

    [Fact]
    public async Task A_rollup_is_narrowed_to_a_time_and_shows_what_waits_by_itself()
    {
        var desk = await Desk.Open();
        await desk.Confirmed();
        await desk.Signed(10_000_000);
        await desk.Shows(1, 90_000_000, 0, 1, 10_000_000);
        async Task<(int, decimal)> Total(string query) => (await Site.Manager.Get($"api/reporting/rollups?by=month&ceremony={desk.Ceremony}{query}")).Must(200)["total"] is var total ? (total.Number("signings"), total["amount"]!.Yuan()) : default;
        (await Total("")).ShouldBe((1, 90_000_000m));
        (await Total("&status=pending")).ShouldBe((1, 10_000_000m));
        (await Total("&from=2023-09-28&to=2023-09-28")).ShouldBe((1, 90_000_000m));
        (await Total("&from=2023-09-29")).ShouldBe((0, 0m));
        (await Total("&to=2023-09-27")).ShouldBe((0, 0m));
        (await Total("&to=2023-09-28&effectiveBy=2023-09-27")).ShouldBe((0, 0m));
        (await Site.Manager.Get("api/reporting/rollups?by=month&status=maybe")).MustRefuse(422, "status-unknown", "status");
        var row = (await Site.Manager.Get($"api/reporting/rollups?by=month&ceremony={desk.Ceremony}&from=2023-09-01&to=2023-09-30")).Must(200).Rows("rows").ShouldHaveSingleItem();
        (await Site.Manager.Get(row.Text("postings").TrimStart('/'))).Must(200).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Events_are_found_by_time_actor_kind_record_and_words_the_newest_first()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await desk.Amend(agreement, 110_000_000);
        await desk.Shows(1, 90_000_000, 0, pendingYuan: 20_000_000);
        async Task<IReadOnlyList<string>> Found(string query) => [.. (await Site.Auditor.Get($"api/reporting/events?subject={agreement}{query}")).Must(200).Items.Select(item => item.Text("type"))];
        string[] all = ["agreement_amended", "signing_confirmed", "agreement_signed", "agreement_drafted"];
        (await Found("")).ShouldBe(all);
        (await Found("&actor=staff2")).ShouldBe(["signing_confirmed"]);
        (await Found("&type=agreement_amended,agreement_signed")).ShouldBe(["agreement_amended", "agreement_signed"]);
        (await Found("&source=signings")).ShouldBe(all);
        (await Found("&source=/nanhu/signings")).ShouldBe(all);
        (await Found("&source=projects")).ShouldBeEmpty();
        (await Found("&q=规模")).ShouldBe(["agreement_amended"]);
        (await Found($"&q={desk.Mark}")).ShouldBe(["agreement_drafted"]);

        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await Found($"&from={Day(-1)}&to={Day(0)}")).ShouldBe(all);
        (await Found($"&from={Day(1)}")).ShouldBeEmpty();
        (await Found($"&to={Day(-2)}")).ShouldBeEmpty();
        var page = (await Site.Auditor.Get($"api/reporting/events?subject={agreement}&limit=1&skip=1")).Must(200);
        (page["total"].GetValue<int>(), page.Items.ShouldHaveSingleItem().Text("type")).ShouldBe((4, "signing_confirmed"));
        var signed = (await Site.Auditor.Get($"api/reporting/events?subject={agreement}&type=agreement_signed")).Must(200).Items.ShouldHaveSingleItem();
        (signed.Text("actor"), signed.Text("effectiveOn"), signed.Text("source")).ShouldBe(("staff", "2023-09-28", "/nanhu/signings"));
        (await Found($"&to={Uri.EscapeDataString(signed.Text("time"))}")).ShouldBe(["agreement_drafted"]);
        (await Found($"&from={Uri.EscapeDataString(signed.Text("time"))}")).ShouldBe(all[..^1]);
        (await Site.Auditor.Get("api/reporting/events?from=yesterday")).MustRefuse(400, "time-unreadable", "from");
        (await Site.Auditor.Get($"api/reporting/events/{signed.Text("id")}")).Must(200)["id"].GetValue<string>().ShouldBe(signed.Text("id"));
    }
}
