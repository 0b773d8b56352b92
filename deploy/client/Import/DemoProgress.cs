using Luodi.Client.Api;
using Luodi.Client.Workbook;

namespace Luodi.Client.Import;

/// <summary>
/// What has become of the workbook's made-up projects since their ceremony, and leads that have not come so far: made up too, so that the
/// board, the limits and the lists show something. Days count from the signing; the last rows have gone no further and are overdue.
/// </summary>
internal sealed class DemoProgress(LuodiApi staff, LuodiApi staff2, LuodiApi manager, TimeProvider clock)
{
    private const string Reason = "示意：演示数据补登";

    private static readonly (string Stage, int Days)[] Road =
        [("registered", 12), ("land-secured", 70), ("ground-broken", 160), ("completed", 520), ("in-production", 640), ("full-capacity", 1000)];

    private static readonly int[] StepsByPlace = [6, 5, 5, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0];

    private static readonly (string Name, string Industry, decimal Yuan, string[] Stages, string? Talk)[] Leads =
    [
        ("示意线索01·车规级传感器", "microelectronics", 300_000_000m, ["negotiating", "reviewed"], "评审会已通过，协议文本在改"),
        ("示意线索02·手术机器人", "biomedicine", 160_000_000m, ["negotiating"], "已看厂房两处，等对方报价"),
        ("示意线索03·工业视觉", "intelligent-equipment", 45_000_000m, ["negotiating"], null),
        ("示意线索04·光刻胶", "microelectronics", 520_000_000m, [], "电话联系，约下月来访"),
        ("示意线索05·细胞治疗", "biomedicine", 80_000_000m, [], null),
    ];

    // What of the amount arrives how long after the signing, how much of that in fixed assets.
    private static readonly (int Days, decimal Share, decimal Fixed, string Evidence)[] Arrivals =
        [(20, 0.1m, 0m, "capital-verification-report"), (170, 0.25m, 0.2m, "bank-slip"), (530, 0.3m, 0.3m, "equipment-list"), (650, 0.2m, 0.15m, "bank-slip")];

    private static readonly string[] Origins = ["province", "outside-province", "outside-province", "foreign"];

    private static readonly string[] Channels = ["招商推介会", "以商招商", "基金招商", "商会引荐"];

    private static readonly string[] Blocks = ["东片区", "西片区", "北片区"];

    // What every made-up paper obliges to, how many days after its signing, and what part of its amount.
    private static readonly (string Kind, int Days, decimal Share)[] Clauses = [("register", 60, 0m), ("invest", 365, 0.3m), ("break-ground", 200, 0m), ("produce", 1300, 0m)];

    // The first made-up projects are carried out by made-up enterprises; no registry gives out codes of this division.
    private static readonly (string Name, string CreditCode, string? Designation, string? Chain, string? Role)[] Enterprises =
    [
        ("示意芯片有限公司", "91000000DEM0000019", "high-tech", "集成电路", "leader"),
        ("示意装备有限公司", "91000000DEM000002C", "provincial-specialised", null, null),
        ("示意生物有限公司", "91000000DEM000003F", "innovative-sme", null, null),
        ("示意材料有限公司", "91000000DEM000004J", "national-little-giant", "集成电路", "member"),
        ("示意机器人有限公司", "91000000DEM000005M", "high-tech", "智能装备", "leader"),
        ("示意医械有限公司", "91000000DEM000006Q", "provincial-specialised", "生物医药", "member"),
        ("示意传感有限公司", "91000000DEM000007U", null, null, null),
        ("示意软件有限公司", "91000000DEM000008Y", "innovative-sme", null, null),
    ];

    // What this made-up bureau keeps of its projects beyond what every bureau does.
    private static readonly (string Name, string Kind, string[]? Options)[] Fields =
        [("示意·用地方式", "choice", ["出让", "先租后让", "租赁厂房"]), ("示意·用电负荷（千瓦）", "number", null), ("示意·首次来访", "date", null), ("示意·省级重点", "yes-no", null)];

    // What the first papers are conditional on, how many days after their signing, and what has become of it.
    private static readonly (string Text, int Days, string? Became)[] Conditions =
    [
        ("示意：环评批复取得后协议生效", 90, "met"), ("示意：三年内达到约定的亩均税收，方可申请二期用地", 2200, null), ("示意：设备进口许可取得", 300, null),
        ("示意：上级配套资金到位", 200, "waived"),
    ];

    // Yuan for a US dollar, made up as everything here is.
    private const decimal DollarRate = 7.2m;

    private static readonly (int Year, string Measure, string Kind, decimal Value)[] Targets =
    [
        (2023, "agreed-investment", "city-plan", 4_000_000_000m), (2023, "agreed-investment", "city-stretch", 4_500_000_000m), (2023, "agreed-investment", "province", 3_500_000_000m),
        (2026, "signings", "city-plan", 30m), (2026, "capital-in-place", "city-plan", 600_000_000m), (2026, "capital-in-place", "city-stretch", 800_000_000m),
    ];

    public async Task LogAsync(Plan plan, IReadOnlyList<Guid> projects, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var (place, (row, project)) in plan.Rows.Zip(projects).Index().Where(each => each.Item.First.Illustrative))
        {
            foreach (var (stage, days) in Road.Take(StepsByPlace[place % StepsByPlace.Length]))
            {
                var on = row.SignedOn.AddDays(days);
                if (on <= today) await staff.PostAsync($"api/projects/{project}/reach", new { stage, on, reason = Reason }, IdempotencyKey.Of(plan.Ceremony, row, stage), ct);
            }
        }
        var fields = await DefineAsync(plan, ct);
        foreach (var (place, (row, project)) in plan.Rows.Zip(projects).Index().Where(each => each.Item.First.Illustrative))
        {
            await DescribeAsync(plan, place, row, project, ct);
            await FillAsync(plan, place, row, project, fields, ct);
            await ObligeAsync(plan, place, row, project, ct);
            if (place < Enterprises.Length) await EnterAsync(plan, Enterprises[place], row, project, ct);
            foreach (var (step, (days, share, part, evidence)) in Arrivals.Take(StepsByPlace[place % StepsByPlace.Length] * 2 / 3).Index())
            {
                await ArriveAsync(plan, place, row, project, step, row.SignedOn.AddDays(days), share, part, evidence, today, ct);
            }
        }
        foreach (var (year, measure, kind, value) in Targets)
        {
            await manager.PostAsync("api/projects/definitions/targets", new { year, measure, kind, value, source = "示意：演示用目标", illustrative = true }, IdempotencyKey.Of(plan.Ceremony, $"{year} {measure}", kind), ct);
        }
        foreach (var (name, industry, yuan, stages, talk) in Leads)
        {
            string Key(string step) => IdempotencyKey.Of(plan.Ceremony, name, step);
            var lead = await staff.PostAsync<Created>("api/projects", new { name, industry, investor = "示意投资方", expectedInvestment = Money.Yuan(yuan), illustrative = true }, Key("register"), ct);
            foreach (var stage in stages) await staff.PostAsync($"api/projects/{lead.Id}/reach", new { stage }, Key(stage), ct);
            if (name == Leads[0].Name) await staff.PostAsync($"api/projects/{lead.Id}/contacts", new { name = "联系人（示例）", position = "驻场代表", organisation = "示意投资方", note = "示意：虚构，不指任何人" }, Key("contact"), ct);
            if (talk is not null) await staff.PostAsync($"api/projects/{lead.Id}/follow-ups", new { text = talk }, Key("follow-up"), ct);
            if (name == Leads[0].Name) await EnterTwiceAsync(lead.Id, name, industry, yuan, Key, ct);
        }
    }

    // The same lead from another fair: entered once more, and merged when somebody saw that it is the same.
    private async Task EnterTwiceAsync(Guid into, string name, string industry, decimal yuan, Func<string, string> key, CancellationToken ct)
    {
        var twice = await staff.PostAsync<Created>(
            "api/projects", new { name = $"{name}项目", industry, investor = "示意投资方", expectedInvestment = Money.Yuan(yuan), illustrative = true, another = "示意：另一场推介会的线索" }, key("twice"), ct);
        await manager.PostAsync($"api/projects/{twice.Id}/merge", new { intoId = into, reason = "示意：经核实为同一项目" }, key("merge"), ct);
    }

    private async Task<IReadOnlyList<Guid>> DefineAsync(Plan plan, CancellationToken ct)
    {
        List<Guid> fields = [];
        foreach (var (name, kind, options) in Fields)
        {
            fields.Add((await manager.PostAsync<FieldDefined>("api/projects/fields", new { name, kind, options }, IdempotencyKey.Of(plan.Ceremony, name, "define"), ct)).FieldId);
        }
        return fields;
    }

    // Of every fourth project nothing is known yet.
    private async Task FillAsync(Plan plan, int place, WorkbookRow row, Guid project, IReadOnlyList<Guid> fields, CancellationToken ct)
    {
        if (place % 4 == 3) return;
        string?[] values = [Fields[0].Options![place % 3], $"{800 + (place * 150)}", $"{row.SignedOn.AddDays(-60 - (place * 5)):yyyy-MM-dd}", place % 3 == 0 ? "yes" : "no"];
        await staff.PostAsync($"api/projects/{project}/fill", new { fields = fields.Zip(values).ToDictionary(each => each.First, each => each.Second) }, IdempotencyKey.Of(plan.Ceremony, row, "fill"), ct);
    }

    private Task DescribeAsync(Plan plan, int place, WorkbookRow row, Guid project, CancellationToken ct)
    {
        var origin = Origins[place % Origins.Length];
        return staff.PostAsync($"api/projects/{project}/describe", new
        {
            plannedInvestment = Money.Yuan(row.AmountYuan),
            origin,
            country = origin == "foreign" ? "DE" : null,
            channel = Channels[place % Channels.Length],
            block = Blocks[place % Blocks.Length],
        }, IdempotencyKey.Of(plan.Ceremony, row, "describe"), ct);
    }

    private async Task EnterAsync(Plan plan, (string Name, string CreditCode, string? Designation, string? Chain, string? Role) made, WorkbookRow row, Guid project, CancellationToken ct)
    {
        string Key(string step) => IdempotencyKey.Of(plan.Ceremony, made.CreditCode, step);
        var enterprise = (await staff.PostAsync<Created>("api/projects/enterprises", new
        {
            name = made.Name,
            creditCode = made.CreditCode,
            registeredOn = row.SignedOn.AddDays(12),
            registeredCapital = Money.Yuan(decimal.Round(row.AmountYuan / 10, 2)),
            industry = row.Industry,
            illustrative = true,
        }, Key("enter"), ct)).Id;
        await staff.PostAsync($"api/projects/enterprises/{enterprise}/link", new { projectId = project }, Key("link"), ct);
        if (made.Chain is not null) await staff.PostAsync($"api/projects/enterprises/{enterprise}/chain", new { chain = made.Chain, role = made.Role }, Key("chain"), ct);
        if (made.Designation is null) return;
        await staff.PostAsync($"api/projects/enterprises/{enterprise}/designations", new
        {
            kind = made.Designation,
            authority = "示意认定部门",
            number = $"示意-{made.CreditCode[^5..]}",
            grantedOn = row.SignedOn.AddDays(400),
            expiresOn = row.SignedOn.AddDays(400 + 1095),
        }, Key("designation"), ct);
    }

    private async Task ObligeAsync(Plan plan, int place, WorkbookRow row, Guid project, CancellationToken ct)
    {
        var papers = await staff.GetAsync<AgreementPage>($"api/signings/agreements?project={project}", ct);
        if (papers.Items is not [{ Id: { } agreement }, ..]) return;
        foreach (var (kind, days, share) in Clauses)
        {
            await staff.PostAsync("api/signings/obligations", new
            {
                agreementId = agreement,
                kind,
                dueOn = row.SignedOn.AddDays(days),
                amount = share == 0 ? null : Money.Yuan(decimal.Round(row.AmountYuan * share, 2)),
            }, IdempotencyKey.Of(plan.Ceremony, row, $"clause {kind}"), ct);
        }
        if (place < Conditions.Length) await ConditionAsync(plan, Conditions[place], row, agreement, ct);
    }

    private async Task ConditionAsync(Plan plan, (string Text, int Days, string? Became) made, WorkbookRow row, Guid agreement, CancellationToken ct)
    {
        string Key(string step) => IdempotencyKey.Of(plan.Ceremony, row, $"condition {step}");
        var dueOn = row.SignedOn.AddDays(made.Days);
        var conditionId = (await staff.PostAsync<ConditionNoted>($"api/signings/agreements/{agreement}/conditions", new { text = made.Text, dueOn }, Key("noted"), ct)).ConditionId;
        if (made.Became is "met") await staff.PostAsync($"api/signings/agreements/{agreement}/meet-condition", new { conditionId, on = dueOn.AddDays(-10), evidence = "示意批复 001" }, Key("met"), ct);
        if (made.Became is "waived") await staff.PostAsync($"api/signings/agreements/{agreement}/waive-condition", new { conditionId, reason = "示意：改由区级资金配套" }, Key("waived"), ct);
    }

    // Foreign investors pay in dollars; the last of all waits for a second person.
    private async Task ArriveAsync(Plan plan, int place, WorkbookRow row, Guid project, int step, DateOnly on, decimal share, decimal part, string evidence, DateOnly today, CancellationToken ct)
    {
        if (on > today) return;
        var foreign = Origins[place % Origins.Length] == "foreign";
        Money In(decimal of) => foreign ? new(decimal.Round(row.AmountYuan * of / DollarRate, 2), "USD") : Money.Yuan(decimal.Round(row.AmountYuan * of, 2));
        var entry = await staff.PostAsync<Created>("api/projects/capital", new
        {
            projectId = project,
            arrivedOn = on,
            amount = In(share),
            fixedAssets = In(part),
            rate = foreign ? DollarRate : (decimal?)null,
            rateSource = foreign ? "示意汇率" : null,
            evidence,
            evidenceNumber = $"示意-{row.Number}-{step + 1}",
            illustrative = true,
        }, IdempotencyKey.Of(plan.Ceremony, row, $"capital {step}"), ct);
        if (place % StepsByPlace.Length == 14) return;
        await staff2.PostAsync($"api/projects/capital/{entry.Id}/confirm", new { }, IdempotencyKey.Of(plan.Ceremony, row, $"capital {step} confirmed"), ct);
    }
}
