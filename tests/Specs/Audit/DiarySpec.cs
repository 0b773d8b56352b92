using Luodi.Audit.Watching;
using Luodi.Contracts.Audit;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Audit;

/// <summary>What happens to the log is news once.</summary>
public sealed class DiarySpec
{
    private const string Funds = "/nanhu/funds";

    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_source_that_falls_silent_and_is_heard_again_is_news_each_time()
    {
        var log = After(new AuditStarted(AuditLog.Only, 0));
        Diary.Source(log, Funds, cause: null).ShouldBeEmpty();
        Diary.Source(log, Funds, SilenceCauses.Away).ShouldBe([new SourceFellSilent(AuditLog.Only, Funds, SilenceCauses.Away)]);
        var silent = After(new AuditStarted(AuditLog.Only, 0), new SourceFellSilent(AuditLog.Only, Funds, SilenceCauses.Away));
        silent.Silent.ShouldBe([new(Funds, SilenceCauses.Away, Noon)]);
        Diary.Source(silent, Funds, SilenceCauses.Away).ShouldBeEmpty();
        Diary.Source(silent, Funds, SilenceCauses.RelayStopped).ShouldBe([new SourceFellSilent(AuditLog.Only, Funds, SilenceCauses.RelayStopped)]);
        Diary.Source(silent, Funds, cause: null).ShouldBe([new SourceHeardAgain(AuditLog.Only, Funds)]);
        After(new AuditStarted(AuditLog.Only, 0), new SourceFellSilent(AuditLog.Only, Funds, SilenceCauses.Away), new SourceHeardAgain(AuditLog.Only, Funds)).Silent.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_signs_from_now_on_and_one_that_does_not_any_more_are_news()
    {
        var log = After(new AuditStarted(AuditLog.Only, 0), new LogKeyAdded(AuditLog.Only, "a"), new LogKeyAdded(AuditLog.Only, "b"));
        Diary.Keys(log, ["a", "b"]).ShouldBeEmpty();
        Diary.Keys(log, ["b", "c"]).ShouldBe([new LogKeyAdded(AuditLog.Only, "c"), new LogKeyRetired(AuditLog.Only, "a")]);
        After(new AuditStarted(AuditLog.Only, 0), new LogKeyAdded(AuditLog.Only, "a"), new LogKeyRetired(AuditLog.Only, "a")).Keys.ShouldBeEmpty();
    }

    [Fact]
    public void Being_started_again_forgets_nothing() =>
        After(new AuditStarted(AuditLog.Only, 0), new LogKeyAdded(AuditLog.Only, "a"), new AuditStopped(AuditLog.Only), new AuditStarted(AuditLog.Only, 30)).Keys.ShouldBe(["a"]);

    private static AuditLog After(params object[] facts) => facts.Aggregate((AuditLog?)null, (log, fact) => AuditLogHistory.Evolve(log, fact, Noon))!;
}
