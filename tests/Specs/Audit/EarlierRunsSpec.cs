using Luodi.Audit.Reconciling;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Audit;

/// <summary>A comparison that was kept from its end is none: it is tried again soon, and health says when there was none for long.</summary>
public sealed class EarlierRunsSpec
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(23.0, 22.0, false)]
    [InlineData(25.0, 24.0, true)]
    [InlineData(null, 0.1, false)]
    [InlineData(null, 0.5, true)]
    [InlineData(25.0, 0.1, false)]
    [InlineData(25.0, 0.5, true)]
    public void One_is_due_a_day_after_the_last_whole_one_and_a_while_after_one_that_had_a_problem(double? whole, double? ended, bool due) =>
        Runs(whole, ended).Due(Now, Day).ShouldBe(due);

    [Fact]
    public void Between_two_that_had_a_problem_is_never_more_time_than_between_others() =>
        Runs(null, 0.01).Due(Now, TimeSpan.FromSeconds(10)).ShouldBeTrue();

    [Fact]
    public void Health_says_what_was_found_and_that_there_was_no_whole_one_for_two_days()
    {
        new EarlierRuns(null, null, null, 0).Problem(Now, Day).ShouldBeNull();
        Runs(47, 0.1).Problem(Now, Day).ShouldBeNull();
        Runs(49, 0.1).Problem(Now, Day).ShouldBe("stores, journal and log were not compared to the end since 2026-11-25 03:00:00Z");
        Runs(49, 49).Problem(Now, Day).ShouldBeNull();
        (Runs(null, 0.1) with { First = Now.AddHours(-49) }).Problem(Now, Day).ShouldNotBeNull();
        (Runs(1, 0.5) with { Findings = 3 }).Problem(Now, Day).ShouldBe("stores, journal and log differ in 3 places");
    }

    private static EarlierRuns Runs(double? whole, double? ended) => new(Ago(whole ?? ended), Ago(whole), Ago(ended), 0);

    private static DateTimeOffset? Ago(double? hours) => hours is { } past ? Now.AddHours(-past) : null;
}
