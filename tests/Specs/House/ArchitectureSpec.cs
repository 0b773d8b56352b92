using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Luodi.Contracts;
using Luodi.Funds;
using Luodi.Ledger;
using Luodi.Projects;
using Luodi.Proof;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Verify;
using Shouldly;
using Xunit;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Luodi.Specs.House;

/// <summary>Who may know whom.</summary>
public sealed class ArchitectureSpec
{
    private static readonly Assembly Contracts = typeof(EventTypes).Assembly;
    private static readonly Assembly Defaults = typeof(Refusal).Assembly;
    private static readonly Assembly Proof = typeof(LogProof).Assembly;
    private static readonly Assembly Ledger = typeof(Posting).Assembly;
    private static readonly Assembly Reporting = typeof(PostingFilter).Assembly;
    private static readonly Assembly[] Services = [typeof(Agreement).Assembly, typeof(Project).Assembly, typeof(Fund).Assembly, Reporting, typeof(Luodi.Portal.Accounts.Account).Assembly];

    /// <summary>The names of what decides, remembers and posts.</summary>
    private static readonly string[] Rules = ["Decide", "Evolve", "Post", "Contradictions", "Of", "Rows"];

    // What a rule may know: the language itself, the contracts, the service's own words, and what a decision is made of.
    private static readonly string[] Pure =
        ["System", "System.Collections.Generic", "System.Collections", "System.Linq", "System.Globalization", "System.Text", "System.Runtime.CompilerServices", "Luodi.ServiceDefaults.Decisions"];

    private static readonly string[] Outside =
        ["Marten", "Npgsql", "JasperFx", "MassTransit", "RabbitMQ", "Microsoft.", "System.Net", "System.IO", "System.Data", "System.Threading", "System.TimeProvider", "System.Random", "System.Environment", "System.Console", "System.IServiceProvider"];

    private static readonly string[] Streams = ["System.IO.Stream", "System.IO.MemoryStream", "System.IO.InvalidDataException", "System.IO.Compression.DeflateStream", "System.IO.Compression.CompressionLevel", "System.IO.Compression.CompressionMode"];

    private static readonly Lazy<Architecture> House = new(() => new ArchLoader().LoadAssemblies([Contracts, Defaults, Proof, Ledger, .. Services]).Build());

    [Fact]
    public void A_rule_takes_values_and_gives_values()
    {
        var rules = FindRules();
        rules.Count.ShouldBeGreaterThan(20);
        foreach (var rule in rules)
        {
            foreach (var type in rule.GetParameters().Select(parameter => parameter.ParameterType).Append(rule.ReturnType).SelectMany(Parts))
            {
                (IsOwn(type) || (Pure.Contains(type.Namespace) && !ReachesOutside(type.ToString()))).ShouldBeTrue($"{rule.DeclaringType!.Name}.{rule.Name} knows {type}.");
            }
        }
    }

    [Fact]
    public void A_rule_calls_nothing_that_reaches_outside()
    {
        var rules = FindRules().Select(rule => $"{rule.DeclaringType!.FullName}.{rule.Name}").ToHashSet(StringComparer.Ordinal);
        var found = House.Value.MethodMembers.Where(method => rules.Contains($"{method.DeclaringType.FullName}.{method.Name.Split('(')[0]}")).ToList();
        found.Count.ShouldBeGreaterThan(20);
        foreach (var rule in found)
        {
            rule.Dependencies.Select(dependency => dependency.Target.FullName).Where(ReachesOutside).Distinct(StringComparer.Ordinal).ShouldBeEmpty($"{rule.FullName} reaches outside.");
        }
    }

    [Fact]
    public void Contracts_know_nobody() =>
        Contracts.GetReferencedAssemblies().Select(reference => reference.Name).ShouldAllBe(name => name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void What_every_service_shares_knows_no_service() =>
        Luodi(Defaults).ShouldBe(["Luodi.Contracts"]);

    [Fact]
    public void Services_know_each_other_by_their_contracts_only()
    {
        foreach (var service in Services) Luodi(service).Except(service == Reporting ? ["Luodi.Ledger"] : []).ShouldBe(["Luodi.Contracts", "Luodi.ServiceDefaults"], service.GetName().Name);
    }

    [Fact]
    public void What_posts_takes_values_and_gives_values()
    {
        // Figures are calculated anew with it offline, by who has nothing of the services.
        Luodi(Ledger).ShouldBe(["Luodi.Contracts"]);
        Luodi(typeof(VerifyCommand).Assembly).ShouldBe(["Luodi.Contracts", "Luodi.Ledger", "Luodi.Proof"]);
        var types = House.Value.Types.Where(type => type.FullName.StartsWith("Luodi.Ledger.", StringComparison.Ordinal)).ToList();
        types.Count.ShouldBeGreaterThan(15);
        foreach (var type in types) type.Dependencies.Select(dependency => dependency.Target.FullName).Where(ReachesOutside).ShouldBeEmpty($"{type.FullName} reaches outside.");
    }

    [Fact]
    public void What_proves_takes_values_and_gives_values()
    {
        // It is checked with offline, years later: the form of events, libraries of signatures, and nothing that reaches outside. A pack is read from a stream, and only packs are.
        Proof.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(["BouncyCastle.Cryptography", "Luodi.Contracts", "NSec.Cryptography"]);
        var types = House.Value.Types.Where(type => type.FullName.StartsWith("Luodi.Proof.", StringComparison.Ordinal)).ToList();
        types.Count.ShouldBeGreaterThan(15);
        foreach (var type in types)
        {
            var may = type.FullName.StartsWith("Luodi.Proof.Packs.", StringComparison.Ordinal) ? Streams : [];
            type.Dependencies.Select(dependency => dependency.Target.FullName).Where(ReachesOutside).Except(may, StringComparer.Ordinal).ShouldBeEmpty($"{type.FullName} reaches outside.");
        }
    }

    [Fact]
    public void The_client_knows_the_public_HTTP_API_only() => Luodi(typeof(Client.Workbook.CeremonyWorkbook).Assembly).ShouldBeEmpty();

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = File.ReadAllText(Checkout.PathOf("Luodi.slnx"));
        foreach (var project in Directory.GetFiles(Checkout.Folder, "Luodi.*.csproj", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Checkout.Folder, project);
            solution.ShouldContain($"Path=\"{path}\"");
        }
    }

    private static string?[] Luodi(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name).Where(name => name!.StartsWith("Luodi.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static bool ReachesOutside(string type) => Outside.Any(space => type.StartsWith(space, StringComparison.Ordinal));

    /// <summary>What a projection has of these names belongs to its instance: it takes the store's envelope and hands the fact on. What is static is a rule.</summary>
    private static List<MethodInfo> FindRules() => [.. Services.Append(Ledger).SelectMany(assembly => assembly.GetTypes())
        // In the portal accounts alone are decided on; the rest shows.
        .Where(type => type.IsPublic && (type.Namespace?.StartsWith("Luodi.Portal", StringComparison.Ordinal) is not true || type.Namespace == typeof(Luodi.Portal.Accounts.Account).Namespace))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => Rules.Contains(method.Name))];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];

    private static bool IsOwn(Type type) => type.Assembly == Contracts || type.Assembly == Ledger || Services.Contains(type.Assembly);
}
