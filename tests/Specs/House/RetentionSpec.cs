using Luodi.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Luodi.Specs.House;

public sealed class RetentionSpec
{
    [Fact]
    public void It_is_ten_years_where_nothing_is_said() => Of(null).Days.ShouldBe(3650);

    [Theory]
    [InlineData("180")]
    [InlineData("400")]
    public void It_is_a_setting(string days) => Of(days).Days.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(days);

    [Theory]
    [InlineData("179")]
    [InlineData("0")]
    [InlineData("-1")]
    public void Less_than_six_months_is_refused_at_the_start(string days) => Should.Throw<InvalidOperationException>(() => Of(days)).Message.ShouldBe($"Luodi:RetentionDays is {days}: at least 180 days are kept.");

    private static Retention Of(string? days) => Retention.Configured(new ConfigurationBuilder().AddInMemoryCollection([new("Luodi:RetentionDays", days)]).Build());
}
