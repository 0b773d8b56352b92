using MudBlazor;

namespace Luodi.Portal.Layout;

/// <summary>Colours and type. Light and dark are the same tokens; styles and charts take them from here.</summary>
public sealed record Look(bool IsDark)
{
    private static readonly string[] Fonts =
        ["-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Roboto", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b63b8",
            Background = "#f4f5f7",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2129",
            TextPrimary = "#1b2129",
            TextSecondary = "#59636f",
            LinesDefault = "#dfe3e8",
            TableLines = "#e8ebef",
            Divider = "#dfe3e8",
            ActionDefault = "#59636f",
            Error = "#b3261e",
            Warning = "#8a5300",
            Success = "#17693f",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6db3f2",
            Background = "#12161b",
            Surface = "#1a2027",
            AppbarBackground = "#1a2027",
            AppbarText = "#e6eaef",
            TextPrimary = "#e6eaef",
            TextSecondary = "#9ba6b2",
            LinesDefault = "#303943",
            TableLines = "#28303a",
            Divider = "#303943",
            ActionDefault = "#9ba6b2",
            Error = "#f2a39d",
            Warning = "#e9b765",
            Success = "#74c79a",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5" } },
    };

    public static string Font { get; } = string.Join(", ", Fonts.Select(font => font.Contains(' ', StringComparison.Ordinal) ? $"'{font}'" : font));

    public string Text => IsDark ? "#e6eaef" : "#1b2129";

    public string Muted => IsDark ? "#9ba6b2" : "#59636f";

    public string Line => IsDark ? "#28303a" : "#e8ebef";

    public string Accent => IsDark ? "#6db3f2" : "#0b63b8";

    /// <summary>For what is not an industry.</summary>
    public string Neutral => IsDark ? "#7f8fa3" : "#64748b";

    /// <summary>The same industry has the same colour everywhere. Told apart by colour-blind readers too, and never without its name.</summary>
    public string Industry(string industry) => industry switch
    {
        Contracts.Industries.Microelectronics => IsDark ? "#8a8df0" : "#5457c4",
        Contracts.Industries.IntelligentEquipment => IsDark ? "#e5a94b" : "#cf8414",
        Contracts.Industries.Biomedicine => IsDark ? "#4fc3a1" : "#1f9274",
        _ => IsDark ? "#88929d" : "#8b95a0",
    };
}
