using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Luodi.Specs.Deployment;

/// <summary>docker-compose.yml starts the same system as deploy/up. No engine is asked: the file is read, and deploy/up is asked what it would tell.</summary>
public sealed partial class ComposeSpec
{
    private static readonly string[] Stores = ["signings", "projects", "funds", "reporting", "audit", "portal"];
    private static readonly string[] Own = [.. Stores, "witness"];
    private static readonly string[] Servers = ["postgres", "rabbitmq"];

    private static readonly string Text = File.ReadAllText(Checkout.PathOf("docker-compose.yml"));
    private static readonly Dictionary<string, Service> Services = new DeserializerBuilder().IgnoreUnmatchedProperties().Build()
        .Deserialize<Composition>(new MergingParser(new Parser(new StringReader(Text)))).services;

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Told = [];

    public static TheoryData<string> OwnServices => [.. Own];

    public static TheoryData<string> ServicesWithStore => [.. Stores];

    [Fact]
    public void It_starts_what_deploy_up_starts()
    {
        var parts = Run("bash", "-c", $". '{Checkout.PathOf("deploy", "lib.sh")}'; echo \"${{PARTS[*]}}\"").Trim().Split(' ');
        parts.ShouldBe([.. Servers, .. Own], ignoreOrder: true);
        // What is more than that runs once and ends: the schema of each store.
        Services.Keys.ShouldBe([.. parts, .. Stores.Select(name => $"{name}-migrate")], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(OwnServices))]
    public void A_service_is_told_the_same_keys(string name) => Services[name].environment.Keys.ShouldBe(ToldByDeploy(name).Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(ServicesWithStore))]
    public void A_service_is_told_the_same_values_where_they_do_not_depend_on_the_place(string name)
    {
        var told = ToldByDeploy(name);
        Services[name].environment["Luodi__Bureau"].ShouldBe(told["Luodi__Bureau"]);
        Services[name].environment["ASPNETCORE_ENVIRONMENT"].ShouldBe(told["ASPNETCORE_ENVIRONMENT"]);
        foreach (var other in Stores) Services[name].environment[$"Luodi__Services__{other}"].ShouldBe($"http://{other}:8080");
    }

    [Theory]
    [MemberData(nameof(ServicesWithStore))]
    public void A_service_opens_its_own_store_in_the_same_way(string name)
    {
        static string Placeless(string connection) => Place().Replace(connection, "");
        var here = Services[name].environment["ConnectionStrings__Store"];
        Placeless(here).ShouldBe(Placeless(ToldByDeploy(name)["ConnectionStrings__Store"]));
        here.ShouldContain("Host=postgres;Port=5432;");
        here.ShouldContain($"Database=luodi_{name};Username=luodi_{name};");
        here.ShouldContain($"${{POSTGRES_{name.ToUpperInvariant()}_PASSWORD:");
        Services[name].environment["ConnectionStrings__Broker"].ShouldMatch($@"^amqp://luodi_{name}:\$\{{RABBITMQ_{name.ToUpperInvariant()}_PASSWORD:\?[^}}]*\}}@rabbitmq:5672/$");
    }

    [Theory]
    [MemberData(nameof(ServicesWithStore))]
    public void A_schema_is_brought_up_to_date_before_its_service_starts_and_never_by_it(string name)
    {
        Services[name].environment["Luodi__Migrate"].ShouldBe("false");
        var migration = Services[$"{name}-migrate"];
        migration.command.ShouldBe(new List<object> { "migrate" });
        migration.image.ShouldBe(Services[name].image);
        // It alone is told the login that owns the schema.
        migration.environment.Where(each => each.Key is not "ConnectionStrings__Owner").ToDictionary().ShouldBe(Services[name].environment);
        migration.environment["ConnectionStrings__Owner"].ShouldContain($"Database=luodi_{name};Username=luodi_{name}_owner;");
        migration.environment["ConnectionStrings__Owner"].ShouldContain($"${{POSTGRES_{name.ToUpperInvariant()}_OWNER_PASSWORD:");
        Services[name].environment.Keys.ShouldNotContain("ConnectionStrings__Owner");
        migration.restart.ShouldBe("no");
        Services[name].depends_on[$"{name}-migrate"].condition.ShouldBe("service_completed_successfully");
        migration.depends_on["postgres"].condition.ShouldBe("service_healthy");
    }

    [Fact]
    public void Whatever_stays_up_has_a_health_check_and_comes_back()
    {
        foreach (var name in (IEnumerable<string>)[.. Servers, .. Own])
        {
            Services[name].healthcheck.ShouldNotBeNull(name).test.Count.ShouldBeGreaterThan(1, name);
            Services[name].restart.ShouldBe("unless-stopped", name);
        }
        foreach (var name in Own) string.Join(' ', Services[name].healthcheck!.test).ShouldContain("/health/ready");
    }

    [Fact]
    public void Services_start_when_the_servers_are_healthy()
    {
        foreach (var name in Stores)
        {
            foreach (var server in Servers) Services[name].depends_on[server].condition.ShouldBe("service_healthy", name);
        }
        // A service takes tokens once it knows the portal's keys.
        foreach (var name in Stores.Except(["portal"])) Services[name].depends_on["portal"].condition.ShouldBe("service_healthy", name);
    }

    [Fact]
    public void Only_the_portal_is_reachable_and_only_from_this_machine()
    {
        Services["portal"].ports.ShouldBe(["127.0.0.1:${LUODI_PORT:-5080}:8080"]);
        Services.Where(service => service.Value.ports.Count > 0).Select(service => service.Key).ShouldBe(["portal"]);
        Services.Values.ShouldAllBe(service => service.network_mode == null);
    }

    [Fact]
    public void The_keys_are_mounted_where_tokens_are_signed_and_nowhere_else() =>
        Services.Where(service => service.Value.volumes.Any(volume => volume.StartsWith("keys:", StringComparison.Ordinal))).Select(service => service.Key).ShouldBe(["portal", "portal-migrate"], ignoreOrder: true);

    [Fact]
    public void Images_are_built_from_the_service_they_are_named_after_and_foreign_ones_are_pinned()
    {
        foreach (var name in Own)
        {
            var build = Services[name].build.ShouldNotBeNull(name);
            build.args["SERVICE"].ToLowerInvariant().ShouldBe(name);
            File.Exists(Checkout.PathOf(build.dockerfile)).ShouldBeTrue(build.dockerfile);
            Directory.Exists(Checkout.PathOf("services", build.args["SERVICE"])).ShouldBeTrue(name);
        }
        foreach (var name in Servers) Services[name].image.ShouldMatch(@"^\w+:\d+(\.\d+)*(-\w+)?$", name);
        // The quorum queues of 4.3.0 to 4.3.6 deadlock a single active consumer after a time-out.
        Services["rabbitmq"].image.ShouldNotMatch(@":4\.3(\.[0-6])?(-|$)");
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there()
    {
        var mounted = Services.Values.SelectMany(service => service.volumes).Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume.Split(':')[0][2..]).ToList();
        mounted.ShouldNotBeEmpty();
        mounted.ShouldAllBe(path => File.Exists(Checkout.PathOf(path)));
    }

    [Fact]
    public void Every_password_that_it_asks_for_is_written_by_the_script_it_names()
    {
        var asked = Asked().Matches(Text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        asked.Count.ShouldBe(25);
        using var copy = new TemporaryFolder();
        var script = Path.Combine(Directory.CreateDirectory(Path.Combine(copy.Path, "deploy", "docker")).FullName, "env");
        File.Copy(Checkout.PathOf("deploy", "docker", "env"), script);
        Run("bash", script);
        var written = File.ReadAllLines(Path.Combine(copy.Path, ".env")).Select(line => line.Split('=', 2)).ToList();
        written.Select(pair => pair[0]).ShouldBe(asked, ignoreOrder: true);
        written.ShouldAllBe(pair => pair[1].Length == 40);
        written.Select(pair => pair[1]).ShouldBeUnique();
    }

    private static Dictionary<string, string> ToldByDeploy(string name) => Told.GetOrAdd(name, AskDeploy);

    private static Dictionary<string, string> AskDeploy(string name)
    {
        // A home of its own: being asked makes passwords.
        using var home = new TemporaryFolder();
        return Run("env", $"LUODI_HOME={home.Path}", "LUODI_PORT=5080", Checkout.PathOf("deploy", "up"), "--print-environment", name)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    private static string Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("luodi-specs-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    [GeneratedRegex("(Host|Port|Password)=[^;]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\$\{(?<name>\w+):\?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();

#pragma warning disable CA1812, IDE1006, MA0053, MA0016, CA1002 // Made by the parser, with the names of the file.
    private sealed class Composition
    {
        public Dictionary<string, Service> services { get; set; } = [];
    }

    private sealed class Service
    {
        public string image { get; set; } = "";

        public string? restart { get; set; }

        public string? network_mode { get; set; }

        public object? command { get; set; }

        public Build? build { get; set; }

        public HealthCheck? healthcheck { get; set; }

        public Dictionary<string, string> environment { get; set; } = [];

        public Dictionary<string, Dependency> depends_on { get; set; } = [];

        public List<string> ports { get; set; } = [];

        public List<string> volumes { get; set; } = [];
    }

    private sealed class Build
    {
        public string dockerfile { get; set; } = "";

        public Dictionary<string, string> args { get; set; } = [];
    }

    private sealed class HealthCheck
    {
        public List<string> test { get; set; } = [];
    }

    private sealed class Dependency
    {
        public string condition { get; set; } = "";
    }
#pragma warning restore CA1812, IDE1006, MA0053, MA0016, CA1002
}
