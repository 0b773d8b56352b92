using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds;
using Luodi.Funds.Deals;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Luodi.Funds.Partners;
using Luodi.Funds.Sizes;
using Luodi.Funds.Terms;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Funds.Figures.ReadAccountsFeature;
using static Luodi.Funds.Figures.ReadBridgeFeature;
using static Luodi.Funds.Figures.ReadFiguresFeature;

namespace Luodi.Specs.Funds;

/// <summary>What is asked of a fund's figures, and what its statement says.</summary>
public sealed class FundFiguresSpec : Story<Fund>
{
    private static readonly DateOnly Today = new(2026, 5, 20);

    protected override Fund? Evolve(Fund? state, object fact) => FundHistory.Evolve(state, fact);

    [Fact]
    public void Figures_are_of_a_day_that_has_come_and_name_their_custom()
    {
        When(Decision.Refuse(ReadFiguresFeature.Wrong(Today.AddDays(1), "luck", Today))).ThenRefused(new FiguresOfTomorrow("on"), new CustomUnknown());
        ReadFiguresFeature.Wrong(Today, RecallCustoms.NetOfPaidIn, Today).ShouldBeEmpty();
    }

    [Fact]
    public void A_bridge_ends_after_it_begins()
    {
        When(Decision.Refuse(ReadBridgeFeature.Wrong(Today, Today.AddDays(-1), Today))).ThenRefused(new EndsBeforeItBegins());
        When(Decision.Refuse(ReadBridgeFeature.Wrong(Today, Today.AddDays(1), Today))).ThenRefused(new FiguresOfTomorrow("to"));
        ReadBridgeFeature.Wrong(Today, Today, Today).ShouldBeEmpty();
    }

    [Fact]
    public void A_statement_is_for_a_quarter_or_a_year_that_has_begun()
    {
        ReadAccountsFeature.Wrong(new(2026, 1, 1), new(2026, 3, 31), Today).ShouldBeEmpty();
        ReadAccountsFeature.Wrong(new(2026, 4, 1), new(2026, 6, 30), Today).ShouldBeEmpty();
        ReadAccountsFeature.Wrong(new(2025, 1, 1), new(2025, 12, 31), Today).ShouldBeEmpty();
        foreach (var (from, to) in (IReadOnlyList<(DateOnly, DateOnly)>)[(new(2026, 1, 1), new(2026, 3, 30)), (new(2026, 2, 1), new(2026, 4, 30)), (new(2025, 4, 1), new(2025, 9, 30)), (new(2025, 4, 1), new(2026, 3, 31))])
        {
            When(Decision.Refuse(ReadAccountsFeature.Wrong(from, to, Today))).ThenRefused(new NoAccountingPeriod());
        }
        When(Decision.Refuse(ReadAccountsFeature.Wrong(new(2026, 7, 1), new(2026, 9, 30), Today))).ThenRefused(new PeriodNotBegun());
    }

    [Fact]
    public void A_statement_names_partners_adds_up_and_says_while_its_period_is_open()
    {
        var flows = new FundFlows().Committed(new(2026, 1, 5), 1, 6_000).Committed(new(2026, 1, 5), 2, 4_000)
            .And(FlowKinds.Called, new(2026, 1, 10), 60, 1).And(FlowKinds.PaidIn, new(2026, 1, 10), 60, 1).And(FlowKinds.PaidIn, new(2026, 1, 10), 40, 2).And(FlowKinds.Fee, new(2026, 2, 1), 10.01m);
        var statement = ReadAccountsFeature.Of(Book(flows), new(2026, 1, 1), new(2026, 3, 31), Today);
        (statement.Balanced, statement.Open, statement.Fund.Ending, statement.Unfunded.Ending).ShouldBe((true, false, 89.99m, 9_940));
        statement.Partners.Select(partner => (partner.Share, partner.Account.Lines.Fees)).ShouldBe([(0.6m, -6.01m), (0.4m, -4.00m)]);
        ReadAccountsFeature.Of(Book(flows), new(2026, 4, 1), new(2026, 6, 30), Today).Open.ShouldBeTrue();
    }

    [Fact]
    public void In_any_quarter_of_any_fund_the_statement_balances() => FundFlows.Any.Sample(fund =>
    {
        var book = Book(fund);
        var ending = 0m;
        for (var from = new DateOnly(2021, 1, 1); from.Year < 2026; from = from.AddMonths(3))
        {
            var statement = ReadAccountsFeature.Of(book, from, from.AddMonths(3).AddDays(-1), Today);
            (statement.Balanced, statement.Fund.Beginning).ShouldBe((true, ending));
            ending = statement.Fund.Ending;
        }
    }, iter: 20);

    [Fact]
    public void With_a_commitment_goes_its_part_of_the_account_and_of_what_can_be_called()
    {
        Subscription Of(int to, int? from, decimal amount, int day, long version, decimal called = 0) =>
            new(Guid.CreateVersion7(), Guid.Empty, FundFlows.Partner(to), from is { } who ? FundFlows.Partner(who) : null, new(2026, 1, day), amount, version, FundFlows.Noon(new(2026, 1, day))) { Called = called };
        var flows = new FundFlows().And(FlowKinds.Called, new(2026, 1, 10), 50, 1).And(FlowKinds.PaidIn, new(2026, 1, 10), 50, 1).And(FlowKinds.Income, new(2026, 1, 11), 10);
        Commitment[] commitments = [.. ((Subscription[])[Of(1, null, 100, 5, 1), Of(2, 1, 40, 20, 3, called: 20)]).SelectMany(FundBook.CommitmentsOf)];
        var statement = ReadAccountsFeature.Of(new(Book(flows).Fund, flows.Flows, commitments), new(2026, 1, 1), new(2026, 3, 31), Today);
        statement.Balanced.ShouldBeTrue();
        statement.Partners.Select(partner => (partner.Account.Lines.Contributions, partner.Account.Ending, partner.Unfunded.Ending)).ShouldBe([(30, 36, 30), (20, 24, 20)]);
    }

    [Fact]
    public void The_terms_of_the_fund_say_how_much_carried_interest_accrues()
    {
        new FundBook(Fund(new FundTerms(HurdleRate: 8, CarryRate: 20)), [], []).Carry.ShouldBe(new CarryTerms(0.08m, 0.2m));
        new FundBook(Fund(new FundTerms(CarryRate: 20)), [], []).Carry.ShouldBe(new CarryTerms(0, 0.2m));
        new FundBook(Fund(null), [], []).Carry.ShouldBeNull();
        new FundBook(Fund(new FundTerms(HurdleRate: 8)), [], []).Carry.ShouldBeNull();
    }

    private static FundBook Book(FundFlows flows) => new(Fund(null), flows.Flows, flows.Commitments);

    private static Fund Fund(FundTerms? terms) => new(Guid.Empty, "某基金", "own-brand", Money.Yuan(100), Money.Yuan(0), 1_000_000) { Terms = terms };
}

/// <summary>The whole family of funds, and what was published about it.</summary>
public sealed class FundFamilySpec : Story<FundFamily>
{
    private static readonly DateOnly Today = new(2026, 5, 20);
    private static readonly Guid ClaimId = Guid.Parse("01890000-0000-7000-8000-0000000000c1");

    protected override FundFamily? Evolve(FundFamily? state, object fact) => FamilyHistory.Evolve(state, fact);

    [Fact]
    public void What_was_published_about_the_family_is_logged_with_its_source() =>
        When(ClaimFamilySizeFeature.Decide(FundFamily.Unclaimed, ClaimId, new(" 市政府网站 ", Today, Money.Yuan(10_000_000_000), AtLeast: true), Today))
            .Then(new FamilySizeClaimed(ClaimId, FundFamily.Only, "市政府网站", Today, Money.Yuan(10_000_000_000), AtLeast: true)).Effective(Today);

    [Fact]
    public void A_claim_has_a_source_a_day_that_has_come_and_a_size() =>
        When(ClaimFamilySizeFeature.Decide(FundFamily.Unclaimed, ClaimId, new(null, Today.AddDays(1), null), Today))
            .ThenRefused(new Missing("source"), new ClaimSizeFeature.StatedInFuture(), new Missing("size"));

    [Fact]
    public void Money_on_its_way_from_the_mother_counts_once_and_a_claim_stands_beside_the_sum()
    {
        var (city, mother, daughter) = (Guid.Parse("01890000-0000-7000-8000-0000000000a1"), Guid.Parse("01890000-0000-7000-8000-0000000000f1"), Guid.Parse("01890000-0000-7000-8000-0000000000f2"));
        var project = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
        var funds = new[]
        {
            Fund(mother, "a", new Partner(city, "某财政局", PartnerKinds.Government, null) { Subscribed = 600, Called = 300, PaidIn = 300 }) with { Subscribed = 600, Called = 300 },
            Fund(daughter, "b", new Partner(Guid.CreateVersion7(), "母基金", PartnerKinds.MotherFund, mother) { Subscribed = 250, Called = 100, PaidIn = 100 }, new Partner(Guid.CreateVersion7(), "某企业", PartnerKinds.Enterprise, null) { Subscribed = 750, Called = 300, PaidIn = 300 })
                with { Subscribed = 1_000, Called = 400, Disbursed = 320, Deals = [new Deal(Guid.CreateVersion7(), project, null, 400) { Disbursed = 320 }] },
        };
        var family = FamilyHistory.Evolve(null, new FamilySizeClaimed(ClaimId, FundFamily.Only, "公报", Today, Money.Yuan(1_400), AtLeast: true))!;

        var whole = ReadFamilyFeature.Of(funds, family, _ => true);
        var yuan = whole.Families.ShouldHaveSingleItem();
        (yuan.Total, yuan.LookThrough).ShouldBe((new FundAmounts(1_350, 600, 320), 320));
        yuan.Funds.Select(fund => fund.LookThrough).ShouldBe([80, 320]);
        yuan.Funds[0].Stakes.ShouldBe([new StakeItem(daughter, 250, 100, 0.25m)]);
        yuan.Links.ShouldBe([
            new("partner", PartnerKinds.Government, "fund", mother, 300), new("fund", $"{mother}", "fund", daughter, 100), new("partner", PartnerKinds.Enterprise, "fund", daughter, 300),
            new("fund", $"{daughter}", "project", project, 320)]);
        whole.Claims.ShouldHaveSingleItem().Stated.ShouldBe(new StatedSum(1_350, 1_400, true, -50, false));

        // Of another department: in the totals, and told by no name.
        var part = ReadFamilyFeature.Of(funds, family, fund => fund.Department == "b").Families.ShouldHaveSingleItem();
        (part.Total, part.Funds.Count, part.Hidden).ShouldBe((yuan.Total, 1, new HiddenFunds(1, new FundAmounts(600, 300, 0))));
        part.Links[0].ShouldBe(new("partner", PartnerKinds.MotherFund, "fund", daughter, 100));
    }

    [Fact]
    public void Currencies_are_not_added_into_one_another() =>
        ReadFamilyFeature.Of([Fund(Guid.CreateVersion7(), "a") with { TargetSize = new Money(1, "USD"), Subscribed = 5 }, Fund(Guid.CreateVersion7(), "a") with { Subscribed = 7 }], FundFamily.Unclaimed, _ => true)
            .Families.Select(each => (each.Currency, each.Total.Committed)).ShouldBe([("CNY", 7), ("USD", 5)]);

    private static Fund Fund(Guid id, string department, params Partner[] partners) => new(id, "某基金", FundKinds.OwnBrand, Money.Yuan(1_000), Money.Yuan(0), 1, department) { Partners = partners };
}
