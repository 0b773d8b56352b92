namespace Luodi.Benchmarks;

internal static class Samples
{
    public static double Median(this IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Nine of ten samples are at most this (nearest rank).</summary>
    public static double P90(this IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToList();
        return sorted[(int)Math.Ceiling(sorted.Count * 0.9) - 1];
    }
}
