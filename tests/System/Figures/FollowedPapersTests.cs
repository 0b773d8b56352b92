namespace Luodi.SystemTests.Figures;

/// <summary>Papers that follow one another through four fairs, and what closings seal: over HTTP, from the paper to the figure.</summary>
public sealed class FollowedPapersTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task An_investment_that_goes_through_four_fairs_counts_once_on_every_day()
    {
        var (a, b, c, d) = (await Desk.Open(), await Desk.Open(), await Desk.Open(), await Desk.Open());
        var project = await a.Project();
        var intent = await Paper(a, project, 500_000_000, "intent", "2023-03-01");
        var contract = await Paper(b, project, 500_000_000, "contract", "2023-06-01", intent, "upgrade");
        await Paper(c, project, 200_000_000, "contract", "2023-09-28", contract, "top-up");
        await Paper(d, project, 700_000_000, "contract", "2024-02-01", contract, "replacement");

        await Eventually(async () => (await Counts(d, "contract", "2024-02-01")).ShouldBe((1, 0, 700_000_000m)));
        (await Counts(a, "intent", "2024-01-31")).ShouldBe((1, 0, 500_000_000m));
        (await Counts(b, "contract", "2024-01-31")).ShouldBe((0, 1, 0m));
        (await Counts(c, "contract", "2024-01-31")).ShouldBe((0, 0, 200_000_000m));
        (await Counts(d, "contract", "2024-01-31")).ShouldBe((0, 0, 0m));
        (await Counts(a, "intent", "2024-02-01")).ShouldBe((0, 0, 0m));
        (await Counts(b, "contract", "2024-02-01")).ShouldBe((0, 0, 0m));
        (await Counts(c, "contract", "2024-02-01")).ShouldBe((0, 0, 0m));
        // None of it is in the official figure, which is of agreements.
        (await a.Rollup("?effectiveBy=2024-01-31")).ShouldBe(new Rollup(0, 0, 0));

        (await Site.Auditor.Get($"api/signings/agreements?chain={intent}")).Must(200).Items.Count.ShouldBe(4);
        (await Site.Staff.Post($"api/signings/agreements/{intent}/terminate", new { reason = "退库" })).MustRefuse(409, "followed-by-another");
    }

    [Fact]
    public async Task Of_clients_that_sign_an_upgrade_of_the_same_paper_one_succeeds()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var intent = await Paper(desk, project, 500_000_000, "intent", "2023-03-01");
        var drafts = new List<Guid>();
        for (var each = 0; each < 8; each++) drafts.Add(await Draft(desk, project, 600_000_000, "contract", intent, "upgrade"));
        var answers = await Task.WhenAll(drafts.Select(draft => Site.Staff.Post($"api/signings/agreements/{draft}/sign", new { signedOn = "2023-06-01" })));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.Text)));
        foreach (var loser in answers.Where(answer => answer.Status != 200)) loser.MustRefuse(409, "followed-by-another");
    }

    [Fact]
    public async Task A_paper_is_signed_upon_another_or_that_one_is_terminated_never_both()
    {
        var desk = await Desk.Open();
        foreach (var _ in Enumerable.Range(0, 8))
        {
            var project = await (await Desk.Open()).Project();
            var intent = await Paper(await Desk.Open(), project, 500_000_000, "intent", "2023-03-01");
            var upgrade = await Draft(desk, project, 600_000_000, "contract", intent, "upgrade");
            var answers = await Task.WhenAll(
                Site.Staff.Post($"api/signings/agreements/{upgrade}/sign", new { signedOn = "2023-06-01" }), Site.Staff2.Post($"api/signings/agreements/{intent}/terminate", new { reason = "退库" }));
            answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.Text)));
            answers.Count(answer => answer.Status == 409).ShouldBe(1);
        }
    }

    [Fact]
    public async Task What_was_sealed_stays_and_the_postings_since_are_the_difference()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed(120_000_000);
        await desk.Shows(1, 120_000_000, 1);
        await Close(desk, seals: 1);
        await desk.Amend(agreement, 90_000_000);
        await desk.Confirm(agreement);
        await desk.Shows(1, 90_000_000, 0);
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/reopen", new { reason = "漏登一项" })).Must(200);
        await desk.Confirmed(50_000_000);
        await desk.Shows(2, 140_000_000, 0);
        await Close(desk, seals: 2);

        var seals = (await desk.Report()).Must(200)["seals"].AsArray();
        (seals[0]!.Number("signings"), seals[0]!["amount"]!.Yuan(), seals[0]!["since"]!.Number("signings")).ShouldBe((2, 140_000_000m, 0));
        (seals[1]!.Number("signings"), seals[1]!["amount"]!.Yuan(), seals[1]!.Number("atLeast100Million")).ShouldBe((1, 120_000_000m, 1));
        (seals[1]!["since"]!.Number("signings"), seals[1]!["since"]!["amount"]!.Yuan(), seals[1]!.Number("sinceAtLeast100Million")).ShouldBe((1, 20_000_000m, -1));
        var behind = (await Site.Manager.Get(seals[1]!.Text("sincePostings"))).Must(200)["total"];
        (behind.Number("signings"), behind["amount"]!.Yuan()).ShouldBe((1, 20_000_000m));
    }

    private static async Task Close(Desk desk, int seals)
    {
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).Must(200);
        await Eventually(async () => (await desk.Report()).Must(200)["seals"].AsArray().Count.ShouldBe(seals));
    }

    private static async Task<(int, int, decimal)> Counts(Desk desk, string tier, string effectiveBy)
    {
        var figures = (await desk.Report($"?tier={tier}&effectiveBy={effectiveBy}")).Must(200);
        return (figures["signings"].GetValue<int>(), figures["upgrades"].GetValue<int>(), figures["amount"].Yuan());
    }

    private static async Task<Guid> Draft(Desk desk, Guid project, decimal yuan, string tier, Guid? follows = null, string? followsAs = null) =>
        (await Site.Staff.Post("api/signings/agreements", new { number = desk.NextNumber(), projectId = project, ceremonyId = desk.Ceremony, counterparty = "某公司", amount = Desk.Yuan(yuan), tier, follows, followsAs })).Must(201).Id;

    /// <summary>A paper that was signed and confirmed.</summary>
    private static async Task<Guid> Paper(Desk desk, Guid project, decimal yuan, string tier, string signedOn, Guid? follows = null, string? followsAs = null)
    {
        var id = await Draft(desk, project, yuan, tier, follows, followsAs);
        (await Site.Staff.Post($"api/signings/agreements/{id}/sign", new { signedOn })).Must(200);
        await desk.Confirm(id);
        return id;
    }
}
