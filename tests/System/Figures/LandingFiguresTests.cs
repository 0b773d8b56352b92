using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>Capital and stages as figures: rates of a cohort, tables, and both as they were known.</summary>
public sealed class LandingFiguresTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Rates_of_a_ceremony_open_to_the_postings_they_divide_and_an_old_position_answers_the_same_for_ever()
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Project(), await desk.Project());
        foreach (var project in new[] { first, second })
        {
            var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 100_000_000))).Must(201).Id;
            (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
        }
        (await Site.Staff.Post($"api/projects/{first}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        var entry = await Capital(desk, first, new { value = 1_000_000, currency = "USD" }, 7.1798m);
        await Eventually(async () => (await RatesOf(desk)).Single(rate => rate.Text("name") == "performance")["percent"]!.GetValue<decimal>().ShouldBe(50m));
        (await RatesOf(desk)).Single(rate => rate.Text("name") == "capital-in-place")["numerator"]!["value"]!.GetValue<decimal>().ShouldBe(0m);

        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        await Eventually(async () => (await RatesOf(desk)).Single(rate => rate.Text("name") == "capital-in-place")["percent"]!.GetValue<decimal>().ShouldBe(3.59m));
        foreach (var quantity in (await RatesOf(desk)).SelectMany(rate => new[] { rate["numerator"]!, rate["denominator"]! }))
        {
            var behind = (await Site.Manager.Get(quantity.Text("postings").TrimStart('/'))).Must(200)["total"];
            var isMoney = quantity.Text("name") is "agreed" or "capital" or "contracted" or "contract-capital";
            (isMoney ? behind["amount"]!.Yuan() : behind.Number("signings")).ShouldBe(quantity["value"]!.GetValue<decimal>(), quantity.ToJsonString());
        }

        var table = $"api/reporting/rollups/table?measure=capital-in-place&rows=block&columns=owner&project={first}";
        var position = (await Site.Manager.Get(table)).Must(200)["position"].GetValue<long>();
        var before = (await Site.Manager.Get($"{table}&position={position}")).Must(200);
        before["items"].AsArray().ShouldHaveSingleItem()!.ShouldSatisfyAllConditions(
            row => row!.Text("key").ShouldBe("none"), row => row!["cells"]!.AsArray().ShouldHaveSingleItem()!.Text("key").ShouldBe("staff"));

        (await Site.Staff.Post($"api/projects/{first}/describe", new { block = "东片区" })).Must(200);
        (await Site.Manager.Post($"api/projects/capital/{entry}/revoke", new { reason = "资金已转出" })).Must(200);
        await Eventually(async () => (await Site.Manager.Get($"{table}&effectiveBy=2023-12-31")).Must(200)["items"].AsArray().ShouldHaveSingleItem()!.Text("key").ShouldBe("东片区"));
        await Eventually(async () => (await Site.Manager.Get(table)).Must(200)["items"].AsArray().ShouldBeEmpty());
        (await Site.Manager.Get($"{table}&position={position}")).Must(200).Text.ShouldBe(before.Text);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("ceremony")]
    [InlineData("quarter")]
    [InlineData("industry")]
    [InlineData("sizeBand")]
    [InlineData("block")]
    public async Task Rates_that_follow_the_ledger_are_those_that_are_summed_anew(string by)
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Project(), await desk.Project());
        await Same(second, "lead_registered");
        var papers = new List<Guid>();
        foreach (var project in new[] { first, second })
        {
            papers.Add((await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 100_000_000))).Must(201).Id);
            (await Site.Staff.Post($"api/signings/agreements/{papers[^1]}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(papers[^1]);
        }
        await Same(papers[1], "signing_confirmed");
        (await Site.Staff.Post($"api/projects/{first}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        var entry = await Capital(desk, first, new { value = 1_000_000, currency = "USD" }, 7.1798m);
        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        await Same(entry, "capital_confirmed");
        (await Site.Staff.Post($"api/projects/{first}/describe", new { block = $"片区{desk.Mark}" })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{papers[1]}/terminate", new { reason = "投资方撤回" })).Must(200);
        await Same(papers[1], "agreement_terminated");

        async Task Same(Guid record, string heard)
        {
            await Eventually(async () => (await Site.Auditor.Get($"api/reporting/events?subject={record}&type={heard}")).Must(200)["items"].AsArray().ShouldNotBeEmpty());
            var asked = $"api/reporting/rates?by={by}";
            var kept = (await Site.Manager.Get(asked)).Must(200);
            Figures(kept).ShouldBe(Figures((await Site.Manager.Get($"{asked}&position={kept["position"]}")).Must(200)));
        }

        static string[] Figures(Answer table) =>
            [.. table["rows"].AsArray().OfType<JsonNode>().SelectMany(row => row["rates"]!.AsArray().OfType<JsonNode>().Select(rate => $"{row.Text("key")} {rate.Text("name")} {rate["percent"]} = {rate["numerator"]!["value"]} / {rate["denominator"]!["value"]}, {rate["score"]}"))];
    }

    [Fact]
    public async Task A_definition_that_changes_is_used_from_its_day_on_and_keeps_its_earlier_versions()
    {
        (await Site.Manager.Post("api/projects/definitions/rates", new
        {
            rate = "completion",
            numerator = "completed",
            denominator = "ground-broken",
            decimals = 1,
            rounding = "truncate",
            scoreOfEqual = 80,
            source = "某市考核办法",
            effectiveFrom = "2099-01-01",
        })).Must(200);
        await Eventually(async () => (await Versions())[^1].Text("source").ShouldBe("某市考核办法"));
        (await InForce("")).Text("denominator").ShouldBe("signed");
        (await InForce("&effectiveBy=2099-01-01")).ShouldSatisfyAllConditions(
            rate => rate.Text("denominator").ShouldBe("ground-broken"), rate => rate.Text("rounding").ShouldBe("truncate"));

        async Task<IReadOnlyList<JsonNode>> Versions() =>
            [.. (await Site.Auditor.Get("api/reporting/definitions")).Must(200)["rates"].AsArray().Select(rate => rate!).Where(rate => rate.Text("rate") == "completion")];
        async Task<JsonNode> InForce(string at) =>
            (await Site.Auditor.Get($"api/reporting/rates?by=industry{at}")).Must(200)["definitions"].AsArray().Single(rate => rate!.Text("rate") == "completion")!;
    }

    [Fact]
    public async Task What_one_may_not_see_project_by_project_is_one_row_and_adds_up()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(30_000_000);
        await desk.Shows(1, 30_000_000, 0);
        var query = $"api/reporting/rollups/table?rows=project&ceremony={desk.Ceremony}";
        // The project's name is told by another service than its agreement.
        await Eventually(async () => (await Site.Staff.Get(query)).Must(200)["items"].AsArray().ShouldHaveSingleItem()!.ShouldSatisfyAllConditions(
            row => row!.Text("name").ShouldContain(desk.Mark), row => row!["amount"]!.Yuan().ShouldBe(30_000_000)));
        (await Site.As("staff3").Get(query)).Must(200)["items"].AsArray().ShouldHaveSingleItem()!.ShouldSatisfyAllConditions(
            row => row!.Text("key").ShouldBe("hidden"), row => row!["amount"]!.Yuan().ShouldBe(30_000_000), row => row!["postings"].ShouldBeNull());
        (await Site.Manager.Get("api/reporting/rollups/table?rows=colour")).MustRefuse(422, "dimension-unknown", "rows");
        (await Site.Manager.Get("api/reporting/rollups?by=block&measure=capital-in-place")).Must(200)["measure"].GetValue<string>().ShouldBe("capital-in-place");
        (await Site.Manager.Get("api/reporting/postings?cohort=nonsense")).MustRefuse(422, "cohort-malformed", "cohort");
        (await Site.Manager.Get("api/reporting/rates?by=colour")).MustRefuse(422, "cohorts-unknown", "by");
    }

    [Fact]
    public async Task A_fair_is_measured_so_many_months_after_its_closing_and_what_came_later_does_not_count()
    {
        var desk = await Desk.Open();
        var (first, second) = (await desk.Project(), await desk.Project());
        foreach (var project in new[] { first, second })
        {
            var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201).Id;
            (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
        }
        (await Site.Staff.Post($"api/projects/{first}/reach", new { stage = "registered", on = "2023-10-10", reason = "补登" })).Must(200);
        (await Site.Staff.Post($"api/projects/{second}/reach", new { stage = "registered", on = "2024-01-10", reason = "补登" })).Must(200);
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close", new { on = "2023-09-30" })).MustRefuse(422, "closed-late-without-reason", "reason");
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close", new { on = "2023-09-30", reason = "补办" })).Must(200);
        async Task<JsonNode?> Row(int months) => (await Site.Manager.Get($"api/reporting/rates?by=ceremony&months={months}")).Must(200)["rows"].AsArray().SingleOrDefault(row => row!.Text("key") == desk.Ceremony.ToString());
        await Eventually(async () =>
        {
            foreach (var (months, day, percent) in new[] { (1, "2023-10-30", 50m), (6, "2024-03-30", 100m) })
            {
                var row = (await Row(months)).ShouldNotBeNull();
                row.Text("measuredOn").ShouldBe(day);
                var rate = row["rates"]!.AsArray().Single(rate => rate!.Text("name") == "performance")!;
                rate["percent"]!.GetValue<decimal>().ShouldBe(percent);
                var numerator = (await Site.Manager.Get(rate["numerator"]!.Text("postings").TrimStart('/'))).Must(200);
                numerator["total"].Number("signings").ShouldBe((int)rate["numerator"]!["value"]!.GetValue<decimal>());
            }
        });
        (await Row(120)).ShouldBeNull();
        (await Site.Manager.Get("api/reporting/rates?by=year&months=6")).MustRefuse(422, "months-unusable", "months");
    }

    [Fact]
    public async Task An_enterprise_counts_as_what_it_is_recognised_as_until_that_expires()
    {
        var enterprise = (await Site.Staff.Post("api/projects/enterprises", new { name = $"示例企业 {Desk.NewMark()}", creditCode = NewEnterprise.CreditCode(), registeredOn = "2022-03-01", industry = "biomedicine", illustrative = true })).Must(201).Id;
        (await Site.Staff.Post($"api/projects/enterprises/{enterprise}/designations", new { kind = "high-tech", authority = "省科技厅", number = "GR2022", grantedOn = "2022-12-01", expiresOn = "2025-11-30" })).Must(201);
        await Eventually(async () => (await Site.Manager.Get("api/reporting/postings?measure=enterprises&newestFirst=true&limit=500")).Must(200).Items.Where(item => item["event"]!.Text("subject") == enterprise.ToString())
            .Select(item => $"{item.Text("designation")} {item.Number("deltaSignings")} {item.Text("effectiveOn")}").ShouldBe(["registered 1 2022-03-01", "high-tech 1 2022-12-01", "high-tech -1 2025-12-01"], ignoreOrder: true));
        var table = (await Site.Manager.Get("api/reporting/rollups/table?measure=enterprises&rows=designation&effectiveBy=2024-01-01")).Must(200);
        table.Items.Select(row => row.Text("key")).ShouldBeSubsetOf(["registered", "innovative-sme", "provincial-specialised", "national-little-giant", "high-tech", "listed"]);
        table.Json!["total"].ShouldBeNull();
    }

    private static async Task<Guid> Capital(Desk desk, Guid project, object amount, decimal rate) => (await Site.Staff.Post("api/projects/capital", new
    {
        projectId = project,
        arrivedOn = "2023-11-01",
        amount,
        rate,
        rateSource = "中国外汇交易中心",
        evidence = "bank-slip",
        evidenceNumber = desk.NextNumber(),
    })).Must(201).Id;

    private static async Task<IReadOnlyList<JsonNode>> RatesOf(Desk desk) =>
        [.. (await Site.Manager.Get("api/reporting/rates?by=ceremony")).Must(200)["rows"].AsArray().Single(row => row!.Text("key") == desk.Ceremony.ToString())!["rates"]!.AsArray().Select(rate => rate!)];
}
