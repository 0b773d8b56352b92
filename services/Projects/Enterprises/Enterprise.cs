using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Identity;
using Marten.Events.Aggregation;

namespace Luodi.Projects.Enterprises;

/// <param name="GraduatedOn">Null while it is there.</param>
public sealed record Stay(string Carrier, string Kind, string Level, DateOnly AdmittedOn, DateOnly? GraduatedOn);

/// <param name="WithdrawnBecause">Null while it holds, or until it expires.</param>
/// <param name="WithdrawnOn">The first day on which it holds no more.</param>
public sealed record Designation(Guid Id, string Kind, string Authority, string Number, DateOnly GrantedOn, DateOnly ExpiresOn, string? WithdrawnBecause = null, DateOnly? WithdrawnOn = null)
{
    public bool HoldsOn(DateOnly day) => GrantedOn <= day && day <= ExpiresOn && (WithdrawnOn is null || day < WithdrawnOn);
}

/// <param name="EndedOn">Null while shares are traded.</param>
public sealed record Listing(string Board, string Code, DateOnly ListedOn, DateOnly? EndedOn);

/// <summary>An enterprise of the zone.</summary>
public sealed record Enterprise(
    Guid Id, string Name, string CreditCode, DateOnly RegisteredOn, Money? RegisteredCapital, string Industry, bool Illustrative, string? Department, long Version) : IOfDepartment
{
    /// <summary>Its earlier names, by which it is found too.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Chain { get; init; }

    public string? ChainRole { get; init; }

    public IReadOnlyList<Guid> Projects { get; init; } = [];

    /// <summary>In the order of time; at most the last one goes on.</summary>
    public IReadOnlyList<Stay> Stays { get; init; } = [];

    public IReadOnlyList<Designation> Designations { get; init; } = [];

    public Listing? Listing { get; init; }

    /// <summary>Null while it is in the zone.</summary>
    public DateOnly? LeftOn { get; init; }

    public string? LeftBecause { get; init; }
}

public static class EnterpriseHistory
{
    public static Enterprise? Evolve(Enterprise? enterprise, object fact, Told told) => (enterprise, fact) switch
    {
        (null, EnterpriseRegistered e) => new(e.EnterpriseId, e.Name, e.CreditCode, e.RegisteredOn, e.RegisteredCapital, e.Industry, e.Illustrative, e.Department, 0),
        ({ } c, EnterpriseRenamed e) => c with { Name = e.Name, Aliases = [.. c.Aliases.Where(alias => alias != e.Name).Append(c.Name).Distinct()] },
        ({ } c, ChainRoleSet e) => c with { Chain = e.Chain, ChainRole = e.Role },
        ({ } c, ProjectLinked e) => c with { Projects = [.. c.Projects, e.ProjectId] },
        ({ } c, ProjectUnlinked e) => c with { Projects = [.. c.Projects.Where(project => project != e.ProjectId)] },
        ({ } c, EnterpriseAdmitted e) => c with { Stays = [.. c.Stays, new(e.Carrier, e.Kind, e.Level, e.On, null)] },
        ({ Stays.Count: > 0 } c, EnterpriseGraduated e) => c with { Stays = [.. c.Stays.SkipLast(1), c.Stays[^1] with { GraduatedOn = e.On }] },
        ({ } c, DesignationGranted e) => c with { Designations = [.. c.Designations, new(e.DesignationId, e.Kind, e.Authority, e.Number, e.GrantedOn, e.ExpiresOn)] },
        ({ } c, DesignationWithdrawn e) => c with { Designations = [.. c.Designations.Select(each => each.Id == e.DesignationId ? each with { WithdrawnBecause = told.Reason ?? "", WithdrawnOn = told.On } : each)] },
        ({ } c, EnterpriseListed e) => c with { Listing = new(e.Board, e.Code, e.On, null) },
        ({ Listing: { } listing } c, ListingEnded e) => c with { Listing = listing with { EndedOn = e.On } },
        ({ } c, EnterpriseLeft e) => c with { LeftOn = e.On, LeftBecause = told.Reason },
        _ => enterprise,
    };
}

public sealed partial class EnterpriseProjection : SingleStreamProjection<Enterprise, Guid>
{
    public override Enterprise? Evolve(Enterprise? snapshot, Guid id, IEvent e) => EnterpriseHistory.Evolve(snapshot, e.Data, Told.With(e)) is { } enterprise ? enterprise with { Version = e.Version } : null;
}
