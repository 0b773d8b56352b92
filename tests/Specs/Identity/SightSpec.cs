using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Identity;

/// <summary>Whose records somebody sees.</summary>
public sealed class SightSpec
{
    private const string Mine = "investment-1";
    private const string Theirs = "investment-2";

    [Fact]
    public void Staff_see_and_change_what_is_their_departments()
    {
        Staff.Sees(Mine).ShouldBeTrue();
        Staff.MayChange(Mine).ShouldBeTrue();
    }

    [Fact]
    public void Staff_do_not_see_what_is_another_departments()
    {
        Staff.Sees(Theirs).ShouldBeFalse();
        Staff.MayChange(Theirs).ShouldBeFalse();
    }

    [Fact]
    public void What_is_shared_with_their_department_staff_read_and_do_not_change()
    {
        Staff.Sees(Theirs, "planning", Mine).ShouldBeTrue();
        Staff.Sees(Theirs, "planning", null).ShouldBeFalse();
        Staff.MayChange(Theirs).ShouldBeFalse();
    }

    [Fact]
    public void What_is_older_than_departments_everybody_sees() => Staff.Sees(null).ShouldBeTrue();

    [Fact]
    public void Staff_without_a_department_see_only_what_belongs_to_none()
    {
        var sight = Sight.Of(Bearer.Of("staff"));
        sight.Sees(null).ShouldBeTrue();
        sight.Sees(Mine).ShouldBeFalse();
        sight.Sees(Theirs, null, Mine).ShouldBeFalse();
    }

    [Theory]
    [InlineData("manager", false)]
    [InlineData("auditor", true)]
    [InlineData("service", true)]
    [InlineData("staff manager", false)]
    public void Managers_auditors_and_services_see_the_whole_bureau_also_with_a_department_and_not_all_of_them_what_administrators_did(string roles, bool administration) =>
        Sight.Of(Bearer.Of(roles, ("department", Mine))).ShouldBe(new Sight(Whole: true, null, administration));

    [Fact]
    public void An_integration_sees_its_department_and_one_of_no_department_the_bureau()
    {
        Sight.Of(Bearer.Of("integration", ("department", Mine))).ShouldBe(new Sight(Whole: false, Mine));
        Sight.Of(Bearer.Of("integration")).ShouldBe(new Sight(Whole: true, null));
        Sight.Of(Bearer.Of("integration staff")).ShouldBe(new Sight(Whole: false, null));
    }

    [Fact]
    public void A_query_asks_the_same()
    {
        var query = new Conditions();
        Staff.In(query, "d.owner", "d.shared = {0}").ShouldBe("(d.owner is null or d.owner = $1 or d.shared = $1)");
        query.Parameters.ShouldHaveSingleItem().Value.ShouldBe(Mine);
        new Sight(Whole: true, null).In(query, "d.owner").ShouldBe("true");
        new Sight(Whole: false, null).In(query, "d.owner", "d.shared = {0}").ShouldBe("d.owner is null");
    }

    private static Sight Staff => Sight.Of(Bearer.Of("staff", ("department", Mine)));
}
