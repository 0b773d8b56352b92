using CsCheck;
using Luodi.Contracts;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Ledger;
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
    private static readonly Gen<int> Number = Gen.Int[0, 11];
    private static readonly Gen<long> Fen = Gen.OneOf<long>(
        Gen.Int[0, 12].Select(step => step * 1_000_000_000L),
        Gen.OneOf(999_999_999L, 9_999_999_999L, 10_000_000_000L, 10_000_000_001L, 49_999_999_999L, 100_000_000_000L, 0L, -1L));

    private static readonly Gen<Request> AnyRequest = Gen.Frequency<Request>(
        (6, Gen.Select(Actor, Number, Gen.Int[0, 1], Fen, Gen.Bool, (actor, project, ceremony, fen, illustrative) => (Request)new Draft(actor, project, ceremony, fen, illustrative))),
        (6, Gen.Select(Actor, Number, Gen.Int[-1, 90], (actor, agreement, daysAgo) => (Request)new Sign(actor, agreement, daysAgo))),
        (9, Gen.Select(Actor, Number, (actor, agreement) => (Request)new Confirm(actor, agreement))),
        (3, Gen.Select(Actor, Number, (actor, agreement) => (Request)new Return(actor, agreement))),
        (2, Gen.Select(Actor, Number, Fen, (actor, agreement, fen) => (Request)new Correct(actor, agreement, fen))),
        (5, Gen.Select(Actor, Number, Fen, (actor, agreement, fen) => (Request)new Amend(actor, agreement, fen))),
        (3, Gen.Select(Actor, Number, (actor, agreement) => (Request)new Terminate(actor, agreement))));

    // Now and then a ceremony is closed, towards the end, so that most of a story still has something to sign.
    private static readonly Gen<Request[]> AnyStory = Gen.Select(
        AnyRequest.Array[0, 60], Gen.Select(Actor, Gen.Int[0, 1], (actor, ceremony) => (Request)new Close(actor, ceremony)).Array[0, 1], AnyRequest.Array[0, 15],
        (before, close, after) => (Request[])[.. before, .. close, .. after]);

    [Fact]
    public void What_counts_is_the_sum_of_the_agreements_in_force() => Always(bureau =>
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Confirmed)).ShouldBe(Sums(bureau, Counts)));

    [Fact]
    public void What_counts_and_what_waits_is_what_would_count_if_all_were_confirmed() => Always(bureau =>
        Sums(bureau.Ledger.Postings).ShouldBe(Sums(bureau, WouldCount)));

    [Fact]
    public void Where_nothing_waits_nothing_is_pending() => Always(bureau =>
    {
        if (bureau.Agreements.Any(each => each.Agreement.Waiting is not null)) return;
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Pending)).ShouldBeEmpty();
    });

    [Fact]
    public void No_ceremony_industry_or_band_ever_counts_fewer_than_no_agreements() => Always(bureau =>
    {
        Sums(bureau.Ledger.Postings.Where(posting => posting.Status == PostingStatus.Confirmed)).Where(sum => sum.Count <= 0 || sum.Yuan <= 0).ShouldBeEmpty();
        Sums(bureau.Ledger.Postings).Where(sum => sum.Count <= 0 || sum.Yuan <= 0).ShouldBeEmpty();
    });

    [Fact]
    public void Split_by_any_dimension_the_rows_add_up_to_the_total() => Always(bureau =>
    {
        foreach (var by in Dimensions)
        {
            var rollup = ReadRollupFeature.Of(by, new PostingFilter(Status: PostingStatus.Confirmed), bureau.Ledger.Cells());
            rollup.Rows.Aggregate(Figure.Zero, (sum, row) => sum + new Figure(row.Signings, row.Amount)).ShouldBe(rollup.Total);
        }
    });

    [Fact]
    public void A_ceremonys_page_shows_the_agreements_in_force_there() => Always(bureau =>
    {
        foreach (var ceremony in bureau.Ceremonies)
        {
            var sheet = new CeremonySheet(ceremony.Id, ceremony.Name, ceremony.HeldOn, null, []);
            var figures = ReadCeremonyFeature.Of(sheet, new PostingFilter(Ceremony: ceremony.Id), bureau.Ledger.Cells(posting => posting.CeremonyId == ceremony.Id));
            var counting = bureau.Agreements.Where(each => each.Agreement.CeremonyId == ceremony.Id && Counts(each.Agreement) is not null).ToList();
            figures.Signings.ShouldBe(counting.Count);
            figures.Amount.Value.ShouldBe(counting.Sum(each => each.Agreement.Amount.Value));
            figures.AtLeast100Million.ShouldBe(counting.Count(each => each.Agreement.Amount.Value >= 100_000_000m));
            figures.Illustrative.ShouldBe(counting.Count(each => each.Illustrative));
            figures.BySizeBand.Sum(row => row.Signings).ShouldBe(figures.Signings);
            figures.ByIndustry.Sum(row => row.Signings).ShouldBe(figures.Signings);
        }
    });

    [Fact]
    public void No_project_is_counted_twice_in_a_ceremony() => Always(bureau =>
        bureau.Agreements.Where(each => each.Agreement.Status is AgreementStatus.Signed or AgreementStatus.InForce)
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
                foreach (var (agreement, _, _, _) in bureau.Agreements) seen.Add($"{agreement.Status} {agreement.Waiting}");
                foreach (var (_, view, _, _) in bureau.Agreements.Where(each => each.View.Returned is not null)) seen.Add($"{view.Status} returned {view.Returned!.What}");
            }
            if (bureau.Ceremonies.Any(ceremony => ceremony.Status is CeremonyStatus.Closed)) seen.Add("closed");
        }, iter: Iterations, threads: 1);
        seen.Order(StringComparer.Ordinal).ShouldBe(["Draft ", "InForce ", "InForce Amendment", "InForce Termination", "Signed Signing", "Terminated ", "closed", "draft returned signing", "in-force returned amendment", "in-force returned termination"]);
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

    private static Money? Counts(Agreement agreement) => agreement.Status is AgreementStatus.InForce ? agreement.Amount : null;

    private static Money? WouldCount(Agreement agreement) => agreement switch
    {
        { Waiting: Waiting.Termination } => null,
        { Status: AgreementStatus.Signed } => agreement.Amount,
        _ => Counts(agreement) is { } counted ? agreement.Proposed ?? counted : null,
    };

    /// <summary>By ceremony, industry, band and mark, without what cancels out.</summary>
    private static List<(Guid Ceremony, string Industry, string Band, bool Illustrative, int Count, decimal Yuan)> Sums(IEnumerable<Posting> postings) =>
        Order(postings.Select(posting => (posting.CeremonyId, posting.Industry, posting.SizeBand, posting.Illustrative, posting.Count, posting.Amount.Value)));

    private static List<(Guid Ceremony, string Industry, string Band, bool Illustrative, int Count, decimal Yuan)> Sums(Bureau bureau, Func<Agreement, Money?> counts) =>
        Order(bureau.Agreements.Where(each => counts(each.Agreement) is not null).Select(each =>
            (each.Agreement.CeremonyId, each.Industry, SizeBands.Of(counts(each.Agreement)!.Value), each.Illustrative, 1, counts(each.Agreement)!.Value)));

    private static List<(Guid Ceremony, string Industry, string Band, bool Illustrative, int Count, decimal Yuan)> Order(
        IEnumerable<(Guid Ceremony, string Industry, string Band, bool Illustrative, int Count, decimal Yuan)> lines) =>
        [.. lines.GroupBy(line => (line.Ceremony, line.Industry, line.Band, line.Illustrative))
            .Select(cell => (cell.Key.Ceremony, cell.Key.Industry, cell.Key.Band, cell.Key.Illustrative, cell.Sum(line => line.Count), cell.Sum(line => line.Yuan)))
            .Where(sum => sum.Item5 != 0 || sum.Item6 != 0)
            .OrderBy(sum => sum)];
}
