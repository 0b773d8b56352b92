using Luodi.ServiceDefaults.Hosting;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Hosting;

/// <summary>Since when a relay stands still, for whoever asks often or rarely.</summary>
public sealed class StandstillSpec
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 4, 0, 0, TimeSpan.Zero);
    private readonly Standstill _standstill = new();

    [Fact]
    public void An_event_under_way_is_no_standstill_however_long_ago_the_relay_was_looked_at()
    {
        _standstill.Since(relayed: 7, committed: 7, Noon).ShouldBe(Noon);
        _standstill.Since(relayed: 7, committed: 8, Noon.AddHours(1)).ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public void A_relay_stands_since_it_was_first_seen_behind_at_its_place()
    {
        _standstill.Since(relayed: 7, committed: 8, Noon).ShouldBe(Noon);
        _standstill.Since(relayed: 7, committed: 9, Noon.AddSeconds(11)).ShouldBe(Noon);
        _standstill.Since(relayed: 8, committed: 9, Noon.AddSeconds(12)).ShouldBe(Noon.AddSeconds(12));
        _standstill.Since(relayed: 9, committed: 9, Noon.AddSeconds(13)).ShouldBe(Noon.AddSeconds(13));
    }
}
