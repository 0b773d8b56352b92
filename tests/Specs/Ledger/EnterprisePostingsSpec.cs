using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Projects;
using Luodi.Projects.Enterprises;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

public sealed class EnterprisePostingsSpec
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000e1");
    private static readonly DateOnly Day = new(2023, 9, 28);
    private static readonly EnterpriseRegistered Registered = new(Id, "南湖示例科技有限公司", "91330400MA2JXXXX1X", Day, null, Industries.Biomedicine, Illustrative: true, "investment-1");

    private EnterpriseAccount? _account;

    [Fact]
    public void An_enterprise_counts_from_its_registration_until_it_leaves_the_zone()
    {
        Post(Registered, Day).ShouldBe([("registered", 1, Day)]);
        Post(new EnterpriseRenamed(Id, "南湖示例生物"), Day.AddDays(3)).ShouldBeEmpty();
        Post(new EnterpriseLeft(Id, Day.AddDays(90)), Day.AddDays(90)).ShouldBe([("registered", -1, Day.AddDays(90))]);
    }

    [Fact]
    public void Another_chain_arranges_anew_what_the_enterprise_counts()
    {
        Post(Registered, Day);
        var (_, lines) = EnterprisePostings.Post(_account, Heard.Of(new ChainRoleSet(Id, "集成电路", ChainRoles.Leader), Id, Day), Day);
        lines.Select(line => (line.Count, line.Traits.Chain, line.Arranges)).ShouldBe([(-1, Posting.None, true), (1, "集成电路", true)]);
    }

    [Fact]
    public void A_recognition_counts_from_its_grant_to_its_last_day_and_its_end_is_posted_at_once()
    {
        Post(Registered, Day);
        Post(Granted(1, DesignationKinds.HighTech, 10, 1000), Day.AddDays(10)).ShouldBe([("high-tech", 1, Day.AddDays(10)), ("high-tech", -1, Day.AddDays(1001))]);
        Post(new DesignationWithdrawn(Id, Number(1)), Day.AddDays(400)).ShouldBe([("high-tech", 1, Day.AddDays(1001)), ("high-tech", -1, Day.AddDays(400))], ignoreOrder: true);
    }

    [Fact]
    public void Whoever_leaves_the_zone_takes_its_recognitions_along()
    {
        Post(Registered, Day);
        Post(Granted(1, DesignationKinds.LittleGiant, 10, 1000), Day.AddDays(10));
        Post(new EnterpriseLeft(Id, Day.AddDays(60)), Day.AddDays(60)).ShouldBe([("registered", -1, Day.AddDays(60)), ("national-little-giant", 1, Day.AddDays(1001)), ("national-little-giant", -1, Day.AddDays(60))], ignoreOrder: true);
    }

    [Fact]
    public void A_listing_counts_until_it_ends_and_a_new_one_again()
    {
        Post(Registered, Day);
        Post(new EnterpriseListed(Id, "neeq", "830001", Day.AddDays(5)), Day.AddDays(5)).ShouldBe([("listed", 1, Day.AddDays(5))]);
        Post(new ListingEnded(Id, Day.AddDays(50)), Day.AddDays(50)).ShouldBe([("listed", -1, Day.AddDays(50))]);
    }

    /// <summary>On every day the sum of the postings is what the enterprise's own page says that it is.</summary>
    [Fact]
    public void The_sum_of_postings_on_any_day_is_what_the_enterprise_is_on_it() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 60], Gen.Int[1, 60]).Array[0, 12].Sample(story =>
    {
        EnterpriseAccount? account = null;
        var (enterprise, lines) = ((Enterprise?)null, new List<Posting>());
        void Happen(object fact, DateOnly on)
        {
            enterprise = EnterpriseHistory.Evolve(enterprise, fact, new Told(on, "staff"));
            (account, var posted) = EnterprisePostings.Post(account, Heard.Of(fact, Id, on), on);
            lines.AddRange(posted);
        }
        Happen(Registered, Day);
        foreach (var (place, (kind, which, days, length)) in story.Index())
        {
            if (kind < 3) Happen(Granted(place, DesignationKinds.All[which], days, days + length), Day.AddDays(days));
            else if (enterprise!.Designations.Count > which && enterprise.Designations[which].WithdrawnBecause is null) Happen(new DesignationWithdrawn(Id, enterprise.Designations[which].Id), Day.AddDays(days));
        }
        foreach (var day in Enumerable.Range(-2, 130).Select(days => Day.AddDays(days)))
        {
            foreach (var kind in DesignationKinds.All)
            {
                lines.Where(line => line.Designation == kind && line.EffectiveOn <= day).Sum(line => line.Count).ShouldBe(enterprise!.Designations.Count(each => each.Kind == kind && each.HoldsOn(day)));
            }
        }
    });

    private static DesignationGranted Granted(int number, string kind, int from, int to) => new(Id, Number(number), kind, "某部门", "1", Day.AddDays(from), Day.AddDays(to));

    private static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    private IReadOnlyList<(string, int, DateOnly)> Post(object fact, DateOnly on)
    {
        (_account, var lines) = EnterprisePostings.Post(_account, Heard.Of(fact, Id, on), on);
        return [.. lines.Select(line => (line.Designation, line.Count, line.EffectiveOn))];
    }
}
