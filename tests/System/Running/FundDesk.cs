namespace Luodi.SystemTests.Running;

/// <summary>A fund of a test's own, in whole yuan.</summary>
internal sealed record FundDesk(Desk Desk, Guid Id)
{
    public const string Day = "2023-11-01";

    public string Path => $"api/funds/{Id}";

    private Site Site => Desk.Site;

    public static async Task<FundDesk> Open(Desk? desk = null, string? name = null)
    {
        var at = desk ?? await Desk.Open();
        var id = (await at.Site.Staff.Post("api/funds", new { name = name ?? $"基金 {at.NextNumber()}", kind = "own-brand", targetSize = Desk.Yuan(1_000), terms = new { recycling = true } })).Must(201).Id;
        return new(at, id);
    }

    /// <summary>With one partner who has subscribed so much.</summary>
    public static async Task<(FundDesk Fund, Guid Partner)> Raised(decimal yuan, Desk? desk = null)
    {
        var fund = await Open(desk);
        return (fund, await fund.Subscribed("某财政局", yuan));
    }

    /// <returns>The partner.</returns>
    public async Task<Guid> Subscribed(string name, decimal yuan)
    {
        var partner = (await Log("partners", new { name, kind = "government" })).Must(201).Id;
        await Confirmed("subscriptions", new { partnerId = partner, amount = Desk.Yuan(yuan), on = Day });
        return partner;
    }

    public Task<Answer> Log(string what, object body) => Site.Staff.Post($"{Path}/{what}", body);

    public Task<Answer> Confirm(params Guid[] entries) => Site.Staff2.Post($"{Path}/confirm", new { entries });

    /// <summary>Logged by one person and confirmed by another.</summary>
    public async Task<Guid> Confirmed(string what, object body)
    {
        var id = (await Log(what, body)).Must(201).Id;
        (await Confirm(id)).Must(200);
        return id;
    }

    public Task<Guid> Flowed(string kind, decimal yuan, Guid? partner = null, Guid? deal = null, decimal? cost = null, bool recallable = false) => Confirmed(
        "flows", new { kind, on = Day, amount = Desk.Yuan(yuan), partnerId = partner, dealId = deal, cost = cost is { } of ? Desk.Yuan(of) : null, recallable });

    /// <summary>So much is called of a partner, and paid.</summary>
    public async Task Paid(decimal yuan, Guid partner)
    {
        await Flowed("called", yuan, partner);
        await Flowed("paid-in", yuan, partner);
    }

    /// <returns>The draft of an agreement over 1,000 yuan that asks the fund for so much of it.</returns>
    public async Task<Guid> Asking(decimal yuan) => (await Site.Staff.Post("api/signings/agreements", new
    {
        number = Desk.NextNumber(),
        projectId = await Desk.Project(),
        ceremonyId = Desk.Ceremony,
        counterparty = "某公司",
        amount = Desk.Yuan(1_000),
        fund = new { fundId = Id, amount = Desk.Yuan(yuan) },
    })).Must(201).Id;

    public async Task<Answer> Read(string at = "") => (await Site.Auditor.Get($"{Path}{at}")).Must(200);
}
