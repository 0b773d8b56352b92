using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Signings.Obligations;

/// <summary>What an agreement obliges its investor to. It stands as long as its agreement does.</summary>
/// <param name="FulfilledBy">One of <see cref="Fulfilments"/>; null while it is open.</param>
/// <param name="OverdueSaid">The day of which it was said that it passed.</param>
public sealed record Obligation(
    Guid Id, Guid AgreementId, Guid ProjectId, string Kind, DateOnly DueOn, Money? Amount, string? Text, bool Illustrative, string? Department, long Version,
    DateOnly? FulfilledOn = null, string? FulfilledBy = null, string? Evidence = null, DateOnly? OverdueSaid = null, int Extensions = 0) : IOfDepartment;

public static class ObligationHistory
{
    public static Obligation? Evolve(Obligation? obligation, object fact) => (obligation, fact) switch
    {
        (null, ObligationAgreed e) => new(e.ObligationId, e.AgreementId, e.ProjectId, e.Kind, e.DueOn, e.Amount, e.Text, e.Illustrative, e.Department, 0),
        ({ } o, ObligationExtended e) => o with { DueOn = e.To, Extensions = o.Extensions + 1 },
        ({ } o, ObligationFulfilled e) => o with { FulfilledOn = e.On, FulfilledBy = e.By, Evidence = e.Evidence },
        ({ } o, ObligationReopened) => o with { FulfilledOn = null, FulfilledBy = null, Evidence = null },
        ({ } o, ObligationOverdue e) => o with { OverdueSaid = e.DueOn },
        _ => obligation,
    };
}

public sealed partial class ObligationProjection : SingleStreamProjection<Obligation, Guid>
{
    public override Obligation? Evolve(Obligation? snapshot, Guid id, IEvent e) => ObligationHistory.Evolve(snapshot, e.Data) is { } obligation ? obligation with { Version = e.Version } : null;
}
