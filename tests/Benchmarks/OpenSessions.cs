using System.Globalization;
using Microsoft.Playwright;

namespace Luodi.Benchmarks;

/// <summary>
/// Fifty people with a page open each, in one Chromium on the same machine: how long a click takes, how soon the overview is seen,
/// and what a session costs the portal. Times are the browser's own: from the click until the answer is in the page, and its
/// first contentful paint from the beginning of the navigation.
/// </summary>
internal static class OpenSessions
{
    private const int Sessions = 50;
    private const int TargetClickMs = 200;
    private const int TargetPaintMs = 1500;

    private static readonly string[] Pages = ["/agreements", "/projects", "/", "/ceremonies", "/history"];

    // Clicks, and waits until the table shows what was asked for.
    private const string Click = """
        ([link, awaited]) => new Promise((done, failed) => {
          const begin = performance.now();
          const look = () => {
            if (document.querySelector(awaited)) done(performance.now() - begin);
            else if (performance.now() - begin > 10000) failed(new Error(`${awaited} did not come`));
            else return false;
            return true;
          };
          const watch = new MutationObserver(() => look() && watch.disconnect());
          watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
          document.querySelector(link).click();
        })
        """;

    public static async Task Run(RunningLuodi luodi)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        // The first sessions of a process pay for what all share.
        var warm = new List<IPage>();
        foreach (var path in Pages) warm.Add(await Open(browser, luodi, path));
        var before = Memory(luodi.PortalProcess);
        var pages = new List<IPage>();
        for (var session = 0; session < Sessions; session++) pages.Add(await Open(browser, luodi, Pages[session % Pages.Length]));
        var after = Memory(luodi.PortalProcess);

        List<double> sorts = [], turns = [], paints = [];
        foreach (var page in pages)
        {
            await page.GotoAsync("/");
            await Alive(page);
            paints.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            turns.Add(await ClickOn(page, "#side a[href='/agreements']", "[data-table=agreements][aria-busy=false] tbody tr[data-agreement]"));
            sorts.Add(await ClickOn(page, "th a.sort[href*='sort=amount']", "[data-table=agreements][aria-busy=false] th[aria-sort=ascending] a.sort[href*='sort=-amount']"));
        }
        Console.WriteLine();
        Console.WriteLine($"{Sessions} open sessions, each with a page of its own, browser and system on the same cores; the machine {await Machine.Busy()} busy while nobody clicks");
        Console.WriteLine($"  a list sorted by a click    {Line(sorts)}   target: median under {TargetClickMs} ms: {Met(sorts.Median() < TargetClickMs)}");
        Console.WriteLine($"  another page by a click     {Line(turns)}   the same: {Met(turns.Median() < TargetClickMs)}");
        Console.WriteLine($"  the overview's first paint  {Line(paints)}   target: under {TargetPaintMs} ms: {Met(paints.Max() < TargetPaintMs)}");
        Console.WriteLine($"  memory of the portal        {Megabytes(before)} with {warm.Count}, {Megabytes(after)} with {Sessions + warm.Count}: {Megabytes((after - before) / Sessions)} a session (resident, garbage included)");
    }

    private static async Task<IPage> Open(IBrowser browser, RunningLuodi luodi, string path)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = luodi.Portal.ToString(), ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/sign-in?back={path}");
        await page.Locator("#login").FillAsync("manager");
        await page.Locator("#password").FillAsync(luodi.ManagersPassword);
        await page.Locator("button[type=submit]").ClickAsync();
        await Alive(page);
        return page;
    }

    private static Task Alive(IPage page) => page.Locator("main[data-interactive='1']").WaitForAsync();

    private static Task<double> ClickOn(IPage page, string link, string awaited) => page.EvaluateAsync<double>(Click, new[] { link, awaited });

    private static string Line(List<double> samples) => $"median {samples.Median(),6:F1} ms   p90 {samples.P90(),6:F1} ms   max {samples.Max(),6:F1} ms";

    private static string Met(bool met) => met ? "met" : "MISSED";

    // Kilobytes, from the kernel.
    private static long Memory(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static string Megabytes(long kilobytes) => string.Create(CultureInfo.InvariantCulture, $"{kilobytes / 1024.0:F1} MB");
}
