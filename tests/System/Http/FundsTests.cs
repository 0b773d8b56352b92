namespace Luodi.SystemTests.Http;

/// <summary>A fund from its first partner to its end.</summary>
public sealed class FundsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_fund_is_raised_invested_exited_distributed_and_wound_up()
    {
        var fund = await FundDesk.Open();
        var (a, b) = (await fund.Subscribed("甲", 60), await fund.Subscribed("乙", 40));
        (await Site.Manager.Post($"{fund.Path}/close-raising")).Must(200);
        (await fund.Log("subscriptions", new { partnerId = a, amount = Desk.Yuan(1), on = FundDesk.Day })).MustRefuse(409, "raising-is-closed");
        (await fund.Log("sizes", new { source = "公报", statedOn = FundDesk.Day, size = Desk.Yuan(120) })).Must(201);

        // A call upon both, confirmed as one.
        var calls = (await fund.Log("calls", new { amount = Desk.Yuan(50), dueOn = FundDesk.Day })).Must(201)["flows"].AsArray().Select(each => each!.GetValue<Guid>()).ToArray();
        (await Site.Staff.Post($"{fund.Path}/confirm", new { entries = calls })).MustRefuse(409, "entry-logged-by-yourself");
        (await Site.Staff2.Get($"api/funds/work/entries?record={fund.Id}")).Must(200).Items.Select(each => each["amount"]!.Yuan()).ShouldBe([30m, 20m], ignoreOrder: true);
        (await Site.Staff.Get($"api/funds/work/entries?record={fund.Id}")).Must(200)["total"].GetValue<int>().ShouldBe(0);
        (await Site.Staff2.Get("api/funds/work")).Must(200)["entries"].GetValue<int>().ShouldBeGreaterThan(0);
        (await fund.Confirm(calls)).Must(200);
        (await fund.Read("/partners")).Items.Select(each => each["openCalls"]!.AsArray().Count).ShouldBe([1, 1]);
        await fund.Flowed("paid-in", 30, a);
        await fund.Flowed("paid-in", 20, b);
        var paid = (await fund.Read())["version"].GetValue<long>();

        var deal = await fund.Confirmed("deals", new { projectId = await fund.Desk.Project(), amount = Desk.Yuan(45), on = FundDesk.Day });
        await fund.Flowed("fee", 5);
        var tranche = await fund.Flowed("disbursed", 30, deal: deal);
        await fund.Flowed("valued", 66, deal: deal);
        var returned = (await fund.Log("flows", new { kind = "expense", on = FundDesk.Day, amount = Desk.Yuan(1) })).Must(201).Id;
        (await Site.Manager.Post($"{fund.Path}/return", new { entryId = returned, reason = "无凭证" })).Must(200);
        (await Site.Manager.Post($"{fund.Path}/cancel-deal", new { dealId = deal, reason = "不再追加" })).Must(200);
        await fund.Flowed("exited", 70, deal: deal, cost: 30);
        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = tranche, reason = "误登" })).MustRefuse(409, "others-rest-on-it");
        (await Site.Manager.Post($"{fund.Path}/wind-up", new { reason = "到期" })).MustRefuse(409, "cash-is-left");
        await fund.Flowed("distributed", 50, a, cost: 30);
        await fund.Flowed("distributed", 35, b, cost: 20);

        var read = await fund.Read();
        string[] sums = ["subscribed", "called", "paidIn", "fees", "disbursed", "proceeds", "costExited", "distributed", "cash", "unfunded", "costLeft"];
        sums.Select(sum => read[sum].GetValue<decimal>()).ShouldBe([100m, 50m, 50m, 5m, 30m, 70m, 30m, 85m, 0m, 50m, 0m]);
        (read["finalSize"].Yuan(), read["claims"][0]!["size"]!.Yuan(), read["committed"].Yuan()).ShouldBe((100m, 120m, 30m));
        var item = (await fund.Read("/deals")).Items.ShouldHaveSingleItem();
        (item["deal"]!.Text("status"), item["value"]!.GetValue<decimal>()).ShouldBe(("exited", 66m));

        // As it stood when the capital was paid: the fund, its deals and its flows.
        (await fund.Read($"?version={paid}"))["cash"].GetValue<decimal>().ShouldBe(50m);
        (await fund.Read($"/deals?version={paid}")).Items.ShouldBeEmpty();
        (await fund.Read($"/flows?asOf={paid}"))["total"].GetValue<int>().ShouldBe(4);
        var flows = await fund.Read("/flows?limit=3&sort=-amount");
        (flows["total"].GetValue<int>(), flows.Items.Count, flows["next"].GetValue<int>(), flows.Items[0]["flow"]!["amount"]!.GetValue<decimal>()).ShouldBe((10, 3, 3, 70m));
        (await fund.Read($"/flows?partner={a}&kind=distributed")).Items.ShouldHaveSingleItem()["partnerName"]!.GetValue<string>().ShouldBe("甲");
        (await fund.Read($"/flows?deal={deal}"))["total"].GetValue<int>().ShouldBe(3);
        (await Site.Auditor.Get($"{fund.Path}/flows/export?format=csv&kind=fee", ("Accept-Language", "en"))).Must(200).Text.ShouldContain("5.00");
        var project = (await Site.Auditor.Get($"api/projects/{item["deal"]!.Text("projectId")}")).Must(200)["name"].GetValue<string>();
        (await Site.Auditor.Get($"{fund.Path}/flows/export?format=csv&kind=disbursed&reversed=true&columns=on,project")).Must(200).Text.ShouldContain(project);
        (await Site.Auditor.Get($"{fund.Path}/flows/export?format=xlsx")).Must(200);
        (await Site.Auditor.Get($"{fund.Path}/flows?sort=luck")).MustRefuse(400, "sort-unknown", "sort");

        (await Site.Manager.Post($"{fund.Path}/wind-up", new { reason = "到期" })).Must(200);
        (await fund.Log("flows", new { kind = "income", on = FundDesk.Day, amount = Desk.Yuan(1) })).MustRefuse(409, "fund-is-wound-up");
    }

    [Fact]
    public async Task A_flow_that_is_reversed_counts_until_then()
    {
        var (fund, partner) = await FundDesk.Raised(100);
        await fund.Flowed("called", 50, partner);
        var paid = await fund.Flowed("paid-in", 50, partner);
        var before = (await fund.Read())["version"].GetValue<long>();
        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = paid, reason = "误登" })).Must(200);
        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = paid, reason = "误登" })).MustRefuse(422, "flow-unknown", "flowId");
        var read = await fund.Read();
        (read["paidIn"].GetValue<decimal>(), read["openCalls"][0]!["left"]!.GetValue<decimal>()).ShouldBe((0m, 50m));
        (await fund.Read("/flows"))["total"].GetValue<int>().ShouldBe(1);
        (await fund.Read($"/flows?asOf={before}"))["total"].GetValue<int>().ShouldBe(2);
        var reversed = (await fund.Read("/flows?reversed=true&kind=paid-in")).Items.ShouldHaveSingleItem()["flow"]!;
        (reversed.Long("until"), reversed.Text("knownUntil").Length > 0).ShouldBe((before + 1, true));
        var history = (await fund.Read("/history")).Items[^1];
        (history.Text("type"), history.Text("reason"), history.Text("effectiveOn")).ShouldBe(("flow_reversed", "误登", FundDesk.Day));
    }

    [Fact]
    public async Task Funds_do_not_own_each_other()
    {
        var (mother, daughter) = (await FundDesk.Open(), await FundDesk.Open());
        (await daughter.Log("partners", new { name = "母基金", kind = "mother-fund", motherFundId = mother.Id })).Must(201);
        (await mother.Log("partners", new { name = "子基金", kind = "mother-fund", motherFundId = daughter.Id })).MustRefuse(422, "mother-of-itself", "motherFundId");
        // At once: one is first, whichever. Several pairs, since not each of them meets in the deadlock that decides it.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var (one, other) = (await FundDesk.Open(), await FundDesk.Open());
            var answers = await Task.WhenAll(one.Log("partners", new { name = "乙", kind = "mother-fund", motherFundId = other.Id }), other.Log("partners", new { name = "甲", kind = "mother-fund", motherFundId = one.Id }));
            answers.Select(answer => answer.Status).Order().ShouldBe([201, 422]);
        }));
    }

    [Fact]
    public async Task Of_32_clients_that_commit_the_last_yuan_to_two_deals_one_deal_gets_it()
    {
        var (fund, _) = await FundDesk.Raised(1);
        var project = await fund.Desk.Project();
        var deals = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await fund.Log("deals", new { projectId = project, amount = Desk.Yuan(1), on = FundDesk.Day })).Must(201).Id));
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(each => fund.Confirm(deals[each % 2])));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.ToString())));
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 409);
        var read = await fund.Read();
        (read["committed"].Yuan(), read["uncommitted"].GetValue<decimal>(), read["deals"].AsArray().Count, read["pending"].AsArray().Count).ShouldBe((1m, 0m, 1, 1));
    }

    [Fact]
    public async Task A_mother_pays_into_a_fund_with_her_own_money_and_gets_it_back()
    {
        var (mother, fund, hers) = await Mothered(10);
        var paid = await fund.Flowed("paid-in", 6, hers);
        (await fund.Log("flows", new { kind = "paid-in", on = FundDesk.Day, amount = Desk.Yuan(4.01m), partnerId = hers })).MustRefuse(409, "mother-cash-short", "amount");
        (await mother.Log("flows", new { kind = "fee", on = FundDesk.Day, amount = Desk.Yuan(4.01m) })).MustRefuse(409, "cash-short", "amount");
        await fund.Flowed("distributed", 3, hers, cost: 2);
        string[] sums = ["cash", "stakesPaid", "stakesReturned", "disbursed"];
        var read = await mother.Read();
        sums.Select(sum => read[sum].GetValue<decimal>()).ShouldBe([7m, 6m, 3m, 0m]);
        (read["stakes"][0]!["fundId"]!.GetValue<Guid>(), read["stakes"][0]!["costLeft"]!.GetValue<decimal>()).ShouldBe((fund.Id, 4m));
        // Her net asset value is what is at hand and the stake at its cost.
        (await mother.Read("/figures"))["net"]["netAssetValue"]!.GetValue<decimal>().ShouldBe(11m);
        (await mother.Read("/flows?kind=stake-paid")).Items.ShouldHaveSingleItem()["flow"]!["dealId"]!.GetValue<Guid>().ShouldBe(fund.Id);
        (await Site.Manager.Post($"{mother.Path}/wind-up", new { reason = "到期" })).MustRefuse(409, "stakes-are-left");
        var distributed = (await fund.Read("/flows?kind=distributed")).Items.ShouldHaveSingleItem()["flow"]!["id"]!.GetValue<Guid>();
        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = distributed, reason = "误登" })).Must(200);
        (await Site.Manager.Post($"{fund.Path}/reverse-flow", new { flowId = paid, reason = "误登" })).Must(200);
        read = await mother.Read();
        sums.Select(sum => read[sum].GetValue<decimal>()).ShouldBe([10m, 0m, 0m, 0m]);
        (await mother.Read("/history")).Items.Select(each => each.Text("type")).TakeLast(4).ShouldBe(["stake_paid", "stake_returned", "stake_reversed", "stake_reversed"]);
    }

    [Fact]
    public async Task Of_32_clients_that_pay_a_mothers_last_yuan_into_two_funds_one_fund_gets_it()
    {
        var (mother, one, hers) = await Mothered(1);
        var (other, herOther) = await Daughter(mother, 1);
        var entries = new List<(FundDesk Fund, Guid Entry)>();
        foreach (var (fund, partner) in (IReadOnlyList<(FundDesk, Guid)>)[(one, hers), (other, herOther)])
        {
            entries.Add((fund, (await fund.Log("flows", new { kind = "paid-in", on = FundDesk.Day, amount = Desk.Yuan(1), partnerId = partner })).Must(201).Id));
        }
        // And the mother's own fee, of the same yuan.
        entries.Add((mother, (await mother.Log("flows", new { kind = "fee", on = FundDesk.Day, amount = Desk.Yuan(1) })).Must(201).Id));
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(each => entries[each % 3] is var (fund, entry) ? fund.Confirm(entry) : throw new InvalidOperationException()));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.ToString())));
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 409);
        (await mother.Read())["cash"].GetValue<decimal>().ShouldBe(0m);
        ((await one.Read())["paidIn"].GetValue<decimal>() + (await other.Read())["paidIn"].GetValue<decimal>() + (await mother.Read())["fees"].GetValue<decimal>()).ShouldBe(1m);
    }

    [Fact]
    public async Task A_transfer_and_a_commitment_are_reversed_by_two_persons()
    {
        var (fund, a) = await FundDesk.Raised(60);
        var b = await fund.Subscribed("乙", 40);
        await fund.Flowed("called", 30, a);
        var transfer = await fund.Confirmed("transfers", new { fromPartnerId = a, toPartnerId = b, amount = Desk.Yuan(20), on = FundDesk.Day });
        (await fund.Read("/subscriptions")).Items.Select(each => each["fromPartnerName"]?.GetValue<string>()).ShouldBe([null, null, "某财政局"]);
        var deal = await fund.Confirmed("deals", new { projectId = await fund.Desk.Project(), amount = Desk.Yuan(45), on = FundDesk.Day });

        var reversal = (await fund.Log("reverse-transfer", new { transferId = transfer, reason = "误登" })).Must(201).Id;
        (await fund.Log("reverse-transfer", new { transferId = transfer, reason = "误登" })).MustRefuse(409, "reversal-waits");
        (await Site.Staff.Post($"{fund.Path}/confirm", new { entries = new[] { reversal } })).MustRefuse(409, "entry-logged-by-yourself");
        (await fund.Confirm(reversal)).Must(200);
        (await fund.Read("/partners")).Items.Select(each => (each["partner"]!["subscribed"]!.GetValue<decimal>(), each["partner"]!["called"]!.GetValue<decimal>())).ShouldBe([(60m, 30m), (40m, 0m)]);
        (await fund.Read("/subscriptions")).Items.Count.ShouldBe(2);
        (await fund.Log("reverse-transfer", new { transferId = transfer, reason = "误登" })).MustRefuse(422, "transfer-unknown", "transferId");

        await fund.Confirmed("reverse-deal", new { dealId = deal, reason = "误登" });
        var read = await fund.Read();
        (read["committed"].Yuan(), read["deals"].AsArray().Count, read["pending"].AsArray().Count).ShouldBe((0m, 0, 0));
    }

    [Fact]
    public async Task After_a_closing_nothing_changes_a_statement_until_the_books_are_reopened()
    {
        var (fund, partner) = await FundDesk.Raised(10);
        await fund.Flowed("called", 5, partner);
        (await Site.Manager.Post($"{fund.Path}/close-period", new { through = "2023-12-31" })).Must(200);
        (await fund.Read("/accounts?from=2023-10-01&to=2023-12-31"))["closedThrough"]!.GetValue<string>().ShouldBe("2023-12-31");
        var payment = new { kind = "paid-in", on = FundDesk.Day, amount = Desk.Yuan(5), partnerId = partner };
        (await fund.Log("flows", payment)).MustRefuse(409, "period-is-closed", "on");
        (await Site.Manager.Post($"{fund.Path}/reopen-period", new { from = "2023-10-01", reason = "" })).MustRefuse(422, "missing", "reason");
        (await Site.Manager.Post($"{fund.Path}/reopen-period", new { from = "2023-10-01", reason = "回单补登" })).Must(200);
        await fund.Confirmed("flows", payment);
    }

    // A mother with so much at hand, and a fund that has called as much of her.
    private static async Task<(FundDesk Mother, FundDesk Fund, Guid Hers)> Mothered(decimal yuan)
    {
        var (mother, investor) = await FundDesk.Raised(yuan * 2);
        await mother.Paid(yuan, investor);
        var (fund, hers) = await Daughter(mother, yuan * 2);
        return (mother, fund, hers);
    }

    private static async Task<(FundDesk Fund, Guid Hers)> Daughter(FundDesk mother, decimal yuan)
    {
        var fund = await FundDesk.Open();
        var hers = (await fund.Log("partners", new { name = "母基金", kind = "mother-fund", motherFundId = mother.Id })).Must(201).Id;
        await fund.Confirmed("subscriptions", new { partnerId = hers, amount = Desk.Yuan(yuan), on = FundDesk.Day });
        await fund.Flowed("called", yuan, hers);
        return (fund, hers);
    }
}
