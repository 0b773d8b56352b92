namespace Luodi.SystemTests.Running;

/// <summary>Credit codes that no other enterprise has, with the check of GB 32100.</summary>
internal static class NewEnterprise
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    public static string CreditCode()
    {
        var first = "91330402" + new string([.. Enumerable.Range(0, 9).Select(_ => Alphabet[Random.Shared.Next(Alphabet.Length)])]);
        var rest = first.Select((character, place) => Alphabet.IndexOf(character, StringComparison.Ordinal) * Weights[place]).Sum() % Alphabet.Length;
        return first + Alphabet[(Alphabet.Length - rest) % Alphabet.Length];
    }
}
