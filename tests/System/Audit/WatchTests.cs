using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Audit;

/// <summary>Whoever keeps something from the log, or stops it, is in it.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class WatchTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Stopping_Audit_is_recorded_and_so_is_how_long_it_was_away()
    {
        await AuditDesk.Signed();
        var before = await Last();
        await Site.Down("audit");
        // Told to go on as if it had been away for long: the mark of its last minute is put back.
        await using (var server = Site.Server("audit"))
        await using (var earlier = server.CreateCommand("update audit.heartbeat set at = at - interval '10 minutes'")) await earlier.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await (await Desk.Open()).Confirmed();
        await Site.Up("audit");
        await AuditDesk.Signed();
        var since = await Since(before);
        since.Select(each => each.Text("type")).ShouldBe(["audit_stopped", "audit_started"]);
        since[1]["data"]!.Number("downSeconds").ShouldBeGreaterThan(590);
        (await Site.Auditor.Get($"api/audit/entries/{since[0].Text("id")}")).Must(200);
    }

    [Fact]
    public async Task A_source_that_falls_silent_raises_an_alarm_and_is_recorded()
    {
        await Site.Restart("audit", ("Audit__SilentAfter", "00:00:01"));
        var before = await Last();
        await Site.Down("funds");
        try
        {
            await Eventually(async () => (await Since(before)).ShouldContain(each => each.Text("type") == "source_fell_silent" && each["data"]!.Text("source") == "/nanhu/funds" && each["data"]!.Text("cause") == "away"));
            (await Site.Health("audit"))["checks"]!["watch"]!.Text("says").ShouldContain("/nanhu/funds");
            (await Site.Auditor.Get("api/audit/standing")).Must(200).Rows("sources").Single(source => source.Text("source") == "/nanhu/funds")["silentSince"].ShouldNotBeNull();
        }
        finally
        {
            await Site.Up("funds");
        }
        await Eventually(async () => (await Since(before)).ShouldContain(each => each.Text("type") == "source_heard_again" && each["data"]!.Text("source") == "/nanhu/funds"));
        await Site.Restart("audit");
        await Site.AllHealthy();
    }

    [Fact]
    public async Task A_new_key_is_stated_by_the_old_one_and_both_sign()
    {
        await AuditDesk.Signed();
        var old = await Keys();
        var told = (await Site.EnvironmentOf("audit")).Select(pair => (pair.Key, pair.Value)).ToArray();
        await Site.Run("dotnet", [Site.Program("Audit"), "rotate"], told);
        await Eventually(async () => (await Keys()).Length.ShouldBe(old.Length + 1));
        var added = (await Keys()).Except(old).Single();
        var statement = (await Site.With(null).Get("api/audit/log/rotations")).Must(200).Text;
        statement.ShouldContain($"old {old[^1]}\n");
        statement.ShouldContain($"new {added}\n");
        await (await Desk.Open()).Confirmed();
        await AuditDesk.Signed();
        await Eventually(async () =>
        {
            var checkpoint = (await Site.With(null).Get("api/audit/log/checkpoint")).Must(200).Text;
            checkpoint.Split('\n').Count(line => line.StartsWith("— luodi/nanhu ", StringComparison.Ordinal)).ShouldBe(old.Length + 1);
        });
        (await Since(0)).ShouldContain(each => each.Text("type") == "log_key_added" && each["data"]!.Text("key") == added);
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
    }

    private static async Task<string[]> Keys() => (await Site.With(null).Get("api/audit/log/keys")).Must(200).Text.Trim().Split('\n');

    private static Task<long> Last() => Site.Ask<long>("audit", "select coalesce(max(seq_id), 0) from audit.mt_events where type <> 'tombstone'");

    private static async Task<IReadOnlyList<JsonNode>> Since(long place) => [.. JsonNode.Parse((await Site.Auditor.Get($"api/audit/feed?after={place}")).Must(200).Text)!.AsArray().Select(each => each!)];
}
