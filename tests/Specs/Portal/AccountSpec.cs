using Luodi.Contracts.Portal;
using Luodi.Portal.Accounts;
using Luodi.ServiceDefaults.Decisions;
using Xunit;
using static Luodi.Portal.Accounts.AssignDepartmentFeature;
using static Luodi.Portal.Accounts.DisableAccountFeature;
using static Luodi.Portal.Accounts.GrantRoleFeature;
using static Luodi.Portal.Accounts.OpenAccountFeature;

namespace Luodi.Specs.Portal;

public abstract class AccountSpec : Story<Account>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000a1");
    protected static readonly Term First = new(Guid.Parse("01890000-0000-7000-8000-0000000000b1"), TermKinds.Department, "investment-1", "招商一部", Retired: false, 1);
    protected static readonly AccountOpened Opened = new(Id, "wang", "招商专员", "investment-1", Demo: false);
    protected static readonly GiveReason Reason = new("调岗");

    protected override Account? Evolve(Account? state, object fact) => AccountHistory.Evolve(state, fact);
}

public sealed class OpenAccountSpec : AccountSpec
{
    [Fact]
    public void An_account_opens_without_a_role_and_its_login_is_taken_for_ever() =>
        When(OpenAccountFeature.Decide(Id, new OpenAccount(" wang ", "招商专员", "investment-1"), First)).Then(Opened).Reserving(OpenAccountFeature.KeyOf("wang"), new LoginTaken());

    [Theory]
    [InlineData("W")]
    [InlineData("王")]
    [InlineData("1wang")]
    [InlineData("wang li")]
    public void A_login_is_written_in_small_letters(string login) =>
        When(OpenAccountFeature.Decide(Id, new OpenAccount(login, "招商专员", null), null)).ThenRefused<LoginMalformed>("login");

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(OpenAccountFeature.Decide(Id, new OpenAccount(null, " ", null), null)).ThenRefused(new Missing("login"), new Missing("name"));

    [Fact]
    public void A_department_stands_in_the_dictionary_and_is_not_retired()
    {
        When(OpenAccountFeature.Decide(Id, new OpenAccount("wang", "招商专员", "nowhere"), null)).ThenRefused<DepartmentUnknown>("department");
        When(OpenAccountFeature.Decide(Id, new OpenAccount("wang", "招商专员", "investment-1"), First with { Retired = true })).ThenRefused<DepartmentUnknown>("department");
    }
}

public sealed class GrantRoleSpec : AccountSpec
{
    [Fact]
    public void A_role_is_granted_and_taken_away()
    {
        Given(Opened).When(account => GrantRoleFeature.Grant(account, new ChangeRole("staff"), "secadmin")).Then(new RoleGranted(Id, "staff"));
        Given(Opened, new RoleGranted(Id, "staff")).When(account => GrantRoleFeature.Revoke(account, new ChangeRole("staff"), "secadmin")).Then(new RoleRevoked(Id, "staff"));
    }

    [Fact]
    public void Nobody_grants_or_takes_anything_of_their_own()
    {
        Given(Opened).When(account => GrantRoleFeature.Grant(account, new ChangeRole("manager"), "wang")).ThenRefused<OwnAccount>();
        Given(Opened, new RoleGranted(Id, "manager")).When(account => GrantRoleFeature.Revoke(account, new ChangeRole("manager"), "wang")).ThenRefused<OwnAccount>();
    }

    [Theory]
    [InlineData("auditor", "system-administrator")]
    [InlineData("auditor", "security-administrator")]
    [InlineData("system-administrator", "security-administrator")]
    [InlineData("system-administrator", "staff")]
    [InlineData("auditor", "manager")]
    public void Who_audits_runs_or_grants_does_nothing_else(string one, string other)
    {
        Given(Opened, new RoleGranted(Id, one)).When(account => GrantRoleFeature.Grant(account, new ChangeRole(other), "secadmin")).ThenRefused<RolesApart>("role");
        Given(Opened, new RoleGranted(Id, other)).When(account => GrantRoleFeature.Grant(account, new ChangeRole(one), "secadmin")).ThenRefused<RolesApart>("role");
    }

    [Fact]
    public void Staff_may_be_a_manager_too() =>
        Given(Opened, new RoleGranted(Id, "staff")).When(account => GrantRoleFeature.Grant(account, new ChangeRole("manager"), "secadmin")).Then(new RoleGranted(Id, "manager"));

    [Fact]
    public void Staff_belong_to_a_department() =>
        Given(Opened with { Department = null }).When(account => GrantRoleFeature.Grant(account, new ChangeRole("staff"), "secadmin")).ThenRefused<StaffNeedDepartment>("role");

    [Fact]
    public void A_role_is_held_once_and_is_one_that_there_is()
    {
        Given(Opened, new RoleGranted(Id, "staff")).When(account => GrantRoleFeature.Grant(account, new ChangeRole("staff"), "secadmin")).ThenRefused<RoleHeld>("role");
        Given(Opened).When(account => GrantRoleFeature.Revoke(account, new ChangeRole("staff"), "secadmin")).ThenRefused<RoleNotHeld>("role");
        Given(Opened).When(account => GrantRoleFeature.Grant(account, new ChangeRole("service"), "secadmin")).ThenRefused<RoleUnknown>("role");
        Given(Opened).When(account => GrantRoleFeature.Grant(account, new ChangeRole(null), "secadmin")).ThenRefused<Missing>("role");
    }
}

public sealed class DisableAccountSpec : AccountSpec
{
    [Fact]
    public void An_account_is_disabled_and_enabled_with_a_reason()
    {
        Given(Opened).When(account => DisableAccountFeature.Disable(account, Reason, "sysadmin")).Then(new AccountDisabled(Id)).Because("调岗");
        Given(Opened, new AccountDisabled(Id)).When(account => DisableAccountFeature.Enable(account, Reason, "sysadmin")).Then(new AccountEnabled(Id)).Because("调岗");
        Given(Opened).When(account => DisableAccountFeature.Disable(account, new GiveReason(""), "sysadmin")).ThenRefused<Missing>("reason");
    }

    [Fact]
    public void Once_is_enough()
    {
        Given(Opened, new AccountDisabled(Id)).When(account => DisableAccountFeature.Disable(account, Reason, "sysadmin")).ThenRefused<AccountIsDisabled>();
        Given(Opened).When(account => DisableAccountFeature.Enable(account, Reason, "sysadmin")).ThenRefused<AccountIsEnabled>();
    }

    [Fact]
    public void Nobody_disables_or_resets_themselves()
    {
        Given(Opened).When(account => DisableAccountFeature.Disable(account, Reason, "wang")).ThenRefused<OwnAccount>();
        Given(Opened).When(account => ResetPasswordFeature.Decide(account, Reason, "wang")).ThenRefused<OwnAccount>();
        Given(Opened).When(account => ResetPasswordFeature.DecideFactor(account, Reason, "wang")).ThenRefused<OwnAccount>();
    }

    [Fact]
    public void A_password_and_a_second_factor_are_reset_with_a_reason()
    {
        Given(Opened).When(account => ResetPasswordFeature.Decide(account, Reason, "sysadmin")).Then(new PasswordReset(Id)).Because("调岗");
        Given(Opened).When(account => ResetPasswordFeature.DecideFactor(account, Reason, "secadmin")).Then(new SecondFactorReset(Id)).Because("调岗");
    }
}

public sealed class AssignDepartmentSpec : AccountSpec
{
    private static readonly Term Second = First with { Code = "investment-2", Name = "招商二部" };

    [Fact]
    public void Somebody_moves_to_another_department() =>
        Given(Opened).When(account => AssignDepartmentFeature.Decide(account, new AssignDepartment("investment-2"), Second, "sysadmin")).Then(new DepartmentAssigned(Id, "investment-2"));

    [Fact]
    public void It_is_another_one_that_there_is_and_not_one_s_own_doing()
    {
        Given(Opened).When(account => AssignDepartmentFeature.Decide(account, new AssignDepartment("investment-1"), First, "sysadmin")).ThenRefused<SameDepartment>("department");
        Given(Opened).When(account => AssignDepartmentFeature.Decide(account, new AssignDepartment("nowhere"), null, "sysadmin")).ThenRefused<DepartmentUnknown>("department");
        Given(Opened).When(account => AssignDepartmentFeature.Decide(account, new AssignDepartment("investment-2"), Second, "wang")).ThenRefused<OwnAccount>();
    }
}
