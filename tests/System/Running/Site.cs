using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using RabbitMQ.Client;

namespace Luodi.SystemTests.Running;

/// <summary>One running Luodi: its home, its ports, its processes.</summary>
internal sealed class Site(string home, int port) : IDisposable
{
    public static readonly IReadOnlyList<string> Services = ["signings", "projects", "funds", "reporting", "audit", "portal"];
    private static readonly IReadOnlyList<string> Parts = ["postgres", "rabbitmq", .. Services, "witness"];

    public static readonly string Checkout = Environment.GetEnvironmentVariable("LUODI_CHECKOUT")
        ?? throw new InvalidOperationException("These tests need the running system of tests/run: use `tests/run system`.");

    /// <summary>The system that tests/run started.</summary>
    public static readonly Site Here = new(
        Environment.GetEnvironmentVariable("LUODI_HOME") ?? throw new InvalidOperationException("LUODI_HOME is not set."),
        int.Parse(Environment.GetEnvironmentVariable("LUODI_PORT") ?? throw new InvalidOperationException("LUODI_PORT is not set."), CultureInfo.InvariantCulture));

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { Timeout = TimeSpan.FromSeconds(60) };

    public string Home { get; } = home;

    public int Port { get; } = port;

    public Uri Portal { get; } = new($"http://127.0.0.1:{port}/");

    public string Keys => Path.Combine(Home, "keys");

    /// <summary>What one of the server-side passwords is; see deploy/lib.sh.</summary>
    public string Password(string name) => File.ReadAllText(Path.Combine(Home, "passwords", name));

    /// <summary>The password of a demo account.</summary>
    public string PasswordOf(string account) => $"Luodi-{Password($"account-{account}")[..16]}-x7";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // ---- Its API ----

    /// <summary>Its API as one of the demo accounts uses it.</summary>
    public Api As(string account) => new(_http, Portal, Tokens.Of(this, account));

    public Api Staff => As("staff");

    public Api Staff2 => As("staff2");

    public Api Manager => As("manager");

    public Api Auditor => As("auditor");

    /// <summary>Its API with any token, or without one.</summary>
    public Api With(string? token) => new(_http, Portal, token);

    // ---- Its health ----

    /// <summary>What a service says of itself: status, and checks with what they say.</summary>
    public async Task<JsonNode> Health(string service) => JsonNode.Parse(await _http.GetStringAsync(AddressOf(service, "health"), Ct))!;

    /// <summary>Healthy, Degraded or Unhealthy.</summary>
    public async Task<string> Ready(string service)
    {
        using var answer = await _http.GetAsync(AddressOf(service, "health/ready"), Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    public Task AllHealthy() => Eventually(async () =>
    {
        foreach (var service in Services)
        {
            var word = await Ready(service);
            word.ShouldBe("Healthy", $"{service}: {(word == "Healthy" || service == "portal" ? word : (await Health(service)).ToJsonString())}");
        }
    }, TimeSpan.FromSeconds(90));

    private Uri AddressOf(string service, string path) => new($"http://127.0.0.1:{PortOf(service)}/{path}");

    private int PortOf(string part) => Port + part switch
    {
        "portal" => 0,
        "postgres" => 1,
        "rabbitmq" => 2,
        "signings" => 10,
        "projects" => 11,
        "funds" => 12,
        "reporting" => 13,
        "audit" => 14,
        "witness" => 15,
        _ => throw new ArgumentException($"There is no part {part}.", nameof(part)),
    };

    // ---- Its processes ----

    public Task Up(params string[] parts) => Deploy("up", parts);

    public Task Down(params string[] parts) => Deploy("down", parts);

    /// <summary>Starts it again, told something else than usual.</summary>
    public async Task Restart(string service, params (string Name, string Value)[] told)
    {
        await Down(service);
        await Deploy("up", [service], told);
    }

    /// <summary>Makes the next key that signs tokens.</summary>
    /// <param name="ahead">How long it is published before it is used; a day where nothing else is said.</param>
    public Task RotateKeys(TimeSpan ahead) => Deploy("rotate-keys", [], ("Auth__KeysPublishedAhead", ahead.ToString("c", CultureInfo.InvariantCulture)));

    /// <summary>kill -9, by the record that deploy/up left; returns once the process is gone.</summary>
    public async Task Kill(string part)
    {
        var record = (await File.ReadAllTextAsync(Path.Combine(Home, "run", part), Ct)).Split(' ');
        using var process = Process.GetProcessById(int.Parse(record[0], CultureInfo.InvariantCulture));
        StartOf(process.Id).ShouldBe(record[1], $"The record of {part} is about another process.");
        process.Kill();
        await Eventually(() => StartOf(process.Id).ShouldNotBe(record[1]));
    }

    /// <summary>Everything that is not running is started; for a test that comes after one that failed.</summary>
    public async Task Mend()
    {
        if (!Parts.All(IsRunning)) await Up();
        await AllHealthy();
    }

    private bool IsRunning(string part) =>
        File.Exists(Path.Combine(Home, "run", part)) && File.ReadAllText(Path.Combine(Home, "run", part)).Split(' ') is [var id, var start, ..] && StartOf(int.Parse(id, CultureInfo.InvariantCulture)) == start;

    // Field 22 of /proc/PID/stat, null for one that is gone or a zombie: what deploy/lib.sh writes into a record. While other threads of a killed one still end, its ports are open.
    private static string? StartOf(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            return fields[0] == "Z" && Directory.GetDirectories($"/proc/{id}/task").Length == 1 ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>What a service is told, as deploy/up says it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentOf(string service) =>
        (await Run(Path.Combine(Checkout, "deploy", "up"), ["--print-environment", service])).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>What it is told beside that when it changes its schema.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnerOf(string service) =>
        (await Run("/bin/bash", ["-c", $". '{Checkout}/deploy/lib.sh'; owner_environment {service}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>How many lines of a service's log contain the text.</summary>
    public async Task<int> Logged(string service, string text) =>
        (await File.ReadAllLinesAsync(Path.Combine(Home, "logs", $"{service}.log"), Ct)).Count(line => line.Contains(text, StringComparison.Ordinal));

    // ---- Its store and its broker, with the logins of its services ----

    public async Task<NpgsqlDataSource> Store(string service) => NpgsqlDataSource.Create((await EnvironmentOf(service))["ConnectionStrings__Store"]);

    /// <summary>A service's database in the hands of whoever runs the server.</summary>
    public NpgsqlDataSource Server(string service) => NpgsqlDataSource.Create($"Host=127.0.0.1;Port={PortOf("postgres")};Database=luodi_{service};Username=luodi_admin;Password={Password("postgres-admin")}");

    public async Task<ConnectionFactory> Broker(string service) => new() { Uri = new Uri((await EnvironmentOf(service))["ConnectionStrings__Broker"]) };

    /// <summary>One value of a service's database.</summary>
    public async Task<T> Ask<T>(string service, string sql, params object[] values)
    {
        await using var store = await Store(service);
        await using var command = store.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    // ---- Programs ----

    private Task<string> Deploy(string command, string[] parts, params (string Name, string Value)[] told) => Run(Path.Combine(Checkout, "deploy", command), parts, told);

    /// <summary>Forgets everything that happened here.</summary>
    public async Task Wipe()
    {
        await Down();
        await Run("/bin/bash", ["-c", $". '{Checkout}/deploy/lib.sh'; wipe; rm -rf \"$LUODI_HOME\""]);
    }

    /// <summary>Runs a program to its end; one that fails fails the test with what it said.</summary>
    public async Task<string> Run(string program, string[] arguments, params (string Name, string Value)[] told)
    {
        using var process = Start(program, arguments, told);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>What <c>dotnet</c> is told to run a part's own program: <c>Reporting</c>, <c>Verify</c>.</summary>
    public static string Program(string part) => Path.Combine(Checkout, "services", part, "bin", "Release", "net10.0", $"Luodi.{part}.dll");

    public Process Start(string program, string[] arguments, params (string Name, string Value)[] told)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Checkout };
        (start.Environment["LUODI_HOME"], start.Environment["LUODI_PORT"], start.Environment["LUODI_BUILD"]) = (Home, Port.ToString(CultureInfo.InvariantCulture), "no");
        foreach (var (name, value) in told) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Dispose() => _http.Dispose();
}
