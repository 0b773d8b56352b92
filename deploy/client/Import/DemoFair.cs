using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>
/// A made-up fair of letters of intent, closed when it was over: its bulletin stays sealed while one of its papers ends later. Intents are no signings
/// of the official figure, which stays that of the workbook.
/// </summary>
internal sealed class DemoFair(LuodiApi staff, LuodiApi staff2, LuodiApi manager)
{
    private const string Name = "示意推介会·2024年春";

    private static readonly DateOnly Day = new(2024, 4, 18);

    private static readonly (string Project, string Industry, decimal Yuan, string Counterparty, string[] Parties)[] Intents =
    [
        ("示意意向01·化合物半导体", "microelectronics", 800_000_000m, "示意半导体控股", ["示意产业基金", "示意设备集团"]),
        ("示意意向02·伺服电机", "intelligent-equipment", 150_000_000m, "示意电机股份", ["示意工业研究院"]),
        ("示意意向03·体外诊断", "biomedicine", 90_000_000m, "示意诊断股份", []),
    ];

    public async Task LogAsync(CancellationToken ct)
    {
        string Key(params string[] step) => IdempotencyKey.Of([Name, .. step]);
        var fair = (await staff.PostAsync<Created>("api/signings/ceremonies", new { name = Name, heldOn = Day }, Key("schedule"), ct)).Id;
        await staff.PostAsync($"api/signings/ceremonies/{fair}/hold", new { }, Key("hold"), ct);
        var papers = new List<Guid>();
        foreach (var (place, (name, industry, yuan, counterparty, parties)) in Intents.Index())
        {
            var project = (await staff.PostAsync<Created>("api/projects", new { name, industry, investor = counterparty, expectedInvestment = Money.Yuan(yuan), illustrative = true }, Key(name, "register"), ct)).Id;
            var paper = (await staff.PostAsync<Created>("api/signings/agreements", new
            {
                number = $"示意-2024-{place + 1:D2}",
                projectId = project,
                ceremonyId = fair,
                counterparty,
                parties,
                amount = Money.Yuan(yuan),
                fixedAssets = Money.Yuan(decimal.Round(yuan * 0.6m, 2)),
                tier = "intent",
                illustrative = true,
            }, Key(name, "draft"), ct)).Id;
            await staff.PostAsync($"api/signings/agreements/{paper}/sign", new { signedOn = Day }, Key(name, "sign"), ct);
            await staff2.PostAsync($"api/signings/agreements/{paper}/confirm", new { }, Key(name, "confirm"), ct);
            papers.Add(paper);
        }
        await manager.PostAsync($"api/signings/ceremonies/{fair}/close", new { on = Day.AddDays(1), reason = "示意：演示数据补登" }, Key("close"), ct);
        await staff.PostAsync($"api/signings/agreements/{papers[^1]}/terminate", new { reason = "示意：投资方改投他处" }, Key("terminate"), ct);
        await staff2.PostAsync($"api/signings/agreements/{papers[^1]}/confirm", new { }, Key("terminated"), ct);
    }
}
