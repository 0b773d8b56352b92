using System.Diagnostics;
using Luodi.Contracts;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>One fund with 1,000 and 10,000 flows, as its page asks for it through the portal.</summary>
internal static class FundAtScale
{
    private const string Day = "2015-01-01";

    private static readonly int[] Sizes = [1_000, 10_000];

    // At once, before the page shows.
    private static readonly string[] Asked = ["/sheet", "/history?last=30", "/flows?limit=50"];

    public static async Task Run(RunningLuodi luodi)
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(luodi.Postgres) { Database = "luodi_funds", CommandTimeout = 600 });
        using var staff = new Api(luodi.Portal, luodi.Staff);
        using var second = new Api(luodi.Portal, luodi.SecondStaff);
        var fund = await staff.Post("api/funds", new { name = "benchmark", kind = "own-brand", targetSize = Money.Yuan(100_000_000_000), terms = new { hurdleRate = 8, carryRate = 20 } });
        var path = $"api/funds/{fund}";
        async Task<Guid> Confirmed(string what, object body)
        {
            var id = await staff.Post($"{path}/{what}", body);
            await second.Post($"{path}/confirm", new { entries = new[] { id } });
            return id;
        }
        var partner = await staff.Post($"{path}/partners", new { name = "benchmark", kind = "government" });
        await Confirmed("subscriptions", new { partnerId = partner, amount = Money.Yuan(100_000_000_000), on = Day });
        await Confirmed("flows", new { kind = "called", on = Day, amount = Money.Yuan(1_000_000), partnerId = partner });
        // As the service writes it: the others are its copies, on the days after it. Calls are paid, fees and income go between, and a part comes back.
        var flow = await Confirmed("flows", new { kind = "paid-in", on = Day, amount = Money.Yuan(1_000_000), partnerId = partner });
        var results = new BySize(Sizes);
        var have = 0;
        foreach (var size in Sizes)
        {
            var columns = await ListsAtScale.Columns(store, "funds", "mt_doc_flow");
            await Growing.Grow(store, "funds", "mt_doc_flow", $"""
                insert into funds.mt_doc_flow (id, data{columns}) select ('00000000-0000-7000-f000-' || lpad(to_hex(i), 12, '0'))::uuid,
                  d.data || jsonb_build_object('id', '00000000-0000-7000-f000-' || lpad(to_hex(i), 12, '0'), 'on', to_char(date '{Day}' + i / 3, 'YYYY-MM-DD'), 'kind', k.kind, 'amount', (1 + (hashint4(i) & 1023)) * case k.kind when 'paid-in' then 1000 else 300 end)
                    || case when k.kind in ('fee', 'income') then jsonb_build_object('partnerId', null) else jsonb_build_object() end{columns}
                from generate_series({have + 1}, {size}) i cross join lateral (select (array['paid-in', 'fee', 'income', 'distributed'])[1 + i % 4] kind) k cross join funds.mt_doc_flow d where d.id = '{flow}'
                """);
            have = size;
            // A version of the fund that knows of them.
            await staff.Post($"{path}/sizes", new { source = "benchmark", statedOn = Day, size = Money.Yuan(1) });
            foreach (var (name, at) in (IReadOnlyList<(string, string)>)[("fund", ""), ("a page of flows", "/flows"), ("figures", "/figures"), ("figures of an earlier day", "/figures?on=2020-06-30"), ("curve", "/curve"), ("bridge", "/bridge"), ("capital accounts", "/accounts"), ("the sheet of its page", "/sheet"), ("its last 30 events", "/history?last=30")])
            {
                results.Note(name, await BySize.Median(() => staff.Get($"{path}{at}")));
            }
            // Whoever comes first after a change waits for the flows to be read.
            results.Note("the sheet, the first after a change", await BySize.Median(() => staff.Get($"{path}/sheet"), () => staff.Post($"{path}/sizes", new { source = "benchmark", statedOn = Day, size = Money.Yuan(1) })));
            // All that the page asks for before it shows, at once as it does; beside it a bare reading of the flows, without a service, a token or a figure. In turns, so that both have the same machine.
            var (page, bare) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < BySize.Turns; turn++)
            {
                var (whole, alone) = (await Took(() => Task.WhenAll(Asked.Select(at => staff.Get($"{path}{at}")))), await Took(() => Read(store, fund)));
                if (turn == 0) continue;
                page.Add(whole);
                bare.Add(alone);
            }
            results.Note("all that its page asks for (bare reading)", page.Median(), bare.Median());
            results.Note("the same as a ratio", page.Zip(bare, (whole, alone) => whole / alone).ToList().Median());
        }
        Console.WriteLine();
        Console.WriteLine($"A fund by its flows: medians of {BySize.Turns - 1}, ms");
        results.Print();
    }

    private static async Task<double> Took(Func<Task> ask)
    {
        var began = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task Read(NpgsqlDataSource store, Guid fund)
    {
        await using var command = store.CreateCommand("select data from funds.mt_doc_flow where (data->>'fundId')::uuid = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = fund });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) reader.GetString(0);
    }
}
