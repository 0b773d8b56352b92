using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Luodi.Funds;
using Luodi.Projects;
using Luodi.Projects.Milestones;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.Agreements;
using Shouldly;
using Xunit;

namespace Luodi.Specs.House;

/// <summary>Every "no" of the system is said in the reader's language.</summary>
public sealed partial class RefusalsSpec
{
    private static readonly Assembly[] Assemblies =
        [typeof(Refusal).Assembly, typeof(Agreement).Assembly, typeof(Project).Assembly, typeof(Fund).Assembly, typeof(PostingFilter).Assembly, typeof(Luodi.Audit.Log.LogIntake).Assembly, typeof(Luodi.Portal.Accounts.Account).Assembly];

    // What these refuse is HTTP itself, no rule: the system's tests show them.
    private static readonly string[] ShownElsewhere =
        [nameof(NotFound), nameof(ChangedMeanwhile), nameof(TooManyAtOnce), nameof(IdempotencyKeyReused), nameof(IdempotencyKeyTooLong), "DimensionUnknown", "MeasureUnknown", "CohortMalformed", "CohortsUnknown", "MonthsUnusable", "StatusUnknown", "TimeUnreadable", "NotSignedYet", "BeyondTheLog", "CheckpointUnreadable", "TooManyEvents", "EventUnknown", "FigureNoObject", nameof(ColumnUnknown), nameof(FormatUnknown)];

    private static readonly Type[] Types = [.. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Refusal)) && !type.IsAbstract)];

    public static TheoryData<Type> Refusals => [.. Types];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_is_told_in_Chinese(Type type) => Blank(type).Chinese().ShouldNotBeNull($"{type.Assembly.GetName().Name} has no text for it in Refusals.resx.").ShouldMatch(@"\p{IsCJKUnifiedIdeographs}.*。$");

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Its_texts_name_properties_that_it_has_and_the_same_ones_in_both_languages(Type type)
    {
        var refusal = Sample(type);
        string[] Names(string text) => [.. Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal)];
        Names(refusal.English).ShouldAllBe(name => type.GetProperty(name) != null);
        Names(refusal.Chinese()!).ShouldBe(Names(refusal.English));
        refusal.Text(CultureInfo.GetCultureInfo("zh-CN")).ShouldNotContain('{');
        refusal.Text(CultureInfo.GetCultureInfo("en")).ShouldNotContain('{');
        refusal.Text(CultureInfo.GetCultureInfo("en")).ShouldNotBe(refusal.Text(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Fact]
    public void A_text_gives_the_values_in_their_place()
    {
        var refusal = new TooLong("name", 300);
        refusal.Text(CultureInfo.GetCultureInfo("zh-CN")).ShouldBe("不得超过 300 个字符。");
        refusal.Text(CultureInfo.GetCultureInfo("en-GB")).ShouldBe("At most 300 characters.");
    }

    [Fact]
    public void A_reader_of_neither_language_reads_Chinese() =>
        new NotFound().Text(CultureInfo.GetCultureInfo("fr")).ShouldBe(new NotFound().Text(CultureInfo.GetCultureInfo("zh-CN")));

    [Fact]
    public void No_text_stands_for_a_refusal_that_has_gone()
    {
        foreach (var assembly in Assemblies)
        {
            var texts = new ResourceManager($"{assembly.GetName().Name}.Refusals", assembly).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false);
            texts.ShouldNotBeNull($"{assembly.GetName().Name} has no resource of that name.").Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
                .ShouldBe(Types.Where(type => type.Assembly == assembly).Select(type => type.Name), ignoreOrder: true);
        }
    }

    [Fact]
    public void Each_refusal_has_a_stable_type_of_its_own()
    {
        Types.Select(type => Blank(type).Type).ShouldBeUnique();
        Types.Select(type => Blank(type).Type).ShouldAllBe(type => ProblemType().IsMatch(type));
        new NumberTakenSample().Type.ShouldBe("/problems/number-taken-sample");
    }

    [Fact]
    public void Each_refusal_of_a_rule_has_its_story()
    {
        var stories = Directory.GetFiles(Checkout.PathOf("tests", "Specs"), "*Spec.cs", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith($"{nameof(RefusalsSpec)}.cs", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        Types.Select(type => type.Name).Except(ShownElsewhere, StringComparer.Ordinal)
            .Where(name => !stories.Exists(story => Regex.IsMatch(story, $@"ThenRefused<{name}>|new {name}\(", RegexOptions.None, TimeSpan.FromSeconds(1)))).ShouldBeEmpty();
    }

    private sealed record NumberTakenSample() : Refusal("");

    /// <summary>Enough of one to ask for what hangs on its type alone.</summary>
    private static Refusal Blank(Type type) => (Refusal)RuntimeHelpers.GetUninitializedObject(type);

    private static Refusal Sample(Type type) => (Refusal)Activator.CreateInstance(type, [.. type.GetConstructors()[0].GetParameters().Select(parameter => parameter.ParameterType switch
    {
        var text when text == typeof(string) => (object)"NH-2023-001",
        var stages when stages == typeof(StageNames) => new StageNames("land-secured"),
        var number => Activator.CreateInstance(number)!,
    })])!;

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^/problems/[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProblemType();
}
