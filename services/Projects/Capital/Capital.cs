using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Projects.Capital;

/// <summary><c>Logged</c>: waits for a second person.</summary>
public enum CapitalStatus { Logged, Confirmed, Returned, Revoked }

/// <summary>Capital in place 到位资金: one arrival for one project.</summary>
/// <param name="Yuan">What it counts, at the rate of the day of arrival.</param>
/// <param name="StatusReason">Why it was returned or revoked.</param>
public sealed record CapitalEntry(
    Guid Id, Guid ProjectId, DateOnly ArrivedOn, Money Amount, Money FixedAssets, decimal? Rate, string? RateSource, Money Yuan, string Evidence, string EvidenceNumber, bool Illustrative,
    CapitalStatus Status, string? LoggedBy, long Version, string? Department = null, string? ConfirmedBy = null, string? StatusReason = null) : IOfDepartment
{
    public static EffectiveRule Effective { get; } = new(fact => fact is CapitalLogged e ? e.CapitalId : null, fact => fact is CapitalReturned e ? e.CapitalId : null);
}

public static class CapitalHistory
{
    public static CapitalEntry? Evolve(CapitalEntry? entry, object fact, Told told) => (entry, fact) switch
    {
        (null, CapitalLogged e) => new(
            e.CapitalId, e.ProjectId, e.ArrivedOn, e.Amount, e.FixedAssets, e.Rate, e.RateSource, e.Yuan, e.Evidence, e.EvidenceNumber, e.Illustrative, CapitalStatus.Logged, told.By, 0, e.Department),
        ({ } c, CapitalConfirmed) => c with { Status = CapitalStatus.Confirmed, ConfirmedBy = told.By },
        ({ } c, CapitalReturned) => c with { Status = CapitalStatus.Returned, StatusReason = told.Reason },
        ({ } c, CapitalRevoked) => c with { Status = CapitalStatus.Revoked, StatusReason = told.Reason },
        _ => entry,
    };
}

public sealed partial class CapitalProjection : SingleStreamProjection<CapitalEntry, Guid>
{
    public override CapitalEntry? Evolve(CapitalEntry? snapshot, Guid id, IEvent e) => CapitalHistory.Evolve(snapshot, e.Data, Told.With(e)) is { } entry ? entry with { Version = e.Version } : null;
}
