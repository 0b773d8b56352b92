using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Luodi.SystemTests.Running;

/// <summary>The client program on its way through the workbook, for a ceremony of its own.</summary>
internal sealed class Import : IDisposable
{
    private static readonly string[] People = ["staff", "staff2", "manager"];

    private readonly Site _site;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _ceremony;

    public Import(Site site, int rows = 22) : this(site, rows, $"仪式 {Desk.NewMark()}", 90) { }

    private Import(Site site, int rows, string ceremony, int waitSeconds)
    {
        (_site, Rows, _ceremony) = (site, rows, ceremony);
        _process = site.Start("dotnet",
        [
            Path.Combine(Site.Checkout, "deploy", "client", "bin", "Release", "net10.0", "Luodi.Client.dll"), "demo",
            "--portal", site.Portal.ToString(), "--data", Path.Combine(Site.Checkout, "deploy", "demo-data", "ceremony-2023-09.xlsx"),
            "--rows", rows.ToString(CultureInfo.InvariantCulture), "--number-prefix", $"{_ceremony[3..]}-", "--ceremony", _ceremony, "--wait", waitSeconds.ToString(CultureInfo.InvariantCulture),
        ], ("LUODI_PASSWORDS", string.Join('\n', People.Select(account => $"{account}={site.PasswordOf(account)}"))));
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The same workbook for the same ceremony once more.</summary>
    public Import Again(int waitSeconds = 90) => new(_site, Rows, _ceremony, waitSeconds);

    public int Rows { get; }

    public string Said => string.Join('\n', _said);

    /// <summary>Waits until it is in the middle: some rows are signed and confirmed, others are not.</summary>
    public async Task InTheMiddle()
    {
        await Eventually(() => _said.ShouldContain(line => line.StartsWith("Signed and confirmed:", StringComparison.Ordinal), Said));
        _said.ShouldNotContain($"Signed and confirmed: {Rows} of {Rows}", "It was over before anything could happen to it.");
    }

    /// <summary>Waits for its end: it has compared with Reporting itself.</summary>
    public async Task Finish()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.ExitCode.ShouldBe(0, Said);
    }

    /// <summary>Waits for its end, which is an objection.</summary>
    public async Task Fails()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.ExitCode.ShouldBe(1, Said);
    }

    /// <summary>Undoes it, or lists what that would be.</summary>
    public async Task<(int Code, string Said)> Undo(string id, bool onlyLists = false)
    {
        using var process = _site.Start("dotnet",
        [
            Path.Combine(Site.Checkout, "deploy", "client", "bin", "Release", "net10.0", "Luodi.Client.dll"), "import",
            "--portal", _site.Portal.ToString(), "--undo", id, .. onlyLists ? (string[])["--list-only", "yes"] : [],
        ], ("LUODI_PASSWORDS", string.Join('\n', People.Select(account => $"{account}={_site.PasswordOf(account)}"))));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{await output}\n{await errors}");
    }

    /// <summary>The ceremony as Reporting shows it.</summary>
    public async Task<Answer> Report() => (await _site.Manager.Get($"api/reporting/ceremonies/{await Ceremony()}")).Must(200);

    public async Task<Rollup> Rollup() => Running.Rollup.Of(await Report());

    public async Task<Guid> Ceremony()
    {
        var items = (await _site.Manager.Get($"api/signings/ceremonies?q={_ceremony[3..]}")).Must(200).Items;
        return items.Single(item => item.Text("name") == _ceremony)["id"]!.GetValue<Guid>();
    }

    /// <summary>Whatever happened on the way: the figures, each agreement once, each step once, each posting an event.</summary>
    public async Task EndsAtTheSameFigure()
    {
        await Finish();
        (await Rollup()).ShouldBe(Running.Rollup.Article);
        var ceremony = await Ceremony();
        var agreements = (await _site.Manager.Get($"api/signings/agreements?ceremony={ceremony}&limit=200")).Must(200).Items;
        agreements.Count.ShouldBe(Rows);
        foreach (var agreement in agreements)
        {
            var history = await Desk.HistoryOf(_site, agreement["id"]!.GetValue<Guid>());
            history.Select(item => item.Text("type")).ShouldBe(["agreement_drafted", "agreement_signed", "signing_confirmed"]);
        }
        var postings = (await _site.Manager.Get($"api/reporting/postings?ceremony={ceremony}&limit=500")).Must(200);
        // Logged as pending; confirmed: taken back from pending and made as confirmed.
        postings.Items.Count.ShouldBe(3 * Rows);
        postings["total"].Number("signings").ShouldBe(22);
        postings["total"]["amount"]!.Yuan().ShouldBe(Running.Rollup.Article.Yuan);
        foreach (var agreement in agreements)
        {
            await Eventually(async () => (await _site.Manager.Get($"api/projects/{agreement.Text("projectId")}")).Must(200)["stage"].GetValue<string>().ShouldBe("signed"));
        }
    }

    private void Hear(string? line)
    {
        if (line is not null) _said.Enqueue(line);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
