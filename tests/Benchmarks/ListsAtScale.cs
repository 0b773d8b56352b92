using System.Diagnostics;
using Luodi.Contracts;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>
/// Lists of 10,000, 100,000 and 1,000,000 agreements and projects, over HTTP at the services that keep them: filters, and words anywhere in a text.
/// Beside a search what the same words take where every row is looked at.
/// </summary>
internal static class ListsAtScale
{
    private const string Words = "(array['碳化硅', '功率器件', '光电传感', '医用影像', '细胞治疗', '工业机器人', '氮化镓', '减速器'])[1 + (hashint4(i * 3) & 7)]";

    private const string Kinds = "(array['封装', '外延', '检测', '制造', '研发', '测试', '装配', '总部'])[1 + (hashint4(i * 5) & 7)]";

    private static readonly (string Name, string Path)[] Agreements =
    [
        ("first page", "api/signings/agreements"),
        ("status and industry", "api/signings/agreements?status=in-force&industry=biomedicine"),
        ("a rare status", "api/signings/agreements?status=terminated"),
        ("signed in a month, 5亿 or more", "api/signings/agreements?signedFrom=2023-09-01&signedTo=2023-09-30&amountFrom=500000000"),
        ("a word of every project: 项目", "api/signings/agreements?q=项目"),
        ("of one in eight: 封装", "api/signings/agreements?q=封装"),
        ("two words: 碳化硅 总部", "api/signings/agreements?q=碳化硅 总部"),
        ("a character: 镓", "api/signings/agreements?q=镓"),
        ("of a few: 项目4321", "api/signings/agreements?q=项目4321"),
        ("of none: 量子", "api/signings/agreements?q=量子"),
        ("a number: B-009876", "api/signings/agreements?q=B-009876"),
        ("word and filter", "api/signings/agreements?q=封装&status=in-force&industry=microelectronics&tier=contract"),
        ("search everywhere: 减速器", "api/signings/search?q=减速器"),
    ];

    private static readonly (string Name, string Path)[] Projects =
    [
        ("projects: first page", "api/projects"),
        ("projects: 封装", "api/projects?q=封装"),
        ("projects: 封装, an industry", "api/projects?q=封装&industry=biomedicine"),
        ("projects: 项目4321", "api/projects?q=项目4321"),
    ];

    public static async Task Run(RunningLuodi luodi)
    {
        NpgsqlDataSource Of(string service) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(luodi.Postgres) { Database = $"luodi_{service}", CommandTimeout = 1800 });
        await using var signings = Of("signings");
        await using var projects = Of("projects");
        using var portal = new Api(luodi.Portal, luodi.Staff);
        using var manager = new Api(luodi.Signings, luodi.Manager);
        using var managersProjects = new Api(luodi.Projects, luodi.Manager);
        using var staff = new Api(luodi.Signings, luodi.Staff);
        // One of each as the services write it: the others are its copies under other names.
        var project = await portal.Post("api/projects/", Lead.Command);
        var ceremony = await portal.Post("api/signings/ceremonies", new { name = "benchmark", heldOn = "2023-09-28" });
        var agreement = await portal.Post("api/signings/agreements", new { number = "benchmark", projectId = project, ceremonyId = ceremony, counterparty = "benchmark", amount = Money.Yuan(1_000_000), illustrative = true });
        var results = new BySize(BySize.Sizes);
        var have = 0;
        foreach (var size in BySize.Sizes)
        {
            var began = Stopwatch.GetTimestamp();
            await Growing.Grow(projects, "projects", "mt_doc_project", Copies("projects.mt_doc_project", project, have, size, "b",
                $"'name', '示例' || {Words} || {Kinds} || '项目' || i, 'investor', '示例投资' || (hashint4(i * 7) & 4095) || '有限公司', 'industry', {Industry}, 'department', {Department}", await Columns(projects, "projects", "mt_doc_project")));
            await Growing.Grow(signings, "signings", "mt_doc_knownproject", Copies("signings.mt_doc_knownproject", project, have, size, "b", $"'name', '示例' || {Words} || {Kinds} || '项目' || i, 'industry', {Industry}, 'department', {Department}", await Columns(signings, "signings", "mt_doc_knownproject")));
            await Growing.Grow(signings, "signings", "mt_doc_agreementview", Copies("signings.mt_doc_agreementview", agreement, have, size, "a", $"""
                'projectName', '示例' || {Words} || {Kinds} || '项目' || i, 'number', 'B-' || lpad(i::text, 7, '0'), 'projectId', '00000000-0000-7000-b000-' || lpad(to_hex(i), 12, '0'), 'counterparty', '示例公司' || (hashint4(i * 11) & 65535) || '有限公司', 'industry', {Industry}, 'department', {Department},
                'status', case when i % 500 = 0 then 'terminated' when i % 50 = 0 then 'draft' else 'in-force' end, 'tier', (array['intent', 'framework', 'agreement', 'contract'])[1 + (hashint4(i * 13) & 3)],
                'signedOn', case when i % 50 > 0 or i % 500 = 0 then to_char(date '2019-01-01' + (hashint4(i * 17) & 2047), 'YYYY-MM-DD') end, 'amount', jsonb_build_object('value', (1 + (hashint4(i * 19) & 16383)) * 100000, 'currency', 'CNY')
                """, await Columns(signings, "signings", "mt_doc_agreementview")));
            have = size;
            await Console.Error.WriteLineAsync($"{size:N0} agreements and projects: written and indexed in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
            foreach (var (name, path) in Agreements) results.Note(name, await BySize.Median(() => manager.Get(path)), await Scan(signings, path));
            foreach (var (name, path) in Projects) results.Note(name, await BySize.Median(() => managersProjects.Get(path)));
            results.Note("of a department: 封装", await BySize.Median(() => staff.Get("api/signings/agreements?q=封装")));
        }
        Console.WriteLine();
        Console.WriteLine($"Lists: medians of {BySize.Turns - 1}, ms; in brackets the words looked for in every row");
        results.Print();
    }

    private const string Industry = "(array['microelectronics', 'intelligent-equipment', 'biomedicine', 'other'])[1 + (hashint4(i * 23) & 3)]";

    private const string Department = "'investment-' || 1 + (hashint4(i * 29) & 7)";

    private static string Copies(string table, Guid of, int from, int to, string kind, string changes, string columns) => $"""
        insert into {table} (id, data{columns}) select ('00000000-0000-7000-{kind}000-' || lpad(to_hex(i), 12, '0'))::uuid,
          d.data || jsonb_build_object('id', '00000000-0000-7000-{kind}000-' || lpad(to_hex(i), 12, '0'), {changes}){columns}
        from generate_series({from + 1}, {to}) i cross join {table} d where d.id = '{of}'
        """;

    /// <summary>What a table has beside the document.</summary>
    internal static async Task<string> Columns(NpgsqlDataSource store, string schema, string table)
    {
        await using var command = store.CreateCommand("select coalesce(string_agg(', ' || column_name, ''), '') from information_schema.columns where table_schema = $1 and table_name = $2 and column_name not in ('id', 'data')");
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(table);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<double?> Scan(NpgsqlDataSource store, string path)
    {
        if (!path.Contains("?q=", StringComparison.Ordinal) || path.Contains('&')) return null;
        var words = path[(path.IndexOf('=') + 1)..].Split(' ');
        async Task Ask()
        {
            await using var command = store.CreateCommand($"""
                select count(*) from signings.mt_doc_agreementview d left join signings.mt_doc_knownproject p on p.id = (d.data->>'projectId')::uuid
                where {string.Join(" and ", words.Select((_, place) => $"(d.data->>'number' ilike ${place + 1} or d.data->>'counterparty' ilike ${place + 1} or p.data->>'name' ilike ${place + 1})"))}
                """);
            foreach (var word in words) command.Parameters.AddWithValue($"%{word}%");
            await command.ExecuteScalarAsync();
        }
        await Ask();
        var began = Stopwatch.GetTimestamp();
        await Ask();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
