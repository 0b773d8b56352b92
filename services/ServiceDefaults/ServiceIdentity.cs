using Microsoft.Extensions.Configuration;

namespace Luodi.ServiceDefaults;

/// <summary>Which service of which bureau this process is.</summary>
/// <param name="Name"><c>signings</c></param>
/// <param name="Bureau"><c>nanhu</c></param>
public sealed record ServiceIdentity(string Name, string Bureau)
{
    public ServiceIdentity(string name, IConfiguration configuration)
        : this(name, configuration["Luodi:Bureau"] ?? throw new InvalidOperationException("Luodi:Bureau is not set.")) { }

    /// <summary>The database schema.</summary>
    public string Schema => Name;

    /// <summary>The schema of the events that it relays.</summary>
    public string Events { get; init; } = Name;

    /// <summary>The <c>source</c> of its events.</summary>
    public string Source => SourceOf(Name);

    /// <summary>The source with dots.</summary>
    public string RoutingKey => RoutingKeyOf(Name);

    /// <summary>The queue it listens to.</summary>
    public string Queue => $"luodi.{Name}";

    public string SourceOf(string service) => $"/{Bureau}/{service}";

    public string RoutingKeyOf(string service) => $"{Bureau}.{service}";
}
