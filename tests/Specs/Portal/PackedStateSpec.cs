using System.Buffers;
using System.Security.Cryptography;
using Luodi.Portal.Layout;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class PackedStateSpec
{
    private sealed record Row(Guid Key, string Name, decimal Amount, string Postings);

    private sealed record Table(DateOnly On, IReadOnlyList<Row> Rows);

    [Fact]
    public void What_goes_with_a_page_comes_back_as_it_was_and_a_long_table_is_small()
    {
        var table = new Table(new(2023, 9, 28), [.. Enumerable.Range(0, 1_000).Select(nth => new Row(
            Guid.CreateVersion7(), $"仪式 {nth}", nth + 0.01m, $"/api/reporting/postings?measure=capital-in-place&status=confirmed&cohort=ceremony:{nth}&position=13677"))]);
        var packed = Packed(table);
        packed.Length.ShouldBeInRange(1, PackedState<Table>.MostBytes / 2);
        var again = new PackedState<Table>().Restore(new(packed));
        again.On.ShouldBe(table.On);
        again.Rows.ShouldBe(table.Rows);
    }

    [Fact]
    public void What_is_long_all_the_same_does_not_go_with_the_page()
    {
        Packed(RandomNumberGenerator.GetHexString(PackedState<string>.MostBytes)).ShouldNotBeEmpty();
        var nothing = Packed(RandomNumberGenerator.GetHexString(3 * PackedState<string>.MostBytes));
        nothing.ShouldBeEmpty();
        new PackedState<string?>().Restore(new(nothing)).ShouldBeNull();
    }

    private static byte[] Packed<T>(T value)
    {
        var written = new ArrayBufferWriter<byte>();
        new PackedState<T>().Persist(value, written);
        return written.WrittenSpan.ToArray();
    }
}
