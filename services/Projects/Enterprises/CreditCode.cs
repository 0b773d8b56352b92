namespace Luodi.Projects.Enterprises;

/// <summary>Unified social credit codes 统一社会信用代码, GB 32100-2015: 18 characters, the last one a check.</summary>
public static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    // 3^i mod 31, section 4.5 of the standard.
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    public static bool IsValid(string code) =>
        code.Length == Length && code.All(Alphabet.Contains) && code[^1] == CheckOf(code[..^1]);

    /// <summary>The check character of the first 17.</summary>
    public static char CheckOf(string first) =>
        Alphabet[(Alphabet.Length - (first.Select((character, place) => Alphabet.IndexOf(character, StringComparison.Ordinal) * Weights[place]).Sum() % Alphabet.Length)) % Alphabet.Length];
}
