using System.Globalization;
using System.Resources;
using Luodi.Proof;
using Luodi.Proof.Packs;

namespace Luodi.Verify;

/// <summary>Every word that the program says: Words.resx is Chinese, the first language, and Words.en.resx English.</summary>
public sealed class Words
{
    private static readonly ResourceManager Texts = new(typeof(Words));

    private readonly CultureInfo _language;

    private Words(CultureInfo language) => _language = language;

    /// <summary>Chinese for <c>zh</c>, English for any other.</summary>
    public static Words In(string language) => new(CultureInfo.GetCultureInfo(language == "zh" ? "zh" : "en"));

    /// <summary>The text of this name.</summary>
    public string this[string name] => Texts.GetString(name, _language) ?? throw new MissingManifestResourceException($"{name} has no words.");

    /// <summary>A check, how it ended, and why.</summary>
    public string Line(Finding finding)
    {
        var said = finding.Flaw is { } flaw
            ? string.Format(_language, this["Failed"], this[$"Claim.{finding.Claim}"], this[$"Flaw.{flaw}"], finding.Place, flaw)
            : string.Format(_language, this[$"{finding.Claim}.{finding.Ruling}"], [.. finding.Values]);
        return $"{this[$"Ruling.{finding.Ruling}"]} {said}{(finding.Detail.Length > 0 ? $"\n    {finding.Detail}" : "")}";
    }

    /// <summary>A file of the auditor's cannot be read as what it should be.</summary>
    public string Refused(Flaw flaw, string file, string detail) => $"{string.Format(_language, this["Refused"], file, this[$"Flaw.{flaw}"], flaw)}\n    {detail}";

    /// <summary>A file cannot be read at all.</summary>
    public string Unreadable(string file, string detail) => $"{string.Format(_language, this["Unreadable"], file)}\n    {detail}";
}
