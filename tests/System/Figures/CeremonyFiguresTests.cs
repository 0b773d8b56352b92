using System.Globalization;
using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>An import of the workbook, and what becomes of its figures.</summary>
public sealed class CeremonyFiguresTests : IAsyncLifetime, IDisposable
{
    private readonly Import _import = new(Site.Here);
    private Guid _ceremony;

    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync()
    {
        await _import.Finish();
        _ceremony = await _import.Ceremony();
    }

    [Fact]
    public async Task From_the_article_to_an_amendment_and_a_termination()
    {
        var article = await Report();
        Rollup.Of(article).ShouldBe(Rollup.Article);
        await EveryFigureOpens(article);
        await TheClaimStandsBesideTheSum(residueYuan: 0, residueSignings: 0);
        article["illustrative"].GetValue<int>().ShouldBe(22);
        article.Rows("bySizeBand").Where(row => row.Text("sizeBand") is "100m-500m" or "500m-1bn" or "1bn-up").Sum(row => row.Number("signings")).ShouldBe(8);

        // One of them stands at 0.9亿, as if the workbook had said so.
        var (before, position) = (await LastRecordedAt(), article["position"].GetValue<long>());
        var chosen = (await Agreements()).First(agreement => agreement["amount"]!.Yuan() is > 50_000_000m and < 90_000_000m);
        var (amended, from) = (chosen["id"]!.GetValue<Guid>(), chosen["amount"]!.Yuan());
        (await Site.Staff.Post($"api/signings/agreements/{amended}/amend", new { amount = Desk.Yuan(90_000_000), reason = "规模调整" })).Must(200);
        (await Site.Staff2.Post($"api/signings/agreements/{amended}/confirm")).Must(200);
        var adjusted = Rollup.Article with { Yuan = Rollup.Article.Yuan + 90_000_000 - from };
        await Shows(adjusted);

        // 0.9亿 becomes 1.1亿: it counts once somebody else has confirmed it.
        (await Site.Staff.Post($"api/signings/agreements/{amended}/amend", new { amount = Desk.Yuan(110_000_000), reason = "规模扩大" })).Must(200);
        await Shows(adjusted with { PendingYuan = 20_000_000 });
        (await Site.Staff2.Post($"api/signings/agreements/{amended}/confirm")).Must(200);
        var larger = new Rollup(22, adjusted.Yuan + 20_000_000, 9);
        await Shows(larger);
        await TheClaimStandsBesideTheSum(Rollup.Article.Yuan - larger.Yuan, residueSignings: 0);

        // As known before, by the instant and by the position, the old figures stand; and they open too.
        foreach (var at in new[] { $"?knownAt={Uri.EscapeDataString(before.ToString("O", CultureInfo.InvariantCulture))}", $"?position={position}" })
        {
            var then = await Report(at);
            Rollup.Of(then).ShouldBe(Rollup.Article);
            await EveryFigureOpens(then);
        }

        var terminated = (await Agreements()).First(agreement => agreement["amount"]!.Yuan() < 100_000_000m)["id"]!.GetValue<Guid>();
        var lost = (await Site.Auditor.Get($"api/signings/agreements/{terminated}"))["amount"].Yuan();
        (await Site.Staff.Post($"api/signings/agreements/{terminated}/terminate", new { reason = "项目退出" })).Must(200);
        await Shows(larger with { PendingSignings = -1, PendingYuan = -lost });
        (await Site.Staff2.Post($"api/signings/agreements/{terminated}/confirm")).Must(200);
        var fewer = new Rollup(21, larger.Yuan - lost, 9);
        await Shows(fewer);
        await TheClaimStandsBesideTheSum(Rollup.Article.Yuan - fewer.Yuan, residueSignings: 1);
        await EveryFigureOpens(await Report());
        Rollup.Of(await Report($"?position={position}")).ShouldBe(Rollup.Article);

        // What holds by the day of the ceremony: the signings, but not what was changed since.
        Rollup.Of(await Report("?effectiveBy=2023-09-27")).Signings.ShouldBe(0);
        Rollup.Of(await Report("?effectiveBy=2023-12-31")).ShouldBe(Rollup.Article);

        await TheProgramTellsThatSignedFiguresHaveChanged();
    }

    [Fact]
    public async Task The_same_workbook_again_changes_nothing()
    {
        var (figures, postings) = ((await Report()).ButForThePosition, await Postings($"/api/reporting/postings?ceremony={_ceremony}"));
        using var again = _import.Again();
        await again.Finish();
        (await Report()).ButForThePosition.ShouldBe(figures);
        (await Postings($"/api/reporting/postings?ceremony={_ceremony}")).Count.ShouldBe(postings.Count);
    }

    private async Task<Answer> Report(string at = "") => (await Site.Manager.Get($"api/reporting/ceremonies/{_ceremony}{at}")).Must(200);

    private async Task<IReadOnlyList<JsonNode>> Agreements() => (await Site.Auditor.Get($"api/signings/agreements?ceremony={_ceremony}&limit=200")).Must(200).Items;

    private Task Shows(Rollup figures) => Eventually(async () => Rollup.Of(await Report()).ShouldBe(figures));

    private async Task<DateTimeOffset> LastRecordedAt() => (await Postings($"/api/reporting/postings?ceremony={_ceremony}"))[^1]["recordedAt"]!.GetValue<DateTimeOffset>();

    private async Task TheClaimStandsBesideTheSum(decimal residueYuan, int residueSignings)
    {
        var claim = (await Report()).Rows("claims").ShouldHaveSingleItem();
        (claim.Number("signings"), claim["amount"]!.Yuan(), claim.Number("atLeast100Million")).ShouldBe((22, 4_211_000_000.00m, 8));
        (claim["residue"]!.Yuan(), claim.Number("residueSignings")).ShouldBe((residueYuan, residueSignings));
        var recorded = (await Site.Auditor.Get(claim.Text("event"))).Must(200);
        (recorded["type"].GetValue<string>(), recorded["data"].Text("source")).ShouldBe(("claim_recorded", claim.Text("source")));
    }

    /// <summary>Each figure is the sum of the postings behind its link, and each posting names the event that made it.</summary>
    private static async Task EveryFigureOpens(Answer report)
    {
        await Opens(report["postings"].GetValue<string>(), report["signings"].GetValue<int>(), report["amount"].Yuan());
        await Opens(report["pendingPostings"].GetValue<string>(), report["pending"].Number("signings"), report["pending"]["amount"]!.Yuan());
        (await Opens(report["atLeast100MillionPostings"].GetValue<string>(), report["atLeast100Million"].GetValue<int>(), null)).ShouldNotBeEmpty();
        foreach (var rows in new[] { "byIndustry", "bySizeBand" })
        {
            foreach (var row in report.Rows(rows)) await Opens(row.Text("postings"), row.Number("signings"), row["amount"]!.Yuan());
            report.Rows(rows).Sum(row => row.Number("signings")).ShouldBe(report["signings"].GetValue<int>());
            report.Rows(rows).Sum(row => row["amount"]!.Yuan()).ShouldBe(report["amount"].Yuan());
        }
        foreach (var posting in await Postings(report["postings"].GetValue<string>()))
        {
            var behind = (await Site.Auditor.Get(posting["event"]!.Text("href"))).Must(200);
            (behind["id"].GetValue<string>(), behind["type"].GetValue<string>(), behind["source"].GetValue<string>(), behind["subject"].GetValue<string>())
                .ShouldBe((posting["event"]!.Text("id"), posting["event"]!.Text("type"), "/nanhu/signings", posting.Text("agreementId")));
            behind["actor"].GetValue<string>().ShouldBe("staff2");
        }
    }

    private static async Task<IReadOnlyList<JsonNode>> Opens(string link, int signings, decimal? yuan)
    {
        var postings = await Postings(link);
        postings.Sum(posting => posting.Number("deltaSignings")).ShouldBe(signings, link);
        if (yuan is not null) postings.Sum(posting => posting["deltaAmount"]!.Yuan()).ShouldBe(yuan.Value, link);
        var total = (await Site.Auditor.Get(link)).Must(200)["total"];
        total.Number("signings").ShouldBe(signings, link);
        return postings;
    }

    // Page by page, as a reader who opens a figure.
    private static async Task<IReadOnlyList<JsonNode>> Postings(string link)
    {
        var postings = new List<JsonNode>();
        for (long? after = 0; after is not null;)
        {
            var page = (await Site.Auditor.Get($"{link}{(link.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=40&after={after}")).Must(200);
            postings.AddRange(page.Items);
            after = page.Json!["next"]?.GetValue<long>();
        }
        return postings;
    }

    // A second run of the import finds that the ledger has moved on, names what moved, and changes nothing.
    private async Task TheProgramTellsThatSignedFiguresHaveChanged()
    {
        var figures = (await Report()).ButForThePosition;
        using var again = _import.Again(waitSeconds: 1);
        await again.Fails();
        again.Said.ShouldContain("Reporting shows");
        (await Report()).ButForThePosition.ShouldBe(figures);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _import.Dispose();
}
