using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>
/// What has become of the workbook's made-up projects since their ceremony, and leads that have not come so far: made up too, so that the
/// board, the limits and the lists show something. Days count from the signing; the last rows have gone no further and are overdue.
/// </summary>
internal sealed class DemoProgress(LuodiApi staff, TimeProvider clock)
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

    public async Task LogAsync(Plan plan, IReadOnlyList<Guid> projects, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var (place, (row, project)) in plan.Rows.Zip(projects).Index().Where(each => each.Item.First.Illustrative))
        {
            foreach (var (stage, days) in Road.Take(StepsByPlace[place % StepsByPlace.Length]))
            {
                var on = row.SignedOn.AddDays(days);
                if (on < today) await staff.PostAsync($"api/projects/{project}/reach", new { stage, on, reason = Reason }, IdempotencyKey.Of(plan.Ceremony, row, stage), ct);
            }
        }
        foreach (var (name, industry, yuan, stages, talk) in Leads)
        {
            string Key(string step) => IdempotencyKey.Of(plan.Ceremony, name, step);
            var lead = await staff.PostAsync<Created>("api/projects", new { name, industry, investor = "示意投资方", expectedInvestment = Money.Yuan(yuan), illustrative = true }, Key("register"), ct);
            foreach (var stage in stages) await staff.PostAsync($"api/projects/{lead.Id}/reach", new { stage }, Key(stage), ct);
            if (talk is not null) await staff.PostAsync($"api/projects/{lead.Id}/follow-ups", new { text = talk }, Key("follow-up"), ct);
        }
    }
}
