using System.Diagnostics;

namespace Luodi.Benchmarks;

/// <summary>What questions took at growing sizes: a line a question, a column a size.</summary>
internal sealed class BySize(IReadOnlyList<int> sizes)
{
    /// <summary>How often a question is asked; the first time does not count.</summary>
    public const int Turns = 8;

    /// <summary>How many records: <c>LUODI_BENCH_SIZES</c>, growing, with commas.</summary>
    public static readonly int[] Sizes = Environment.GetEnvironmentVariable("LUODI_BENCH_SIZES") is { } given ? [.. given.Split(',').Select(int.Parse)] : [10_000, 100_000, 1_000_000];

    private const int Width = 18;

    private readonly Dictionary<string, List<string>> _lines = new(StringComparer.Ordinal);

    /// <param name="beside">What another way took, milliseconds; null where there is none.</param>
    public void Note(string name, double milliseconds, double? beside = null) =>
        (_lines.TryGetValue(name, out var line) ? line : _lines[name] = []).Add($"{milliseconds,6:F1}{(beside is null ? "          " : $" ({beside,7:F1})")}");

    public void Print()
    {
        var names = _lines.Keys.Max(name => name.Length);
        Console.WriteLine($"  {new string(' ', names)} {string.Concat(sizes.Select(size => $"{size,Width:N0}"))}");
        foreach (var (name, line) in _lines) Console.WriteLine($"  {name.PadRight(names)} {string.Concat(line.Select(each => each.PadLeft(Width)))}");
    }

    /// <summary>The median, milliseconds.</summary>
    /// <param name="before">Done before each turn, outside of what is measured.</param>
    public static async Task<double> Median(Func<Task> ask, Func<Task>? before = null)
    {
        var times = new List<double>();
        for (var turn = 0; turn < Turns; turn++)
        {
            if (before is not null) await before();
            var began = Stopwatch.GetTimestamp();
            await ask();
            if (turn > 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return times.Median();
    }
}
