using CsCheck;
using Luodi.Reporting.Ledger;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Ledger;

public sealed class SealingSpec
{
    private static readonly Gen<DateOnly> AnyDay = Gen.Frequency((20, Gen.Int[-900, 900].Select(days => new DateOnly(2023, 9, 28).AddDays(days))), (1, Gen.OneOf([.. new[] { DateOnly.MinValue, DateOnly.MaxValue, new(9999, 12, 15), new(1, 1, 15) }.Select(day => Gen.Const(day))])));

    private static readonly Gen<DateOnly?> AnyBound = Gen.Frequency((1, Gen.Const((DateOnly?)null)), (3, AnyDay.Select(day => (DateOnly?)day)));

    [Fact]
    public void Every_position_up_to_where_sums_reach_is_in_exactly_one_segment() => Gen.Select(Gen.Long[0, 6000], Gen.Long[0, 6000]).Sample((position, sealedTo) =>
    {
        const int size = 4;
        sealedTo -= sealedTo % size;
        var made = Enumerable.Range(1, (int)(sealedTo / size)).SelectMany(count => Sealing.EndingAt(count * size, size)).Select(each => each.Segment).ToHashSet();
        var (segments, covered) = Sealing.Cover(position, sealedTo, size);
        segments.ShouldAllBe(segment => made.Contains(segment));
        covered.ShouldBe(Math.Min(position, sealedTo) / size * size);
        segments.SelectMany(Leaves).ShouldBe(Enumerable.Range(0, (int)(covered / size)), ignoreOrder: true);
    });

    [Fact]
    public void A_million_agreements_are_read_from_few_segments() => Sealing.Cover(4_614_990, 4_603_904, Sealing.UsualSegment).Segments.Count.ShouldBeLessThan(20);

    [Fact]
    public void Every_day_of_a_period_is_in_exactly_one_bucket_or_day_and_no_other_is() => Gen.Select(AnyBound, AnyBound, AnyDay, Gen.Enum<Finest>()).Sample((from, to, day, finest) =>
    {
        var (buckets, days) = Sealing.Split(from, to, finest);
        int[] of = finest switch { Finest.Month => [Month(day)], Finest.Year => [Month(day), day.Year], _ => [Month(day), day.Year, 0] };
        var times = buckets.Sum(range => of.Count(bucket => range.From <= bucket && bucket <= range.To)) + days.Count(range => range.From <= day && day <= range.To);
        times.ShouldBe((from is null || from <= day) && (to is null || day <= to) ? 1 : 0);
        if (finest is not Finest.Whole) buckets.ShouldAllBe(range => range.From > 0);
    });

    [Fact]
    public void A_period_as_a_whole_is_told_by_years_and_the_months_at_its_edges()
    {
        var (buckets, days) = Sealing.Split(new(2021, 11, 5), new(2023, 2, 28), Finest.Whole);
        buckets.ShouldBe([(1_202_112, 1_202_112), (2022, 2022), (1_202_301, 1_202_302)]);
        days.ShouldBe([(new(2021, 11, 5), new(2021, 11, 30))]);
        Sealing.Split(null, null, Finest.Whole).Buckets.ShouldBe([(0, 0)]);
    }

    private static int Month(DateOnly day) => Sealing.Months + (day.Year * 100) + day.Month;

    private static IEnumerable<int> Leaves(int segment) => segment < 100_000_000 ? [segment] : Sealing.PartsOf(segment) is var (first, last) ? Enumerable.Range(first, last - first + 1).SelectMany(Leaves) : [];
}
