using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>What a fund has brought, now and as it was known before.</summary>
public sealed class FundFiguresTests
{
    private const decimal Wan = 10_000;
    private const string YearEnd = "2025-12-31";

    private static Site Site => Site.Here;

    [Fact]
    public async Task A_corrected_value_changes_the_figures_and_those_known_before_stay()
    {
        var desk = await Desk.Open();
        var fund = new FundDesk(desk, (await Site.Staff.Post("api/funds", new { name = $"基金 {desk.NextNumber()}", kind = "own-brand", targetSize = Desk.Yuan(10_000 * Wan) })).Must(201).Id);
        var partner = (await fund.Log("partners", new { name = "某财政局", kind = "government" })).Must(201).Id;
        await fund.Confirmed("subscriptions", new { partnerId = partner, amount = Desk.Yuan(10_000 * Wan), on = "2021-06-01" });
        var deal = await fund.Confirmed("deals", new { projectId = await desk.Project(), amount = Desk.Yuan(9_000 * Wan), on = "2021-06-15" });
        Task<Guid> Flow(string kind, string on, decimal wan, Guid? of = null, Guid? at = null) => fund.Confirmed("flows", new { kind, on, amount = Desk.Yuan(wan * Wan), partnerId = of, dealId = at });
        foreach (var (on, wan) in (IReadOnlyList<(string, decimal)>)[("2021-06-30", 3_000), ("2022-03-31", 2_500), ("2023-06-30", 2_000)])
        {
            await Flow("called", on, wan, partner);
            await Flow("paid-in", on, wan, partner);
            await Flow("disbursed", on, wan, at: deal);
        }
        foreach (var (on, wan) in (IReadOnlyList<(string, decimal)>)[("2024-06-30", 1_200), ("2025-06-30", 2_400)])
        {
            await Flow("income", on, wan, at: deal);
            await Flow("distributed", on, wan, partner);
        }
        var valued = await Flow("valued", YearEnd, 7_100, at: deal);

        Shown(await fund.Read($"/figures?on={YearEnd}")).ShouldBe((0.4800m, 0.9467m, 1.4267m, 10.8104m));
        var before = (await fund.Read())["version"].GetValue<long>();
        var known = (await fund.Read("/flows?kind=valued")).Items.ShouldHaveSingleItem()["flow"]!.Text("knownFrom");

        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = valued, reason = "估值更正" })).Must(200);
        await Flow("valued", YearEnd, 6_500, at: deal);

        var now = await fund.Read($"/figures?on={YearEnd}");
        Shown(now).ShouldBe((0.4800m, 0.8667m, 1.3467m, 9.0333m));
        (now["version"].GetValue<long>() > before, now["net"]["custom"]!.GetValue<string>(), now["definitions"].AsArray().Count > 0).ShouldBe((true, "raises-unfunded", true));
        Shown(await fund.Read($"/figures?on={YearEnd}&version={before}")).ShouldBe((0.4800m, 0.9467m, 1.4267m, 10.8104m));
        var then = await fund.Read($"/figures?on={YearEnd}&knownAt={Uri.EscapeDataString(known)}");
        (Shown(then), then["version"].GetValue<long>()).ShouldBe(((0.4800m, 0.9467m, 1.4267m, 10.8104m), before));

        // Before the first distribution; and before any money, where there is nothing to divide.
        (await fund.Read("/figures?on=2024-06-29"))["net"]["dpi"]!.GetValue<decimal>().ShouldBe(0m);
        (await fund.Read("/figures?on=2021-06-29"))["net"]["irr"]!.Text("kind").ShouldBe("undefined");

        var curve = (await fund.Read($"/curve?on={YearEnd}"))["points"].AsArray();
        (curve.Count, curve[^1]!["cumulative"]!.GetValue<decimal>(), curve[^1]!["netAssetValue"]!.GetValue<decimal>()).ShouldBe((19, -3_900 * Wan, 6_500 * Wan));
        var bridge = (await fund.Read($"/bridge?from=2025-01-01&to={YearEnd}"))["bridge"];
        (bridge["beginning"]!.GetValue<decimal>(), bridge["lines"]!["unrealised"]!.GetValue<decimal>(), bridge["ending"]!.GetValue<decimal>()).ShouldBe((7_500 * Wan, -1_000 * Wan, 6_500 * Wan));

        // The page's sheet says what each of them says.
        var sheet = await fund.Read($"/sheet?on={YearEnd}&bridgeFrom=2025-01-01");
        sheet["figures"].ToJsonString().ShouldBe((await fund.Read($"/figures?on={YearEnd}")).Json!.ToJsonString());
        (sheet["curve"]["points"]!.ToJsonString(), sheet["bridge"]["bridge"]!.ToJsonString()).ShouldBe((curve.ToJsonString(), bridge.ToJsonString()));
        (sheet["deals"].AsArray().ShouldHaveSingleItem()!["value"]!.GetValue<decimal>(), sheet["fund"]["paidIn"]!.GetValue<decimal>()).ShouldBe((6_500 * Wan, 7_500 * Wan));
        (await Site.Auditor.Get($"{fund.Path}/sheet?custom=luck")).MustRefuse(400, "custom-unknown", "custom");
        // The newest of its history, and what was before that.
        var newest = (await fund.Read("/history?last=3")).Items;
        (newest.Count, newest[^1].Text("type")).ShouldBe((3, "flow_confirmed"));
        (await fund.Read($"/history?last=1&before={newest[0].Long("version")}")).Items.ShouldHaveSingleItem()["version"]!.GetValue<long>().ShouldBe(newest[0].Long("version") - 1);

        var accounts = await fund.Read($"/accounts?from=2025-01-01&to={YearEnd}");
        (accounts["balanced"].GetValue<bool>(), accounts["open"].GetValue<bool>()).ShouldBe((true, false));
        var account = accounts["partners"].AsArray().ShouldHaveSingleItem()!;
        (account.Text("name"), account["account"]!["ending"]!.GetValue<decimal>(), account["unfunded"]!["ending"]!.GetValue<decimal>()).ShouldBe(("某财政局", 6_500 * Wan, 2_500 * Wan));

        (await Site.Auditor.Get($"{fund.Path}/figures?custom=luck")).MustRefuse(400, "custom-unknown", "custom");
        (await Site.Auditor.Get($"{fund.Path}/figures?on=2100-01-01")).MustRefuse(400, "figures-of-tomorrow", "on");
        (await Site.Auditor.Get($"{fund.Path}/accounts?from=2025-01-01&to=2025-06-30")).MustRefuse(400, "no-accounting-period", "to");
        (await Site.Auditor.Get($"{fund.Path}/bridge?from=2025-06-30&to=2025-06-29")).MustRefuse(400, "ends-before-it-begins", "to");
        (await Site.Auditor.Get($"{fund.Path}/figures?version=1000000")).Must(404);
    }

    [Fact]
    public async Task The_family_counts_the_mothers_money_once_and_stands_beside_what_was_published()
    {
        var (mother, daughter) = (await FundDesk.Open(), await FundDesk.Open());
        await mother.Paid(100, await mother.Subscribed("某财政局", 600));
        var partner = (await daughter.Log("partners", new { name = "母基金", kind = "mother-fund", motherFundId = mother.Id })).Must(201).Id;
        await daughter.Confirmed("subscriptions", new { partnerId = partner, amount = Desk.Yuan(250), on = FundDesk.Day });
        await daughter.Paid(100, partner);
        (await Site.Staff.Post("api/funds/family/claims", new { source = $"公报 {mother.Id}", statedOn = FundDesk.Day, size = Desk.Yuan(10_000_000_000m), atLeast = true })).Must(200);
        (await Site.Staff.Post("api/funds/family/claims", new { source = "公报", size = Desk.Yuan(1) })).MustRefuse(422, "missing", "statedOn");

        var family = (await Site.Auditor.Get("api/funds/family")).Must(200);
        var yuan = family["families"].AsArray().Single(each => each!.Text("currency") == "CNY")!;
        JsonNode Of(FundDesk fund) => yuan["funds"]!.AsArray().Single(each => each!["fundId"]!.GetValue<Guid>() == fund.Id)!;
        (Of(mother)["own"]!["invested"]!.GetValue<decimal>(), Of(mother)["outside"]!["invested"]!.GetValue<decimal>()).ShouldBe((100m, 0m));
        (Of(daughter)["outside"]!["committed"]!.GetValue<decimal>(), Of(daughter)["outsideShare"]!.GetValue<decimal>()).ShouldBe((0m, 0m));
        Of(mother)["stakes"]!.AsArray().ShouldHaveSingleItem()!["share"]!.GetValue<decimal>().ShouldBe(1m);
        // The total is what stands outside at each fund, those of others included.
        yuan["funds"]!.AsArray().Sum(each => each!["outside"]!["committed"]!.GetValue<decimal>()).ShouldBe(yuan["total"]!["committed"]!.GetValue<decimal>());
        var claim = family["claims"].AsArray().Single(each => each!.Text("source") == $"公报 {mother.Id}")!["stated"]!;
        (claim["atLeast"]!.GetValue<bool>(), claim["residue"]!.GetValue<decimal>()).ShouldBe((true, claim["sum"]!.GetValue<decimal>() - 10_000_000_000m));
    }

    private static (decimal Dpi, decimal Rvpi, decimal Tvpi, decimal Percent) Shown(Answer figures)
    {
        var net = figures["net"];
        decimal Of(string name) => net[name]!.GetValue<decimal>();
        return (Of("dpi"), Of("rvpi"), Of("tvpi"), decimal.Round(net["irr"]!["value"]!.GetValue<decimal>() * 100, 4));
    }
}
