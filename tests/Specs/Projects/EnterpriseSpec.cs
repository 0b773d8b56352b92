using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.Enterprises;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Enterprises.CarriersFeature;
using static Luodi.Projects.Enterprises.ChangeEnterpriseFeature;
using static Luodi.Projects.Enterprises.DesignationsFeature;
using static Luodi.Projects.Enterprises.LinkProjectFeature;
using static Luodi.Projects.Enterprises.ListingsFeature;
using static Luodi.Projects.Enterprises.RegisterEnterpriseFeature;

namespace Luodi.Specs.Projects;

public abstract class EnterpriseSpec : Story<Enterprise>
{
    protected static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    protected static readonly Guid ProjectId = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    protected static readonly Guid DesignationId = Guid.Parse("01890000-0000-7000-8000-0000000000d1");
    protected static readonly DateOnly Day = new(2023, 10, 1);
    protected static readonly DateOnly Today = new(2024, 6, 1);
    protected static readonly string Code = $"91330402MA2CT0001{CreditCode.CheckOf("91330402MA2CT0001")}";
    protected static readonly EnterpriseRegistered Registered = new(Id, "示例微电子有限公司", Code, Day, Money.Yuan(10_000_000), Industries.Microelectronics, Illustrative: false, "investment-1");

    protected override Enterprise? Evolve(Enterprise? state, object fact) => EnterpriseHistory.Evolve(state, fact, new Told(Day, "staff", "x"));
}

public sealed class CreditCodeSpec
{
    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("91350100M000100I43", false)]
    [InlineData("", false)]
    public void The_last_character_checks_the_others(string code, bool valid) => CreditCode.IsValid(code).ShouldBe(valid);
}

public sealed class RegisterEnterpriseSpec : EnterpriseSpec
{
    private static readonly RegisterEnterprise Enter = new("示例微电子有限公司", Code.ToLowerInvariant(), Day, Money.Yuan(10_000_000), Industries.Microelectronics);

    [Fact]
    public void An_enterprise_is_entered_once_by_its_credit_code() => When(Register(Enter)).Then(Registered).Effective(Day).Reserving($"enterprise {Code}", new RegisteredAlready(Code));

    [Fact]
    public void What_cannot_be_is_refused()
    {
        When(Register(Enter with { CreditCode = Code[..17] + "#" })).ThenRefused<CreditCodeMalformed>("creditCode");
        When(Register(Enter with { RegisteredOn = Today.AddDays(1) })).ThenRefused<DayNotCome>("registeredOn");
        When(Register(new(null, null, null, null, null))).ThenRefused(new Missing("name"), new Missing("creditCode"), new Missing("registeredOn"), new Missing("industry"));
    }

    private static Decision Register(RegisterEnterprise command) => RegisterEnterpriseFeature.Decide(Id, command, "investment-1", Today);
}

public sealed class ChangeEnterpriseSpec : EnterpriseSpec
{
    [Fact]
    public void A_new_name_leaves_the_old_one_to_be_found_by()
    {
        Given(Registered).When(e => Rename(e, new(" 示例半导体有限公司 "))).Then(new EnterpriseRenamed(Id, "示例半导体有限公司"));
        Given(Registered, new EnterpriseRenamed(Id, "示例半导体有限公司")).State.Aliases.ShouldBe(["示例微电子有限公司"]);
        Given(Registered).When(e => Rename(e, new("示例微电子有限公司"))).ThenNothing();
    }

    [Fact]
    public void A_part_in_a_chain_is_a_name_and_a_role()
    {
        Given(Registered).When(e => SetChain(e, new("集成电路", ChainRoles.Leader))).Then(new ChainRoleSet(Id, "集成电路", ChainRoles.Leader));
        Given(Registered, new ChainRoleSet(Id, "集成电路", ChainRoles.Leader)).When(e => SetChain(e, new(null, null))).Then(new ChainRoleSet(Id, null, null));
        Given(Registered).When(e => SetChain(e, new("集成电路", null))).ThenRefused<ChainRoleIncomplete>("role");
        Given(Registered).When(e => SetChain(e, new("集成电路", "owner"))).ThenRefused<ChainRoleIncomplete>("role");
    }

    [Fact]
    public void It_leaves_once_and_not_before_it_came()
    {
        Given(Registered).When(e => Leave(e, new(Today, "迁往外地"), Today)).Then(new EnterpriseLeft(Id, Today)).Effective(Today).Because("迁往外地");
        Given(Registered).When(e => Leave(e, new(Day.AddDays(-1), "x"), Today)).ThenRefused<BeforeItsRegistration>("on");
        Given(Registered, new EnterpriseLeft(Id, Today)).When(e => Leave(e, new(Today, "x"), Today)).ThenRefused<HasLeft>();
    }

    [Fact]
    public void It_carries_out_projects_that_are_known()
    {
        Given(Registered).When(e => Link(e, new(ProjectId), known: true)).Then(new ProjectLinked(Id, ProjectId));
        Given(Registered, new ProjectLinked(Id, ProjectId)).When(e => Link(e, new(ProjectId), known: true)).ThenNothing();
        Given(Registered).When(e => Link(e, new(ProjectId), known: false)).ThenRefused<NoSuchProject>("projectId");
        Given(Registered, new ProjectLinked(Id, ProjectId)).When(e => Unlink(e, new(ProjectId, "登记有误"))).Then(new ProjectUnlinked(Id, ProjectId)).Because("登记有误");
        Given(Registered).When(e => Unlink(e, new(ProjectId, "x"))).ThenRefused<NotLinked>("projectId");
    }
}

public sealed class CarriersSpec : EnterpriseSpec
{
    private static readonly AdmitEnterprise In = new("示例孵化器", CarrierKinds.Incubator, CarrierLevels.National, Day);
    private static readonly EnterpriseAdmitted Admitted = new(Id, "示例孵化器", CarrierKinds.Incubator, CarrierLevels.National, Day);

    [Fact]
    public void An_enterprise_is_at_one_carrier_at_a_time()
    {
        Given(Registered).When(e => Admit(e, In, Today)).Then(Admitted).Effective(Day);
        Given(Registered, Admitted).When(e => Admit(e, In, Today)).ThenRefused<StillAt>();
        Given(Registered, Admitted).When(e => Graduate(e, new(Today), Today)).Then(new EnterpriseGraduated(Id, Today)).Effective(Today);
        Given(Registered, Admitted, new EnterpriseGraduated(Id, Today)).When(e => Admit(e, In with { On = Today }, Today)).Then(Admitted with { On = Today });
        Given(Registered, Admitted, new EnterpriseGraduated(Id, Today)).When(e => Admit(e, In, Today)).ThenRefused<BeforeItsAdmission>("on");
    }

    [Fact]
    public void It_graduates_where_it_is_and_not_before_it_came()
    {
        Given(Registered).When(e => Graduate(e, new(Today), Today)).ThenRefused<AtNoCarrier>();
        Given(Registered, Admitted).When(e => Graduate(e, new(Day.AddDays(-1)), Today)).ThenRefused<BeforeItsAdmission>("on");
        Given(Registered).When(e => Admit(e, In with { Kind = "x" }, Today)).ThenRefused<CarrierKindUnknown>("kind");
        Given(Registered).When(e => Admit(e, In with { Level = "x" }, Today)).ThenRefused<CarrierLevelUnknown>("level");
        Given(Registered, new EnterpriseLeft(Id, Day)).When(e => Admit(e, In, Today)).ThenRefused<HasLeft>();
    }
}

public sealed class DesignationsSpec : EnterpriseSpec
{
    private static readonly GrantDesignation HighTech = new(DesignationKinds.HighTech, "省科技厅", "GR202300001", Day, Day.AddYears(3));
    private static readonly DesignationGranted Granted = new(Id, DesignationId, DesignationKinds.HighTech, "省科技厅", "GR202300001", Day, Day.AddYears(3));

    [Fact]
    public void A_designation_holds_until_it_expires()
    {
        Given(Registered).When(e => Grant(e, DesignationId, HighTech, Today)).Then(Granted).Effective(Day).Answering(new { id = DesignationId });
        var designation = Given(Registered, Granted).State.Designations.ShouldHaveSingleItem();
        (designation.HoldsOn(Day.AddDays(-1)), designation.HoldsOn(Day), designation.HoldsOn(Day.AddYears(3)), designation.HoldsOn(Day.AddYears(3).AddDays(1))).ShouldBe((false, true, true, false));
    }

    [Fact]
    public void The_same_one_is_granted_again_after_it_expired_or_was_withdrawn()
    {
        Given(Registered, Granted).When(e => Grant(e, DesignationId, HighTech with { GrantedOn = Day.AddDays(9) }, Today)).ThenRefused<HoldsAlready>("grantedOn");
        Given(Registered, Granted, new DesignationWithdrawn(Id, DesignationId)).When(e => Grant(e, DesignationId, HighTech, Today)).Then(Granted);
        Given(Registered, Granted).When(e => Grant(e, DesignationId, HighTech with { Kind = DesignationKinds.LittleGiant }, Today)).Then(Granted with { Kind = DesignationKinds.LittleGiant });
    }

    [Fact]
    public void It_is_withdrawn_with_the_reason()
    {
        Given(Registered, Granted).When(e => Withdraw(e, new(DesignationId, "认定取消"))).Then(new DesignationWithdrawn(Id, DesignationId)).Because("认定取消");
        Given(Registered, Granted, new DesignationWithdrawn(Id, DesignationId)).When(e => Withdraw(e, new(DesignationId, "x"))).ThenRefused<NoSuchDesignation>("designationId");
        var withdrawn = EnterpriseHistory.Evolve(Given(Registered, Granted).State, new DesignationWithdrawn(Id, DesignationId), new Told(Today, "staff", "x"))!.Designations[0];
        (withdrawn.HoldsOn(Today), withdrawn.HoldsOn(Today.AddDays(-1))).ShouldBe((false, true));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Given(Registered).When(e => Grant(e, DesignationId, HighTech with { Kind = "x" }, Today)).ThenRefused<DesignationUnknown>("kind");
        Given(Registered).When(e => Grant(e, DesignationId, HighTech with { ExpiresOn = Day }, Today)).ThenRefused<ExpiresBefore>("expiresOn");
        Given(Registered).When(e => Grant(e, DesignationId, new(null, null, null, null, null), Today))
            .ThenRefused(new Missing("kind"), new Missing("authority"), new Missing("number"), new Missing("grantedOn"), new Missing("expiresOn"));
    }
}

public sealed class ListingsSpec : EnterpriseSpec
{
    private static readonly EnterpriseListed Listed = new(Id, "sse-star", "688000", Day);

    [Fact]
    public void Its_shares_are_traded_in_one_place()
    {
        Given(Registered).When(e => List(e, new("sse-star", "688000", Day), Today)).Then(Listed).Effective(Day);
        Given(Registered, Listed).When(e => List(e, new("bse", "830000", Day), Today)).ThenRefused<ListedAlready>();
        Given(Registered, Listed).When(e => End(e, new(Today, "退市"), Today)).Then(new ListingEnded(Id, Today)).Because("退市");
        Given(Registered).When(e => End(e, new(Today, "x"), Today)).ThenRefused<NotListed>();
        Given(Registered).When(e => List(e, new("x", "1", Day), Today)).ThenRefused<BoardUnknown>("board");
    }

    [Fact]
    public void Enterprises_are_counted_by_what_holds_on_the_day()
    {
        Enterprise[] enterprises =
        [
            Given(Registered, Listed, new ChainRoleSet(Id, "集成电路", ChainRoles.Leader), new DesignationGranted(Id, DesignationId, DesignationKinds.HighTech, "x", "x", Day, Day.AddYears(3))).State,
            Given(Registered, new EnterpriseAdmitted(Id, "x", CarrierKinds.Incubator, CarrierLevels.National, Day)).State,
        ];
        var now = ListEnterprisesFeature.Summary(enterprises, Today);
        (now.Enterprises, now.Listed, now.ByDesignation[DesignationKinds.HighTech], now.ByCarrierLevel[CarrierLevels.National], now.ByChainRole[ChainRoles.Leader]).ShouldBe((2, 1, 1, 1, 1));
        ListEnterprisesFeature.Summary(enterprises, Day.AddYears(4)).ByDesignation[DesignationKinds.HighTech].ShouldBe(0);
        ListEnterprisesFeature.Summary(enterprises, Day.AddDays(-1)).Enterprises.ShouldBe(0);
        Enterprise[] left = [Given(Registered, new EnterpriseLeft(Id, Today)).State];
        (ListEnterprisesFeature.Summary(left, Today.AddDays(-1)).Enterprises, ListEnterprisesFeature.Summary(left, Today).Enterprises).ShouldBe((1, 0));
    }
}
