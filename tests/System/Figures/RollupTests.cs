using static Luodi.SystemTests.Running.Desk;

namespace Luodi.SystemTests.Figures;

/// <summary>What the figures of a ceremony do when its papers change.</summary>
public sealed class RollupTests
{
    [Fact]
    public async Task An_amendment_across_the_line_and_a_termination_move_the_figures_once_they_are_confirmed()
    {
        using var import = new Import(Site.Here);
        await import.EndsAtTheSameFigure();
        var ceremony = await import.Ceremony();
        async Task Shows(Rollup expected) => await Eventually(async () => (await import.Rollup()).ShouldBe(expected));
        var before = (await import.Report())["position"].GetValue<long>();
        var claim = (await import.Report())["claims"].AsArray().Single()!;
        claim["residue"]!.Yuan().ShouldBe(0);

        var agreements = (await Site.Here.Staff.Get($"api/signings/agreements?ceremony={ceremony}&limit=200")).Must(200).Items;
        var small = agreements.First(agreement => agreement["amount"]!.Yuan() is > 50_000_000 and < 90_000_000);
        var (id, old) = (small["id"]!.GetValue<Guid>(), small["amount"]!.Yuan());
        await Change(id, "amend", new { amount = Yuan(90_000_000), reason = "规模调整" });
        var at90 = Rollup.Article with { Yuan = Rollup.Article.Yuan - old + 90_000_000 };
        await Shows(at90);

        (await Site.Here.Staff.Post($"api/signings/agreements/{id}/amend", new { amount = Yuan(110_000_000), reason = "规模扩大" })).Must(200);
        await Shows(at90 with { PendingYuan = 20_000_000 });
        (await Site.Here.Staff2.Post($"api/signings/agreements/{id}/confirm")).Must(200);
        await Shows(new Rollup(22, at90.Yuan + 20_000_000, 9));

        await Change(id, "terminate", new { reason = "项目退出" });
        await Shows(new Rollup(21, at90.Yuan - 90_000_000, 8));
        (await import.Report())["claims"].AsArray().Single()!.Number("residueSignings").ShouldBe(1);

        var then = (await Site.Here.Manager.Get($"api/reporting/ceremonies/{ceremony}?position={before}")).Must(200);
        Rollup.Of(then).ShouldBe(Rollup.Article);
    }

    [Fact]
    public async Task Every_figure_opens_down_to_its_events()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(90_000_000);
        await desk.Confirmed(100_000_000, "biomedicine");
        await desk.Signed(30_000_000);
        await desk.Shows(2, 190_000_000, 1, pendingSignings: 1, pendingYuan: 30_000_000);
        var report = await desk.Report();
        var figures = report["byIndustry"].AsArray().Concat(report["bySizeBand"].AsArray()).Append(report.Json).Select(figure => figure!).ToList();
        figures.Count.ShouldBe(5);
        foreach (var figure in figures)
        {
            var postings = (await desk.Site.Auditor.Get(figure.Text("postings").TrimStart('/'))).Must(200);
            postings["total"].Number("signings").ShouldBe(figure.Number("signings"));
            postings["total"]["amount"]!.Yuan().ShouldBe(figure["amount"]!.Yuan());
            postings.Items.Sum(item => item["deltaAmount"]!.Yuan()).ShouldBe(figure["amount"]!.Yuan());
            foreach (var posting in postings.Items)
            {
                var opened = (await desk.Site.Auditor.Get(posting["event"]!.Text("href").TrimStart('/'))).Must(200);
                opened["type"].GetValue<string>().ShouldBe("signing_confirmed");
                opened["actor"].GetValue<string>().ShouldBe("staff2");
            }
        }
    }

    [Fact]
    public async Task A_claim_that_contradicts_itself_is_recorded_and_pointed_out()
    {
        var desk = await Desk.Open();
        var answer = (await desk.Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", new { source = "某报", signings = 3, amount = Yuan(350_000_000), atLeast100Million = 4 })).Must(201);
        answer["contradictions"].AsArray().Select(each => each!.Text("type")).ShouldBe(["more-large-than-all", "large-exceed-amount"]);
        await Eventually(async () => (await desk.Report())["claims"].AsArray().Single()!.Number("signings").ShouldBe(3));
    }

    private static async Task Change(Guid agreement, string what, object body)
    {
        (await Site.Here.Staff.Post($"api/signings/agreements/{agreement}/{what}", body)).Must(200);
        (await Site.Here.Staff2.Post($"api/signings/agreements/{agreement}/confirm")).Must(200);
    }
}
