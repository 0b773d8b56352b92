using CsCheck;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Rollups;
using Luodi.Signings.Agreements;
using Luodi.Signings.Ceremonies;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>What holds after every step, whatever the bureau does. A failure prints the requests and the seed that repeats it.</summary>
public sealed class LedgerLaws
{
    private const long Iterations = 300;

    private static readonly string[] Dimensions = ["industry", "sizeBand", "month"];

    // Few people, records and amounts, so that they meet; amounts around the edges of the size bands, and some that no rule accepts.
    private static readonly Gen<int> Actor = Gen.Int[1, 3];
    private static readonly Gen<long> Fen = Gen.OneOf<long>(
        Gen.Int[0, 12].Select(step => step * 1_000_000_000L),
        Gen.OneOf(999_999_999L, 9_999_999_999L, 10_000_000_000L, 10_000_000_001L, 49_999_999_999L, 100_000_000_000L, 0L, -1L));

    private static readonly Gen<Request> AnyRequest = OneRequest(Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[-1, 90]);

    // Papers of one or two projects, one upon the other, most of what is asked for done in a row by two persons: left to chance, nothing would follow what nobody confirmed.
    private static readonly Gen<Request[]> AnyDeed = Gen.Frequency(
        (3, OneRequest(Gen.Int[0, 1], Gen.Int[0, 6], Gen.Int[-1, 2]).Select(request => new[] { request })),
        (1, Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Fen, Gen.Int[0, 3], (project, ceremony, fen, tier) => (Request[])[new Draft(1, project, ceremony, fen, Illustrative: false, tier), .. Signed])),
        (4, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Fen, Gen.Int[0, 3], Gen.Int[0, 2], (agreement, ceremony, fen, tier, way) => (Request[])[new Follow(1, agreement, ceremony, fen, tier, way), .. Signed])),
        (1, Gen.Select(Gen.Int[0, 6], Fen, (agreement, fen) => (Request[])[new Amend(1, agreement, fen), new Confirm(2, agreement)])),
        (3, Gen.Int[Bureau.Last, 6].Select(agreement => (Request[])[new Terminate(1, agreement), new Confirm(2, agreement)])));

    private static readonly Gen<Request[]> AnyStory = Gen.OneOf(AnyRequest.Array[0, 75], AnyDeed.Array[0, 45].Select(deeds => deeds.SelectMany(deed => deed).ToArray())).SelectMany(story =>
        // Now and then a ceremony is closed, towards the end, so that most of a story still has something to sign.
        Gen.Select(Actor, Gen.Int[0, 2], (actor, ceremony) => (Request)new Close(actor, ceremony)).Array[0, 1].Select(close => (Request[])[.. story.SkipLast(15), .. close, .. story.TakeLast(15)]));

    private static Request[] Signed => [new Sign(1, Bureau.Last, 0), new Confirm(2, Bureau.Last)];

    private static Gen<Request> OneRequest(Gen<int> project, Gen<int> number, Gen<int> daysAgo) => Gen.Frequency<Request>(
        (6, Gen.Select(Actor, project, Gen.Int[0, 2], Fen, Gen.Bool, Gen.Int[0, 3], (actor, about, ceremony, fen, illustrative, tier) => (Request)new Draft(actor, about, ceremony, fen, illustrative, tier))),
        (3, Gen.Select(Actor, number, Gen.Int[0, 2], Fen, Gen.Int[0, 3], Gen.Int[0, 2], (actor, agreement, ceremony, fen, tier, way) => (Request)new Follow(actor, agreement, ceremony, fen, tier, way))),
        (6, Gen.Select(Actor, number, daysAgo, (actor, agreement, days) => (Request)new Sign(actor, agreement, days))),
        (9, Gen.Select(Actor, number, (actor, agreement) => (Request)new Confirm(actor, agreement))),
        (3, Gen.Select(Actor, number, (actor, agreement) => (Request)new Return(actor, agreement))),
        (2, Gen.Select(Actor, number, Fen, Gen.Int[0, 4], (actor, agreement, fen, tier) => (Request)new Correct(actor, agreement, fen, tier))),
        (5, Gen.Select(Actor, number, Fen, (actor, agreement, fen) => (Request)new Amend(actor, agreement, fen))),
        (3, Gen.Select(Actor, number, (actor, agreement) => (Request)new Terminate(actor, agreement))));

    [Fact]
    public void What_counts_is_the_sum_of_the_agreements_in_force() => Always(bureau =>
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Confirmed)).ShouldBe(Sums(bureau, agreement => agreement)));

    [Fact]
    public void What_counts_and_what_waits_is_what_would_count_if_all_were_confirmed() => Always(bureau =>
        Sums(bureau.Ledger.Postings).ShouldBe(Sums(bureau, Confirmed)));

    [Fact]
    public void On_no_day_papers_that_follow_one_another_count_more_than_one_signing() => Always(bureau =>
    {
        var chains = bureau.Agreements.ToDictionary(each => each.Agreement.Id, each => each.Agreement.Chain);
        foreach (var chain in bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Confirmed).GroupBy(posting => chains[posting.AgreementId]))
        {
            foreach (var day in chain.Select(posting => posting.EffectiveOn).Distinct())
            {
                chain.Where(posting => posting.EffectiveOn <= day).Sum(posting => posting.Count).ShouldBeInRange(0, 1);
            }
        }
    });

    [Fact]
    public void Where_nothing_waits_nothing_is_pending() => Always(bureau =>
    {
        if (bureau.Agreements.Any(each => each.Agreement.Waiting is not null)) return;
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Pending)).ShouldBeEmpty();
    });

    [Fact]
    public void No_ceremony_tier_industry_or_band_ever_counts_fewer_than_no_agreements() => Always(bureau =>
    {
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Confirmed)).Where(sum => sum.Count < 0 || sum.Upgrades < 0 || sum.Yuan < 0).ShouldBeEmpty();
        Sums(bureau.Ledger.Postings).Where(sum => sum.Count < 0 || sum.Upgrades < 0 || sum.Yuan < 0).ShouldBeEmpty();
    });

    [Fact]
    public void Split_by_any_dimension_the_rows_add_up_to_the_total() => Always(bureau =>
    {
        var tiers = ReadRollupFeature.Of("tier", new PostingFilter(Status: PostingStatus.Confirmed), bureau.Ledger.Cells());
        tiers.Total.ShouldBeNull();
        foreach (var (by, tier) in Dimensions.SelectMany(by => Tiers.All.Select(tier => (by, tier))))
        {
            var rollup = ReadRollupFeature.Of(by, new PostingFilter(Status: PostingStatus.Confirmed, Tier: tier), bureau.Ledger.Cells());
            rollup.Rows.Aggregate(Figure.Zero, (sum, row) => sum + new Figure(row.Signings, row.Amount, row.Upgrades)).ShouldBe(rollup.Total);
            tiers.Rows.Where(row => row.Key == tier).Aggregate(Figure.Zero, (sum, row) => sum + new Figure(row.Signings, row.Amount, row.Upgrades)).ShouldBe(rollup.Total);
        }
    });

    [Fact]
    public void A_ceremonys_page_shows_the_agreements_in_force_there() => Always(bureau =>
    {
        foreach (var (ceremony, tier) in bureau.Ceremonies.SelectMany(ceremony => Tiers.All.Select(tier => (ceremony, tier))))
        {
            var sheet = new CeremonySheet(ceremony.Id, ceremony.Name, ceremony.HeldOn, null, []);
            var figures = ReadCeremonyFeature.Of(sheet, new PostingFilter(Ceremony: ceremony.Id, Tier: tier), bureau.Ledger.Cells(posting => posting.CeremonyId == ceremony.Id));
            var counting = bureau.Agreements.Where(each => each.Agreement.CeremonyId == ceremony.Id && each.Agreement.Tier == tier && bureau.ChainOf(each.Agreement).Counts(each.Agreement)).ToList();
            var signings = counting.Where(each => each.Agreement.IsSigning).ToList();
            figures.Signings.ShouldBe(signings.Count);
            figures.Upgrades.ShouldBe(counting.Count(each => each.Agreement.FollowsAs is FollowUps.Upgrade));
            figures.Amount.Value.ShouldBe(counting.Sum(each => each.Agreement.Credit.Value));
            figures.AtLeast100Million.ShouldBe(signings.Count(each => each.Agreement.Amount.Value >= 100_000_000m));
            figures.Illustrative.ShouldBe(signings.Count(each => each.Illustrative));
            figures.BySizeBand.Sum(row => row.Signings).ShouldBe(figures.Signings);
            figures.ByIndustry.Sum(row => row.Signings).ShouldBe(figures.Signings);
        }
    });

    [Fact]
    public void No_project_is_counted_twice_in_a_ceremony() => Always(bureau =>
        bureau.Agreements.Where(each => each.Agreement.IsSigning && each.Agreement.Status is AgreementStatus.Signed or AgreementStatus.InForce)
            .GroupBy(each => (each.Agreement.CeremonyId, each.Agreement.ProjectId)).Where(project => project.Count() > 1).ShouldBeEmpty());

    [Fact]
    public void Nobody_ever_confirms_or_returns_what_they_logged() => Always(bureau => bureau.OwnConfirmations.ShouldBeEmpty());

    [Fact]
    public void Lists_show_what_the_rules_know() => Always(bureau =>
    {
        foreach (var (agreement, view, industry, illustrative) in bureau.Agreements)
        {
            (view.Id, view.ProjectId, view.CeremonyId, view.Amount, view.Proposed, view.SignedOn, view.Industry, view.Illustrative)
                .ShouldBe((agreement.Id, agreement.ProjectId, agreement.CeremonyId, agreement.Amount, agreement.Proposed, agreement.SignedOn, industry, illustrative));
            (view.Tier, view.Follows, view.FollowsAs, view.Chain ?? view.Id).ShouldBe((agreement.Tier, agreement.Follows, agreement.FollowsAs, agreement.Chain));
            view.Status.ShouldBe(agreement.Status is AgreementStatus.InForce ? "in-force" : agreement.Status.ToString().ToLowerInvariant());
            view.Waiting.ShouldBe(agreement.Waiting?.ToString().ToLowerInvariant());
            if (agreement.Waiting is not null) (view.LoggedBy, view.Returned).ShouldBe((agreement.LoggedBy, null));
        }
    });

    [Fact]
    public void The_generated_stories_reach_every_state_worth_telling()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        AnyStory.Sample(story =>
        {
            var bureau = new Bureau();
            foreach (var request in story)
            {
                bureau.Do(request);
                foreach (var (agreement, _, _, _) in bureau.Agreements)
                {
                    seen.Add($"{agreement.Status} {agreement.Waiting}");
                    if (agreement.FollowsAs is { } way && agreement.Status is AgreementStatus.InForce or AgreementStatus.Terminated) seen.Add($"{way} {agreement.Status}");
                }
                foreach (var (_, view, _, _) in bureau.Agreements.Where(each => each.View.Returned is not null)) seen.Add($"{view.Status} returned {view.Returned!.What}");
            }
            if (bureau.Ceremonies.Any(ceremony => ceremony.Status is CeremonyStatus.Closed)) seen.Add("closed");
        }, iter: 5 * Iterations, threads: 1);
        seen.Order(StringComparer.Ordinal).ShouldBe(["Draft ", "InForce ", "InForce Amendment", "InForce Termination", "Signed Signing", "Terminated ", "closed", "draft returned signing", "in-force returned amendment", "in-force returned termination",
            "replacement InForce", "replacement Terminated", "top-up InForce", "top-up Terminated", "upgrade InForce", "upgrade Terminated"]);
    }

    private static void Always(Action<Bureau> law) => AnyStory.Sample(
        story =>
        {
            var bureau = new Bureau();
            law(bureau);
            foreach (var request in story)
            {
                bureau.Do(request);
                law(bureau);
            }
        },
        iter: Iterations, print: story => string.Join(Environment.NewLine, story.Select(request => request.ToString())));

    /// <summary>The agreement as it would be if all were confirmed.</summary>
    private static Agreement Confirmed(Agreement agreement) => agreement.Waiting switch
    {
        Waiting.Signing => agreement with { Status = AgreementStatus.InForce },
        Waiting.Amendment => agreement with { Amount = agreement.Proposed! },
        Waiting.Termination => agreement with { Status = AgreementStatus.Terminated },
        _ => agreement,
    };

    private sealed record Sum(Guid Ceremony, string Tier, string Industry, string Band, bool Illustrative, int Count, int Upgrades, decimal Yuan);

    /// <summary>By every dimension, without what cancels out.</summary>
    private static List<Sum> Sums(IEnumerable<Posting> postings) =>
        Order(postings.Select(posting => new Sum(posting.CeremonyId, posting.Tier, posting.Industry, posting.SizeBand, posting.Illustrative, posting.Count, posting.Upgrades, posting.Amount.Value)));

    private static List<Sum> Sums(Bureau bureau, Func<Agreement, Agreement> seen) =>
        Order(bureau.Agreements.Where(each => new Chain([.. bureau.ChainOf(each.Agreement).Papers.Select(seen)]).Counts(seen(each.Agreement))).Select(each =>
        {
            var agreement = seen(each.Agreement);
            return new Sum(
                agreement.CeremonyId, agreement.Tier, each.Industry, SizeBands.Of(agreement.Amount.Value), each.Illustrative,
                agreement.IsSigning ? 1 : 0, agreement.FollowsAs is FollowUps.Upgrade ? 1 : 0, agreement.Credit.Value);
        }));

    private static List<Sum> Order(IEnumerable<Sum> lines) =>
        [.. lines.GroupBy(line => line with { Count = 0, Upgrades = 0, Yuan = 0 })
            .Select(cell => cell.Key with { Count = cell.Sum(line => line.Count), Upgrades = cell.Sum(line => line.Upgrades), Yuan = cell.Sum(line => line.Yuan) })
            .Where(sum => sum.Count != 0 || sum.Upgrades != 0 || sum.Yuan != 0)
            .OrderBy(sum => (sum.Ceremony, sum.Tier, sum.Industry, sum.Band, sum.Illustrative))];
}
