namespace Luodi.Contracts;

/// <summary>How a paper follows an earlier one about the same project.</summary>
public static class FollowUps
{
    /// <summary>升级: a paper of a higher tier takes its place.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>增资: more is invested than it says.</summary>
    public const string TopUp = "top-up";

    /// <summary>更换投资主体: another owner takes the investment over.</summary>
    public const string Replacement = "replacement";

    public static IReadOnlyList<string> All { get; } = [Upgrade, TopUp, Replacement];
}
