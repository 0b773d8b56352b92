using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>
/// Figures are read from sealed sums as far as they reach (in a test's system each segment has only a few postings); they must come to what the postings
/// behind them come to, one by one, by whatever dimensions, on both axes of time, at the end of the ledger and at places before it.
/// </summary>
public sealed class SealedSumsTests
{
    private const int Segment = 64;

    private static Site Site => Site.Here;

    [Fact]
    public async Task A_figure_is_the_sum_of_its_postings_by_any_dimension_on_both_axes_at_every_position()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        (await Site.Staff.Post($"api/projects/{project}/describe", new { block = "东片区", origin = "foreign", industryCode = "C3973", channel = "expo" })).Must(200);
        var enterprise = (await Site.Staff.Post("api/projects/enterprises", new { name = $"示例企业 {desk.Mark}", creditCode = NewEnterprise.CreditCode(), registeredOn = "2022-03-01", industry = "biomedicine", illustrative = true })).Must(201).Id;
        (await Site.Staff.Post($"api/projects/enterprises/{enterprise}/link", new { projectId = project })).Must(200);
        (await Site.Staff.Post($"api/projects/enterprises/{enterprise}/chain", new { chain = "集成电路", role = "member" })).Must(200);
        var paper = (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(paper);
        await desk.Amend(await desk.Confirmed(), 110_000_000);
        await desk.Shows(2, 180_000_000, 0, pendingYuan: 20_000_000);
        await Eventually(async () => (await Site.Manager.Get($"api/reporting/rollups/table?rows=chain&project={project}")).Must(200).Items.ShouldHaveSingleItem().Text("key").ShouldBe("集成电路"));
        long end = 0;
        // What the last test wrote is sealed within a second or two.
        await Eventually(async () => (end = (await Site.Manager.Get("api/reporting/overview")).Must(200)["position"]!.GetValue<long>()).ShouldBeGreaterThan(Segment));
        string[] positions = [$"&position={end}", $"&position={end / 2}", $"&position={end / Segment * Segment}"];
        string[] questions =
        [
            "rows=industry", "rows=sizeBand&effectiveBy=2023-09-28", "rows=ceremony", "rows=department&year=2023", "rows=owner&effectiveFrom=2023-09-15&effectiveBy=2024-02-29", "rows=block", "rows=origin&month=2023-09,2023-10",
            "rows=industryCode", "rows=channel&quarter=2023-Q3", "rows=chain", "rows=chain&columns=industry", "measure=enterprises&rows=chain&columns=designation", "rows=tier", "rows=month", "rows=quarter&year=2023", "rows=year&effectiveFrom=2023-02-10", "rows=tier&columns=industry&status=pending",
            "rows=industry&columns=owner", "rows=block&columns=origin", "rows=ceremony&columns=sizeBand", "rows=owner&columns=channel", "rows=month&columns=industry&effectiveBy=2023-09-28",
            "measure=stages-reached&rows=stage&columns=owner", "measure=stages-reached&rows=block&stage=lead,signed&columns=stage", "measure=capital-in-place&rows=moneyOrigin&columns=year", "measure=enterprises&rows=designation", "measure=enterprises&rows=industry&columns=designation", "rows=industry&origin=foreign", "measure=fund-invested&rows=industry", "measure=fund-invested&rows=owner&columns=year", "measure=fund-paid-in&rows=fund&columns=year", "measure=fund-called&rows=partnerKind&columns=vintage", "rows=owner&block=none&industry=microelectronics",
        ];
        var opened = 0;
        foreach (var question in positions.SelectMany(position => questions.Select(question => question + position)))
        {
            var table = (await Site.Manager.Get($"api/reporting/rollups/table?{question}")).Must(200);
            table.Items.Count.ShouldBeLessThanOrEqualTo(500, question);
            foreach (var row in table.Items.Where(row => row["postings"] is not null).Take(6))
            {
                if (row["count"] is not null) (await Behind(row.Text("postings"))).ShouldBe((row.Number("count"), row["amount"]!.Yuan()), $"{question}: {row["key"]}");
                foreach (var cell in row["cells"]!.AsArray().Take(3))
                {
                    (await Behind(cell!.Text("postings"))).ShouldBe((cell!.Number("count"), cell!["amount"]!.Yuan()), $"{question}: {row["key"]}, {cell!["key"]}");
                }
                opened++;
            }
        }
        opened.ShouldBeGreaterThan(100);
    }

    /// <summary>All the postings, one by one; their total, as the ledger says it, must be the same.</summary>
    private static async Task<(int Count, decimal Yuan)> Behind(string postings)
    {
        var (rows, next, total) = (new List<JsonNode>(), (long?)0, (JsonNode?)null);
        while (next is { } after)
        {
            var page = (await Site.Manager.Get($"{postings.TrimStart('/')}&limit=500&after={after}")).Must(200);
            rows.AddRange(page.Items);
            (next, total) = (page.Json!["next"]?.GetValue<long>(), page["total"]);
        }
        var sum = (rows.Sum(row => row.Number("deltaSignings")), rows.Sum(row => row["deltaAmount"]!.Yuan()));
        (total!.Number("signings"), total!["amount"]!.Yuan()).ShouldBe(sum, postings);
        return sum;
    }
}
