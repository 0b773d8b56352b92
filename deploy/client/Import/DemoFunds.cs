using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>
/// A made-up family of funds like the one that the article tells of: a direct angel fund, three of leading industries, market-oriented ones and a mother fund of the
/// bureau's own brand that is a partner of some of them; and the other finance products. Every name says that it is made up.
/// </summary>
internal sealed class DemoFunds(LuodiApi staff, LuodiApi staff2, LuodiApi manager)
{
    private const string Source = "示意：演示数据";

    private const string Mother = "示意自有品牌母基金";

    // What the partners undertake, in 100 million yuan: government, state-owned, enterprises and institutions, the mother fund.
    private static readonly (string Name, string Kind, decimal Government, decimal State, decimal Market, decimal OfMother)[] Funds =
    [
        (Mother, "own-brand", 12, 18, 0, 0),
        ("示意直投型天使基金", "direct-angel", 3, 2, 0, 0),
        ("示意主导产业基金·微电子", "leading-industry", 2, 3, 6, 5),
        ("示意主导产业基金·智能装备", "leading-industry", 2, 3, 5, 5),
        ("示意主导产业基金·生物医药", "leading-industry", 2, 3, 5, 5),
        ("示意市场化基金·一期", "market", 0, 2, 11, 0),
        ("示意市场化基金·二期", "market", 0, 1, 10, 0),
        ("示意市场化基金·成长", "market", 0, 1, 12, 0),
    ];

    // The part of what is undertaken that is called, and when it is paid.
    private static readonly (DateOnly Due, decimal Part)[] Calls = [(new(2023, 6, 30), 0.2m), (new(2024, 6, 30), 0.2m)];

    private static readonly (string Name, string Product, string Lender, decimal Limit)[] Facilities =
    [
        ("示意直接担保创业贷", "guaranteed-loan", "示意银行", 200_000_000m),
        ("示意政银保担", "government-bank-insurance", "示意银行、示意保险", 500_000_000m),
        ("示意投融资联合产品", "joint-bank-product", "示意银行", 1_000_000_000m),
    ];

    /// <param name="projects">Made-up projects, in which the funds invest.</param>
    public async Task LogAsync(IReadOnlyList<Guid> projects, CancellationToken ct)
    {
        Guid? mother = null;
        foreach (var (place, made) in Funds.Index())
        {
            var fund = await RaiseAsync(made, mother, ct);
            mother ??= fund;
            // What the mother fund has goes into the others.
            if (made.Name != Mother) await InvestAsync(fund, made, [.. projects.Skip(place * 2).Take(2)], ct);
            if (made.Kind == "leading-industry") await ReinvestAsync(fund, made.Name, ct);
        }
        foreach (var made in Facilities) await LendAsync(made, ct);
        // The article says "in 2023" and has no date of its own.
        await staff.PostAsync("api/funds/family/claims", new { source = $"{ArticleCeremony.Source}（原文：2023年，未注日期，按年末登记）", statedOn = new DateOnly(2023, 12, 31), size = Money.Yuan(10_000_000_000m), atLeast = true }, Key("family", "claim"), ct);
    }

    private static string Key(string of, params string[] step) => IdempotencyKey.Of([of, .. step]);

    private async Task<Guid> RaiseAsync((string Name, string Kind, decimal Government, decimal State, decimal Market, decimal OfMother) made, Guid? mother, CancellationToken ct)
    {
        var size = (made.Government + made.State + made.Market + made.OfMother) * 100_000_000m;
        var fund = (await staff.PostAsync<Created>("api/funds", new
        {
            name = made.Name,
            kind = made.Kind,
            targetSize = Money.Yuan(size),
            terms = new { manager = "示意基金管理有限公司", vintage = 2023, investmentUntil = new DateOnly(2028, 6, 30), termUntil = new DateOnly(2031, 6, 30), feeBasis = "committed", feeRate = 1.5m, hurdleRate = 8m, carryRate = 20m, recycling = true },
        }, Key(made.Name, "establish"), ct)).Id;
        await staff.PostAsync($"api/funds/{fund}/sizes", new { source = Source, statedOn = new DateOnly(2023, 12, 31), size = Money.Yuan(size) }, Key(made.Name, "size"), ct);
        var partners = new List<Guid>();
        foreach (var (name, kind, undertaken) in new[]
        {
            ("示意财政出资人", "government", made.Government), ("示意国有资本平台", "state-owned", made.State), ("示意社会资本", "institution", made.Market), (Mother, "mother-fund", made.OfMother),
        }.Where(each => each.Item3 > 0))
        {
            var partner = (await staff.PostAsync<Created>($"api/funds/{fund}/partners", new { name, kind, motherFundId = kind == "mother-fund" ? mother : null }, Key(made.Name, name, "admit"), ct)).Id;
            await EntryAsync(fund, "subscriptions", new { partnerId = partner, amount = Money.Yuan(undertaken * 100_000_000m), on = new DateOnly(2023, 3, 1) }, Key(made.Name, name, "subscribe"), ct);
            partners.Add(partner);
        }
        foreach (var (due, part) in Calls)
        {
            var call = await staff.PostAsync<CapitalCalled>($"api/funds/{fund}/calls", new { amount = Money.Yuan(size * part), dueOn = due }, Key(made.Name, "call", $"{due:O}"), ct);
            await staff2.PostAsync($"api/funds/{fund}/confirm", new { entries = call.Flows }, Key(made.Name, "call confirmed", $"{due:O}"), ct);
            foreach (var (at, partner) in partners.Index())
            {
                var undertaken = new[] { made.Government, made.State, made.Market, made.OfMother }.Where(each => each > 0).ElementAt(at) * 100_000_000m;
                await FlowAsync(fund, made.Name, "paid-in", due, undertaken * part, partner, null, ct);
            }
            await FlowAsync(fund, made.Name, "fee", due, size * 0.01m, null, null, ct);
        }
        return fund;
    }

    private async Task InvestAsync(Guid fund, (string Name, string Kind, decimal Government, decimal State, decimal Market, decimal OfMother) made, IReadOnlyList<Guid> projects, CancellationToken ct)
    {
        var size = (made.Government + made.State + made.Market + made.OfMother) * 100_000_000m;
        foreach (var (at, project) in projects.Index())
        {
            var (amount, day) = (size * (at == 0 ? 0.15m : 0.1m), new DateOnly(2023, 10, 31).AddMonths(at * 9));
            var deal = await EntryAsync(fund, "deals", new { projectId = project, amount = Money.Yuan(amount), on = day }, Key(made.Name, "deal", $"{at}"), ct);
            await FlowAsync(fund, made.Name, "disbursed", day.AddDays(20), amount * 0.6m, null, deal, ct);
            await FlowAsync(fund, made.Name, "disbursed", day.AddDays(200), amount * 0.3m, null, deal, ct);
            await FlowAsync(fund, made.Name, "valued", new(2024, 12, 31), amount * (at == 0 ? 0.85m : 0.8m), null, deal, ct);
            await FlowAsync(fund, made.Name, "valued", new(2025, 12, 31), amount * (at == 0 ? 1.35m : 0.75m), null, deal, ct);
            if (at == 0) await FlowAsync(fund, made.Name, "income", new(2025, 6, 30), amount * 0.02m, null, deal, ct);
        }
    }

    // 返投: what the fund owes the zone for what was put into it, and two firms that count for it.
    private async Task ReinvestAsync(Guid fund, string name, CancellationToken ct)
    {
        var book = (await manager.PostAsync<Created>("api/funds/reinvestment", new
        {
            fundId = fund,
            @base = "fund",
            multiple = 1.1m,
            ways = new[] { new { way = "own-spending", rate = 1m }, new { way = "introduced-firm", rate = 1m }, new { way = "headquarters-moved", rate = 2m } },
            netOfTaxes = true,
            source = Source,
            effectiveFrom = new DateOnly(2023, 3, 1),
            illustrative = true,
        }, Key(name, "reinvestment"), ct)).Id;
        foreach (var (firm, way, amount) in new[] { ("示意企业丙", "own-spending", 90_000_000m), ("示意企业丁", "introduced-firm", 160_000_000m) })
        {
            var told = await staff.PostAsync<ReinvestmentLogged>($"api/funds/reinvestment/{book}/cases", new { firm, way, on = new DateOnly(2025, 3, 31), amount = Money.Yuan(amount), taxesAndFees = Money.Yuan(amount * 0.05m), evidence = $"示意-{firm}-{name}" }, Key(name, firm), ct);
            await staff2.PostAsync($"api/funds/reinvestment/{book}/recognise-case", new { told.CaseId }, Key(name, firm, "recognised"), ct);
        }
    }

    private async Task LendAsync((string Name, string Product, string Lender, decimal Limit) made, CancellationToken ct)
    {
        var facility = (await staff.PostAsync<Created>("api/funds/facilities", new { name = made.Name, product = made.Product, lender = made.Lender, limit = Money.Yuan(made.Limit), illustrative = true }, Key(made.Name, "open"), ct)).Id;
        foreach (var (at, (kind, part, firm)) in new[] { ("drawn", 0.1m, "示意企业甲"), ("drawn", 0.06m, "示意企业乙"), ("repaid", 0.05m, "示意企业甲"), ("guarantee-called", 0.01m, "示意企业乙") }.Index())
        {
            var entry = await staff.PostAsync<FacilityEntryLogged>($"api/funds/facilities/{facility}/entries", new { kind, on = new DateOnly(2024, 3, 1).AddMonths(at * 4), amount = Money.Yuan(made.Limit * part), firm, evidence = $"示意-{at + 1:D3}" }, Key(made.Name, "entry", $"{at}"), ct);
            await staff2.PostAsync($"api/funds/facilities/{facility}/confirm-entry", new { entry.EntryId }, Key(made.Name, "entry confirmed", $"{at}"), ct);
        }
    }

    private Task<Guid> FlowAsync(Guid fund, string name, string kind, DateOnly on, decimal amount, Guid? partnerId, Guid? dealId, CancellationToken ct) =>
        EntryAsync(fund, "flows", new { kind, on, amount = Money.Yuan(decimal.Round(amount, 2)), partnerId, dealId }, Key(name, kind, $"{on:O}", $"{partnerId}{dealId}"), ct);

    private async Task<Guid> EntryAsync(Guid fund, string what, object entry, string key, CancellationToken ct)
    {
        var logged = (await staff.PostAsync<Created>($"api/funds/{fund}/{what}", entry, key, ct)).Id;
        await staff2.PostAsync($"api/funds/{fund}/confirm", new { entries = new[] { logged } }, IdempotencyKey.Of(key, "confirmed"), ct);
        return logged;
    }
}
