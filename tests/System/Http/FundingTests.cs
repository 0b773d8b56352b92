namespace Luodi.SystemTests.Http;

/// <summary>An agreement asks a fund to take part, and shows what it answered.</summary>
public sealed class FundingTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_fund_commits_to_an_agreement_in_force_follows_its_amendment_and_is_free_when_it_ends()
    {
        var (fund, _) = await FundDesk.Raised(100);
        var agreement = await fund.Asking(60);
        (await Site.Auditor.Get($"api/signings/agreements/{agreement}"))["fund"].Text("status").ShouldBe("asked");
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await fund.Desk.Confirm(agreement);
        await Shows(agreement, "confirmed", 60);
        var deal = (await fund.Read("/deals")).Items.ShouldHaveSingleItem()["deal"]!;
        (deal.Text("agreementId"), deal["amount"]!.GetValue<decimal>(), deal.Text("status")).ShouldBe((agreement.ToString(), 60m, "committed"));

        (await Site.Staff.Post($"api/signings/agreements/{agreement}/amend", new { amount = Desk.Yuan(1_000), fundAmount = Desk.Yuan(101), reason = "追加" })).Must(200);
        await fund.Desk.Confirm(agreement);
        await Shows(agreement, "refused", 60);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/amend", new { amount = Desk.Yuan(1_000), fundAmount = Desk.Yuan(80), reason = "追加" })).Must(200);
        await fund.Desk.Confirm(agreement);
        await Shows(agreement, "confirmed", 80);
        (await fund.Read())["committed"].Yuan().ShouldBe(80m);

        await fund.Desk.Terminate(agreement);
        await fund.Desk.Confirm(agreement);
        await Shows(agreement, "released", 0);
        (await fund.Read())["uncommitted"].GetValue<decimal>().ShouldBe(100m);
        var history = await fund.Desk.HistoryOf(agreement);
        history.Where(item => item.Text("type").StartsWith("funding", StringComparison.Ordinal)).Select(item => $"{item.Text("type")} {item.Text("actor")}")
            .ShouldBe(["funding_confirmed service:signings", "funding_refused service:signings", "funding_confirmed service:signings", "funding_released service:signings"]);
    }

    [Fact]
    public async Task A_fund_whose_capital_is_short_refuses_and_is_asked_again()
    {
        var (fund, partner) = await FundDesk.Raised(50);
        var agreement = await fund.Asking(60);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await fund.Desk.Confirm(agreement);
        await Shows(agreement, "refused", null);
        var part = (await Site.Auditor.Get($"api/signings/agreements/{agreement}"))["fund"];
        (part.Text("because"), part["left"]!.Yuan()).ShouldBe(("capital-short", 50m));
        (await fund.Read("/deals")).Items.ShouldBeEmpty();
        await fund.Confirmed("subscriptions", new { partnerId = partner, amount = Desk.Yuan(10), on = FundDesk.Day });
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/ask-fund-again")).Must(200);
        await Shows(agreement, "confirmed", 60);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/ask-fund-again")).MustRefuse(409, "fund-did-not-refuse");
    }

    [Fact]
    public async Task A_fund_that_is_not_there_is_not_asked()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Draft();
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/fund", new { fundId = Guid.CreateVersion7(), amount = Desk.Yuan(1) })).MustRefuse(422, "fund-unknown", "fundId");
        var fund = await FundDesk.Open(desk);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/fund", new { fundId = fund.Id, amount = Desk.Yuan(1) })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/fund")).Must(200);
        (await Site.Auditor.Get($"api/signings/agreements/{agreement}")).Json!["fund"].ShouldBeNull();
    }

    private static Task Shows(Guid agreement, string status, decimal? committed) => Eventually(async () =>
    {
        var part = (await Site.Auditor.Get($"api/signings/agreements/{agreement}")).Must(200)["fund"];
        (part.Text("status"), part["committed"]?.Yuan()).ShouldBe((status, committed));
    });
}
