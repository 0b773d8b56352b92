using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Running;

/// <summary>A desk of the bureau with a ceremony of its own: numbers and names that no other test uses.</summary>
internal sealed class Desk
{
    private int _last;

    private Desk(Site site, string mark, Guid ceremony) => (Site, Mark, Ceremony) = (site, mark, ceremony);

    public Site Site { get; }

    /// <summary>Stands in every number and name.</summary>
    public string Mark { get; }

    public Guid Ceremony { get; }

    public static string NewMark() => $"T{Guid.CreateVersion7():N}";

    public static async Task<Desk> Open(Site? site = null)
    {
        var (at, mark) = (site ?? Site.Here, NewMark());
        var ceremony = (await at.Staff.Post("api/signings/ceremonies", new { name = $"仪式 {mark}", heldOn = "2023-09-28" })).Must(201).Id;
        return new Desk(at, mark, ceremony);
    }

    public string NextNumber() => $"{Mark}-{Interlocked.Increment(ref _last):D3}";

    public async Task<Guid> Project(string industry = "microelectronics") =>
        (await Site.Staff.Post("api/projects", new { name = $"项目 {NextNumber()}", industry, investor = "某公司", expectedInvestment = Yuan(90_000_000) })).Must(201).Id;

    public object Paper(Guid project, decimal yuan, string? number = null) =>
        new { number = number ?? NextNumber(), projectId = project, ceremonyId = Ceremony, counterparty = "某公司", amount = Yuan(yuan) };

    public async Task<Guid> Draft(decimal yuan = 90_000_000, string industry = "microelectronics") =>
        (await Site.Staff.Post("api/signings/agreements", Paper(await Project(industry), yuan))).Must(201).Id;

    public async Task<Guid> Signed(decimal yuan = 90_000_000, string industry = "microelectronics")
    {
        var id = await Draft(yuan, industry);
        (await Site.Staff.Post($"api/signings/agreements/{id}/sign", new { signedOn = "2023-09-28" })).Must(200);
        return id;
    }

    public async Task<Guid> Confirmed(decimal yuan = 90_000_000, string industry = "microelectronics")
    {
        var id = await Signed(yuan, industry);
        await Confirm(id);
        return id;
    }

    public async Task Confirm(Guid agreement) => (await Site.Staff2.Post($"api/signings/agreements/{agreement}/confirm")).Must(200);

    public async Task Amend(Guid agreement, decimal yuan) =>
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/amend", new { amount = Yuan(yuan), reason = "规模扩大" })).Must(200);

    public async Task Terminate(Guid agreement) => (await Site.Staff.Post($"api/signings/agreements/{agreement}/terminate", new { reason = "项目退出" })).Must(200);

    /// <summary>Waits until Reporting has heard an event of a record.</summary>
    public Task Heard(Guid record, string type) =>
        Eventually(async () => (await Site.Auditor.Get($"api/reporting/events?subject={record}&type={type}")).Must(200).Items.ShouldNotBeEmpty());

    public Task<IReadOnlyList<JsonNode>> HistoryOf(Guid agreement) => HistoryOf(Site, agreement);

    public static async Task<IReadOnlyList<JsonNode>> HistoryOf(Site site, Guid agreement) => (await site.Auditor.Get($"api/signings/agreements/{agreement}/history")).Must(200).Items;

    /// <summary>The ceremony as Reporting shows it, now or as at another time.</summary>
    public Task<Answer> Report(string at = "") => Site.Manager.Get($"api/reporting/ceremonies/{Ceremony}{at}");

    public async Task<Rollup> Rollup(string at = "") => Running.Rollup.Of((await Report(at)).Must(200));

    /// <summary>Waits until Reporting shows these figures.</summary>
    public Task Shows(int signings, decimal yuan, int large, int pendingSignings = 0, decimal pendingYuan = 0, TimeSpan? limit = null) =>
        Eventually(async () => (await Rollup()).ShouldBe(new Rollup(signings, yuan, large, pendingSignings, pendingYuan)), limit);

    public static object Yuan(decimal value) => new { value, currency = "CNY" };
}

/// <summary>The figures of a ceremony.</summary>
internal sealed record Rollup(int Signings, decimal Yuan, int Large, int PendingSignings = 0, decimal PendingYuan = 0)
{
    /// <summary>What the article says, and what the workbook adds up to.</summary>
    public static readonly Rollup Article = new(22, 4_211_000_000.00m, 8);

    public static Rollup Of(Answer report) => new(
        report["signings"].GetValue<int>(), report["amount"].Yuan(), report["atLeast100Million"].GetValue<int>(), report["pending"].Number("signings"), report["pending"]["amount"]!.Yuan());
}
