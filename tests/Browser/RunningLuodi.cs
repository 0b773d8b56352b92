using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Luodi.Browser;
using Microsoft.Playwright;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(RunningLuodi))]
// One test takes Reporting away, and the others compare figures that it would miss.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Luodi.Browser;

/// <summary>The system that tests/run has started, with a ceremony of its own that is the newest, and a browser.</summary>
public sealed class RunningLuodi : IAsyncLifetime
{
    private static readonly string Checkout = Setting("LUODI_CHECKOUT");
    private readonly ConcurrentDictionary<string, Task<string>> tokens = new(StringComparer.Ordinal);
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{Setting("LUODI_PORT")}") };
    private readonly ConcurrentDictionary<string, Task<string>> sessions = new(StringComparer.Ordinal);
    private IPlaywright? playwright;

    public Uri Portal => http.BaseAddress!;

    public IBrowser Browser { get; private set; } = null!;

    public Guid Ceremony { get; private set; }

    public Guid Fund { get; private set; }

    /// <summary>Confirmed: 120,000,000.00 microelectronics, 90,000,000.00 biomedicine, 8,600,000.50 intelligent equipment.</summary>
    public IReadOnlyList<Guid> Confirmed { get; private set; } = [];

    /// <summary>A checkout's file.</summary>
    public static string File(string path) => Path.Combine(Checkout, path);

    public async ValueTask InitializeAsync()
    {
        // A later day than any other ceremony's, so that the first page shows this one.
        Ceremony = Id(await Post("staff", "signings/ceremonies", new { name = "浏览器测试仪式", heldOn = "2090-01-01" }));
        await Post("staff", $"signings/ceremonies/{Ceremony}/claims", new { source = "浏览器测试公报", statedOn = "2023-10-01", signings = 3, amount = Yuan(218_600_000.50m), atLeast100Million = 1 });
        Confirmed =
        [
            await Signed("microelectronics", 120_000_000.00m, illustrative: true),
            await Signed("biomedicine", 90_000_000.00m),
            await Signed("intelligent-equipment", 8_600_000.50m),
        ];
        foreach (var agreement in Confirmed) await Post("staff2", $"signings/agreements/{agreement}/confirm", new { });
        await Signed("other", 50_000_000.00m);
        Fund = Id(await Post("staff", "funds", new { name = "浏览器测试基金", kind = "market", targetSize = Yuan(100_000_000) }));
        await Until(async () => await Figures() is var figures && figures.GetProperty("signings").GetInt32() == 3
            && figures.GetProperty("pending").GetProperty("signings").GetInt32() == 1 && figures.GetProperty("claims").GetArrayLength() == 1);

        // Generous: the whole system shares the machine with the browser. What is there is seen at once all the same.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--renderer-process-limit=2"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        http.Dispose();
    }

    public static object Yuan(decimal value) => new { value, currency = "CNY" };

    /// <summary>Drafted and signed by staff; waits for its confirmation.</summary>
    public async Task<Guid> Signed(string industry, decimal yuan, bool illustrative = false)
    {
        var mark = Guid.CreateVersion7().ToString("N")[^12..];
        var (project, _) = await Project(industry, yuan, illustrative);
        var agreement = Id(await Post("staff", "signings/agreements", new { number = $"LLQ-{mark}", projectId = project, ceremonyId = Ceremony, counterparty = "测试签约方", amount = Yuan(yuan), illustrative }));
        await Post("staff", $"signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" });
        return agreement;
    }

    /// <summary>Waits until Reporting has heard an event of a record.</summary>
    public Task Heard(Guid record, string type) =>
        Until(async () => (await Get($"reporting/events?subject={record}&type={type}")).GetProperty("items").GetArrayLength() > 0);

    /// <summary>Waits until the log has an event.</summary>
    public Task Logged(string eventId) => Until(async () =>
    {
        using var entry = await Send(HttpMethod.Get, "auditor", $"audit/entries/{eventId}", body: null);
        return entry.IsSuccessStatusCode;
    });

    /// <summary>Waits until every service has heard what the others have said, and what they said to that.</summary>
    public async Task Settled()
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var service in (string[])["projects", "signings", "funds", "reporting"]) await Until(() => HasHeardAll(service));
        }
    }

    private async Task<bool> HasHeardAll(string service)
    {
        foreach (var head in (await Get($"{service}/intake")).GetProperty("heads").EnumerateArray())
        {
            var source = head.GetProperty("source").GetString()!.Split('/')[^1];
            if (source is "signings" or "projects" or "funds" && (await Get($"{source}/feed?after={head.GetProperty("sequence").GetInt64()}&limit=1")).GetArrayLength() > 0) return false;
        }
        return true;
    }

    /// <summary>A lead that staff registered, and its name.</summary>
    public async Task<(Guid Id, string Name)> Project(string industry, decimal yuan, bool illustrative = false)
    {
        var name = $"浏览器测试项目{Guid.CreateVersion7().ToString("N")[^12..]}";
        return (Id(await Post("staff", "projects", new { name, industry, investor = "测试投资方", expectedInvestment = Yuan(yuan), illustrative })), name);
    }

    /// <summary>What Reporting says of the ceremony.</summary>
    public Task<JsonElement> Figures() => Get($"reporting/ceremonies/{Ceremony}");

    public async Task<JsonElement> Get(string path) => await Read(await Send(HttpMethod.Get, "auditor", path, body: null));

    public async Task<JsonElement> Get(string account, string path) => await Read(await Send(HttpMethod.Get, account, path, body: null));

    public async Task<JsonElement> Post(string account, string path, object body) => await Read(await Send(HttpMethod.Post, account, path, body));

    /// <summary>The token of a program, for its secret.</summary>
    public async Task<string> TokenOf(string client, string secret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)]);
        return (await Read(await http.PostAsync("/connect/token", form))).GetProperty("access_token").GetString()!;
    }

    /// <summary>What the holder of a token is answered.</summary>
    public async Task<int> StatusOf(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{path}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string? account, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/{path}");
        if (body is not null) request.Content = JsonContent.Create(body);
        if (account is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetOrAdd(account, name => Run("deploy/token", name)));
        return await http.SendAsync(request);
    }

    /// <summary>Starts the portal again, told something else than usual.</summary>
    public static async Task RestartPortal(params (string Name, string Value)[] told)
    {
        await Run("deploy/down", "portal");
        await Run(told, "deploy/up", "portal");
    }

    /// <summary>Runs a command of the checkout and gives what it prints.</summary>
    public static Task<string> Run(string command, params string[] arguments) => Run([], command, arguments);

    private static async Task<string> Run((string Name, string Value)[] told, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(File(command), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in told) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, command);
        return output.Trim();
    }

    /// <summary>The cookies of somebody who signed in at the door; each asks once, so that tests do not wait for it.</summary>
    public Task<string> SessionOf(string account) => sessions.GetOrAdd(account, async name =>
    {
        await using var context = await Browser.NewContextAsync(new() { BaseURL = Portal.ToString() });
        var page = await context.NewPageAsync();
        await SignIn(page, name);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return await context.StorageStateAsync();
    });

    /// <summary>Fills in the form at the door.</summary>
    public static async Task SignIn(IPage page, string account, string? password = null)
    {
        if (!page.Url.Contains("/sign-in", StringComparison.Ordinal)) await page.GotoAsync("/sign-in");
        await page.Locator("#login").FillAsync(account);
        await page.Locator("#password").FillAsync(password ?? await Run("deploy/password", account));
        await page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Waits for a condition, 30 seconds at most.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition()) await again.WaitForNextTickAsync(limit.Token);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}");
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static Guid Id(JsonElement answer) => answer.GetProperty("id").GetGuid();

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: these tests are run by tests/run.");
}
