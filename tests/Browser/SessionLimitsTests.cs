using Microsoft.Playwright;

namespace Luodi.Browser;

/// <summary>How long a session lasts, on a portal whose limits are seconds.</summary>
public sealed class SessionLimitsTests(RunningLuodi luodi)
{
    [Fact]
    public async Task A_session_ends_when_nobody_uses_it_and_in_the_end_even_if_somebody_does()
    {
        await RunningLuodi.RestartPortal(("Auth__IdleLimit", "00:00:10"), ("Auth__AbsoluteLimit", "00:00:40"));
        try
        {
            await using var left = await SignedIn("auditor");
            await using var used = await SignedIn("manager");
            using var leaving = new CancellationTokenSource();
            var using_ = KeepUsing(used.Page, leaving.Token);
            // By itself, without a click.
            await AtTheDoor(left.Page);
            used.Page.Url.ShouldNotContain("/sign-in");
            (await StatusOf(used.Page)).ShouldBe(200);
            await AtTheDoor(used.Page);
            await leaving.CancelAsync();
            await using_;
        }
        finally
        {
            await RunningLuodi.RestartPortal();
        }
    }

    private async Task<Visit> SignedIn(string account)
    {
        var visit = await Visit.Begin(luodi, account: null);
        await RunningLuodi.SignIn(visit.Page, account);
        await visit.Alive();
        return visit;
    }

    private static Task AtTheDoor(IPage page) => page.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal), new() { Timeout = 60_000 });

    private static async Task<int> StatusOf(IPage page) => (await page.APIRequest.GetAsync("/api/signings/agreements?limit=1")).Status;

    // What the page itself says once a minute while somebody works in it (wwwroot/luodi.js); here the minutes are seconds.
    private static async Task KeepUsing(IPage page, CancellationToken until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(until)) await page.APIRequest.PostAsync("/account/alive");
        }
        catch (OperationCanceledException)
        {
            // Nobody is here any more.
        }
    }
}
