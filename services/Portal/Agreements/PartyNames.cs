namespace Luodi.Portal.Agreements;

/// <summary>How people write who signs beside the counterparty: a name a line.</summary>
public static class PartyNames
{
    /// <summary>Of what is written, in characters: twenty names of 200.</summary>
    public const int MaxLength = 20 * 201;

    public static IReadOnlyList<string> Read(string? lines) => lines?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public static string Written(IReadOnlyList<string> parties) => string.Join('\n', parties);
}
