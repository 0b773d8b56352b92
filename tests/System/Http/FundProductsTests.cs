using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>What is kept beside the flows of funds: finance products of banks, and reinvestment.</summary>
public sealed class FundProductsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_drawing_waits_for_a_second_person_counts_and_is_revoked_with_its_repayment_first()
    {
        var id = (await Site.Staff.Post("api/funds/facilities", new { name = $"政银保 {Guid.CreateVersion7():N}", product = "government-bank-insurance", lender = "某银行", limit = Desk.Yuan(100) })).Must(201).Id;
        var path = $"api/funds/facilities/{id}";
        Task<Answer> Log(string kind, decimal yuan, string evidence) => Site.Staff.Post($"{path}/entries", new { kind, on = FundDesk.Day, amount = Desk.Yuan(yuan), firm = "某公司", evidence });
        var drawn = (await Log("drawn", 80, "借-1")).Must(201)["entryId"].GetValue<Guid>();
        (await Site.Manager.Post($"{path}/limit", new { limit = Desk.Yuan(79), on = FundDesk.Day, evidence = "授信批复" })).MustRefuse(409, "limit-below-outstanding", "limit");
        (await Log("drawn", 21, "借-2")).MustRefuse(409, "beyond-facility-limit", "amount");
        (await Log("repaid", 81, "还-1")).MustRefuse(409, "more-than-outstanding", "amount");

        var waits = (await Waiting("facility", id)).ShouldHaveSingleItem();
        (waits["kind"]!.GetValue<string>(), waits["party"]!.GetValue<string>(), waits["amount"]!.Yuan(), waits["id"]!.GetValue<Guid>()).ShouldBe(("drawn", "某公司", 80m, drawn));
        (await Site.Staff.Post($"{path}/confirm-entry", new { entryId = drawn })).MustRefuse(409, "facility-entry-by-yourself");
        (await Site.Staff2.Post($"{path}/confirm-entry", new { entryId = drawn })).Must(200);
        (await Waiting("facility", id)).ShouldBeEmpty();
        var repaid = (await Log("repaid", 30, "还-1")).Must(201)["entryId"].GetValue<Guid>();
        (await Site.Staff2.Post($"{path}/confirm-entry", new { entryId = repaid })).Must(200);
        (await Outstanding()).ShouldBe(50);

        (await Site.Manager.Post($"{path}/revoke-entry", new { entryId = drawn, reason = "合同无效" })).MustRefuse(409, "more-than-outstanding", "amount");
        (await Site.Manager.Post($"{path}/revoke-entry", new { entryId = repaid, reason = "退票" })).Must(200);
        (await Site.Manager.Post($"{path}/revoke-entry", new { entryId = drawn, reason = "合同无效" })).Must(200);
        (await Outstanding()).ShouldBe(0);

        async Task<decimal> Outstanding() => (await Site.Auditor.Get(path)).Must(200)["outstanding"].Yuan();
    }

    [Fact]
    public async Task Reinvestment_waits_for_a_second_person_and_of_one_firm_the_highest_way_counts_until_it_is_revoked()
    {
        var (fund, partner) = await FundDesk.Raised(100);
        await fund.Confirmed("flows", new { kind = "called", on = FundDesk.Day, amount = Desk.Yuan(40), partnerId = partner, dueOn = FundDesk.Day });
        await fund.Flowed("paid-in", 40, partner);
        var book = (await Site.Manager.Post("api/funds/reinvestment", new
        {
            fundId = fund.Id,
            @base = "fund",
            multiple = 1.5m,
            ways = new[] { new { way = "own-spending", rate = 1m }, new { way = "introduced-firm", rate = 0.5m } },
            netOfTaxes = true,
            source = "合伙协议 第 9 条",
            effectiveFrom = FundDesk.Day,
        })).Must(201).Id;
        var path = $"api/funds/reinvestment/{book}";
        async Task<Guid> Recognised(string way, decimal yuan, decimal taxes, string evidence)
        {
            var id = (await Site.Staff.Post($"{path}/cases", new { firm = "某公司", way, on = FundDesk.Day, amount = Desk.Yuan(yuan), taxesAndFees = Desk.Yuan(taxes), evidence })).Must(201)["caseId"].GetValue<Guid>();
            (await Waiting("reinvestment", fund.Id)).ShouldHaveSingleItem()["id"]!.GetValue<Guid>().ShouldBe(id);
            (await Site.Staff.Post($"{path}/recognise-case", new { caseId = id })).MustRefuse(409, "case-logged-by-yourself");
            (await Site.Staff2.Post($"{path}/recognise-case", new { caseId = id })).Must(200);
            return id;
        }
        await Recognised("own-spending", 22, 2, "返-1");
        var higher = await Recognised("introduced-firm", 60, 0, "返-2");
        (await Site.Staff.Post($"{path}/cases", new { firm = "某公司", way = "own-spending", on = FundDesk.Day, amount = Desk.Yuan(1), evidence = "返-1" })).MustRefuse(409, "reinvestment-paper-counted", "evidence");
        (await Progress()).ShouldBe((60m, 30m, 30m));
        (await Site.Manager.Post($"{path}/revoke-case", new { caseId = higher, reason = "未落地" })).Must(200);
        (await Progress()).ShouldBe((60m, 20m, 40m));

        async Task<(decimal Owed, decimal Recognised, decimal Left)> Progress()
        {
            var progress = (await Site.Auditor.Get(path)).Must(200)["progress"];
            return (progress["owedYuan"]!.GetValue<decimal>(), progress["recognisedYuan"]!.GetValue<decimal>(), progress["leftYuan"]!.GetValue<decimal>());
        }
    }

    private static async Task<IReadOnlyList<JsonNode>> Waiting(string of, Guid record) => [.. (await Site.Staff2.Get($"api/funds/work/entries?of={of}&record={record}")).Must(200).Items];
}
