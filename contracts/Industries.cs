namespace Luodi.Contracts;

/// <summary>The zone's classification: its three leading industries and the rest.</summary>
public static class Industries
{
    /// <summary>微电子</summary>
    public const string Microelectronics = "microelectronics";

    /// <summary>智能装备</summary>
    public const string IntelligentEquipment = "intelligent-equipment";

    /// <summary>生物医药</summary>
    public const string Biomedicine = "biomedicine";

    /// <summary>其他</summary>
    public const string Other = "other";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Microelectronics, IntelligentEquipment, Biomedicine, Other];
}
