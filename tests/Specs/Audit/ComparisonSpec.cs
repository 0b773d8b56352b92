using System.Text.Json;
using CsCheck;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Audit.Reconciling;
using Luodi.Contracts.Wire;
using Luodi.Proof;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Audit;

/// <summary>What somebody else keeps of a source, held beside the log.</summary>
public sealed class ComparisonSpec
{
    private const string Source = "/nanhu/signings";

    [Fact]
    public async Task What_agrees_gives_no_finding() => (await Compare(Events(1200), Events(1200))).ShouldBeEmpty();

    [Fact]
    public async Task A_changed_event_is_named_with_what_differs()
    {
        var there = Events(5);
        there[2] = there[2] with { Actor = "somebody", Data = JsonElement.Parse("{\"n\":99}") };
        (await Compare(Events(5), there)).ShouldBe([new(Places.Store, Source, 6, 2, FindingKinds.Changed, "actor, data")]);
    }

    [Fact]
    public async Task Of_an_event_whose_texts_were_erased_exactly_the_remainder_agrees()
    {
        var there = Events(3);
        there[1] = there[1] with { Data = JsonElement.Parse($"{{\"n\":\"{Erased.Mark}\"}}") };
        var erasures = new ApprovedErasures(new Dictionary<(string, long), string> { [(Source, 4)] = Erased.DigestOf(there[1].Data) });
        (await Compare(Events(3), there, erasures: erasures)).ShouldBeEmpty();
        (await Compare(Events(3), Events(3), erasures: erasures)).ShouldBeEmpty();
        (await Compare(Events(3), there)).ShouldBe([new(Places.Store, Source, 4, 1, FindingKinds.Changed, "data")]);
        there[0] = there[0] with { Data = there[1].Data };
        (await Compare(Events(3), there, erasures: erasures)).ShouldBe([new(Places.Store, Source, 2, 0, FindingKinds.Changed, "data")]);
        there[0] = Events(3)[0];
        there[1] = there[1] with { Data = JsonElement.Parse($"{{\"n\":\"{Erased.Mark}\",\"amount\":2}}") };
        (await Compare(Events(3), there, erasures: erasures)).ShouldBe([new(Places.Store, Source, 4, 1, FindingKinds.Changed, "data")]);
    }

    [Fact]
    public async Task A_missing_event_is_named_and_the_next_one_is_not_blamed_for_its_link()
    {
        var there = Events(5);
        there[3] = there[3] with { Previous = there[1].Sequence };
        there.RemoveAt(2);
        (await Compare(Events(5), there)).ShouldBe([new(Places.Store, Source, 6, 2, FindingKinds.Missing)]);
        (await Compare(Events(5), there, linksFollow: false)).ShouldBe([new(Places.Store, Source, 6, 2, FindingKinds.Missing), new(Places.Store, Source, 8, 3, FindingKinds.Changed, "previous")]);
    }

    [Fact]
    public async Task An_event_that_the_log_does_not_have_is_inserted()
    {
        var there = Events(5);
        there.Insert(2, there[2] with { Sequence = 5, Id = Guid.CreateVersion7() });
        (await Compare(Events(5), there)).ShouldBe([new(Places.Store, Source, 5, null, FindingKinds.Inserted)]);
    }

    [Fact]
    public async Task The_end_that_is_cut_off_is_missing()
    {
        var found = await Compare(Events(700), Events(600));
        found.Count.ShouldBe(100);
        found.ShouldAllBe(finding => finding.Kind == FindingKinds.Missing && finding.Sequence > 1200);
    }

    [Fact]
    public async Task An_event_that_comes_again_is_out_of_order()
    {
        var there = Events(5);
        there.Add(there[1]);
        (await Compare(Events(5), there)).ShouldBe([new(Places.Store, Source, 4, null, FindingKinds.OutOfOrder)]);
    }

    [Fact]
    public async Task What_came_after_the_comparison_began_and_what_may_still_be_on_its_way_is_no_finding()
    {
        (await Compare(Events(5), Events(9), head: 10)).ShouldBeEmpty();
        (await Compare(Events(5), Events(3), expected: entry => entry.Sequence <= 6)).ShouldBeEmpty();
    }

    /// <summary>Whatever single rows are changed, taken away and put in, exactly these are found.</summary>
    [Fact]
    public async Task Exactly_what_was_tampered_with_is_found()
    {
        var cases = Gen.Int[1, 60].SelectMany(count => Gen.Int[0, 3].Array[count]).Array[100];
        foreach (var fates in cases.Single())
        {
            var (log, there, expected) = (Events(fates.Length), new List<CloudEvent>(), new List<(long, string)>());
            foreach (var (at, fate) in fates.Index())
            {
                var entry = log[at];
                if (fate == 3)
                {
                    there.Add(entry with { Sequence = entry.Sequence - 1, Id = Guid.CreateVersion7() });
                    expected.Add((entry.Sequence - 1, FindingKinds.Inserted));
                }
                if (fate == 1) expected.Add((entry.Sequence, FindingKinds.Missing));
                else there.Add(fate == 2 ? entry with { Type = "other" } : entry);
                if (fate == 2) expected.Add((entry.Sequence, FindingKinds.Changed));
            }
            (await Compare(log, there)).Select(finding => (finding.Sequence!.Value, finding.Kind)).Order().ShouldBe(expected.Order());
        }
    }

    // Places 2, 4, 6 …: with holes, as those of a store.
    private static List<CloudEvent> Events(int count) => [.. Enumerable.Range(1, count).Select(nth => new CloudEvent
    {
        Id = new Guid(nth, 0, 0, new byte[8]), Source = Source, Type = "agreement_signed", Subject = Guid.Empty.ToString(), Time = DateTimeOffset.UnixEpoch.AddMinutes(nth),
        Sequence = 2 * nth, Previous = 2 * (nth - 1), Actor = "staff", Data = JsonElement.Parse($"{{\"n\":{nth}}}"),
    })];

    private static async Task<IReadOnlyList<Finding>> Compare(List<CloudEvent> log, IEnumerable<CloudEvent> there, bool linksFollow = true, long? head = null, Func<LogEntry, bool>? expected = null, ApprovedErasures? erasures = null)
    {
        var entries = log.Select((each, at) => new LogEntry(at, each.Id, each.Source, each.Sequence, each.Time, EventLeaf.Entry(each), EventLeaf.Payload(each))).ToList();
        var comparison = new Comparison(
            Places.Store, Source, head ?? log[^1].Sequence, (after, _) => Task.FromResult<IReadOnlyList<LogEntry>>([.. entries.Where(entry => entry.Sequence > after).Take(100)]), expected ?? (_ => true), linksFollow, erasures ?? ApprovedErasures.None);
        foreach (var heard in there) await comparison.Take(heard, TestContext.Current.CancellationToken);
        await comparison.End(TestContext.Current.CancellationToken);
        return comparison.Findings;
    }
}
