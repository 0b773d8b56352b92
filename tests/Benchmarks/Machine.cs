using System.Globalization;

namespace Luodi.Benchmarks;

/// <summary>What else the machine does: a figure from a busy one says little about Luodi.</summary>
internal static class Machine
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    /// <summary>How busy all cores are while nothing is measured; the running system's own idling is in it.</summary>
    public static async Task<string> Busy()
    {
        if (!OperatingSystem.IsLinux()) return "unknown";
        var (busyBefore, allBefore) = Ticks();
        await Task.Delay(Watched);
        var (busyAfter, allAfter) = Ticks();
        return ((double)(busyAfter - busyBefore) / Math.Max(1, allAfter - allBefore)).ToString("P0", CultureInfo.InvariantCulture);
    }

    // The first line of /proc/stat: user nice system idle iowait irq softirq steal. What a neighbour steals is busy too.
    private static (long Busy, long All) Ticks()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }
}
