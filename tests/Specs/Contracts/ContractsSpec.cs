using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Contracts;

/// <summary>An event is read by others for years: its name and its JSON do not change.</summary>
public sealed partial class ContractsSpec
{
    private const string Approving = "LUODI_APPROVE";

    private static readonly string Approved = Checkout.PathOf("tests", "Specs", "Contracts", "approved");
    private static readonly string[] Services = ["projects", "signings", "funds", "portal", "audit", "reporting"];

    public static TheoryData<string> EventNames => [.. EventTypes.ByName.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_is_written_and_read_as_approved(string name)
    {
        var file = Path.Combine(Approved, $"{name}.json");
        var written = JsonSerializer.Serialize(SampleOf(name), EventTypes.ByName[name], WireJson.Options);
        if (Environment.GetEnvironmentVariable(Approving) is "yes") File.WriteAllText(file, written + "\n");
        var howToApprove = $"""
            Stores and consumers hold {name} as it was. A changed meaning, a renamed or a dropped field is a new event beside the old one.
            A new event, or a field that old events may lack, is approved by running these specifications once with {Approving}=yes and committing {file}.
            """;
        File.Exists(file).ShouldBeTrue($"{name} has no approved sample. {howToApprove}");
        var approved = File.ReadAllText(file).TrimEnd('\n');
        written.ShouldBe(approved, howToApprove);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(approved, EventTypes.ByName[name], WireJson.Options), EventTypes.ByName[name], WireJson.Options).ShouldBe(approved);
    }

    [Theory]
    [MemberData(nameof(EventNames))]
    public void A_sample_fills_every_field(string name)
    {
        var sample = SampleOf(name);
        foreach (var property in sample.GetType().GetProperties())
        {
            var value = property.GetValue(sample).ShouldNotBeNull($"{name}.{property.Name}");
            if (property.PropertyType.IsValueType) value.ShouldNotBe(Activator.CreateInstance(property.PropertyType), $"{name}.{property.Name}");
        }
    }

    [Fact]
    public void An_event_older_than_departments_is_read_and_one_without_a_department_is_written_as_it_was()
    {
        object[] older =
        [
            .. Samples.All.OfType<LeadRegistered>().Select(e => e with { Department = null }), .. Samples.All.OfType<AgreementDrafted>().Select(e => e with { Department = null, Parties = null }),
            .. Samples.All.OfType<FundEstablished>().Select(e => e with { Department = null }),
        ];
        older.Length.ShouldBe(3);
        foreach (var fact in older)
        {
            var written = JsonSerializer.Serialize(fact, fact.GetType(), WireJson.Options);
            written.ShouldNotContain("department");
            JsonSerializer.Deserialize(written, fact.GetType(), WireJson.Options).ShouldBe(fact);
        }
    }

    [Fact]
    public void A_draft_older_than_tiers_is_read_and_one_that_follows_nothing_and_has_one_counterparty_is_written_as_it_was()
    {
        var older = Samples.All.OfType<AgreementDrafted>().Single() with { Tier = null, Follows = null, FollowsAs = null, Chain = null, Parties = null, FixedAssets = null };
        var written = JsonSerializer.Serialize(older, WireJson.Options);
        foreach (var name in (string[])["tier", "follows", "followsAs", "chain", "parties", "fixedAssets"]) written.ShouldNotContain($"\"{name}\"");
        JsonSerializer.Deserialize<AgreementDrafted>(written, WireJson.Options).ShouldBe(older);
    }

    [Fact]
    public void No_approved_event_has_gone() =>
        Directory.GetFiles(Approved).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(EventTypes.ByName.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}.json"));

    [Fact]
    public void Every_record_in_a_services_folder_is_an_event_with_a_stored_name_of_its_own()
    {
        var records = typeof(EventTypes).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false } && Services.Contains(type.Namespace!.Split('.')[^1], StringComparer.OrdinalIgnoreCase))
            .ToList();
        records.Count.ShouldBe(163);
        records.Where(type => type.GetCustomAttribute<EventNameAttribute>() is null).ShouldBeEmpty("These have no [EventName].");
        records.Select(EventTypes.NameOf).ShouldBeUnique();
        records.Select(EventTypes.NameOf).ShouldAllBe(name => SnakeCase().IsMatch(name));
        // A class may be renamed one day, and this line then says which; until that day both names are one.
        records.Select(EventTypes.NameOf).ShouldBe(records.Select(type => Capitals().Replace(type.Name, "_$0").ToLowerInvariant()));
    }

    [Fact]
    public void Every_event_belongs_to_one_service() =>
        Services.SelectMany(EventTypes.Of).OrderBy(EventTypes.NameOf).ShouldBe(EventTypes.ByName.Values.OrderBy(EventTypes.NameOf));

    [Fact]
    public void Every_event_is_told_of_in_the_readme()
    {
        var readme = File.ReadAllText(Checkout.PathOf("contracts", "README.md"));
        EventTypes.ByName.Keys.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void An_event_holds_plain_values_only()
    {
        Type[] plain = [typeof(Guid), typeof(string), typeof(int), typeof(decimal), typeof(bool), typeof(DateOnly), typeof(Money), typeof(IReadOnlyList<Guid>), typeof(IReadOnlyList<decimal>), typeof(IReadOnlyList<string>), typeof(IReadOnlyList<DateOnly>)];
        EventTypes.ByName.Values.SelectMany(type => type.GetProperties())
            .Where(property => !plain.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    private static object SampleOf(string name) => Samples.All.SingleOrDefault(sample => sample.GetType() == EventTypes.ByName[name])
        ?? throw new Xunit.Sdk.XunitException($"{name} has no sample: add one to {nameof(Samples)}, with every field filled.");

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capitals();
}
