using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Luodi.ServiceDefaults.Decisions;

/// <summary>
/// A rule's named "no". Its stable <c>type</c> in problem documents is its name in kebab case (<c>/problems/already-signed</c>);
/// its Chinese text stands in the service's <c>Refusals.resx</c> under its name. Texts may name the record's properties: <c>{Proposed}</c>.
/// </summary>
/// <param name="English">What happened and what to do.</param>
/// <param name="Field">The field of the request it is about, in camel case; null where it is about the state of things.</param>
public abstract partial record Refusal(string English, string? Field = null)
{
    /// <summary>409 for a state that does not allow it, 422 for a value that is not acceptable.</summary>
    public virtual int Status => Field is null ? 409 : 422;

    /// <summary>The stable type of the problem document.</summary>
    public string Type => $"/problems/{Words().Replace(GetType().Name, "-$0").TrimStart('-').ToLowerInvariant()}";

    /// <summary>The text in the reader's language: Chinese unless the culture is English.</summary>
    public string Text(CultureInfo culture)
    {
        var text = culture.TwoLetterISOLanguageName is "en" ? English : Chinese() ?? English;
        return Placeholders().Replace(text, match => Written(GetType().GetProperty(match.Groups["name"].Value)?.GetValue(this), culture) ?? match.Value);
    }

    /// <summary>The Chinese text, null where the resource lacks it.</summary>
    public string? Chinese()
    {
        var assembly = GetType().Assembly;
        return new ResourceManager($"{assembly.GetName().Name}.Refusals", assembly).GetString(GetType().Name, CultureInfo.InvariantCulture);
    }

    // Yuan with separators: a figure of ten digits is read wrongly without them.
    private static string? Written(object? value, CultureInfo culture) => value is decimal yuan ? yuan.ToString("N2", culture) : Convert.ToString(value, culture);

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Words();

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Placeholders();
}
