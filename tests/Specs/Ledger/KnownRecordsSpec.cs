using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Reporting.Records;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

/// <summary>What Reporting keeps of whose a record is.</summary>
public sealed class KnownRecordsSpec
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    private static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");

    [Fact]
    public void A_project_an_agreement_and_a_fund_belong_to_a_department()
    {
        Told(new LeadRegistered(Id, "项目", Industries.Other, "某公司", null, Illustrative: false, "investment-1")).ShouldBe((Id, "investment-1", Id));
        Told(new AgreementDrafted(Id, "NH-1", ProjectId, Id, "某公司", Industries.Other, Money.Yuan(1), Illustrative: false, "investment-2")).ShouldBe((Id, "investment-2", ProjectId));
        Told(new FundEstablished(Id, "基金", FundKinds.Market, Money.Yuan(1), "investment-1")).ShouldBe((Id, "investment-1", null));
        Told(new ReinvestmentOpened(Id, ProjectId, Illustrative: false, "investment-1")).ShouldBe((Id, "investment-1", null));
        Told(new FacilityOpened(Id, "担保贷", FacilityProducts.GuaranteedLoan, "某银行", Money.Yuan(1), Illustrative: false, "investment-1")).ShouldBe((Id, "investment-1", null));
    }

    [Fact]
    public void A_ceremony_belongs_to_the_bureau() => Evolve(new CeremonyScheduled(Id, "仪式", new DateOnly(2023, 9, 28))).ShouldBeNull();

    [Fact]
    public void A_project_is_shared_and_the_sharing_ends()
    {
        var lead = new LeadRegistered(Id, "项目", Industries.Other, "某公司", null, Illustrative: false, "investment-1");
        Evolve(lead, new ProjectShared(Id, "investment-2"), new ProjectShared(Id, "investment-2"))!.SharedWith.ShouldBe(["investment-2"]);
        Evolve(lead, new ProjectShared(Id, "investment-2"), new ProjectUnshared(Id, "investment-2"))!.SharedWith.ShouldBeEmpty();
    }

    [Fact]
    public void A_project_that_is_older_than_departments_is_shared_all_the_same()
    {
        var project = Evolve(new ProjectShared(Id, "investment-2"))!;
        (project.Id, project.Department, project.ProjectId).ShouldBe((Id, null, Id));
        project.SharedWith.ShouldBe(["investment-2"]);
    }

    private static (Guid, string?, Guid?) Told(object fact) => Evolve(fact) is { } record ? (record.Id, record.Department, record.ProjectId) : default;

    private static KnownRecord? Evolve(params object[] facts) => facts.Aggregate((KnownRecord?)null, (record, fact) => KnownRecords.Evolve(record, Heard.Of(fact, Id, new DateOnly(2023, 9, 28))));
}
