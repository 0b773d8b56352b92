namespace Luodi.Reporting.Definitions;

/// <summary>功效系数: how a value stands among those it is compared with, 60 for the least and 100 for the greatest.</summary>
public static class Scores
{
    /// <summary>60 + 40 × (v − min) ÷ (max − min), half up to 2 decimals; null for what has no value.</summary>
    /// <param name="ofEqual">Where max = min: part of the definition.</param>
    public static IReadOnlyList<decimal?> Of(IReadOnlyList<decimal?> values, decimal ofEqual)
    {
        var known = values.OfType<decimal>().ToList();
        if (known.Count == 0) return [.. values.Select(_ => (decimal?)null)];
        var (min, max) = (known.Min(), known.Max());
        return [.. values.Select(value => value is not { } v ? (decimal?)null : max == min ? ofEqual : decimal.Round(60 + (40 * (v - min) / (max - min)), 2, MidpointRounding.AwayFromZero))];
    }
}
