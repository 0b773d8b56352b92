using System.Globalization;
using Npgsql;

namespace Luodi.SystemTests.Audit;

/// <summary>
/// Whoever runs the server can change any row of it. Each kind of change in each table of events is found and named by its place; and put back, nothing is found any more.
/// Nothing else runs meanwhile.
/// </summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class TamperingTests
{
    // Each on a row A of its own; B is the one after it.
    private static readonly (string Change, string Found)[] OfOneEvent =
    [
        ("update EVENTS set data = data || '{\"amended\": true}' where seq_id = A", "changed (data)"),
        ("delete from EVENTS where seq_id = A", "missing"),
        ("update EVENTS set user_name = 'somebody' where seq_id = A", "changed (actor)"),
        ("update EVENTS set seq_id = -1 where seq_id = A; update EVENTS set seq_id = A where seq_id = B; update EVENTS set seq_id = B where seq_id = -1", "changed ("),
        ("update EVENTS set timestamp = timestamp - interval '1 day' where seq_id = A", "changed (time)"),
        ("update EVENTS set type = type || '_too' where seq_id = A", "changed (type)"),
        ("update EVENTS set headers = headers || '{\"effectiveon\": \"2020-01-01\"}' where seq_id = A", "changed (effectiveon)"),
        ("update EVENTS set id = gen_random_uuid() where seq_id = A", "changed (id)"),
        ("update EVENTS set is_archived = true where seq_id = A", "put-away"),
        ("update EVENTS set version = version + 100000 where seq_id = A", "version-out-of-order"),
    ];

    private static readonly (string Change, string Found)[] OfTheJournal =
    [
        ("update reporting.mt_events set data = jsonb_set(data, '{event,data,amended}', 'true') where seq_id = A", "changed (data)"),
        ("update reporting.mt_events set data = jsonb_set(data, '{event,actor}', '\"somebody\"') where seq_id = A", "changed (actor)"),
        ("update reporting.mt_events set data = jsonb_set(data, '{event,source}', '\"/nanhu/nobody\"') where seq_id = A", "inserted"),
        ("delete from reporting.mt_events where seq_id = A", "missing"),
        ("insert into reporting.mt_events select (jsonb_populate_record(e, jsonb_build_object('seq_id', (select max(seq_id) from reporting.mt_events) + 1000000, 'id', gen_random_uuid(), 'version', 100000))).* from reporting.mt_events e where seq_id = A", "out-of-order"),
    ];

    private static readonly (string Table, string Key, string Change, string Found)[] OfTheLog =
    [
        ("log_entry", "index", "update audit.log_entry set header = set_byte(header, 12, get_byte(header, 12) # 1) where index = 5", "changed"),
        ("log_entry", "index", "update audit.log_entry set payload = '{}' where index = 8", "payload-changed"),
        ("log_entry", "index", "update audit.log_entry set sequence = sequence + 1000000 where index = 11", "changed"),
        ("log_entry", "index", "update audit.log_entry set index = -1 where index = 14; update audit.log_entry set index = 14 where index = 15; update audit.log_entry set index = 15 where index = -1", "tree-broken"),
        ("log_tile", "level || '/' || index", "update audit.log_tile set hashes = set_byte(hashes, 7, get_byte(hashes, 7) # 1) where level = 0 and index = 0", "tree-broken"),
        ("log_checkpoint", "size", "update audit.log_checkpoint set note = overlay(note placing 'A' from length(note) - 12) where size = (select min(size) from audit.log_checkpoint)", "checkpoint-broken"),
        ("log_checkpoint", "size", "update audit.log_checkpoint set size = size + 100000 where size = (select max(size) from audit.log_checkpoint)", "shortened"),
    ];

    private static Site Site => Site.Here;

    [Fact]
    public async Task Every_kind_of_change_of_one_row_is_found()
    {
        await AuditDesk.Enough();
        // A rolled-back append burns a place, and somebody puts an event there later.
        var hole = await Site.Ask<long>("signings", "select nextval('signings.mt_events_sequence')");
        await (await Desk.Open()).Confirmed();
        await AuditDesk.Signed();
        var expected = new List<(string Place, string? Source, long? Sequence, string Found)>();
        await using var tampering = new Tampering();
        foreach (var service in AuditDesk.Sources)
        {
            var (rows, events) = (await Rows(service), AuditDesk.EventsOf(service));
            // The others have as many as they have.
            if (service is "signings" or "projects" or "reporting") rows.Count.ShouldBeGreaterThan((3 * OfOneEvent.Length) + 3);
            foreach (var (nth, (change, found)) in OfOneEvent.Index())
            {
                // Apart from one another: what is next to a change must not be taken for it.
                if ((3 * nth) + 3 >= rows.Count) break;
                var (after, at) = (rows[3 * nth], rows[(3 * nth) + 1]);
                await tampering.Do(service, events, "seq_id", change.Replace("EVENTS", events, StringComparison.Ordinal).Replace("= A", $"= {at}", StringComparison.Ordinal).Replace("= B", $"= {after}", StringComparison.Ordinal));
                expected.Add(("store", $"/nanhu/{service}", at, found));
            }
        }
        await tampering.Do("projects", "projects.mt_streams", "id", "update projects.mt_streams set version = version - 1 where id = (select id from projects.mt_streams order by id limit 1)");
        expected.Add(("store", "/nanhu/projects", null, "record-disagrees"));
        await tampering.Do("signings", "signings.mt_events", "seq_id",
            $"insert into signings.mt_events select (jsonb_populate_record(e, jsonb_build_object('seq_id', {hole}, 'id', gen_random_uuid(), 'version', 100000))).* from signings.mt_events e where seq_id = (select max(seq_id) from signings.mt_events)");
        expected.Add(("store", "/nanhu/signings", hole, "inserted"));
        var journal = await Site.Ask<long[]>("reporting", "select array_agg(seq_id order by seq_id desc) from reporting.mt_events where type <> 'tombstone'");
        foreach (var (nth, (change, found)) in OfTheJournal.Index())
        {
            // Of the oldest: what was heard a moment ago may not have come to the journal yet.
            await tampering.Do("reporting", "reporting.mt_events", "seq_id", change.Replace("= A", $"= {journal[^(31 + (3 * nth))]}", StringComparison.Ordinal));
            expected.Add(("journal", null, null, found));
        }
        foreach (var (table, key, change, found) in OfTheLog)
        {
            await tampering.Do("audit", $"audit.{table}", key, change);
            expected.Add(("log", null, null, found));
        }

        var said = await Said(tampering);
        foreach (var (place, source, sequence, found) in expected)
        {
            said.ShouldContain(finding => finding.Place == place && (source == null || finding.Source == source) && (sequence == null || finding.Sequence == sequence) && finding.Kind.StartsWith(found, StringComparison.Ordinal), $"{place} {source} {sequence}: {found}");
        }
    }

    [Fact]
    public async Task A_store_that_was_emptied_or_put_back_to_an_earlier_day_is_found()
    {
        await AuditDesk.Enough();
        var expected = new List<(string Place, string Source, long? Sequence)>();
        await using (var emptied = new Tampering())
        {
            foreach (var service in AuditDesk.Sources)
            {
                expected.Add(("store", $"/nanhu/{service}", (await Rows(service))[^1]));
                await emptied.Do(service, AuditDesk.EventsOf(service), "seq_id", $"truncate {AuditDesk.EventsOf(service)}");
            }
            await emptied.Do("reporting", "reporting.mt_events", "seq_id", "truncate reporting.mt_events");
            expected.Add(("journal", "/nanhu/signings", null));
            await AllMissing(await Said(emptied));
        }
        expected.Clear();
        await AuditDesk.Signed();
        await using var earlier = new Tampering();
        foreach (var service in AuditDesk.Sources)
        {
            var from = (await Rows(service))[2];
            expected.Add(("store", $"/nanhu/{service}", from));
            await earlier.Do(service, AuditDesk.EventsOf(service), "seq_id", $"delete from {AuditDesk.EventsOf(service)} where seq_id >= {from}");
        }
        await AllMissing(await Said(earlier));

        Task AllMissing(IReadOnlyList<(string Place, string Source, long? Sequence, string Kind)> said)
        {
            foreach (var (place, source, sequence) in expected)
            {
                said.ShouldContain(finding => finding.Place == place && finding.Source == source && (sequence == null || finding.Sequence == sequence) && finding.Kind == "missing", $"{place} {source} {sequence}");
            }
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_log_that_was_put_back_to_an_earlier_day_is_found_refused_by_the_verifier_and_signs_nothing_more()
    {
        var folder = Directory.CreateTempSubdirectory("luodi-put-back").FullName;
        var desk = await Desk.Open();
        var paper = await desk.Confirmed();
        await AuditDesk.Signed();
        var id = (await desk.HistoryOf(paper))[0].Text("eventId");
        await Site.Down("audit");
        await Databases("create database luodi_audit_earlier template luodi_audit");
        await Site.Up("audit");
        // More of Audit's own events than what the earlier one says, lest somebody hears one of those for the first time.
        for (var nth = 0; nth < 8; nth++) await AuditDesk.Reconcile();
        await desk.Confirmed();
        var size = (await AuditDesk.Signed()).Long("size");
        await Evidence.Pin(folder);

        await Site.Down("audit");
        await Databases("alter database luodi_audit rename to luodi_audit_kept", "alter database luodi_audit_earlier rename to luodi_audit");
        try
        {
            // By hand: deploy/up waits for a healthy one.
            var told = (await Site.EnvironmentOf("audit")).Select(pair => (pair.Key, pair.Value)).ToArray();
            using var audit = Site.Start("dotnet", [Site.Program("Audit")], told);
            var said = Task.WhenAll(audit.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), audit.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            try
            {
                await Eventually(async () => (await Site.Ready("audit")).ShouldBe("Degraded"));
                (await AuditDesk.Reconcile()).Rows("findings").ShouldContain(finding => finding.Text("place") == "log" && finding.Text("kind") == "shortened");
                // Grown beyond what was signed it is as long as it should be, and another one.
                for (var nth = 0; nth < 8; nth++) await desk.Confirmed();
                await Eventually(async () => (await Site.Ask<long>("audit", "select size from audit.log_head")).ShouldBeGreaterThan(size));
                (await AuditDesk.Reconcile()).Rows("findings").ShouldContain(finding => finding.Text("place") == "log" && finding.Text("kind") == "checkpoint-broken" && finding.Long("index") == size);
                (await Site.Health("audit"))["checks"]!["log"]!.Text("says").ShouldStartWith("no checkpoint is signed");
                await File.WriteAllBytesAsync(Path.Combine(folder, "pack.zip"), await Evidence.Bytes($"evidence.zip?event={id}"), TestContext.Current.CancellationToken);
                (await Evidence.Verify(folder, 1)).ShouldContain("checkpoint");
            }
            finally
            {
                audit.Kill();
                await audit.WaitForExitAsync(TestContext.Current.CancellationToken);
                await said;
            }
        }
        finally
        {
            await Databases("drop database luodi_audit", "alter database luodi_audit_kept rename to luodi_audit");
            await Site.Up("audit");
            Directory.Delete(folder, recursive: true);
        }
        await AuditDesk.Signed();
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
        await Site.AllHealthy();
    }

    [Theory]
    [InlineData("signings", "signings.mt_events"), InlineData("projects", "projects.mt_events"), InlineData("funds", "funds.mt_events"), InlineData("portal", "portal.mt_events"), InlineData("reporting", "reporting.mt_events"), InlineData("reporting", "reports.mt_events")]
    [InlineData("audit", "audit.mt_events"), InlineData("audit", "audit.log_entry")]
    public async Task The_login_of_a_service_cannot_change_what_is_written_once(string service, string table)
    {
        foreach (var change in (string[])[$"update {table} set {(table.EndsWith("log_entry", StringComparison.Ordinal) ? "header = header" : "data = data")}", $"delete from {table}", $"truncate {table}", $"drop table {table}", $"alter table {table} add column x int", $"create trigger t before insert on {table} for each row execute function suppress_redundant_updates_trigger()"])
        {
            await using var store = await Site.Store(service);
            await using var command = store.CreateCommand(change);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken), change)).SqlState.ShouldBe("42501", change);
        }
    }

    private static async Task Databases(params string[] changes)
    {
        await using var server = Site.Server("reporting");
        foreach (var change in changes)
        {
            await using var command = server.CreateCommand(change);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    // The newest first.
    private static async Task<IReadOnlyList<long>> Rows(string service) => await Site.Ask<long[]>(service, $"select array_agg(seq_id order by seq_id desc) from {AuditDesk.EventsOf(service)} where type <> 'tombstone'");

    /// <summary>What a comparison finds; after all is put back, that nothing is found.</summary>
    private static async Task<IReadOnlyList<(string Place, string Source, long? Sequence, string Kind)>> Said(Tampering tampering)
    {
        var report = await AuditDesk.Reconcile();
        (await Site.Ready("audit")).ShouldBe("Degraded");
        await tampering.DisposeAsync();
        report.Json!["reconciliation"]!["problem"].ShouldBeNull();
        var clean = await AuditDesk.Reconcile();
        clean.Rows("findings").ShouldBeEmpty(clean.Text);
        await Site.AllHealthy();
        return [.. report.Rows("findings").Select(finding => (finding.Text("place"), finding.Text("source"), finding["sequence"]?.GetValue<long>(), $"{finding.Text("kind")}{(finding["fields"] is { } fields ? $" ({fields.GetValue<string>()})" : "")}"))];
    }

    /// <summary>Changes behind the services' back, each of which is put back; what comes in meanwhile is left alone.</summary>
    private sealed class Tampering : IAsyncDisposable
    {
        private readonly Stack<(string Service, string Undo)> _undo = new();

        public async Task Do(string service, string table, string key, string change)
        {
            var n = _undo.Count.ToString(CultureInfo.InvariantCulture);
            await Run(service, $"""
                begin;
                set local session_replication_role = replica;
                drop table if exists public.before{n}, public.gone{n}, public.come{n};
                create table public.before{n} as select * from {table};
                {change};
                create table public.gone{n} as select * from public.before{n} except select * from {table};
                create table public.come{n} as select * from {table} except select * from public.before{n};
                commit
                """);
            _undo.Push((service, $"""
                begin;
                set local session_replication_role = replica;
                delete from {table} where ({key}) in (select {key} from public.come{n}) or ({key}) in (select {key} from public.gone{n});
                insert into {table} select * from public.gone{n};
                drop table public.before{n}, public.gone{n}, public.come{n};
                commit
                """));
        }

        public async ValueTask DisposeAsync()
        {
            while (_undo.TryPop(out var last)) await Run(last.Service, last.Undo);
        }

        private static async Task Run(string service, string sql)
        {
            await using var server = Site.Server(service);
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
