using System.Security.Claims;
using Luodi.ServiceDefaults.Identity;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Identity;

/// <summary>Which role may do what.</summary>
public sealed class PoliciesSpec
{
    private static readonly string[] All = [Policies.Read, Policies.LogDeals, Policies.Confirm, Policies.Manage, Policies.Feed, Policies.Figures];

    [Theory]
    [InlineData("staff", "read figures log-deals confirm")]
    [InlineData("manager", "read figures feed confirm manage")]
    [InlineData("auditor", "read figures feed")]
    [InlineData("service", "read figures feed")]
    [InlineData("system-administrator", "")]
    [InlineData("security-administrator", "")]
    [InlineData("integration", "")]
    [InlineData("director", "")]
    [InlineData("staff manager", "read figures feed log-deals confirm manage")]
    public void A_role_may_do_this_and_nothing_else(string roles, string policies) => Of(roles).ShouldBe(policies.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Theory]
    [InlineData("deals.read", "read figures")]
    [InlineData("deals.write", "log-deals")]
    [InlineData("figures.read", "figures")]
    [InlineData("feed.read", "feed")]
    [InlineData("deals.read deals.write feed.read", "read figures log-deals feed")]
    [InlineData("deals.readonly xdeals.read DEALS.READ", "")]
    public void An_integration_may_do_what_its_scopes_say(string scopes, string policies) =>
        Of("integration", ("scope", scopes), ("department", "investment-1")).ShouldBe(policies.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Fact]
    public void An_integration_without_a_department_logs_nothing() => Of("integration", ("scope", "deals.write")).ShouldBeEmpty();

    [Fact]
    public void Scopes_are_for_integrations() => Of("auditor", ("scope", "deals.write feed.read"), ("department", "investment-1")).ShouldBe([Policies.Read, Policies.Feed, Policies.Figures], ignoreOrder: true);

    [Theory]
    [InlineData("staff system-administrator")]
    [InlineData("manager security-administrator")]
    [InlineData("auditor system-administrator")]
    [InlineData("service security-administrator")]
    public void An_administrator_sees_no_deals_whatever_else_the_token_says(string roles) => Of(roles).ShouldBeEmpty();

    [Fact]
    public void Who_audits_changes_nothing_whatever_else_the_token_says() => Of("auditor staff manager").ShouldBe([Policies.Read, Policies.Feed, Policies.Figures], ignoreOrder: true);

    [Fact]
    public void Nobody_is_let_in_without_a_name()
    {
        var nameless = new ClaimsPrincipal(new ClaimsIdentity([new("role", "manager")], "bearer", "name", "role"));
        All.Where(policy => Policies.Allows(policy, nameless)).ShouldBeEmpty();
    }

    private static string[] Of(string roles, params (string Type, string Value)[] claims) => [.. All.Where(policy => Policies.Allows(policy, Bearer.Of(roles, claims)))];
}

internal static class Bearer
{
    public static ClaimsPrincipal Of(string roles, params (string Type, string Value)[] claims) => new(new ClaimsIdentity(
        [new("sub", "somebody"), .. roles.Split(' ').Select(role => new Claim("role", role)), .. claims.Select(claim => new Claim(claim.Type, claim.Value))], "bearer", "name", "role"));
}
