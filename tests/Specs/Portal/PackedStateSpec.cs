using System.Buffers;
using System.Security.Cryptography;
using Luodi.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class PackedStateSpec
{
    private readonly HttpContextAccessor _requests = new() { HttpContext = new DefaultHttpContext() };

    private sealed record Row(Guid Key, string Name, decimal Amount, string Postings);

    private sealed record Table(DateOnly On, IReadOnlyList<Row> Rows);

    [Fact]
    public void What_goes_with_a_page_comes_back_as_it_was_and_a_long_table_is_small()
    {
        var table = new Table(new(2023, 9, 28), [.. Enumerable.Range(0, 1_000).Select(nth => new Row(
            Guid.CreateVersion7(), $"仪式 {nth}", nth + 0.01m, $"/api/reporting/postings?measure=capital-in-place&status=confirmed&cohort=ceremony:{nth}&position=13677"))]);
        var packed = Packed(table);
        packed.Length.ShouldBeInRange(1, PackedState<Table>.MostBytes / 2);
        var again = new PackedState<Table>(_requests).Restore(new(packed));
        again.On.ShouldBe(table.On);
        again.Rows.ShouldBe(table.Rows);
    }

    [Fact]
    public void What_is_long_all_the_same_does_not_go_with_the_page()
    {
        var nothing = Packed(Noise(PackedState<string>.MostBytes + 1));
        nothing.ShouldBeEmpty();
        new PackedState<string?>(_requests).Restore(new(nothing)).ShouldBeNull();
    }

    [Fact]
    public void All_values_of_a_page_together_are_no_longer_than_it_takes_and_the_next_page_begins_anew()
    {
        Packed(Noise(PackedState<string>.MostBytes / 2)).ShouldNotBeEmpty();
        Packed(new Table(default, [])).ShouldNotBeEmpty();
        Packed(Noise(PackedState<string>.MostBytes / 2)).ShouldBeEmpty();
        Packed("short").ShouldNotBeEmpty();
        _requests.HttpContext = new DefaultHttpContext();
        Packed(Noise(PackedState<string>.MostBytes / 2)).ShouldNotBeEmpty();
    }

    // Letters that say four bits each pack to no less than half of them.
    private static string Noise(int bytes) => RandomNumberGenerator.GetHexString(2 * bytes);

    private byte[] Packed<T>(T value)
    {
        var written = new ArrayBufferWriter<byte>();
        new PackedState<T>(_requests).Persist(value, written);
        return written.WrittenSpan.ToArray();
    }
}
