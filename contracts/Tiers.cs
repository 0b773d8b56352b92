namespace Luodi.Contracts;

/// <summary>How binding a paper is. Figures of two tiers are never added up.</summary>
public static class Tiers
{
    /// <summary>意向</summary>
    public const string Intent = "intent";

    /// <summary>框架</summary>
    public const string Framework = "framework";

    /// <summary>协议: what ceremonies are held for, and every paper older than tiers.</summary>
    public const string Agreement = "agreement";

    /// <summary>合同</summary>
    public const string Contract = "contract";

    /// <summary>The tier that a figure is of where none is named.</summary>
    public const string Official = Agreement;

    /// <summary>From the lowest to the highest, the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Intent, Framework, Agreement, Contract];
}
