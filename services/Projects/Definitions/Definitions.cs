using JasperFx.Events;
using Luodi.Contracts.Projects;
using Marten.Events.Aggregation;

namespace Luodi.Projects.Definitions;

/// <summary>How the bureau's rates are defined and what its targets are. One stream for the whole bureau.</summary>
/// <param name="Versions">Of every rate the number of its last version.</param>
/// <param name="Targets">The targets that hold.</param>
public sealed record BureauDefinitions(Guid Id, IReadOnlyDictionary<string, int> Versions, IReadOnlyList<TargetSet> Targets)
{
    public static Guid Only { get; } = Guid.Parse("01900000-0000-7000-8000-000000000003");

    public static BureauDefinitions Usual { get; } = new(Only, new Dictionary<string, int>(StringComparer.Ordinal), []);

    /// <summary>The usual version is the first.</summary>
    public int VersionOf(string rate) => Versions.TryGetValue(rate, out var version) ? version : 1;
}

public static class DefinitionsHistory
{
    public static BureauDefinitions? Evolve(BureauDefinitions? definitions, object fact) => (definitions ?? BureauDefinitions.Usual, fact) switch
    {
        ({ } d, RateDefined e) => d with { Versions = new Dictionary<string, int>(d.Versions, StringComparer.Ordinal) { [e.Rate] = e.Version } },
        ({ } d, TargetSet e) => d with { Targets = [.. d.Targets.Where(target => (target.Year, target.Measure, target.Kind) != (e.Year, e.Measure, e.Kind)), e] },
        _ => definitions,
    };
}

public sealed partial class DefinitionsProjection : SingleStreamProjection<BureauDefinitions, Guid>
{
    public override BureauDefinitions? Evolve(BureauDefinitions? snapshot, Guid id, IEvent e) => DefinitionsHistory.Evolve(snapshot, e.Data);
}
