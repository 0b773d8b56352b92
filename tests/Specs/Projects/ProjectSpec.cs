using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Projects;
using Luodi.Projects.Leads;
using Luodi.Projects.Sharing;
using Luodi.Projects.Stages;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Sharing.ShareProjectFeature;
using static Luodi.Projects.Stages.StartNegotiationFeature;

namespace Luodi.Specs.Projects;

public abstract class ProjectSpec : Story<Project>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly Guid AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly DateOnly Day = new(2023, 9, 28);
    protected static readonly LeadRegistered Lead = new(Id, "功率器件封装", Industries.Microelectronics, "某投资方", Money.Yuan(1_000_000_000), Illustrative: false);
    protected static readonly NegotiationStarted Negotiating = new(Id);
    protected static readonly ProjectSigned Signed = new(Id, AgreementId, Day);

    protected override Project? Evolve(Project? state, object fact) => ProjectHistory.Evolve(state, fact);
}

public sealed class RegisterLeadSpec : ProjectSpec
{
    private static readonly RegisterLead Found = new("功率器件封装", Industries.Microelectronics, "某投资方", Money.Yuan(1_000_000_000));

    [Fact]
    public void A_lead_has_a_name_an_industry_and_an_investor() =>
        When(RegisterLeadFeature.Decide(Id, Found with { Name = " 功率器件封装 ", Investor = " 某投资方 " }, null)).Then(Lead);

    [Fact]
    public void A_lead_of_which_nobody_has_named_an_amount_yet_is_a_lead() =>
        When(RegisterLeadFeature.Decide(Id, Found with { ExpectedInvestment = null }, null)).Then(Lead with { ExpectedInvestment = null });

    [Fact]
    public void A_lead_belongs_to_the_department_of_who_logged_it() =>
        When(RegisterLeadFeature.Decide(Id, Found, "investment-1")).Then(Lead with { Department = "investment-1" });

    [Fact]
    public void A_made_up_lead_stays_marked() => When(RegisterLeadFeature.Decide(Id, Found with { Illustrative = true }, null)).Then(Lead with { Illustrative = true });

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(RegisterLeadFeature.Decide(Id, new RegisterLead(null, null, null, null), null)).ThenRefused(new Missing("name"), new Missing("industry"), new Missing("investor"));

    [Fact]
    public void An_industry_outside_the_zones_classification_is_refused() =>
        When(RegisterLeadFeature.Decide(Id, Found with { Industry = "textiles" }, null)).ThenRefused<IndustryUnknown>("industry");

    [Fact]
    public void An_expected_investment_of_nothing_is_left_out_rather_than_entered() =>
        When(RegisterLeadFeature.Decide(Id, Found with { ExpectedInvestment = Money.Yuan(0) }, null)).ThenRefused<AmountNotPositive>("expectedInvestment");
}

public sealed class StartNegotiationSpec : ProjectSpec
{
    [Fact]
    public void A_lead_moves_to_negotiation() => Given(Lead).When(StartNegotiationFeature.Decide).Then(Negotiating);

    [Fact]
    public void Negotiations_begin_once() => Given(Lead, Negotiating).When(StartNegotiationFeature.Decide).ThenRefused<PastTheLead>();

    [Fact]
    public void A_signed_project_does_not_go_back_to_negotiation() => Given(Lead, Signed).When(StartNegotiationFeature.Decide).ThenRefused<PastTheLead>();
}

public sealed class SignProjectSpec : ProjectSpec
{
    private static readonly AgreementSigned Paper = new(AgreementId, Id, Guid.Parse("01890000-0000-7000-8000-000000000001"), Money.Yuan(1), Day);

    [Fact]
    public void A_project_in_negotiation_is_signed_on_the_date_on_its_agreement() => Given(Lead, Negotiating).When(Hears(Paper)).Then(Signed).Effective(Day);

    [Fact]
    public void A_lead_that_is_signed_at_once_skips_negotiation() => Given(Lead).When(Hears(Paper)).Then(Signed);

    [Fact]
    public void A_second_agreement_about_a_signed_project_changes_nothing() =>
        Given(Lead, Signed).When(Hears(Paper with { AgreementId = Guid.Parse("01890000-0000-7000-8000-0000000000a2") })).ThenNothing();

    private static Func<Project, Decision> Hears(AgreementSigned signed) => project => SigningNews.Decide(project, signed);
}

public sealed class ShareProjectSpec : ProjectSpec
{
    private static readonly LeadRegistered Owned = Lead with { Department = "investment-1" };
    private static readonly ProjectShared Shared = new(Id, "investment-2");
    private static readonly ProjectUnshared Unshared = new(Id, "investment-2");

    [Fact]
    public void A_project_is_shared_with_another_department() => Given(Owned).When(Share(" investment-2 ")).Then(Shared);

    [Fact]
    public void Who_reads_it_is_known_from_then_on_until_the_sharing_ends()
    {
        Given(Owned, Shared, new ProjectShared(Id, "planning")).State.SharedWith.ShouldBe(["investment-2", "planning"]);
        Given(Owned, Shared, new ProjectShared(Id, "planning"), Unshared).State.SharedWith.ShouldBe(["planning"]);
    }

    [Fact]
    public void It_is_shared_once() => Given(Owned, Shared).When(Share("investment-2")).ThenNothing();

    [Fact]
    public void It_may_be_shared_again_after_the_sharing_has_ended() => Given(Owned, Shared, Unshared).When(Share("investment-2")).Then(Shared);

    [Fact]
    public void A_department_needs_no_sharing_of_its_own_project() => Given(Owned).When(Share("investment-1")).ThenRefused<OwnDepartment>("department");

    [Fact]
    public void Sharing_names_a_department()
    {
        Given(Owned).When(Share(" ")).ThenRefused<Missing>("department");
        Given(Owned).When(Unshare(null)).ThenRefused<Missing>("department");
    }

    [Fact]
    public void A_sharing_ends() => Given(Owned, Shared).When(Unshare("investment-2")).Then(Unshared);

    [Fact]
    public void What_was_not_shared_stays_so() => Given(Owned).When(Unshare("investment-2")).ThenNothing();

    private static Func<Project, Decision> Share(string? department) => project => ShareProjectFeature.Decide(project, new ShareProject(department));

    private static Func<Project, Decision> Unshare(string? department) => project => UnshareProjectFeature.Decide(project, new UnshareProject(department));
}
