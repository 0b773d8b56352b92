using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>The money of funds as figures: the ledger says what the fund itself says, and every figure opens down to its events.</summary>
public sealed class FundLedgerTests
{
    private static readonly string[] Measures = ["fund-committed", "fund-called", "fund-paid-in", "fund-recalled", "fund-invested", "fund-proceeds", "fund-distributed"];

    // As the fund calls them.
    private static readonly string[] SumsOfTheFund = ["subscribed", "called", "paidIn", "recalled", "disbursed", "proceeds", "distributed"];

    private static Site Site => Site.Here;

    [Fact]
    public async Task The_money_of_a_fund_opens_down_to_its_events_and_a_reversal_leaves_what_was_known_before_it()
    {
        var desk = await Desk.Open();
        var (fund, _, project, wrong) = await Running(desk);
        // What waits was logged last: once it has come, so has all else.
        await Eventually(async () => (await Table(fund, "fund-called", "year", "&status=pending"))["total"]["amount"]!.Yuan().ShouldBe(50m));
        (await Sums(fund)).ShouldBe([850, 400, 400, 30, 350, 120, 120]);
        (await Sums(fund)).ShouldBe(Own(await fund.Read()));
        var before = await Table(fund, "fund-invested", "year");

        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = wrong, reason = "重复登记" })).Must(200);
        await Eventually(async () => (await Sums(fund)).ShouldBe([850, 400, 400, 30, 200, 120, 120]));
        (await Sums(fund)).ShouldBe(Own(await fund.Read()));
        // What it was known to be stays, and it is taken back on the day on which it had counted.
        (await Table(fund, "fund-invested", "year", $"&position={before["position"]}"))["total"].ToJsonString().ShouldContain("350.00");
        (await Table(fund, "fund-invested", "month", "&effectiveBy=2023-11-30"))["total"]["amount"]!.Yuan().ShouldBe(200m);

        foreach (var (measure, rows, keys) in new[]
        {
            ("fund-paid-in", "partnerKind", new[] { "family-fund", "government" }), ("fund-distributed", "partnerKind", ["family-fund", "government"]), ("fund-invested", "project", [project.ToString()]),
            ("fund-invested", "industry", ["biomedicine"]), ("fund-committed", "fundKind", ["own-brand"]), ("fund-proceeds", "quarter", ["2023-Q4"]), ("fund-called", "fund", [fund.Id.ToString()]),
        })
        {
            var table = await Table(fund, measure, rows);
            table.Items.Select(row => row.Text("key")).ShouldBe(keys, measure);
            foreach (var row in table.Items)
            {
                var behind = (await Site.Manager.Get(row.Text("postings").TrimStart('/'))).Must(200);
                (behind.Items.Sum(line => line.Number("deltaSignings")), behind.Items.Sum(line => line["deltaAmount"]!.Yuan())).ShouldBe((row.Number("count"), row["amount"]!.Yuan()), $"{measure} {row["key"]}");
                behind["total"]["amount"]!.Yuan().ShouldBe(row["amount"]!.Yuan());
                foreach (var line in behind.Items)
                {
                    var told = (await Site.Manager.Get(line["event"]!.Text("href").TrimStart('/'))).Must(200);
                    (told["data"]["fundId"]!.GetValue<Guid>(), line["fundId"]!.GetValue<Guid>()).ShouldBe((fund.Id, fund.Id));
                }
            }
        }

        (await fund.Log("terms", new { vintage = 2021, recycling = true, reason = "补录" })).Must(200);
        await Eventually(async () => (await Table(fund, "fund-invested", "vintage")).Items.ShouldHaveSingleItem().Text("key").ShouldBe("2021"));
        (await Table(fund, "fund-committed", "vintage", $"&position={before["position"]}")).Items.ShouldHaveSingleItem().Text("key").ShouldBe("none");
        (await Sums(fund)).ShouldBe([850, 400, 400, 30, 200, 120, 120]);

        // Whoever sees no such fund sees one line.
        var hidden = (await Site.As("staff3").Get($"api/reporting/postings?measure=fund-invested&status=confirmed&fund={fund.Id}")).Must(200);
        (hidden.Items.Count, hidden["hidden"]["amount"]!.Yuan(), hidden["total"]["amount"]!.Yuan()).ShouldBe((0, 200m, 200m));
        (await Site.As("staff3").Get($"api/reporting/rollups/table?measure=fund-invested&rows=fund&fund={fund.Id}")).Must(200).Items.ShouldHaveSingleItem().Text("key").ShouldBe("hidden");
    }

    [Fact]
    public async Task A_family_counts_what_a_mother_pays_to_a_fund_once_and_nothing_adds_two_measures()
    {
        var desk = await Desk.Open();
        var (fund, mother, project, _) = await Running(desk);
        await Eventually(async () => (await Sums(fund)).ShouldBe([850, 400, 400, 30, 350, 120, 120]));
        await Eventually(async () => (await Sums(mother))[0].ShouldBe(700));

        // By itself a figure of the family leaves out what its own funds pay; asked for all, it has no total.
        var family = (await Site.Manager.Get("api/reporting/rollups/table?measure=fund-committed&rows=fund")).Must(200);
        decimal? Of(Answer table, FundDesk which) => table.Items.SingleOrDefault(row => row.Text("key") == which.Id.ToString())?["amount"]!.Yuan();
        (Of(family, fund), Of(family, mother)).ShouldBe((600m, 700m));
        family.Items.Sum(row => row["amount"]!.Yuan()).ShouldBe(family["total"]["amount"]!.Yuan());
        var all = (await Site.Manager.Get("api/reporting/rollups/table?measure=fund-committed&rows=fund&columns=partnerKind")).Must(200);
        (Of(all, fund), all.Json!["total"]).ShouldBe((850m, null));

        var definitions = (await Site.Manager.Get("api/reporting/definitions")).Must(200)["measures"].AsArray().OfType<JsonNode>().ToDictionary(each => each.Text("name"));
        var total = (await Site.Manager.Get($"{definitions["family-committed"].Text("postings").TrimStart('/')}&position={family["position"]}")).Must(200)["total"];
        total["amount"]!.Yuan().ShouldBe(family["total"]["amount"]!.Yuan());
        (await Site.Manager.Get(definitions["fund-committed"].Text("postings").TrimStart('/'))).Must(200).Json!["total"].ShouldBeNull();

        // The same money has arrived at the project: it counts there too, and in no sum with this.
        var entry = (await Site.Staff.Post("api/projects/capital", new { projectId = project, arrivedOn = FundDesk.Day, amount = Desk.Yuan(350), evidence = "bank-slip", evidenceNumber = desk.NextNumber() })).Must(201).Id;
        (await Site.Staff2.Post($"api/projects/capital/{entry}/confirm")).Must(200);
        foreach (var measure in (string[])["capital-in-place", "fund-invested"])
        {
            await Eventually(async () => (await Site.Manager.Get($"api/reporting/rollups/table?measure={measure}&rows=project&project={project}")).Must(200)["total"]["amount"]!.Yuan().ShouldBe(350m));
        }
        (await Site.Manager.Get("api/reporting/rollups/table?measure=fund-invested,capital-in-place&rows=project")).MustRefuse(422, "measure-unknown", "measure");
    }

    [Fact]
    public async Task A_fund_in_another_currency_is_told_in_it_and_stands_in_no_sum_of_yuan()
    {
        var desk = await Desk.Open();
        object Dollars(decimal value) => new { value, currency = "USD" };
        var fund = new FundDesk(desk, (await Site.Staff.Post("api/funds", new { name = $"基金 {desk.NextNumber()}", kind = "market", targetSize = Dollars(1_000) })).Must(201).Id);
        var partner = (await fund.Log("partners", new { name = "某机构", kind = "institution" })).Must(201).Id;
        await fund.Confirmed("subscriptions", new { partnerId = partner, amount = Dollars(400), on = FundDesk.Day });
        await Eventually(async () => (await Table(fund, "fund-committed", "partnerKind", "&currency=USD"))["total"]["amount"]!.ToJsonString().ShouldBe("""{"value":400.00,"currency":"USD"}"""));
        var dollars = await Table(fund, "fund-committed", "partnerKind", "&currency=USD");
        (await Site.Manager.Get(dollars.Items[0].Text("postings").TrimStart('/'))).Must(200)["total"]["amount"]!.Text("currency").ShouldBe("USD");
        (await Table(fund, "fund-committed", "partnerKind")).Items.ShouldBeEmpty();
    }

    /// <summary>850 subscribed, 250 of it by a mother fund that has raised 700 and has 100 of it at hand; 400 called and paid, 350 invested, 120 of it back, 120 distributed, 30 recalled; 50 more wait to be called.</summary>
    private static async Task<(FundDesk Fund, FundDesk Mother, Guid Project, Guid Second)> Running(Desk desk)
    {
        var (mother, investor) = await FundDesk.Raised(700, desk);
        await mother.Paid(100, investor);
        var fund = await FundDesk.Open(desk);
        var city = await fund.Subscribed("某财政局", 600);
        var above = (await fund.Log("partners", new { name = "母基金", kind = "mother-fund", motherFundId = mother.Id })).Must(201).Id;
        await fund.Confirmed("subscriptions", new { partnerId = above, amount = Desk.Yuan(250), on = FundDesk.Day });
        foreach (var (partner, yuan) in new[] { (city, 300m), (above, 100m) })
        {
            await fund.Paid(yuan, partner);
        }
        var project = await desk.Project("biomedicine");
        // Money that Reporting hears of before its project is posted anew once it hears of that.
        await desk.Heard(project, "lead_registered");
        var deal = await fund.Confirmed("deals", new { projectId = project, amount = Desk.Yuan(350), on = FundDesk.Day });
        await fund.Flowed("disbursed", 200, deal: deal);
        var second = await fund.Flowed("disbursed", 150, deal: deal);
        await fund.Flowed("exited", 120, deal: deal, cost: 80);
        await fund.Flowed("distributed", 90, city, recallable: true);
        await fund.Flowed("distributed", 30, above);
        await fund.Flowed("recalled", 30, city);
        (await fund.Log("flows", new { kind = "called", on = FundDesk.Day, amount = Desk.Yuan(50), partnerId = city })).Must(201);
        return (fund, mother, project, second);
    }

    private static async Task<Answer> Table(FundDesk fund, string measure, string rows, string at = "") => (await Site.Manager.Get($"api/reporting/rollups/table?measure={measure}&rows={rows}&fund={fund.Id}{at}")).Must(200);

    private static async Task<IReadOnlyList<decimal>> Sums(FundDesk fund)
    {
        var sums = new List<decimal>();
        foreach (var measure in Measures) sums.Add((await Table(fund, measure, "year"))["total"]["amount"]!.Yuan());
        return sums;
    }

    private static IReadOnlyList<decimal> Own(Answer fund) =>
        [.. SumsOfTheFund.Select(sum => fund[sum].GetValue<decimal>())];
}
