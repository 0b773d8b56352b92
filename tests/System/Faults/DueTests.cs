using System.Globalization;

namespace Luodi.SystemTests.Faults;

/// <summary>Days that pass while Signings is away: it is started again on a later day.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class DueTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public async ValueTask DisposeAsync() => await Site.Restart("signings");

    [Fact]
    public async Task What_fell_due_while_the_service_was_away_is_found_when_it_comes_back()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed();
        var soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(20).ToString("O", CultureInfo.InvariantCulture);
        var id = (await Site.Staff.Post("api/signings/obligations", new { agreementId = paper, kind = "produce", dueOn = soon })).Must(201).Id;
        (await Site.Staff.Get($"api/signings/obligations?agreement={paper}&due=soon")).Must(200).Items.Count.ShouldBe(1);

        await Site.Restart("signings", ("Clock__DaysAhead", "30"));
        await Eventually(async () => (await Site.Auditor.Get($"api/signings/obligations/{id}/history")).Must(200).Items.Select(item => item.Text("type")).ShouldBe(["obligation_agreed", "obligation_overdue"]));
        (await Site.Staff.Get($"api/signings/obligations?agreement={paper}&due=overdue")).Must(200).Items.ShouldHaveSingleItem()["overdueDays"]!.GetValue<int>().ShouldBeInRange(9, 11);

        await Site.Restart("signings");
        await Eventually(async () => (await Site.Staff.Get($"api/signings/obligations?agreement={paper}&due=soon")).Must(200).Items.Count.ShouldBe(1));
    }
}
