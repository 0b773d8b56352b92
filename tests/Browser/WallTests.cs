using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

/// <summary>A wall before which nobody stands.</summary>
public sealed class WallTests(RunningLuodi luodi)
{
    [Fact]
    public async Task It_goes_on_by_itself_when_the_portal_was_started_again_and_when_a_new_day_begins()
    {
        // While the portal is away the browser says so.
        await using var visit = await Visit.Begin(luodi, expects: "");
        var page = await visit.Open("/wall");
        await page.EvaluateAsync("document.body.dataset.before = 'restart'");
        // For this portal it is tomorrow already, and every reading is of yesterday.
        await RunningLuodi.RestartPortal(("Clock__DaysAhead", "1"));
        try
        {
            await Expect(page.Locator("body[data-before]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
            await visit.Alive();
            await luodi.Settled();
            var read = await page.Locator(".freshness[data-live=yes]").TextContentAsync();
            await Expect(page.Locator(".freshness[data-live=yes]")).Not.ToHaveTextAsync(read!);
        }
        finally
        {
            await RunningLuodi.RestartPortal();
        }
    }
}
