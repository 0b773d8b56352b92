using System.Globalization;
using System.Resources;

namespace Luodi.Projects.Milestones;

/// <summary>Stages as a text names them in the reader's language.</summary>
public sealed record StageNames(params string[] Codes) : IFormattable
{
    private static readonly ResourceManager Chinese = new("Luodi.Projects.Columns", typeof(StageNames).Assembly);

    public string ToString(string? format, IFormatProvider? formatProvider) => formatProvider is CultureInfo { TwoLetterISOLanguageName: "en" }
        ? string.Join(" or ", Codes.Select(code => code.Replace('-', ' ')))
        : string.Join("或", Codes.Select(code => Chinese.GetString(code, CultureInfo.InvariantCulture) ?? code));
}
