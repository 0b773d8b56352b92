using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Funds;

/// <summary>A fund of the family.</summary>
/// <param name="Kind">One of <see cref="FundKinds"/>.</param>
/// <param name="Committed">The sum of its commitments.</param>
/// <param name="Department">Who looks after it.</param>
public sealed record Fund(Guid Id, string Name, string Kind, Money TargetSize, Money Committed, long Version, string? Department = null) : IOfDepartment;

public static class FundHistory
{
    public static Fund? Evolve(Fund? fund, object fact) => (fund, fact) switch
    {
        (null, FundEstablished e) => new(e.FundId, e.Name, e.Kind, e.TargetSize, new Money(0, e.TargetSize.Currency), 0, e.Department),
        ({ } f, CommitmentRecorded e) => f with { Committed = f.Committed + e.Amount },
        _ => fund,
    };
}

public sealed partial class FundProjection : SingleStreamProjection<Fund, Guid>
{
    public override Fund? Evolve(Fund? snapshot, Guid id, IEvent e) => FundHistory.Evolve(snapshot, e.Data) is { } fund ? fund with { Version = e.Version } : null;
}
