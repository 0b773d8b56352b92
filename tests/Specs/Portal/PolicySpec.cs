using Luodi.Contracts.Portal;
using Luodi.Portal.Accounts;
using Luodi.ServiceDefaults.Decisions;
using Xunit;
using static Luodi.Portal.Accounts.FactorPolicyFeature;
using static Luodi.Portal.Accounts.ProgramsFeature;
using static Luodi.Portal.Accounts.Terms;

namespace Luodi.Specs.Portal;

public sealed class FactorPolicySpec : Story<FactorPolicy>
{
    private static readonly SecondFactorDemanded Demanded = new(FactorPolicy.Only, "manager");

    protected override FactorPolicy? Evolve(FactorPolicy? state, object fact) => FactorPolicyFeature.Evolve(state, fact);

    [Fact]
    public void A_second_factor_is_demanded_of_a_role_and_waived()
    {
        When(FactorPolicyFeature.Demand(new FactorPolicy(FactorPolicy.Only, []), new ChangeRole("manager"))).Then(Demanded);
        Given(Demanded).When(policy => FactorPolicyFeature.Waive(policy, new ChangeRole("manager"))).Then(new SecondFactorWaived(FactorPolicy.Only, "manager"));
    }

    [Fact]
    public void Once_is_enough()
    {
        Given(Demanded).When(policy => FactorPolicyFeature.Demand(policy, new ChangeRole("manager"))).ThenRefused<AlreadyDemanded>("role");
        Given(Demanded).When(policy => FactorPolicyFeature.Waive(policy, new ChangeRole("staff"))).ThenRefused<NotDemanded>("role");
        Given(Demanded).When(policy => FactorPolicyFeature.Demand(policy, new ChangeRole("king"))).ThenRefused<GrantRoleFeature.RoleUnknown>("role");
    }
}

public sealed class ProgramsSpec : Story<ApiClient>
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000c1");
    private static readonly Term Department = new(Guid.Parse("01890000-0000-7000-8000-0000000000b1"), TermKinds.Department, "investment-1", "招商一部", Retired: false, 1);
    private static readonly ClientRegistered Registered = new(Id, "city-portal", "市级平台", "figures.read", null);

    protected override ApiClient? Evolve(ApiClient? state, object fact) => ApiClientHistory.Evolve(state, fact);

    [Fact]
    public void A_program_comes_in_with_its_scopes() =>
        When(ProgramsFeature.Register(Id, new RegisterClient("city-portal", "市级平台", ["figures.read", "figures.read"], null), null)).Then(Registered)
            .Reserving(OpenAccountFeature.KeyOf("city-portal"), new OpenAccountFeature.LoginTaken());

    [Fact]
    public void Its_scopes_are_ones_that_there_are()
    {
        When(ProgramsFeature.Register(Id, new RegisterClient("city-portal", "市级平台", [], null), null)).ThenRefused<ScopesUnknown>("scopes");
        When(ProgramsFeature.Register(Id, new RegisterClient("city-portal", "市级平台", ["luodi"], null), null)).ThenRefused<ScopesUnknown>("scopes");
    }

    [Fact]
    public void What_logs_deals_does_so_for_a_department()
    {
        When(ProgramsFeature.Register(Id, new RegisterClient("city-portal", "市级平台", ["deals.write"], null), null)).ThenRefused<WritersNeedDepartment>("department");
        When(ProgramsFeature.Register(Id, new RegisterClient("city-portal", "市级平台", ["deals.write"], "investment-1"), Department))
            .Then(Registered with { Scopes = "deals.write", Department = "investment-1" });
    }

    [Fact]
    public void Its_secret_is_renewed_until_it_is_disabled()
    {
        Given(Registered).When(ProgramsFeature.Renew).Then(new ClientSecretRenewed(Id));
        Given(Registered).When(ProgramsFeature.Disable).Then(new ClientDisabled(Id));
        Given(Registered, new ClientDisabled(Id)).When(ProgramsFeature.Renew).ThenRefused<ClientIsDisabled>();
        Given(Registered, new ClientDisabled(Id)).When(ProgramsFeature.Disable).ThenRefused<ClientIsDisabled>();
    }
}

public sealed class TermsSpec : Story<Term>
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
    private static readonly TermAdded Added = new(Id, "block", "north", "北片区");

    protected override Term? Evolve(Term? state, object fact) => TermHistory.Evolve(state, fact);

    [Fact]
    public void A_term_is_added_renamed_and_retired_and_its_code_stays_taken()
    {
        When(Terms.Add(Id, new AddTerm("block", "north", "北片区"))).Then(Added).Reserving(Terms.KeyOf("block", "north"), new CodeTaken());
        Given(Added).When(term => Terms.Rename(term, new RenameTerm("北区"))).Then(new TermRenamed(Id, "北区"));
        Given(Added).When(term => Terms.Rename(term, new RenameTerm("北片区"))).ThenNothing();
        Given(Added).When(Terms.Retire).Then(new TermRetired(Id));
        Given(Added, new TermRetired(Id)).When(Terms.Retire).ThenRefused<TermIsRetired>();
    }

    [Fact]
    public void A_term_has_a_kind_a_code_and_a_name()
    {
        When(Terms.Add(Id, new AddTerm("planet", "north", "北片区"))).ThenRefused<TermKindUnknown>("kind");
        When(Terms.Add(Id, new AddTerm("block", "北", "北片区"))).ThenRefused<CodeMalformed>("code");
        When(Terms.Add(Id, new AddTerm(null, null, null))).ThenRefused(new Missing("kind"), new Missing("code"), new Missing("name"));
    }
}
