using Luodi.Ledger;

namespace Luodi.Reporting.Ledger;

/// <summary>
/// Sums of the postings between two positions never change: once made, they serve every position behind them, today's and an old one. Segments of
/// equal size are summed, eight of them into one of the next level, so that a figure is read from a few sums and the postings behind the last segment.
/// </summary>
public static class Sealing
{
    /// <summary>How many postings a segment has unless the configuration says otherwise (<c>Luodi:LedgerSegment</c>).</summary>
    public const int UsualSegment = 16_384;

    private const int Fan = 8;

    private const int Levels = 3;

    private const int LevelStep = 100_000_000;

    /// <summary>The bucket of a month is this and yyyymm; that of a year yyyy; 0 holds all.</summary>
    public const int Months = 1_000_000;

    /// <summary>What a sum is of apart from its dimensions; sums of two series are never added up but on the way to a figure that asks for both.</summary>
    public static IReadOnlyList<string> SeriesColumns { get; } = ["measure", "status", "tier", "stage", "money_origin", "designation"];

    /// <summary>The dimensions by which sums are made, alone and in the usual pairs; each also by series, and by month and year. All other pairs are summed from the postings.</summary>
    public static IReadOnlyList<(string First, string? Second)> Sets { get; } =
    [
        ("industry", null), ("sizeBand", null), ("ceremony", null), ("department", null), (Traits.Owner, null), (Traits.Block, null), (Traits.Origin, null), (Traits.IndustryCode, null), (Traits.Channel, null), (Traits.Chain, null),
        ("industry", "sizeBand"), ("industry", "department"), ("industry", Traits.Owner), ("industry", Traits.Block), ("industry", Traits.Origin),
        ("ceremony", "industry"), ("ceremony", "sizeBand"), ("sizeBand", Traits.Origin), (Traits.Block, Traits.Origin), ("department", Traits.Owner),
    ];

    /// <summary>Whether a set tells of what projects are. In the others what only arranges anew would cancel out.</summary>
    public static bool OfTraits((string First, string? Second) set) => Traits.All.Contains(set.First) || (set.Second is not null && Traits.All.Contains(set.Second));

    /// <summary>The segments that were sealed with the one that ends at a position: those of the higher levels that it completes too.</summary>
    public static IEnumerable<(int Segment, int Level)> EndingAt(long position, int size)
    {
        var count = (int)(position / size);
        for (var (level, span) = (0, 1); level < Levels && count % span == 0; level++, span *= Fan) yield return (Number(level, (count / span) - 1), level);
    }

    /// <summary>The segments of the level below that one is made of.</summary>
    public static (int First, int Last) PartsOf(int segment)
    {
        var first = Number((segment / LevelStep) - 1, segment % LevelStep * Fan);
        return (first, first + Fan - 1);
    }

    /// <summary>Whether its sums are by month alone.</summary>
    public static bool OfMonths(int segment) => segment < LevelStep;

    /// <summary>The fewest segments that hold what stood in the ledger at a position, and the position up to which they reach.</summary>
    /// <param name="position">Up to which the figure is asked for.</param>
    /// <param name="sealedTo">Up to which sums are sealed.</param>
    public static (IReadOnlyList<int> Segments, long Covered) Cover(long position, long sealedTo, int size)
    {
        var (segments, count, done) = (new List<int>(), (int)(Math.Min(position, sealedTo) / size), 0);
        for (var (level, span) = (Levels - 1, Fan * Fan); level >= 0; level--, span /= Fan)
        {
            for (; done + span <= count; done += span) segments.Add(Number(level, done / span));
        }
        return (segments, (long)done * size);
    }

    /// <summary>In which buckets the sums of a period stand, and the days at its edges that no bucket holds alone.</summary>
    /// <param name="finest">Whether the figure is told by month (or quarter), by year, or for the period as a whole.</param>
    public static (IReadOnlyList<(int From, int To)> Buckets, IReadOnlyList<(DateOnly From, DateOnly To)> Days) Split(DateOnly? from, DateOnly? to, Finest finest)
    {
        if (from > to) return ([], []);
        int? first = from is { } begin ? Index(begin) + (begin.Day == 1 ? 0 : 1) : null;
        int? last = to is { } end ? Index(end) - (end == Ends(end) ? 0 : 1) : null;
        var days = new List<(DateOnly, DateOnly)>();
        if (from is { Day: > 1 } a) days.Add((a, to < Ends(a) ? to.Value : Ends(a)));
        if (to is { } b && b != Ends(b) && (from is not { Day: > 1 } || Begins(b) > from)) days.Add((Begins(b), b));
        return (first > last ? [] : [.. BucketsOf(first, last, finest)], days);
    }

    /// <summary>A month's bucket.</summary>
    private static int Bucket(int month) => Months + (month / 12 * 100) + (month % 12) + 1;

    private static IEnumerable<(int, int)> BucketsOf(int? first, int? last, Finest finest)
    {
        var (firstYear, lastYear) = (first is { } f ? (f + 11) / 12 : 1, last is { } l ? ((l + 1) / 12) - 1 : 9999);
        var (firstMonth, lastMonth) = (first is null ? Months : Bucket(first.Value), last is null ? (2 * Months) - 1 : Bucket(last.Value));
        if (finest is Finest.Whole && first is null && last is null)
        {
            yield return (0, 0);
        }
        else if (finest is Finest.Month || firstYear > lastYear)
        {
            yield return (firstMonth, lastMonth);
        }
        else
        {
            if (first % 12 > 0) yield return (firstMonth, Bucket((firstYear * 12) - 1));
            yield return (firstYear, lastYear);
            if ((last + 1) % 12 > 0) yield return (Bucket((lastYear + 1) * 12), lastMonth);
        }
    }

    private static int Index(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static int Number(int level, int place) => (level * LevelStep) + place;

    private static DateOnly Begins(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Ends(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
}

/// <summary>How finely a figure tells of time.</summary>
public enum Finest
{
    Whole,
    Year,
    Month,
}
