using Microsoft.Playwright;

namespace Luodi.Browser;

/// <summary>A reader with a browser of their own: no cookies yet. Ends well only if nothing went wrong in the console and no request left the host.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext browsing;
    private readonly List<string> complaints = [];

    private Visit(IBrowserContext browsing, IPage page)
    {
        this.browsing = browsing;
        Page = page;
    }

    public IPage Page { get; }

    /// <param name="expects">A complaint of the browser that belongs to the test.</param>
    /// <param name="account">Who is signed in already; null for nobody.</param>
    public static async Task<Visit> Begin(RunningLuodi luodi, int width = 1440, string? expects = null, string? account = "manager")
    {
        var context = await luodi.Browser.NewContextAsync(new()
        {
            BaseURL = luodi.Portal.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            StorageState = account is null ? null : await luodi.SessionOf(account),
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && (expects is null || !message.Text.Contains(expects, StringComparison.Ordinal))) visit.complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => visit.complaints.Add($"page: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not ("data" or "blob") } url && url.Authority != luodi.Portal.Authority) visit.complaints.Add($"left the host: {url}");
        };
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).Authority != luodi.Portal.Authority) visit.complaints.Add($"left the host: {socket.Url}");
        };
        return visit;
    }

    /// <summary>Opens a page of the portal and waits until it is alive.</summary>
    public async Task<IPage> Open(string path)
    {
        await Page.GotoAsync(path);
        await Alive();
        return Page;
    }

    public Task Alive() => Page.Locator("main[data-interactive='1']").WaitForAsync();

    /// <summary>The bars of a chart as drawn: names and lengths.</summary>
    public async Task<(string[] Names, decimal[] Lengths)> Chart(string name)
    {
        await Page.Locator($"#chart-{name} svg").WaitForAsync();
        var option = await Page.EvaluateAsync<System.Text.Json.JsonElement>($"vizorECharts.charts.get('chart-{name}').getOption()");
        return (
            [.. option.GetProperty("yAxis")[0].GetProperty("data").EnumerateArray().Select(label => label.GetString()!)],
            [.. option.GetProperty("series")[0].GetProperty("data").EnumerateArray().Select(bar => bar.GetProperty("value").GetDecimal())]);
    }

    public async ValueTask DisposeAsync()
    {
        await browsing.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}
