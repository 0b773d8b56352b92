using Microsoft.Extensions.Configuration;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>
/// How long is kept what is no event: sign-ins, and checkpoints between the last ones of two days. <c>Luodi:RetentionDays</c>, ten years where nothing is said.
/// Events, entries of the log and each day's last checkpoint are kept for ever.
/// </summary>
public sealed record Retention(int Days)
{
    /// <summary>Six months, as the Cybersecurity Law (网络安全法) has network logs kept; a service that is told less does not start.</summary>
    public const int Least = 180;

    public static Retention Configured(IConfiguration configuration) => configuration.GetValue("Luodi:RetentionDays", 3650) is >= Least and var days
        ? new(days)
        : throw new InvalidOperationException($"Luodi:RetentionDays is {configuration["Luodi:RetentionDays"]}: at least {Least} days are kept.");

    /// <summary>What is older may go.</summary>
    public DateTimeOffset Before(DateTimeOffset now) => now.AddDays(-Days);
}
