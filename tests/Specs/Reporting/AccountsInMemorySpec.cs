using Luodi.Ledger;
using Luodi.Reporting.Journal;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Reporting;

/// <summary>While a ledger is made anew, what it remembers of records stands in memory and is found as in its store.</summary>
public sealed class AccountsInMemorySpec
{
    private static readonly Guid Project = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();
    private static readonly CapitalAccount First = Arrival(Project);
    private static readonly CapitalAccount Second = Arrival(Project);
    private static readonly CapitalAccount Third = Arrival(Other);

    private readonly AccountsInMemory _accounts = new();

    [Fact]
    public async Task Accounts_are_found_by_id_and_by_owner_whether_they_came_before_the_question_or_after_it()
    {
        Keep(First, Third);

        (await Load(First.Id, Guid.CreateVersion7(), Third.Id)).ShouldBe([First, Third]);
        (await Of(Project)).ShouldBe([First]);

        Keep(Second);
        (await Of(Project)).ShouldBe([First, Second], ignoreOrder: true);
        (await Of(Project, Other)).ShouldBe([First, Second, Third], ignoreOrder: true);
        (await _accounts.Load<ProjectAccount>([First.Id], TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_another_owner_now_is_found_there_alone_and_as_it_is_now()
    {
        Keep(First);
        (await Of(Project)).ShouldBe([First]);
        var moved = First with { ProjectId = Other };

        Keep(moved);

        (await Of(Project)).ShouldBeEmpty();
        (await Of(Other)).ShouldBe([moved]);
        (await Of(Project, Other)).ShouldBe([moved]);
    }

    [Fact]
    public void What_changed_is_given_to_be_written_once_and_as_it_is_last()
    {
        Keep(First, Second);
        var later = First with { ProjectId = Other };
        Keep(later);

        _accounts.TakeUnsaved().ShouldBe([later, Second], ignoreOrder: true);
        _accounts.TakeUnsaved().ShouldBeEmpty();

        Keep(Second);
        _accounts.TakeUnsaved().ShouldBe([Second]);
    }

    private static CapitalAccount Arrival(Guid project) => new(Guid.CreateVersion7(), [], project, new Place(project, []));

    private void Keep(params CapitalAccount[] accounts) => _accounts.Keep([.. accounts.Select(account => (account.Id, (object)account))]);

    private Task<IReadOnlyList<CapitalAccount>> Load(params Guid[] ids) => _accounts.Load<CapitalAccount>(ids, TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<CapitalAccount>> Of(params Guid[] projects) => _accounts.Of<CapitalAccount>(projects, account => account.ProjectId, TestContext.Current.CancellationToken);
}
