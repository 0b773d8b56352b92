using System.Globalization;
using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Wire;

/// <summary>Pages as anybody reads them, and pages that come twice, late, forged or not at all.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class PagesTests : IAsyncLifetime
{
    private const string Signings = "nanhu.signings";

    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    // The next one mends what this one leaves behind.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stranger_reads_linked_pages_that_are_the_same_as_the_feed()
    {
        await using var stranger = await Stranger.Listen("reporting", Signings);
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed(12_345_678.90m);
        var heard = await stranger.ReadUntil("signing_confirmed", agreement);

        foreach (var (before, after) in heard.Zip(heard.Skip(1)))
        {
            after.Text("previous").ShouldBe(before.Text("sequence"));
            string.CompareOrdinal(after.Text("sequence"), before.Text("sequence")).ShouldBePositive();
        }
        foreach (var each in heard)
        {
            (each.Text("specversion"), each.Text("source"), each.Text("datacontenttype"), each.Text("sequence").Length, each.Text("previous").Length).ShouldBe(("1.0", "/nanhu/signings", "application/json", 20, 20));
            Guid.Parse(each.Text("id")).Version.ShouldBe(7);
            // CloudEvents: attribute names are lower-case letters and digits.
            each.AsObject().ShouldAllBe(attribute => attribute.Key.All(char.IsAsciiLetterOrDigit) && !attribute.Key.Any(char.IsAsciiLetterUpper));
        }
        var mine = heard.Where(each => each.Text("subject") == agreement.ToString()).ToList();
        mine.Select(each => (each.Text("type"), each.Text("actor"))).ShouldBe([("agreement_drafted", "staff"), ("agreement_signed", "staff"), ("signing_confirmed", "staff2")]);
        mine[1].Text("effectiveon").ShouldBe("2023-09-28");
        mine[1]["data"]!["amount"]!.ToJsonString().ShouldContain("12345678.90");

        await Eventually(async () => (await Feed(heard[0].Text("previous"))).Take(heard.Count).Select(each => each.ToJsonString()).ShouldBe(heard.Select(each => each.ToJsonString())));
    }

    [Fact]
    public async Task Pages_that_come_twice_out_of_order_or_forged_change_nothing()
    {
        await using var stranger = await Stranger.Listen("signings", Signings);
        var desk = await Desk.Open();
        await desk.Confirmed();
        var last = await desk.Confirmed(60_000_000);
        await desk.Shows(2, 150_000_000, 0);
        var (figures, postings) = ((await desk.Report()).ButForThePosition, await Ledger());

        var heard = await stranger.ReadUntil("signing_confirmed", last);
        var forged = heard.Select(each => each.DeepClone()).ToList();
        foreach (var each in forged.Where(each => each["data"]?["amount"] is not null)) each["data"]!["amount"]!["value"] = 999_000_000m;
        await stranger.Publish(Signings, [heard, .. heard.Chunk(2).Reverse(), [heard[^1]], forged, [.. heard.Reverse()]]);

        // One queue, one consumer, in order: what is confirmed now comes after all of that.
        var after = await Desk.Open();
        await after.Confirmed();
        await after.Shows(1, 90_000_000, 0);
        (await Ledger())[..postings.Length].ShouldBe(postings);
        (await desk.Report()).ButForThePosition.ShouldBe(figures);
    }

    [Fact]
    public async Task A_page_that_comes_before_its_predecessor_is_a_gap_and_the_feed_fills_it()
    {
        await using var stranger = await Stranger.Listen("signings", Signings);
        await using var broker = await Stranger.Listen("reporting", "nothing");
        var gaps = await Site.Logged("reporting", "A gap before /nanhu/signings");
        await broker.Withhold("reporting", Signings);
        var desk = await Desk.Open();
        var first = await desk.Confirmed();
        var earlier = await stranger.ReadUntil("signing_confirmed", first);
        var second = await desk.Confirmed(60_000_000);
        var later = await stranger.ReadUntil("signing_confirmed", second);
        await broker.LetThrough("reporting", Signings);

        await stranger.Publish(Signings, later, earlier);
        // Long before the minute after which Reporting would compare by itself.
        await desk.Shows(2, 150_000_000, 0, limit: TimeSpan.FromSeconds(20));
        (await Site.Logged("reporting", "A gap before /nanhu/signings")).ShouldBeGreaterThan(gaps);
        await Site.AllHealthy();
    }

    [Fact]
    public async Task A_page_withheld_is_noticed_the_last_one_too()
    {
        await Site.Restart("reporting", ("Luodi__CompareEvery", "00:00:02"));
        await using var broker = await Stranger.Listen("reporting", "nothing");
        await broker.Withhold("reporting", Signings);
        var desk = await Desk.Open();
        await desk.Confirmed();
        // Nothing comes after it, and the broker looks well.
        await desk.Shows(1, 90_000_000, 0, limit: TimeSpan.FromSeconds(20));
        (await Site.Ready("reporting")).ShouldBe("Healthy");
        await broker.LetThrough("reporting", Signings);
        await desk.Confirmed(10_000_000);
        await desk.Shows(2, 100_000_000, 0);
        await Site.Restart("reporting");
    }

    /// <summary>As after backups of different moments were put back: Reporting has heard three events that Signings has not.</summary>
    [Fact]
    public async Task Of_a_source_that_has_not_what_was_heard_of_it_nothing_is_taken_until_it_has()
    {
        await Site.Restart("reporting", ("Luodi__CompareEvery", "00:00:01"));
        const string head = "reporting.intake_head where source = '/nanhu/signings'";
        var (sequence, last) = (await Site.Ask<long>("reporting", $"select sequence from {head}"), await Site.Ask<Guid>("reporting", $"select event from {head}"));
        Task Heard(long until, Guid id) => Site.Ask<long>("reporting", "update reporting.intake_head set sequence = $1, event = $2 where source = '/nanhu/signings' returning sequence", until, id);
        Task<int> Refused() => Site.Logged("reporting", "its history has changed");

        await Heard(sequence + 3, Guid.CreateVersion7());
        await Eventually(async () => (await Site.Health("reporting")).ToJsonString().ShouldContain("its history has changed"));
        // Four events: three under numbers that are known, and one that connects.
        var desk = await Desk.Open();
        await desk.Confirmed();
        var refused = await Refused();
        await Eventually(async () => (await Refused()).ShouldBeGreaterThan(refused + 1));
        (await desk.Report()).Status.ShouldBe(404);
        (await Site.Ready("reporting")).ShouldBe("Degraded");

        await Heard(sequence, last);
        await desk.Shows(1, 90_000_000, 0);
        await Site.Restart("reporting");
    }

    [Fact]
    public async Task A_rolled_back_append_is_not_taken_for_a_gap()
    {
        await using var stranger = await Stranger.Listen("reporting", Signings);
        var (gaps, throughFeed) = (await Site.Logged("reporting", "A gap before /nanhu/signings"), await Site.Logged("reporting", "of /nanhu/signings came through the feed"));
        var desk = await Desk.Open();
        await desk.Confirmed();
        await desk.Shows(1, 90_000_000, 0);
        var burnt = await Site.Ask<long>("signings", "select nextval('signings.mt_events_sequence')");
        var agreement = await desk.Confirmed(10_000_000);
        await desk.Shows(2, 100_000_000, 0, limit: TimeSpan.FromSeconds(20));

        var heard = await stranger.ReadUntil("signing_confirmed", agreement);
        heard.Select(each => long.Parse(each.Text("sequence"), CultureInfo.InvariantCulture)).ShouldNotContain(burnt);
        foreach (var (before, after) in heard.Zip(heard.Skip(1))) after.Text("previous").ShouldBe(before.Text("sequence"));
        (await Site.Logged("reporting", "A gap before /nanhu/signings")).ShouldBe(gaps);
        (await Site.Logged("reporting", "of /nanhu/signings came through the feed")).ShouldBe(throughFeed);
        (await Site.Auditor.Get("api/reporting/intake")).Must(200).Rows("heads").ShouldAllBe(head => head["problem"] == null);
    }

    [Fact]
    public async Task The_ledger_made_anew_from_the_journal_is_the_same()
    {
        // What comes while Reporting is down it hears in one round, of many records.
        await Site.Down("reporting");
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        var second = await desk.Signed(10_000_000);
        await desk.Amend(agreement, 110_000_000);
        await desk.Confirm(second);
        await desk.Confirm(agreement);
        await Site.Up("reporting");
        await desk.Shows(2, 120_000_000, 1);
        await Site.Down("reporting");
        var before = (await Ledger(), await Kept());
        before.Item1.Length.ShouldBeGreaterThan(6);
        var told = (await Site.EnvironmentOf("reporting")).Concat(await Site.OwnerOf("reporting")).Select(pair => (pair.Key, pair.Value));
        await Site.Run("dotnet", [Site.Program("Reporting"), "rebuild"], [.. told]);
        var after = await Ledger();
        after.Length.ShouldBe(before.Item1.Length);
        after.Except(before.Item1).ShouldBeEmpty();
        (await Kept()).ShouldBe(before.Item2);

        // And it goes on from there.
        await Site.Up("reporting");
        await desk.Confirmed(10_000_000);
        await desk.Shows(3, 130_000_000, 1);
    }

    private static async Task<IReadOnlyList<JsonNode>> Feed(string after) =>
        [.. JsonNode.Parse((await Site.Auditor.Get($"api/signings/feed?after={long.Parse(after, CultureInfo.InvariantCulture)}")).Must(200).Text)!.AsArray().Select(each => each!)];

    // Every posting with all its columns.
    private static Task<string[]> Ledger() => Site.Ask<string[]>("reporting", "select coalesce(array_agg(p::text order by position), '{}') from reporting.posting p");

    // What else is made from the journal: the head of the ledger, accounts, ceremonies, whose records are.
    private static Task<string> Kept() => Site.Ask<string>("reporting", """
        select md5((select string_agg(h::text, '|') from reporting.ledger_head h)
          || (select string_agg(id || data::text, '|' order by id) from reporting.mt_doc_agreementaccount)
          || (select string_agg(id || data::text, '|' order by id) from reporting.mt_doc_ceremonysheet)
          || (select string_agg(id || data::text, '|' order by id) from reporting.mt_doc_knownrecord))
        """);
}
