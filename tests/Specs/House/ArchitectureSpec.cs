using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Luodi.Contracts;
using Luodi.Funds;
using Luodi.Projects;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
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
    private static readonly Assembly[] Services = [typeof(Agreement).Assembly, typeof(Project).Assembly, typeof(Fund).Assembly, typeof(Posting).Assembly];

    /// <summary>The names of what decides, remembers and posts.</summary>
    private static readonly string[] Rules = ["Decide", "Evolve", "Post", "Contradictions", "Of", "Rows"];

    // What a rule may know: the language itself, the contracts, the service's own words, and what a decision is made of.
    private static readonly string[] Pure =
        ["System", "System.Collections.Generic", "System.Collections", "System.Linq", "System.Globalization", "System.Text", "System.Runtime.CompilerServices", "Luodi.ServiceDefaults.Decisions"];

    private static readonly Lazy<Architecture> House = new(() => new ArchLoader().LoadAssemblies([Contracts, Defaults, .. Services]).Build());

    [Fact]
    public void A_rule_takes_values_and_gives_values()
    {
        var rules = FindRules();
        rules.Count.ShouldBeGreaterThan(20);
        foreach (var rule in rules)
        {
            foreach (var type in rule.GetParameters().Select(parameter => parameter.ParameterType).Append(rule.ReturnType).SelectMany(Parts))
            {
                (IsOwn(type) || Pure.Contains(type.Namespace)).ShouldBeTrue($"{rule.DeclaringType!.Name}.{rule.Name} knows {type}.");
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
            rule.Dependencies.Select(dependency => dependency.Target).Where(target => Outside.Any(space => target.FullName.StartsWith(space, StringComparison.Ordinal)))
                .Select(target => target.FullName).Distinct(StringComparer.Ordinal).ShouldBeEmpty($"{rule.FullName} reaches outside.");
        }
    }

    private static readonly string[] Outside =
        ["Marten", "Npgsql", "JasperFx", "MassTransit", "RabbitMQ", "Microsoft.", "System.Net", "System.IO", "System.Data", "System.Threading", "System.TimeProvider", "System.Random", "System.Environment"];

    [Fact]
    public void Contracts_know_nobody() =>
        Contracts.GetReferencedAssemblies().Select(reference => reference.Name).ShouldAllBe(name => name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void What_every_service_shares_knows_no_service() =>
        Luodi(Defaults).ShouldBe(["Luodi.Contracts"]);

    [Fact]
    public void Services_know_each_other_by_their_contracts_only()
    {
        foreach (var service in Services) Luodi(service).ShouldBe(["Luodi.Contracts", "Luodi.ServiceDefaults"], service.GetName().Name);
    }

    [Fact]
    public void The_client_knows_the_public_HTTP_API_only() => Luodi(typeof(Client.Workbook.CeremonyWorkbook).Assembly).ShouldBeEmpty();

    [Fact]
    public void Every_service_stands_in_the_solution_and_among_what_deploy_starts()
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

    /// <summary>Projections are the store's: they take its envelope and hand the fact on. Everything else of these names is a rule.</summary>
    private static List<MethodInfo> FindRules() => [.. Services.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: true, IsSealed: true, IsPublic: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => Rules.Contains(method.Name))];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];

    private static bool IsOwn(Type type) => type.Assembly == Contracts || Services.Contains(type.Assembly);
}
