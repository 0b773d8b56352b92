using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Rollups;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

public sealed class FundPostingsSpec
{
    private static readonly DateOnly Day = new(2023, 11, 1);
    private static readonly Guid Fund = Number(1), Mother = Number(2), A = Number(3), B = Number(4), M = Number(5), Deal = Number(6), Project = Number(7), Entry = Number(8), Standing = Number(9);

    private static readonly object[] Raised =
    [
        new FundEstablished(Mother, "母基金", FundKinds.Market, Money.Yuan(1_000)),
        new FundEstablished(Fund, "天使一号", FundKinds.DirectAngel, Money.Yuan(1_000), "investment-1"),
        new PartnerAdmitted(A, Fund, "甲", PartnerKinds.Government, null),
        new PartnerAdmitted(B, Fund, "乙", PartnerKinds.StateOwned, null),
        new PartnerAdmitted(M, Fund, "母基金", PartnerKinds.MotherFund, Mother),
        new DealCommitted(Deal, Fund, Project, null, Money.Yuan(70), Day),
    ];

    private static readonly LeadRegistered Lead = new(Project, "碳化硅外延片", Industries.Microelectronics, "某公司", null, Illustrative: false);

    private readonly FundLedger _ledger = new();

    public FundPostingsSpec() => _ledger.Hear(Raised);

    [Fact]
    public void A_subscription_waits_counts_when_confirmed_and_was_never_so_once_it_is_revoked()
    {
        Post(new SubscriptionLogged(Entry, Fund, A, Money.Yuan(60), Day)).ShouldBe([(Measures.FundCommitted, "pending", 1, 60, Day)]);
        Post(new SubscriptionConfirmed(Entry, Fund, A, Money.Yuan(60), Day)).ShouldBe([(Measures.FundCommitted, "pending", -1, -60, Day), (Measures.FundCommitted, "confirmed", 1, 60, Day)]);
        Post(new SubscriptionRevoked(Entry, Fund, A, Money.Yuan(60), Day), Day.AddDays(90)).ShouldBe([(Measures.FundCommitted, "confirmed", -1, -60, Day)]);
    }

    [Theory]
    [InlineData("called", Measures.FundCalled)]
    [InlineData("paid-in", Measures.FundPaidIn)]
    [InlineData("recalled", Measures.FundRecalled)]
    [InlineData("distributed", Measures.FundDistributed)]
    [InlineData("disbursed", Measures.FundInvested)]
    [InlineData("exited", Measures.FundProceeds)]
    public void A_flow_counts_in_the_measure_of_its_kind_and_a_reversal_takes_it_back_on_its_own_day(string kind, string measure)
    {
        var (partner, deal) = Measures.OfPartners.Contains(measure) ? ((Guid?)A, (Guid?)null) : (null, Deal);
        Post(new FlowLogged(Entry, Fund, kind, Day, Money.Yuan(30), partner, deal, 0, false)).ShouldBe([(measure, "pending", 1, 30, Day)]);
        Post(new FlowConfirmed(Entry, Fund, kind, Day, Money.Yuan(30), partner, deal, 0, false)).ShouldBe([(measure, "pending", -1, -30, Day), (measure, "confirmed", 1, 30, Day)]);
        var line = _ledger.Postings[^1];
        (line.FundId, line.FundKind, line.Department, line.PartnerKind, line.Tier).ShouldBe((Fund, FundKinds.DirectAngel, "investment-1", partner is null ? Posting.None : PartnerKinds.Government, Posting.None));
        Post(new FlowReversed(Entry, Fund, kind, Day, Money.Yuan(30), partner, deal, 0, false), Day.AddDays(90)).ShouldBe([(measure, "confirmed", -1, -30, Day)]);
    }

    [Theory]
    [InlineData("fee")]
    [InlineData("expense")]
    [InlineData("valued")]
    [InlineData("income")]
    public void What_the_fund_keeps_to_itself_is_its_own_figure(string kind)
    {
        Post(new FlowLogged(Entry, Fund, kind, Day, Money.Yuan(30), null, null, 0, false)).ShouldBeEmpty();
        Post(new FlowConfirmed(Entry, Fund, kind, Day, Money.Yuan(30), null, null, 0, false)).ShouldBeEmpty();
        Post(new FlowReversed(Entry, Fund, kind, Day, Money.Yuan(30), null, null, 0, false)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_returned_waits_no_longer_and_a_deal_that_is_returned_never_did()
    {
        Post(new FlowLogged(Entry, Fund, "called", Day, Money.Yuan(30), A, null, 0, false));
        Post(new FundEntryReturned(Entry, Fund)).ShouldBe([(Measures.FundCalled, "pending", -1, -30, Day)]);
        Post(new FundEntryReturned(Number(99), Fund)).ShouldBeEmpty();
    }

    [Fact]
    public void A_transfer_moves_nothing_in_sum_and_takes_from_one_kind_of_partners_what_it_gives_to_another()
    {
        TransferConfirmed Hands(Guid to) => new(Number(20), Fund, M, to, Money.Yuan(50), 40, 30, 20, 10, 5, Day);
        _ledger.Hear(new PartnerAdmitted(Number(10), Fund, "另一只母基金", PartnerKinds.MotherFund, Mother));
        Post(Hands(Number(10))).ShouldBeEmpty();
        _ledger.Hear(Hands(A), Day).Select(line => (line.Measure, line.PartnerKind, line.Count, line.Amount.Value)).ShouldBe(
        [
            (Measures.FundCommitted, Partners.Family, 0, -50m), (Measures.FundCommitted, PartnerKinds.Government, 0, 50m), (Measures.FundCalled, Partners.Family, 0, -40m), (Measures.FundCalled, PartnerKinds.Government, 0, 40m),
            (Measures.FundPaidIn, Partners.Family, 0, -30m), (Measures.FundPaidIn, PartnerKinds.Government, 0, 30m), (Measures.FundRecalled, Partners.Family, 0, -5m), (Measures.FundRecalled, PartnerKinds.Government, 0, 5m),
            (Measures.FundDistributed, Partners.Family, 0, -20m), (Measures.FundDistributed, PartnerKinds.Government, 0, 20m),
        ]);
    }

    [Fact]
    public void A_mother_fund_is_of_the_family_where_it_is_kept_here_in_the_same_currency()
    {
        _ledger.Hear(
            new FundEstablished(Number(10), "美元基金", FundKinds.Market, new Money(1_000, "USD")), new PartnerAdmitted(Number(11), Number(10), "母基金", PartnerKinds.MotherFund, Mother), new PartnerAdmitted(Number(12), Fund, "省级母基金", PartnerKinds.MotherFund, null));
        string KindOf(Guid partner, Guid fund, string currency) => _ledger.Hear(new SubscriptionLogged(Guid.CreateVersion7(), fund, partner, new Money(1, currency), Day), Day)[0].PartnerKind;
        KindOf(M, Fund, "CNY").ShouldBe(Partners.Family);
        KindOf(Number(12), Fund, "CNY").ShouldBe(PartnerKinds.MotherFund);
        KindOf(Number(11), Number(10), "USD").ShouldBe(PartnerKinds.MotherFund);
        _ledger.Postings[^1].Amount.ShouldBe(new Money(1, "USD"));
    }

    [Fact]
    public void An_investment_counts_for_its_project_and_takes_its_industry_when_that_is_heard_of()
    {
        _ledger.Hear(Disbursed, Day).ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.ProjectId.ShouldBe(Project), line => line.Industry.ShouldBe(Posting.None));
        // Not arranged anew: a figure by industry needs no trait to be told.
        _ledger.Hear(Lead, Day).Where(line => line.Measure == Measures.FundInvested).Select(line => (line.Count, line.Industry, line.Arranges)).ShouldBe([(-1, Posting.None, false), (1, Industries.Microelectronics, false)]);
        _ledger.Hear(new ProjectDescribed(Project, null, null, null, null, null, null, null, null, "东片区", null), Day).Where(line => line.Measure == Measures.FundInvested).Select(line => (line.Count, line.Traits.Block, line.Arranges))
            .ShouldBe([(-1, Posting.None, true), (1, "东片区", true)]);
    }

    [Fact]
    public void An_investment_in_a_record_that_another_one_stands_for_counts_there()
    {
        _ledger.Hear(new LeadRegistered(Standing, "外延片", Industries.Biomedicine, "某公司", null, Illustrative: false), Lead, Disbursed);
        _ledger.Hear(new ProjectMerged(Project, Standing), Day).Where(line => line.Measure == Measures.FundInvested).Select(line => (line.Count, line.ProjectId, line.Industry))
            .ShouldBe([(-1, Project, Industries.Microelectronics), (1, Standing, Industries.Microelectronics)]);
    }

    [Fact]
    public void A_vintage_that_is_told_later_arranges_anew_what_counts_already()
    {
        _ledger.Hear(Lead, Disbursed);
        _ledger.Hear(Terms(2023), Day).Select(line => (line.Count, line.Traits.Vintage, line.Arranges)).ShouldBe([(-1, Posting.None, true), (1, "2023", true)]);
        _ledger.Hear(Terms(2023), Day).ShouldBeEmpty();
        _ledger.Hear(new FlowReversed(Entry, Fund, "disbursed", Day, Money.Yuan(30), null, Deal, 0, false), Day).ShouldHaveSingleItem().Traits.Vintage.ShouldBe("2023");
    }

    [Fact]
    public void What_changes_something_that_the_ledger_has_not_stops_it()
    {
        Should.Throw<InvalidOperationException>(() => Post(new FlowReversed(Number(99), Fund, "called", Day, Money.Yuan(30), A, null, 0, false)));
        Should.Throw<InvalidOperationException>(() => Post(new FlowLogged(Entry, Fund, "disbursed", Day, Money.Yuan(30), null, Number(99), 0, false)));
        Should.Throw<InvalidOperationException>(() => Post(new FlowLogged(Entry, Fund, "called", Day, Money.Yuan(30), Number(99), null, 0, false)));
    }

    /// <summary>One yuan, three views: a fund's flow, capital in place of a project, and reinvestment.</summary>
    [Fact]
    public void An_investment_that_is_capital_in_place_and_reinvestment_too_counts_once_in_each_and_nothing_adds_them()
    {
        var (capital, book) = (Number(30), Number(31));
        _ledger.Hear(
            Lead, Disbursed,
            new CapitalLogged(capital, Project, Day, Money.Yuan(30), Money.Yuan(0), null, null, Money.Yuan(30), CapitalEvidence.BankSlip, "1", Illustrative: false, null), new CapitalConfirmed(capital),
            new ReinvestmentLogged(book, Number(32), 1, "某公司", ReinvestmentWays.OwnSpending, Day, Money.Yuan(30), Money.Yuan(0), "1"), new ReinvestmentRecognised(book, Number(32)));
        _ledger.Postings.Where(line => line.Status == PostingStatus.Confirmed && line.Amount.Value != 0).GroupBy(line => line.Measure).Select(lines => (lines.Key, lines.Sum(line => line.Amount.Value)))
            .ShouldBe([(Measures.FundInvested, 30m), (Measures.CapitalInPlace, 30m)]);

        // A sum is of one measure, and each definition of one that is there.
        Refused($"{Measures.FundInvested},{Measures.CapitalInPlace}").ShouldBeOfType<ReadRollupFeature.MeasureUnknown>();
        foreach (var definition in MeasuresOfFunds.Measures)
        {
            Refused(definition.Measure).ShouldBeNull();
            definition.Postings.ShouldContain($"measure={definition.Measure}&");
        }
        MeasuresOfFunds.Measures.Select(definition => definition.Name).ShouldBeUnique();
        MeasuresOfFunds.Measures.Select(definition => definition.Measure).ShouldNotContain(Measures.CapitalInPlace);
    }

    [Fact]
    public void A_family_total_leaves_out_what_its_own_funds_pay_and_a_sum_that_has_both_is_none()
    {
        Settled(new(Measure: Measures.FundPaidIn), "fund", null).PartnerKind.ShouldBe(Partners.Outside);
        Settled(new(Measure: Measures.FundPaidIn, Fund: Fund), "year", null).PartnerKind.ShouldBeNull();
        Settled(new(Measure: Measures.FundPaidIn), "partnerKind", "fund").PartnerKind.ShouldBeNull();
        Settled(new(Measure: Measures.FundInvested), "fund", null).PartnerKind.ShouldBeNull();
        Settled(new(Measure: Measures.CapitalInPlace), "industry", null).PartnerKind.ShouldBeNull();

        Table(new(Measure: Measures.FundPaidIn), "fund", null).Total!.Amount.ShouldBe(Money.Yuan(110));
        var byKind = Table(new(Measure: Measures.FundPaidIn), "fund", "partnerKind");
        (byKind.Total, byKind.Items[0].Amount).ShouldBe((null, Money.Yuan(110)));
        Table(new(Measure: Measures.FundPaidIn), "partnerKind", "year").Items.ShouldAllBe(row => row.Amount != null);
        Table(new(Measure: Measures.FundPaidIn), "year", "partnerKind").Items.ShouldAllBe(row => row.Amount == null);
        Table(new(Measure: Measures.FundPaidIn, PartnerKind: $"{Partners.Family},{Partners.Outside}"), "year", null).Total.ShouldBeNull();
        Table(new(Measure: Measures.FundPaidIn, Fund: Fund), "partnerKind", null).Total!.Amount.ShouldBe(Money.Yuan(110));
        Table(new(Measure: Measures.FundInvested), "year", null).Total!.Amount.ShouldBe(Money.Yuan(110));

        static PostingFilter Settled(PostingFilter filter, string rows, string? columns) => ReadTableFeature.Settled(filter, rows, columns, Day);
        static Table Table(PostingFilter filter, string rows, string? columns) => ReadTableFeature.Of(Settled(filter, rows, columns), Dimensions.ByName[rows], columns is null ? null : Dimensions.ByName[columns], 1,
            [new(Key(rows, 1), columns is null ? "" : Key(columns, 1), new(1, Money.Yuan(60))), new(Key(rows, 1), columns is null ? "" : Key(columns, 2), new(1, Money.Yuan(50)))]);
        static string Key(string dimension, int which) => dimension switch { "fund" => Number(which).ToString(), "partnerKind" => Partners.All[which], _ => $"{2022 + which}" };
    }

    [Fact]
    public void Figures_in_another_currency_are_in_it_and_never_beside_yuan()
    {
        var filter = ReadTableFeature.Settled(new(Measure: Measures.FundInvested, Currency: "USD"), "year", null, Day);
        var table = ReadTableFeature.Of(filter, Dimensions.ByName["year"], null, 1, [new("2023", "", new(1, new Money(60, "USD"))), new("2024", "", new(1, new Money(50, "USD")))]);
        table.Total!.Amount.ShouldBe(new Money(110, "USD"));
        table.Postings.ShouldContain("currency=USD");
    }

    private static FlowConfirmed Disbursed => new(Entry, Fund, "disbursed", Day, Money.Yuan(30), null, Deal, 0, false);

    private static FundTermsSet Terms(int vintage) => new(Fund, null, vintage, null, null, null, null, null, null, Recycling: true);

    private static ServiceDefaults.Decisions.Refusal? Refused(string measure) => ReadTableFeature.Unknown(ReadTableFeature.Settled(new(Measure: measure), "year", null, Day), "year", null);

    private static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    private IReadOnlyList<(string, string, int, decimal, DateOnly)> Post(object fact, DateOnly? on = null) =>
        [.. _ledger.Hear(fact, on ?? Day).Select(line => (line.Measure, line.Status, line.Count, line.Amount.Value, line.EffectiveOn))];
}
