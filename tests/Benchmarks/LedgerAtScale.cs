using System.Diagnostics;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Rollups;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>
/// Figures over a ledger of 10,000, 100,000 and 1,000,000 agreements, in the running service's own database: by sealed sums beside the same question
/// asked of the postings alone, in one process, turn by turn; over HTTP what a reader waits for; and how fast the ledger takes in events while it is read.
/// </summary>
internal static class LedgerAtScale
{
    private const int PageOfEvents = 500;
    private const int IngestedAgreements = 10_000;
    // An agreement: its project's lead, its signing logged, confirmed; of one in five projects capital logged and confirmed.
    private static readonly (string Name, string Query)[] Rollups =
    [
        ("industry", "rows=industry"), ("size band", "rows=sizeBand"), ("ceremony", "rows=ceremony"), ("owner", "rows=owner"), ("block", "rows=block"), ("origin", "rows=origin"),
        ("industry code", "rows=industryCode"), ("channel", "rows=channel"), ("department", "rows=department"), ("month", "rows=month"), ("year", "rows=year"), ("tier", "rows=tier"), ("stage", "measure=stages-reached&rows=stage"),
        ("industry code, as of", "rows=industryCode&asOf"), ("owner, as of", "rows=owner&asOf"),
        ("industry × owner", "rows=industry&columns=owner"), ("ceremony × industry", "rows=ceremony&columns=industry"), ("block × origin", "rows=block&columns=origin"), ("owner × stage", "measure=stages-reached&rows=owner&columns=stage"),
        ("industry × month", "rows=industry&columns=month"), ("industry × owner, as of", "rows=industry&columns=owner&asOf"),
        ("any other: owner × channel", "rows=owner&columns=channel"), ("any other: code × block", "rows=industryCode&columns=block"),
    ];

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "api/reporting/overview"),
        ("a ceremony's page", $"api/reporting/ceremonies/{Ceremony(7)}"),
        ("rates of a fair's projects", "api/reporting/rates?by=ceremony"),
        ("rates of all projects", "api/reporting/rates?by=all"),
        ("postings of all", "api/reporting/postings?status=confirmed&tier=contract&newestFirst=true"),
        ("of a ceremony", $"api/reporting/postings?status=confirmed&tier=contract&ceremony={Ceremony(7)}"),
        ("of an owner", "api/reporting/postings?status=confirmed&tier=contract&owner=owner-7"),
        ("of a code and an owner", "api/reporting/postings?status=confirmed&tier=contract&owner=owner-7&industryCode=C1007"),
        ("of a month", "api/reporting/postings?status=confirmed&tier=contract&month=2022-03&newestFirst=true"),
    ];

    public static async Task Run(RunningLuodi luodi)
    {
        await using var inProcess = new ReportingInProcess(luodi);
        var store = inProcess.Database;
        using var reporting = new Api(luodi.Reporting, luodi.Manager);
        var size = new SegmentSize(Sealing.UsualSegment);
        var (quick, plain) = (new Sums(store, size), new Sums(store, size, sealedSums: false));
        await MakeCeremony(store);
        Console.WriteLine();
        Console.WriteLine($"Figures: medians of {BySize.Turns - 1}, ms; in brackets the same question asked of the postings alone");
        var results = new BySize(BySize.Sizes);
        var have = 0;
        foreach (var agreements in BySize.Sizes)
        {
            var began = Stopwatch.GetTimestamp();
            var position = await Grow(store, have, agreements);
            have = agreements;
            var grown = Stopwatch.GetElapsedTime(began);
            await Sealed(store, position);
            await Console.Error.WriteLineAsync($"{agreements:N0} agreements, {position:N0} postings: written in {grown.TotalSeconds:F0} s, sealed {(Stopwatch.GetElapsedTime(began) - grown).TotalSeconds:F0} s later");
            foreach (var (name, query) in Rollups)
            {
                var (filter, by) = Asked(query, position);
                var same = (await quick.Read(filter, by, default)).Sums.SequenceEqual((await plain.Read(filter, by, default)).Sums, new SumsEqual());
                if (!same) throw new InvalidOperationException($"{name}: sealed sums and postings do not agree.");
                results.Note(name, await BySize.Median(() => quick.Read(filter, by, default)), await BySize.Median(() => plain.Read(filter, by, default)));
            }
            foreach (var (name, path) in Pages) results.Note($"HTTP: {name}", await BySize.Median(() => reporting.Get(path)));
            results.Note("HTTP: rollup by owner", await BySize.Median(() => reporting.Get("api/reporting/rollups/table?rows=owner")));
        }
        results.Print();
        await Ingest(inProcess, reporting);
    }

    private static Guid Ceremony(int number) => Guid.Parse($"00000000-0000-7000-9000-{number:x12}");

    private static (PostingFilter Filter, IReadOnlyList<Dimension> By) Asked(string query, long position)
    {
        var asked = query.Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[^1], StringComparer.Ordinal);
        var measure = asked.GetValueOrDefault("measure", Measures.AgreedInvestment);
        // Half of the ledger, and a day in the middle of a month.
        var asOf = asked.ContainsKey("asOf");
        return (new PostingFilter(
                Measure: measure, Status: PostingStatus.Confirmed, Tier: measure == Measures.AgreedInvestment && asked["rows"] is not "tier" ? Tiers.Contract : null,
                Position: asOf ? position / 2 : null, EffectiveBy: asOf ? new DateOnly(2023, 6, 17) : null),
            [.. new[] { asked["rows"], asked.GetValueOrDefault("columns") }.OfType<string>().Select(name => Dimensions.ByName[name])]);
    }

    internal static async Task MakeCeremony(NpgsqlDataSource store)
    {
        var sheet = JsonSerializer.Serialize(new { id = Ceremony(7), name = "benchmark", heldOn = "2022-03-10", claims = Array.Empty<object>(), seals = Array.Empty<object>(), days = new[] { new { knownFrom = 0, heldOn = "2022-03-10" } } });
        await using var command = store.CreateCommand($"insert into reporting.mt_doc_ceremonysheet (id, data, mt_dotnet_type) values ('{Ceremony(7)}', '{sheet}', 'Luodi.Reporting.Ceremonies.CeremonySheet') on conflict do nothing");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes postings as the ledger would, all in one statement; without its lesser indexes, which are made anew after it.</summary>
    private static async Task<long> Grow(NpgsqlDataSource store, int from, int to)
    {
        await Growing.Grow(store, "reporting", "posting", "insert into reporting.ledger_head (one, position, recorded_at) values (true, 0, 'epoch') on conflict do nothing", "select * from reporting.ledger_head for update", $"""
            insert into reporting.posting (position, recorded_at, source, sequence, line, event_id, event_type, measure, status, currency, delta_count, delta_amount, effective_on, ceremony, agreement, project,
              industry, size_band, illustrative, department, tier, delta_upgrades, stage, money_origin, owner, block, origin, industry_code, channel, arranges)
            select n, timestamptz '2020-01-01' + n * interval '20 ms', '/nanhu/benchmark', n, 0, gen_random_uuid(), type, measure, status, 'CNY', sign, sign * case measure when 'stages-reached' then 0 when 'capital-in-place' then amount / 4 else amount end,
              signed, case measure when 'agreed-investment' then ceremony else '{Guid.Empty}' end, case measure when 'agreed-investment' then agreement else '{Guid.Empty}' end, project, industry,
              case when measure <> 'agreed-investment' then 'none' when amount < 10000000 then 'under-10m' when amount < 50000000 then '10m-50m' when amount < 100000000 then '50m-100m' when amount < 500000000 then '100m-500m' when amount < 1000000000 then '500m-1bn' else '1bn-up' end,
              true, department, case measure when 'agreed-investment' then tier else 'none' end, 0, stage, case measure when 'capital-in-place' then money else 'none' end, owner, block, origin, code, channel, false
            from (
              select row_number() over (order by i, k) + (select position from reporting.ledger_head) as n, *
              from (
                select i, date '2019-01-01' + (2400.0 * (i - {from}) / {to - from})::int + (hashint4(i) & 63) as signed, (1 + (hashint4(i * 3) & 16383)) * 100000::numeric as amount,
                  ('00000000-0000-7000-9000-' || lpad(to_hex(1 + (hashint4(i * 5) & 1023) % 200), 12, '0'))::uuid as ceremony,
                  ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid as agreement, ('00000000-0000-7000-b000-' || lpad(to_hex(i), 12, '0'))::uuid as project,
                  (array['microelectronics', 'intelligent-equipment', 'biomedicine', 'other'])[1 + (hashint4(i * 7) & 3)] as industry,
                  (array['intent', 'framework', 'agreement', 'agreement', 'agreement', 'contract', 'contract', 'contract'])[1 + (hashint4(i * 11) & 7)] as tier,
                  (array['domestic', 'domestic', 'domestic', 'foreign'])[1 + (hashint4(i * 13) & 3)] as money, 'investment-' || 1 + (hashint4(i * 17) & 7) as department, 'owner-' || (hashint4(i * 19) & 63) as owner,
                  'block-' || (hashint4(i * 23) & 15) as block, (array['province', 'outside-province', 'outside-province', 'foreign'])[1 + (hashint4(i * 29) & 3)] as origin, 'C' || 1000 + (hashint4(i * 31) & 511) as code,
                  'channel-' || (hashint4(i * 37) & 7) as channel
                from generate_series({from + 1}, {to}) i) a
              cross join lateral (
                select * from (values (1, 'lead_registered', 'stages-reached', 'confirmed', 1, 'lead'), (2, 'agreement_signed', 'agreed-investment', 'pending', 1, 'none'),
                  (3, 'signing_confirmed', 'agreed-investment', 'pending', -1, 'none'), (4, 'signing_confirmed', 'agreed-investment', 'confirmed', 1, 'none'),
                  (5, 'capital_logged', 'capital-in-place', 'pending', 1, 'none'), (6, 'capital_confirmed', 'capital-in-place', 'pending', -1, 'none'), (7, 'capital_confirmed', 'capital-in-place', 'confirmed', 1, 'none')
                ) v (k, type, measure, status, sign, stage) where k < 5 or i % 5 = 0) lines) posted;
            update reporting.ledger_head set position = (select max(position) from reporting.posting), recorded_at = (select max(recorded_at) from reporting.posting)
            """);
        return await Position(store);
    }

    /// <summary>Waits for the service, which seals.</summary>
    internal static async Task Sealed(NpgsqlDataSource store, long position)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            await using var command = store.CreateCommand("select coalesce((select position from reporting.ledger_sealed), 0)");
            if ((long)(await command.ExecuteScalarAsync())! + Sealing.UsualSegment > position) break;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(20)) throw new TimeoutException("The sums were not sealed.");
            await Task.Delay(200);
        }
        await using var analyze = store.CreateCommand("vacuum analyze reporting.ledger_sum");
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>The service's own way of an event into journal and ledger, page by page, while somebody asks for a rollup all the time and the service seals.</summary>
    private static async Task Ingest(ReportingInProcess inProcess, Api reporting)
    {
        var database = inProcess.Database;
        await Hear(read: false, 0);
        await Hear(read: true, 4 * IngestedAgreements);

        async Task Hear(bool read, int from)
        {
            var events = Enumerable.Range(0, IngestedAgreements).SelectMany(Story).Select((told, index) => Heard(told.Fact, told.Subject, told.On, from + index + 1)).ToList();
            using var done = new CancellationTokenSource();
            var reads = new List<double>();
            var reader = Task.Run(async () =>
            {
                while (read && !done.IsCancellationRequested)
                {
                    var asked = Stopwatch.GetTimestamp();
                    await reporting.Get("api/reporting/rollups/table?rows=industry&columns=owner");
                    reads.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }
            });
            var before = await Position(database);
            var began = Stopwatch.GetTimestamp();
            foreach (var page in events.Chunk(PageOfEvents)) await inProcess.Hear(page);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await done.CancelAsync();
            await reader;
            var postings = await Position(database) - before;
            Console.WriteLine();
            Console.WriteLine($"Intake at {BySize.Sizes[^1]:N0} agreements, {(read ? "read all the time" : "alone")}: {events.Count / seconds:N0} events/s journalled, {postings / seconds:N0} postings/s{(read ? $"; a rollup meanwhile took {reads.Median():F1} ms (median of {reads.Count}, p90 {reads.P90():F1})" : "")}");
        }
    }

    internal static IEnumerable<(object Fact, Guid Subject, DateOnly On)> Story(int number)
    {
        var (project, agreement, on) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new DateOnly(2025, 9, 1).AddDays(number % 28));
        yield return (new LeadRegistered(project, $"benchmark {number}", Industries.Microelectronics, "benchmark", null, Illustrative: true, "investment-1"), project, on);
        yield return (new AgreementDrafted(agreement, $"B-{number}", project, Ceremony(7), "benchmark", Industries.Microelectronics, Money.Yuan(90_000_000), Illustrative: true, "investment-1"), agreement, on);
        yield return (new AgreementSigned(agreement, project, Ceremony(7), Money.Yuan(90_000_000), on), agreement, on);
        yield return (new SigningConfirmed(agreement), agreement, on);
    }

    internal static CloudEvent Heard(object fact, Guid subject, DateOnly on, long sequence, string source = "/nanhu/benchmarked") => new()
    {
        Id = Guid.CreateVersion7(),
        Source = source,
        Type = EventTypes.NameOf(fact.GetType()),
        Subject = subject.ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Sequence = sequence,
        Previous = sequence - 1,
        Actor = "staff",
        EffectiveOn = on,
        Data = JsonSerializer.SerializeToElement(fact, fact.GetType(), WireJson.Options),
    };

    internal static async Task<long> Position(NpgsqlDataSource store)
    {
        await using var command = store.CreateCommand("select position from reporting.ledger_head");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed class SumsEqual : IEqualityComparer<Sum>
    {
        public bool Equals(Sum? x, Sum? y) => x is not null && y is not null && x.Keys.SequenceEqual(y.Keys) && x.Figure == y.Figure;

        public int GetHashCode(Sum obj) => obj.Figure.GetHashCode();
    }
}
